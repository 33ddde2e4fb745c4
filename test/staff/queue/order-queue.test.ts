import { describe, expect, it } from 'vitest';
import { inEvery } from '../../../src/languages.ts';
import type { Flag } from '../../../src/dialog/engine/effect.ts';
import type { CallFacts } from '../../../src/staff/call-facts.ts';
import { entryOf, matches, ordered, parseFilter } from '../../../src/staff/queue/order-queue.ts';
import type { QueueMail, QueueRow } from '../../../src/store/desk/desk-queue.ts';
import type { ReviewState } from '../../../src/store/reviews/review-read.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const ANA = { id: 'ana', role: 'reviewer' } as const;

const MAIL: QueueMail = {
  ...({ id: 'mail', kind: 'submission', reference: 'GR-1', state: 'review', sha256: 'a', handedOver: false } as const),
  ...{ queuedAt: '2026-02-28T12:00:00.000Z', notBefore: '2026-02-28T12:00:00.000Z', endedAt: null, outcome: null },
};

function row(name: string, change: Partial<QueueRow> = {}, ...flags: readonly Flag[]): QueueRow {
  return {
    ...({
      case: name,
      person: name,
      reference: name,
      callId: 'soon',
      channel: 'web-chat',
      language: 'pt',
      words: 100,
    } as const),
    ...{ openedAt: '2026-02-27T12:00:00.000Z', lastAt: '2026-02-27T12:00:00.000Z', contributions: 1 },
    ...{ publication: ['confidential'], mail: MAIL, changed: false, assignedTo: null },
    ...{ steppedBack: [], answeredAt: null },
    flags: flags.map((flag) => ({ flag, at: '2026-02-27T13:00:00.000Z', lastAt: '2026-02-27T13:00:00.000Z' })),
    ...change,
  };
}

function review(change: Partial<ReviewState> = {}): ReviewState {
  return {
    ...{ mail: 'mail', reference: 'GR-1', case: 'one', person: 'one', sha256: 'a', needed: 2, releasedBy: [] },
    ...({ onHold: false, state: 'waiting', ifUnreachable: 'withhold', alarmed: false, decided: null } as const),
    since: MAIL.queuedAt,
    ...change,
  };
}

const call = (instant: string | null): CallFacts => ({
  ...{ id: 'a-call', title: inEvery(() => ''), limit: 2500, limitIsAssumed: false },
  ...{ languages: ['pt'], formats: ['docx'], isSubject: () => true },
  stated: [],
  terms: {
    publishes: 'published',
    wish: 'granted',
    where: 'not-stated',
    received: 'yes',
    remove: 'not-stated',
    partial: 'not-stated',
  },
  deadline: instant === null ? null : { instant, assumed: false, date: instant.slice(0, 10) },
});

const entry = (one: QueueRow, state: ReviewState | null = review(), deadline: string | null = '2026-03-03T12:00:00Z') =>
  entryOf(one, state, { call: call(deadline), staff: ANA, now: NOW });
const names = (entries: readonly { readonly row: QueueRow }[]) => entries.map(({ row: { case: name } }) => name);

describe('the order of the queue', () => {
  it('puts danger first, then what needs this reviewer by the deadline, then the rest', () => {
    const entries = [
      entry(row('waits-for-others'), review({ releasedBy: ['ana'] }), '2026-03-01T13:00:00Z'),
      entry(row('late-deadline')),
      entry(row('early-deadline'), review(), '2026-03-01T18:00:00Z'),
      entry(row('deadline-over'), review(), '2026-02-01T18:00:00Z'),
      entry(row('no-deadline'), review(), null),
      entry(row('in-danger', {}, 'in-danger')),
      entry(row('asks', {}, 'asks-for-person')),
    ];
    expect(names(ordered(entries))).toEqual([
      'in-danger',
      'early-deadline',
      'asks',
      'late-deadline',
      'no-deadline',
      'deadline-over',
      'waits-for-others',
    ]);
  });

  it('puts what has waited longest first where all else is equal', () => {
    const since = (queuedAt: string) => ({ mail: { ...MAIL, queuedAt } });
    const entries = [
      entry(row('new', since('2026-03-01T10:00:00.000Z'))),
      entry(row('old', since('2026-02-20T10:00:00.000Z'))),
    ];
    expect(names(ordered(entries))).toEqual(['old', 'new']);
  });

  it('says the hours that are left, rounded down', () => {
    expect(entry(row('one')).hoursLeft).toBe(48);
    expect(entry(row('one'), review(), '2026-03-01T12:59:59Z').hoursLeft).toBe(0);
    expect(entry(row('one'), review(), '2026-03-01T11:59:59Z').hoursLeft).toBe(-1);
    expect(entry(row('one'), review(), null).hoursLeft).toBeNull();
  });
});

describe('what needs a reviewer', () => {
  it.each<[string, QueueRow, ReviewState | null, string | null]>([
    ['a text that nobody released', row('one'), review(), 'release'],
    ['a text that somebody else released', row('one'), review({ releasedBy: ['bea'] }), 'release'],
    ['a text that they released themselves', row('one'), review({ releasedBy: ['ana'] }), null],
    ['a text on hold', row('one'), review({ onHold: true }), null],
    ['a case that they stepped back from', row('one', { steppedBack: ['ana'] }, 'in-danger'), review(), null],
    [
      'a text that is with its person',
      row('one', { mail: { ...MAIL, state: 'given-back' } }),
      review({ state: 'with-person' }),
      null,
    ],
    ['a mail that was refused', row('one', { mail: { ...MAIL, state: 'refused' } }), null, 'mail'],
    ['a mail that came back', row('one', { mail: { ...MAIL, state: 'sent', outcome: 'bounced' } }), null, 'mail'],
    ['a mail that has left', row('one', { mail: { ...MAIL, state: 'sent', outcome: 'accepted' } }), null, null],
    ['somebody who is still telling', row('one', { mail: null }), null, null],
    ['somebody without a case who asks', row('one', { case: null, mail: null }, 'wants-contact'), null, 'person'],
    [
      'who asked and was answered',
      row('one', { mail: null, answeredAt: '2026-02-28T00:00:00.000Z' }, 'asks-for-person'),
      null,
      null,
    ],
    [
      'who asked again after the answer',
      row('one', { mail: null, answeredAt: '2026-02-27T12:30:00.000Z' }, 'in-danger'),
      null,
      'danger',
    ],
  ])('%s', (_, one, state, need) => {
    expect(entry(one, state).need).toBe(need);
  });

  it('is nothing for who may only read', () => {
    const about = { call: call(null), staff: { id: 'rui', role: 'reader' } as const, now: NOW };
    expect(entryOf(row('one', {}, 'in-danger'), review(), about).need).toBeNull();
  });
});

describe('flags', () => {
  it('tell what nobody flagged: an alarm, a text built again, a mail that is stuck', () => {
    const one = row('one', { changed: true }, 'changed', 'officer-named', 'threat');
    expect(entry(one, review({ alarmed: true })).flags).toEqual(['threat', 'alarm', 'changed', 'officer-named']);
    expect(entry(row('one', { mail: { ...MAIL, state: 'uncertain', handedOver: true } }), null).flags).toEqual([
      'mail-uncertain',
    ]);
  });
});

describe('a filter', () => {
  it('narrows by state, language, flag, assignee and need, and leaves out what it does not understand', () => {
    const one = entry(row('one', { assignedTo: 'ana' }, 'threat'));
    const fits = (query: Record<string, string>) => matches(one, parseFilter(query), 'ana');
    expect(fits({})).toBe(true);
    expect([fits({ state: 'review' }), fits({ state: 'sent' })]).toEqual([true, false]);
    expect([fits({ language: 'pt' }), fits({ language: 'fr' })]).toEqual([true, false]);
    expect([fits({ call: 'soon' }), fits({ call: 'another' })]).toEqual([true, false]);
    expect([fits({ flag: 'threat' }), fits({ flag: 'late' })]).toEqual([true, false]);
    expect([fits({ assigned: 'me' }), fits({ assigned: 'ana' }), fits({ assigned: 'nobody' })]).toEqual([
      true,
      true,
      false,
    ]);
    expect(fits({ mine: '1' })).toBe(true);
    expect(matches(entry(row('two'), review({ releasedBy: ['ana'] })), parseFilter({ mine: '1' }), 'ana')).toBe(false);
    expect(parseFilter({ state: 'nonsense', language: '<b>', flag: '', scope: 'everything' })).toEqual(parseFilter({}));
  });
});
