import { describe, expect, it } from 'vitest';
import { inEvery } from '../../../src/languages.ts';
import type { Flag } from '../../../src/dialog/engine/effect.ts';
import type { CallFacts } from '../../../src/staff/call-facts.ts';
import {
  entryOf,
  isMine,
  matches,
  ordered,
  parseFilter,
  type QueueItem,
  queryOf,
} from '../../../src/staff/queue/order-queue.ts';
import { isOver, type QueueMail, type QueueReview, type QueueRow } from '../../../src/store/desk/queue-row.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');

const MAIL: QueueMail = {
  ...({ id: 'mail', kind: 'submission', reference: 'GR-1', state: 'review', sha256: 'a', handedOver: false } as const),
  ...{ doubted: false, attemptAt: null },
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
    ...{ publication: ['confidential'], mail: MAIL, withdrawal: null, changed: false, assignedTo: null },
    ...{ steppedBack: [], answeredAt: null, askedAt: null, dealtAt: null, assignedAt: null, review: null },
    ...{ cameBack: null, recordings: null, putOff: null, readers: [], closed: false },
    flags: flags.map((flag) => ({ flag, at: '2026-02-27T13:00:00.000Z', lastAt: '2026-02-27T13:00:00.000Z' })),
    ...change,
  };
}

function review(change: Partial<QueueReview> = {}): QueueReview {
  return {
    ...{ needed: 2, releasedBy: [] },
    ...({ onHold: false, state: 'waiting', ifUnreachable: 'withhold', alarmed: false, decided: null } as const),
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

const flagged = (flag: Flag, hours: number) => ({ flag, at: at(hours), lastAt: at(hours) });
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000).toISOString();

interface Given {
  /** In hours; null: the call has none. */
  readonly deadline?: number | null;
  readonly review?: QueueReview | null;
  readonly role?: 'reader' | 'reviewer';
  readonly gone?: string;
}

const entry = (one: QueueRow, given: Given = {}) =>
  entryOf(one, given.review === undefined ? review() : given.review, {
    call: call(given.deadline === null ? null : at(given.deadline ?? 48)),
    staff: { id: 'ana', role: given.role ?? 'reviewer', isActive: (id) => id !== given.gone },
    now: NOW,
  });

const CONFIDENTIAL = { review: review({ ifUnreachable: 'confidential' }) };
const mail = (change: Partial<QueueMail>) => ({ mail: { ...MAIL, ...change } });
/** The newest mail takes the text back. */
const withdrawal = (change: Partial<QueueMail>) => {
  const one = { ...MAIL, kind: 'withdrawal', ...change } as const;
  return { mail: one, withdrawal: one };
};
const TAKEN_BACK = mail({ state: 'cancelled', endedAt: at(-1) });
const GIVEN_BACK = mail({ state: 'given-back' });
const WITH_PERSON = { review: review({ state: 'with-person' }) };

describe('what is lost if nobody acts, the next step of a reviewer, since when it waits and how many hours are left', () => {
  const FLAGGED = '2026-02-27T13:00:00.000Z';
  it.each<[string, ReturnType<typeof entry>, loss: string, need: string | null, since: string, lossIn: number | null]>([
    ['danger', entry(row('a', {}, 'in-danger')), 'danger', 'danger', FLAGGED, 48],
    [
      'danger after the mail has left',
      entry(row('a', mail({ state: 'sent', endedAt: at(-90) }), 'in-danger')),
      'danger',
      'danger',
      FLAGGED,
      48,
    ],
    [
      'danger that was answered',
      entry(row('a', { answeredAt: at(-1), mail: null }, 'in-danger')),
      'nothing',
      null,
      '2026-02-27T12:00:00.000Z',
      48,
    ],
    [
      'danger again after the answer',
      entry(row('a', { answeredAt: '2026-02-27T12:30:00.000Z' }, 'in-danger')),
      'danger',
      'danger',
      FLAGGED,
      48,
    ],
    [
      'a person in danger who has written back after the answer',
      entry(
        row('a', {
          ...{ mail: null, answeredAt: at(-2) },
          flags: [flagged('in-danger', -3), flagged('wrote-back', -1)],
        }),
      ),
      'danger',
      'danger',
      at(-1),
      48,
    ],
    [
      'the same, if the danger was dealt with before they wrote back',
      entry(
        row('a', {
          ...{ mail: null, dealtAt: at(-2) },
          flags: [flagged('in-danger', -3), flagged('wrote-back', -1)],
        }),
      ),
      'person',
      'person',
      at(-1),
      48,
    ],
    [
      'danger that was dealt with by phone',
      entry(row('a', { dealtAt: at(-1), mail: null }, 'in-danger')),
      'nothing',
      null,
      '2026-02-27T12:00:00.000Z',
      48,
    ],
    ['a person who asks', entry(row('a', {}, 'asks-for-person')), 'person', 'person', FLAGGED, 48],
    [
      'a person without a case who asks',
      entry(row('a', { case: null, mail: null }, 'wants-contact'), { deadline: null }),
      'person',
      'person',
      FLAGGED,
      null,
    ],
    ['a person who has answered', entry(row('a', {}, 'answered')), 'person', 'person', FLAGGED, 48],
    [
      'a person who has written after words of staff',
      entry(row('a', { answeredAt: '2026-02-27T12:30:00.000Z', mail: null }, 'wrote-back')),
      'person',
      'person',
      FLAGGED,
      48,
    ],
    [
      'the same, when staff have written again',
      entry(row('a', { answeredAt: at(-1), mail: null }, 'wrote-back')),
      'nothing',
      null,
      '2026-02-27T12:00:00.000Z',
      48,
    ],
    ['a text that is withheld at the deadline', entry(row('a')), 'stays', 'release', MAIL.queuedAt, 48],
    [
      'a text without a deadline',
      entry(row('a'), { deadline: null, review: review({ ifUnreachable: null }) }),
      'stays',
      'release',
      MAIL.queuedAt,
      null,
    ],
    [
      'a text that somebody else released',
      entry(row('a'), { review: review({ releasedBy: ['bea'] }) }),
      'stays',
      'release',
      MAIL.queuedAt,
      48,
    ],
    ['a text that leaves as confidential', entry(row('a'), CONFIDENTIAL), 'changed', 'release', MAIL.queuedAt, 48],
    [
      'the same after the deadline',
      entry(row('a'), { ...CONFIDENTIAL, deadline: -2 }),
      'stays',
      'release',
      MAIL.queuedAt,
      -2,
    ],
    [
      'a text that its person doubts',
      entry(row('a', mail({ doubted: true }))),
      'doubted',
      'release',
      MAIL.queuedAt,
      48,
    ],
    ['a text on hold', entry(row('a'), { review: review({ onHold: true }) }), 'on-hold', null, MAIL.queuedAt, 48],
    [
      'a text on hold on the last day',
      entry(row('a'), { review: review({ onHold: true }), deadline: 20 }),
      'on-hold',
      'hold',
      MAIL.queuedAt,
      20,
    ],
    [
      'a refused mail',
      entry(row('a', mail({ state: 'refused', endedAt: at(-3), attemptAt: at(-3) })), { review: null }),
      'stuck',
      'mail',
      at(-3),
      48,
    ],
    [
      'a mail that came back',
      entry(row('a', mail({ state: 'sent', outcome: 'bounced', endedAt: at(-5), attemptAt: at(-4) })), {
        review: null,
      }),
      'stuck',
      'mail',
      at(-4),
      48,
    ],
    [
      'the same, dealt with',
      entry(
        row('a', {
          ...mail({ state: 'sent', outcome: 'bounced', endedAt: at(-5), attemptAt: at(-4) }),
          dealtAt: at(-3),
        }),
        { review: null },
      ),
      'nothing',
      null,
      MAIL.queuedAt,
      48,
    ],
    [
      'a refused mail is never dealt with by saying so',
      entry(row('a', { ...mail({ state: 'refused', endedAt: at(-5) }), dealtAt: at(-3) }), { review: null }),
      'stuck',
      'mail',
      at(-5),
      48,
    ],
    [
      'a withdrawal that did not arrive',
      entry(row('a', withdrawal({ state: 'refused', endedAt: at(-1) })), { review: null }),
      'withdrawal',
      'mail',
      at(-1),
      48,
    ],
    [
      'a withdrawal that came back',
      entry(row('a', withdrawal({ state: 'sent', outcome: 'bounced', endedAt: at(-5), attemptAt: at(-4) })), {
        review: null,
      }),
      'withdrawal',
      'mail',
      at(-4),
      48,
    ],
    [
      'a withdrawal on its way',
      entry(row('a', withdrawal({ state: 'waiting', queuedAt: at(-0.5) })), { review: null }),
      'withdrawing',
      null,
      at(-0.5),
      48,
    ],
    [
      'a withdrawal that has not left after an hour',
      entry(row('a', withdrawal({ state: 'frozen', queuedAt: at(-2), attemptAt: at(-1) })), { review: null }),
      'withdrawing',
      'mail',
      at(-2),
      48,
    ],
    [
      'a withdrawal that has left: the body has not answered',
      entry(row('a', withdrawal({ state: 'sent', outcome: 'accepted', endedAt: at(-50) })), { review: null }),
      'awaited',
      null,
      at(-50),
      48,
    ],
    [
      'the same after a week',
      entry(row('a', withdrawal({ state: 'sent', outcome: 'accepted', endedAt: at(-170) })), { review: null }),
      'awaited',
      'ask-body',
      at(-170),
      48,
    ],
    [
      'an answer to a withdrawal',
      entry(row('a', { ...withdrawal({ state: 'sent', endedAt: at(-170) }), cameBack: { count: 1, since: at(-3) } }), {
        review: null,
      }),
      'reply',
      'reply',
      at(-3),
      48,
    ],
    [
      'the same, dealt with',
      entry(row('a', { ...withdrawal({ state: 'sent', endedAt: at(-170) }), dealtAt: at(-1) }), { review: null }),
      'nothing',
      null,
      MAIL.queuedAt,
      48,
    ],
    [
      'a withdrawal that has left, and a correction after it that waits for its release',
      entry(row('a', { withdrawal: withdrawal({ state: 'sent', endedAt: at(-3) }).mail })),
      'stays',
      'release',
      MAIL.queuedAt,
      48,
    ],
    [
      'a recording: seven days, not the deadline',
      entry(row('a', { mail: null, recordings: { count: 2, since: at(-150) } })),
      'recording',
      'recording',
      at(-150),
      18,
    ],
    [
      'a question that was just asked',
      entry(row('a', { ...GIVEN_BACK, askedAt: at(-3) }), WITH_PERSON),
      'asked',
      null,
      at(-3),
      48,
    ],
    [
      'a question without an answer for a day',
      entry(row('a', { ...GIVEN_BACK, askedAt: at(-25) }), WITH_PERSON),
      'silent',
      'ask-again',
      at(-25),
      48,
    ],
    [
      'the same for three hours on the last day',
      entry(row('a', { ...GIVEN_BACK, askedAt: at(-3) }), { ...WITH_PERSON, deadline: 20 }),
      'silent',
      'ask-again',
      at(-3),
      20,
    ],
    [
      'a mail of others',
      entry(row('a', { ...mail({ state: 'sent', endedAt: at(-9) }), cameBack: { count: 1, since: at(-8) } }), {
        review: null,
      }),
      'reply',
      'reply',
      at(-8),
      48,
    ],
    [
      'a mail that has left',
      entry(row('a', mail({ state: 'sent', endedAt: at(-9), outcome: 'accepted' })), { review: null }),
      'nothing',
      null,
      MAIL.queuedAt,
      48,
    ],
    [
      'somebody who is still telling',
      entry(row('a', { mail: null }), { review: null }),
      'nothing',
      null,
      '2026-02-27T12:00:00.000Z',
      48,
    ],
  ])('%s', (_, { loss, need, since, lossIn }, ...expected) => {
    expect([loss, need, since, lossIn]).toEqual(expected);
  });
});

describe('a case does not call this reviewer', () => {
  const THEIRS = { assignedTo: 'bea', assignedAt: at(-20) };
  const OFF = { until: at(10), why: 'answer', staff: 'bea', at: at(-5) };
  it.each<[string, ReturnType<typeof entry>, apart: string | null]>([
    ['who may only read', entry(row('a', {}, 'in-danger'), { role: 'reader' }), 'reader'],
    ['who stepped back', entry(row('a', { steppedBack: ['ana'] }, 'in-danger')), 'stepped-back'],
    ['who has released it', entry(row('a'), { review: review({ releasedBy: ['ana'] }) }), 'released'],
    [
      'but for danger it does, although they released it',
      entry(row('a', {}, 'in-danger'), { review: review({ releasedBy: ['ana'] }) }),
      null,
    ],
    ["if it is a colleague's", entry(row('a', THEIRS)), 'theirs'],
    ['but their own does', entry(row('a', { assignedTo: 'ana' })), null],
    [
      'but one whose colleague has released it does',
      entry(row('a', THEIRS), { review: review({ releasedBy: ['bea'] }) }),
      null,
    ],
    ['but one whose colleague stepped back does', entry(row('a', { ...THEIRS, steppedBack: ['bea'] })), null],
    ['but one whose colleague has left does', entry(row('a', THEIRS), { gone: 'bea' }), null],
    [
      'unless a colleague has just taken it, in the last two hours',
      entry(row('a', { ...THEIRS, assignedAt: at(-0.4) }), { deadline: 1 }),
      'theirs',
    ],
    [
      "unless a colleague has just taken somebody's danger",
      entry(
        row('a', { ...THEIRS, assignedAt: at(-0.9), flags: [{ flag: 'in-danger', at: at(-70), lastAt: at(-70) }] }),
      ),
      'theirs',
    ],
    ['but in the last two hours it does', entry(row('a', THEIRS), { deadline: 1 }), null],
    [
      "if a colleague has somebody's danger for less than an hour",
      entry(row('a', { ...THEIRS, flags: [{ flag: 'in-danger', at: at(-0.5), lastAt: at(-0.5) }] })),
      'theirs',
    ],
    [
      'but after an hour without an answer it does',
      entry(row('a', { ...THEIRS, flags: [{ flag: 'in-danger', at: at(-2), lastAt: at(-2) }] })),
      null,
    ],
    ['if it is put off', entry(row('a', { putOff: OFF })), 'put-off'],
    ['but not after that time', entry(row('a', { putOff: { ...OFF, until: at(-1) } })), null],
    ['but not if the person has written since', entry(row('a', { putOff: OFF, lastAt: at(-1) })), null],
    [
      'but not if something came back since',
      entry(row('a', { putOff: OFF, cameBack: { count: 1, since: at(-1) } })),
      null,
    ],
    ['but not on the last day', entry(row('a', { putOff: OFF }), { deadline: 22 }), null],
    ['unless it was put off on the last day', entry(row('a', { putOff: OFF }), { deadline: 12 }), 'put-off'],
    ['but not in the last two hours', entry(row('a', { putOff: OFF }), { deadline: 1 }), null],
    ['but danger is never put off', entry(row('a', { putOff: OFF }, 'in-danger')), null],
  ])('%s', (_, { need, apart }, expected) => {
    expect(apart).toBe(expected);
    expect(need === null).toBe(expected !== null);
  });
});

describe('the order', () => {
  const item = (one: ReturnType<typeof entry>): QueueItem => ({ kind: 'case', entry: one });
  const names = (items: readonly QueueItem[]) =>
    items.map((one) => (one.kind === 'mails' ? 'mails' : one.entry.row.case));

  it('is that of what is lost: danger, people, what does not leave, what leaves changed, what nobody has read', () => {
    const items: readonly QueueItem[] = [
      item(
        entry(row('reply', { ...mail({ state: 'sent', endedAt: at(-9) }), cameBack: { count: 1, since: at(-8) } }), {
          review: null,
        }),
      ),
      { kind: 'mails', mails: { count: 3, since: at(-7), lossIn: 500 } },
      item(entry(row('sooner for others'), { review: review({ releasedBy: ['ana'] }), deadline: 1 })),
      item(entry(row('changed, soon'), { ...CONFIDENTIAL, deadline: 3 })),
      item(entry(row('stays, no deadline'), { deadline: null })),
      item(entry(row('stays, over'), { deadline: -3 })),
      item(entry(row('stays, later'))),
      item(entry(row('recording', { mail: null, recordings: { count: 1, since: at(-150) } }))),
      item(entry(row('stays, soon'), { deadline: 5 })),
      item(entry(row('person', {}, 'asks-for-person'))),
      item(entry(row('danger', {}, 'in-danger'))),
    ];
    const all = ordered(items);
    expect(names(all)).toEqual([
      'danger',
      'person',
      'stays, soon',
      'recording',
      'stays, later',
      'stays, no deadline',
      'stays, over',
      'changed, soon',
      'reply',
      'mails',
      'sooner for others',
    ]);
    expect(all.filter(isMine)).toHaveLength(10);
    expect(names(ordered(items.toReversed()))).toEqual(names(all));
  });

  it('is that of waiting where all else is equal', () => {
    const waits = (name: string, queuedAt: string) => item(entry(row(name, mail({ queuedAt }))));
    expect(names(ordered([waits('new', at(-2)), waits('old', at(-200)), waits('older', at(-201))]))).toEqual([
      'older',
      'old',
      'new',
    ]);
  });

  it('says the hours that are left, rounded down', () => {
    expect([48, 0.99, -0.01].map((deadline) => entry(row('one'), { deadline }).hoursLeft)).toEqual([48, 0, -1]);
    expect(entry(row('one'), { deadline: null }).hoursLeft).toBeNull();
  });
});

it.each<[string, QueueRow, boolean]>([
  ['a mail that was accepted', row('a', mail({ state: 'sent', endedAt: at(-1), outcome: 'accepted' })), true],
  ['a text that its person took back, and may send again', row('a', TAKEN_BACK), false],
  ['the same, if they have begun another', row('a', { ...TAKEN_BACK, closed: true }), true],
  [
    'a text that is not sent after the deadline',
    row('a', { ...TAKEN_BACK, review: review({ decided: 'not-sent' }) }),
    true,
  ],
  ['a withdrawal that was not needed any more', row('a', withdrawal({ state: 'cancelled', endedAt: at(-1) })), true],
  ['a withdrawal on its way', row('a', withdrawal({ state: 'sending' })), false],
  ['a withdrawal that was refused', row('a', withdrawal({ state: 'refused', endedAt: at(-1) })), false],
  ['a withdrawal that the body has not answered', row('a', withdrawal({ state: 'sent', endedAt: at(-999) })), false],
  ['the same, dealt with', row('a', { ...withdrawal({ state: 'sent', endedAt: at(-999) }), dealtAt: at(-1) }), true],
  ['a withdrawal in the folder of a trial', row('a', withdrawal({ state: 'written', endedAt: at(-1) })), true],
  ['a mail on its way', row('a', mail({ state: 'waiting' })), false],
  ['a refused mail', row('a', mail({ state: 'refused', endedAt: at(-1) })), false],
  ['a mail that came back', row('a', mail({ state: 'sent', endedAt: at(-1), outcome: 'bounced' })), false],
  ['a sent case whose person is in danger', row('a', mail({ state: 'sent', endedAt: at(-200) }), 'in-danger'), false],
  [
    'a sent case with a mail to read',
    row('a', { ...mail({ state: 'sent', endedAt: at(-200) }), cameBack: { count: 1, since: at(-1) } }),
    false,
  ],
  ['a case without a mail', row('a', { mail: null }), false],
])('leaves the open list at once, or stays: %s', (_, one, over) => {
  expect(isOver(one)).toBe(over);
});

it('shows what nobody flagged: an alarm, a text built again, a stuck mail, a mail to read, a recording', () => {
  const one = row('one', { changed: true }, 'changed', 'officer-named', 'threat');
  expect(entry(one, { review: review({ alarmed: true }) }).flags).toEqual([
    'threat',
    'alarm',
    'changed',
    'officer-named',
  ]);
  expect(entry(row('one', mail({ state: 'uncertain', handedOver: true })), { review: null }).flags).toEqual([
    'mail-uncertain',
  ]);
  const waiting = { count: 1, since: at(-1) };
  expect(entry(row('one', { cameBack: waiting, recordings: waiting })).flags).toEqual(['came-back', 'recording']);
  expect(entry(row('one', withdrawal({ state: 'waiting' })), { review: null }).flags).toEqual(['withdrawal']);
});

describe('a filter', () => {
  const one = entry(row('one', { assignedTo: 'ana', words: 2450 }, 'threat'));
  it.each<[Record<string, string>, boolean]>([
    [{}, true],
    [{ state: 'review' }, true],
    [{ state: 'sent' }, false],
    [{ language: 'pt' }, true],
    [{ language: 'fr' }, false],
    [{ channel: 'web-chat' }, true],
    [{ channel: 'teams' }, false],
    [{ call: 'soon' }, true],
    [{ call: 'another' }, false],
    [{ flag: 'threat' }, true],
    [{ flag: 'late' }, false],
    [{ assigned: 'me' }, true],
    [{ assigned: 'ana' }, true],
    [{ assigned: 'nobody' }, false],
    [{ left: '100' }, true],
    [{ left: '500' }, true],
    [{ left: 'over' }, false],
    [{ mine: '1' }, true],
    [{ state: 'review', language: 'fr' }, false],
    [{ state: 'nonsense', language: '<b>', flag: '', scope: 'everything', from: '2026-13', page: 'x' }, true],
  ])('%j: %s', (query, fits) => {
    expect(matches(one, parseFilter(query), 'ana')).toBe(fits);
  });

  it('narrows to what needs this reviewer, to what is over the limit, and to days', () => {
    expect(
      matches(entry(row('two'), { review: review({ releasedBy: ['ana'] }) }), parseFilter({ mine: '1' }), 'ana'),
    ).toBe(false);
    expect(matches(entry(row('two', { words: 2501 })), parseFilter({ left: 'over' }), 'ana')).toBe(true);
    const any = parseFilter({});
    const days = (from: string | null, to: string | null) => matches(one, any, 'ana', { from, to });
    expect([days('2026-02-27T00:00:00.000Z', null), days('2026-02-28T00:00:00.000Z', null)]).toEqual([true, false]);
    expect([days(null, '2026-02-27T23:59:59.000Z'), days(null, '2026-02-26T23:59:59.000Z')]).toEqual([true, false]);
  });

  it('is the address of its view, also on another page', () => {
    const filter = parseFilter({ language: 'pt', left: 'over', page: '3' });
    expect(queryOf(filter)).toBe('language=pt&left=over&page=3');
    expect(queryOf(filter, 1)).toBe('language=pt&left=over');
    expect(parseFilter(Object.fromEntries(new URLSearchParams(queryOf(filter))))).toEqual(filter);
    expect(queryOf(parseFilter({}))).toBe('');
  });
});
