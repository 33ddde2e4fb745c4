// The store's promises to organisers: many cases of one person, codes that go from hand to hand, documents for several.

import { describe, expect, test } from 'vitest';
import type { Code } from '../../src/dialog/understanding/commands.ts';
import type { EffectToSave } from '../../src/store/turns/turn-work.ts';
import type { TempStore } from '../support/temp-store.ts';
import { BROWSER, type Change, KEEP, NOON, part, pendingOf, PHONE, reply, save, say, turnOver } from './family.ts';
import { rowsOf } from './rows-of.ts';

const CODE: Code = { kind: 'hand-over', code: '2345A6789B' };
const NEARLY: Code = { kind: 'hand-over', code: '2345A6789C' };
const OWN: Code = { kind: 'withdrawal', code: '0123456789ABCDEF' };
const TOMORROW = '2026-03-02T12:00:00.000Z';
const STORIES = {
  amina: 'Ils sont venus la nuit et personne ne lui a rien dit.',
  carlos: 'Vio el coche sin placas y pidió el expediente tres veces.',
} as const;
type Name = keyof typeof STORIES;

const handOver = (code = CODE): readonly EffectToSave[] => [
  { kind: 'code.make', code: { ...code, to: 'person', until: TOMORROW } },
];

const idsOf = (name: string) => ({ case: `case-${name}`, contribution: `contribution-${name}` });
const stateOf = (name: string) => ({
  state: { step: 'story', language: 'fr' as const, reference: null, callId: 'emler-2024', ...idsOf(name) },
});
const sessionOf = (name: string) => ({ of: name });
const HOME = { home: 'of the organiser' };

export function organisersSpec(at: () => TempStore): void {
  let count = 0;
  const store = () => at().store;
  const turn = async (change: Change, from = PHONE) => {
    const person = await say(store(), `m-${(count += 1)}`, 'mot', from);
    await save(store(), person, change);
    return person;
  };
  /** A case is opened, and its person's words are kept in it. */
  const begin = (name: Name, left: Name | null) =>
    turn({
      ...stateOf(name),
      session: sessionOf(name),
      openCase: idsOf(name),
      addParts: [part(`words-of-${name}`, STORIES[name])],
      replies: [reply(`Noté : ${name}`)],
      cases: {
        row: left === null ? 'open' : 'new',
        opens: true,
        left: left === null ? null : { session: sessionOf(left), ...stateOf(left) },
        home: HOME,
      },
    });
  const two = async () => {
    await begin('amina', null);
    return begin('carlos', 'amina');
  };
  /** Another person takes the case of Carlos with the code. */
  const taken = async () => {
    await two();
    const giver = await turn({ ...stateOf('carlos'), session: sessionOf('carlos'), effects: handOver() });
    const code = await store().findCode(CODE, NOON);
    const taker = await say(store(), 'm-take', 'oui', BROWSER);
    const id = code?.id ?? '';
    const effects = [{ kind: 'take-case', code: id, name: 'Carlos' }] as const;
    const offered = await store().offeredCase(id, NOON);
    const change = {
      ...stateOf('carlos'),
      session: sessionOf('carlos'),
      effects,
      cases: { row: { other: offered?.key ?? '' }, opens: true, left: 'dropped' } as const,
    };
    return { giver, taker, id, change, pending: await pendingOf(store(), taker) };
  };
  const wordsOf = async (name: Name) => (await store().parts(idsOf(name).contribution)).map(({ text }) => text);

  describe('an organiser', () => {
    test('has a session of each case, each with its own words under its own key', async () => {
      const person = await two();
      const sessions = await store().sessions(person);
      expect(sessions.map(({ open, session }) => [open, session])).toEqual(
        expect.arrayContaining([
          [false, sessionOf('amina')],
          [true, sessionOf('carlos')],
        ]),
      );
      expect(sessions).toHaveLength(2);
      expect(await wordsOf('amina')).toEqual([STORIES.amina]);
      expect(await wordsOf('carlos')).toEqual([STORIES.carlos]);
      const amina = sessions.find(({ open }) => !open)?.key;
      expect(await store().sessionWithPart(person, 'words-of-amina')).toBe(amina);
      expect(await store().sessionWithPart(person, 'words-of-nobody')).toBeNull();
      const said = await store().transcriptOfContribution(person, idsOf('amina').contribution);
      expect(said.map(({ text }) => text).join()).toContain('amina');
      expect(said.map(({ text }) => text).join()).not.toContain('carlos');
    });

    test('erases one case, and the other stays as it was', async () => {
      const person = await two();
      await store().eraseCase(idsOf('carlos').case);
      expect(await wordsOf('carlos')).toEqual([]);
      expect(await wordsOf('amina')).toEqual([STORIES.amina]);
      expect((await store().sessions(person)).map(({ session }) => session)).toEqual([sessionOf('amina')]);
    });

    test('who writes in one case keeps all of them; who writes in none loses all of them', async () => {
      const person = await two();
      const event = { id: 'm-later', at: '2026-03-25T12:00:00.000Z', kind: 'message', text: 'mot' } as const;
      await store().receive({ from: PHONE, messageId: event.id, event });
      await save(store(), person, { ...stateOf('carlos'), session: sessionOf('carlos') });
      expect(await store().purge('2026-04-10T12:00:00.000Z', KEEP)).toMatchObject({ drafts: 0 });
      expect(await wordsOf('amina')).toEqual([STORIES.amina]);
      expect(await store().purge('2026-04-25T12:00:00.000Z', KEEP)).toMatchObject({ drafts: 2 });
      expect(await store().personAt(PHONE)).toBeNull();
      expect(await rowsOf(at(), [person, ...Object.values(idsOf('amina'))])).toEqual([]);
    });
  });

  describe('a code that hands a case over', () => {
    test('brings the whole case to its person, once, and nothing of the others', async () => {
      const { giver, taker, change, pending } = await taken();
      const both = turnOver(pending, change);
      expect(await store().saveTurn(both)).toBe('saved');
      expect(await wordsOf('carlos')).toEqual([STORIES.carlos]);
      expect((await store().sessions(giver)).map(({ session }) => session)).toEqual([sessionOf('amina')]);
      expect((await store().sessions(taker)).map(({ session }) => session)).toEqual([sessionOf('carlos')]);
      expect(await store().sessionWithPart(taker, 'words-of-carlos')).not.toBeNull();
      expect(await store().sessionWithPart(giver, 'words-of-carlos')).toBeNull();
      expect(await store().findCode(CODE, NOON)).toMatchObject({ state: 'used' });
      expect((await store().nextTurn(giver))?.event).toMatchObject({ kind: 'case-taken' });
      const seen = (await store().transcript(giver, null)).map(({ text }) => text).join();
      expect(seen).toContain('amina');
      expect(seen).not.toContain('carlos');
    });

    test('works for a day, and not at its end', async () => {
      await two();
      await turn({ ...stateOf('carlos'), session: sessionOf('carlos'), effects: handOver() });
      const { id = '' } = (await store().findCode(CODE, NOON)) ?? {};
      expect(await store().findCode(CODE, '2026-03-02T11:59:59.999Z')).toMatchObject({ state: 'open' });
      expect(await store().offeredCase(id, '2026-03-02T11:59:59.999Z')).toMatchObject({
        session: sessionOf('carlos'),
      });
      expect(await store().findCode(CODE, TOMORROW)).toMatchObject({ state: 'late' });
      expect(await store().offeredCase(id, TOMORROW)).toBeNull();
    });

    test('survives nine wrong tries, and not ten', async () => {
      const { id, change, pending } = await taken();
      expect(await store().findCode(NEARLY, NOON)).toMatchObject({ id, state: 'wrong' });
      for (let tries = 1; tries < 10; tries++)
        await turn({ effects: [{ kind: 'code.wrong', id }] }, { ...BROWSER, address: 'a' });
      expect(await store().findCode(CODE, NOON)).toMatchObject({ state: 'open' });
      await turn({ effects: [{ kind: 'code.wrong', id }] }, { ...BROWSER, address: 'a' });
      expect(await store().findCode(CODE, NOON)).toMatchObject({ state: 'dead' });
      expect(await store().offeredCase(id, NOON)).toBeNull();
      expect(await store().saveTurn(turnOver(pending, change))).toBe('stale');
      expect(await wordsOf('carlos')).toEqual([STORIES.carlos]);
    });

    test('is taken back, also from under a yes; a new one ends the one before', async () => {
      const { giver, change, pending } = await taken();
      await turn({ ...stateOf('carlos'), session: sessionOf('carlos'), effects: [{ kind: 'code.end' }] });
      expect(await store().findCode(CODE, NOON)).toBeNull();
      expect(await store().saveTurn(turnOver(pending, change))).toBe('stale');
      expect(await store().sessions(giver)).toHaveLength(2);
      await turn({ ...stateOf('carlos'), session: sessionOf('carlos'), effects: handOver() });
      const other: Code = { kind: 'hand-over', code: 'QRST0V1W2X' };
      await turn({ ...stateOf('carlos'), session: sessionOf('carlos'), effects: handOver(other) });
      expect(await store().findCode(CODE, NOON)).toBeNull();
      expect(await store().findCode(other, NOON)).toMatchObject({ state: 'open', to: 'person' });
    });
  });

  describe('a person’s own code', () => {
    const given: readonly EffectToSave[] = [{ kind: 'code.make', code: { ...OWN, to: 'person', until: null } }];
    const withOwn = async () => {
      await two();
      return turn({ ...stateOf('carlos'), session: sessionOf('carlos'), effects: given });
    };

    test('is found as a whole only, years later, and tells whoever has the case then', async () => {
      const person = await withOwn();
      const almost = `${OWN.code.slice(0, -1)}G`;
      expect(await store().findCode({ ...OWN, code: almost }, NOON)).toBeNull();
      const found = await store().findCode(OWN, '2029-01-01T00:00:00.000Z');
      expect(found).toMatchObject({ kind: 'withdrawal', state: 'open', case: idsOf('carlos').case });
      expect(await store().offeredCase(found?.id ?? '', NOON)).toBeNull();
      await turn({ effects: [{ kind: 'withdraw-by-code', code: found?.id ?? '' }] }, BROWSER);
      expect((await store().nextTurn(person))?.event).toMatchObject({
        kind: 'withdrawn-by-person',
        case: idsOf('carlos').case,
      });
    });

    test('works on after the case was handed over and its giver erased everything', async () => {
      const { giver, taker, change, pending } = await taken();
      // Given before the case went over, in the row of the case.
      await turn({ ...stateOf('carlos'), session: sessionOf('carlos'), effects: given });
      expect(await store().saveTurn(turnOver(pending, change))).toBe('saved');
      await store().erasePerson(giver);
      const found = await store().findCode(OWN, NOON);
      expect(found).toMatchObject({ case: idsOf('carlos').case, person: taker });
      expect(await wordsOf('carlos')).toEqual([STORIES.carlos]);
    });

    test('goes with its case', async () => {
      await withOwn();
      await store().eraseCase(idsOf('carlos').case);
      expect(await store().findCode(OWN, NOON)).toBeNull();
    });
  });

  describe('a document for several', () => {
    const JOINT = { case: 'case-joint', contribution: 'contribution-joint' };
    const together = async () => {
      await two();
      return turn({
        state: { ...stateOf('carlos').state, ...JOINT },
        session: { of: 'all' },
        openCase: JOINT,
        join: [idsOf('carlos').contribution, idsOf('amina').contribution],
        cases: {
          row: 'new',
          opens: true,
          left: { session: sessionOf('carlos'), ...stateOf('carlos') },
          home: HOME,
        },
      });
    };
    const members = async () => (await store().contributionsOf(JOINT.case)).map(({ contribution }) => contribution);

    test('lists its contributions in order; a text that stands alone is its own', async () => {
      await together();
      expect(await members()).toEqual([idsOf('carlos').contribution, idsOf('amina').contribution]);
      const alone = await store().contributionsOf(idsOf('amina').case);
      expect(alone.map(({ contribution }) => contribution)).toEqual([idsOf('amina').contribution]);
    });

    test('loses whoever is erased, and its organiser is told which number that was', async () => {
      const person = await together();
      await store().eraseCase(idsOf('carlos').case);
      expect(await members()).toEqual([idsOf('amina').contribution]);
      expect((await store().nextTurn(person))?.event).toMatchObject({
        kind: 'member-left',
        case: JOINT.case,
        contribution: idsOf('carlos').contribution,
        number: 1,
      });
    });

    test('goes, and the contributions stay', async () => {
      await together();
      await store().eraseCase(JOINT.case);
      expect(await wordsOf('amina')).toEqual([STORIES.amina]);
      expect(await rowsOf(at(), Object.values(JOINT))).toEqual([]);
    });

    test('leaves no row of anything when its organiser erases everything', async () => {
      const person = await together();
      await turn({ state: { ...stateOf('carlos').state, ...JOINT }, session: { of: 'all' }, effects: handOver() });
      const ids = [person, ...['amina', 'carlos', 'joint'].flatMap((name) => Object.values(idsOf(name)))];
      const before = (await rowsOf(at(), ids)).map((row) => row.split('.')[0]);
      expect(before).toEqual(expect.arrayContaining(['organisers', 'codes', 'joint_members', 'sessions', 'cases']));
      await store().erasePerson(person);
      expect(await rowsOf(at(), ids)).toEqual([]);
    });
  });

  test('a case that went from hand to hand leaves no row on either side', async () => {
    const { giver, taker, change, pending } = await taken();
    expect(await store().saveTurn(turnOver(pending, change))).toBe('saved');
    expect(await rowsOf(at(), [giver])).toContain('handovers.person');
    await store().eraseCase(idsOf('carlos').case);
    expect(await rowsOf(at(), Object.values(idsOf('carlos')))).toEqual([]);
    await store().erasePerson(giver);
    await store().erasePerson(taker);
    expect(await rowsOf(at(), [giver, taker, ...Object.values(idsOf('amina'))])).toEqual([]);
  });

  test('a code is drawn on its person’s own page, and masked for whoever reads what was said', async () => {
    await two();
    const secret = '2345A-6789B';
    const body = { bubbles: [{ text: `Voici :\n${secret}` }], secret };
    const said = { ...reply(''), body };
    const person = await turn({ ...stateOf('carlos'), session: sessionOf('carlos'), replies: [said] });
    const drawnOn = async (channel?: string) => JSON.stringify(await store().transcript(person, null, channel));
    expect(await drawnOn(PHONE.channel)).toContain(secret);
    expect(await drawnOn('another')).not.toContain(secret);
    expect(await drawnOn()).toContain('Voici');
    expect(await drawnOn()).not.toContain(secret);
    const kept = await store().transcriptOfContribution(person, idsOf('carlos').contribution);
    expect(JSON.stringify(kept)).toContain('Voici');
    expect(JSON.stringify(kept)).not.toContain(secret);
  });
}
