// The store's promises about a LID and a number that turn out to be one person's: nothing is lost, and nobody sees what
// somebody else wrote.

import { describe, expect, test } from 'vitest';
import type { TempStore } from '../support/temp-store.ts';
import { BROWSER, CASE, IN_CASE, STORY, message, openCase, part, pendingOf, save, say } from './family.ts';

const of = (address: string) => ({ channel: 'whatsapp', account: 'griot-1', address });
const LID = of('900000000011@lid');
const OTHER_LID = of('900000000099@lid');
const NUMBER = of('15550100011@s.whatsapp.net');
const CODE = 'ABCDEFGHJKMN';
const LONG_AGO = '2026-01-01T00:00:00.000Z';

export function meetSpec(at: () => TempStore): void {
  const meet = () => at().store.mergeIdentities({ lid: LID, number: NUMBER, code: CODE });
  const personAt = async (address: typeof LID) => (await at().store.personAt(address))?.person ?? null;

  describe('a LID and a number meet', () => {
    test('who was known by the number alone keeps what was said', async () => {
      const person = await openCase(at().store, NUMBER);
      await meet();
      expect([await personAt(LID), await personAt(NUMBER)]).toEqual([person, person]);
    });

    test('who was known by the LID alone is found by the number, too', async () => {
      const person = await openCase(at().store, LID);
      await meet();
      expect(await personAt(NUMBER)).toBe(person);
    });

    test('a number that belonged to another account leads to nobody, and the text stays with that account', async () => {
      const before = await openCase(at().store, OTHER_LID);
      await at().store.addAlias(before, NUMBER);
      await meet();
      expect([await personAt(LID), await personAt(NUMBER)]).toEqual([null, null]);
      expect(await personAt(OTHER_LID)).toBe(before);
      const mine = await say(at().store, 'm1', 'bonjour', LID);
      await meet();
      expect([await personAt(NUMBER), mine === before]).toEqual([mine, false]);
    });

    test('of two people the one with a text stays, and hears again what the other wrote before a yes', async () => {
      const person = await openCase(at().store, NUMBER);
      const stranger = await say(at().store, 'm1', 'Ils ont emmené mon fils.', LID);
      await save(at().store, stranger, { hold: [part('m1', 'Ils ont emmené mon fils.')] });
      await meet();
      expect([await personAt(LID), await personAt(NUMBER)]).toEqual([person, person]);
      expect(await pendingOf(at().store, person)).toMatchObject({
        event: { kind: 'message', text: 'Ils ont emmené mon fils.' },
      });
    });

    test('of two people with a text each, the LID goes on with its own, and is told of the other by a code', async () => {
      const other = await openCase(at().store, NUMBER);
      const mine = await say(at().store, 'm-yes', 'oui', LID);
      const case2 = { case: 'case-2', contribution: 'contribution-2' };
      await save(at().store, mine, { ...IN_CASE, state: { ...IN_CASE.state, ...case2 }, openCase: case2 });
      await meet();
      await meet();
      expect([await personAt(LID), await personAt(NUMBER)]).toEqual([mine, mine]);
      expect((await at().store.parts(CASE.contribution)).map(({ text }) => text)).toEqual([STORY]);
      const { event } = await pendingOf(at().store, mine);
      expect(event).toMatchObject({ kind: 'elsewhere', what: { kind: 'other-text', code: CODE } });
      await save(at().store, mine, { ...IN_CASE, state: { ...IN_CASE.state, ...case2 } });
      expect(await at().store.nextTurn(mine)).toBeNull();
      expect(await at().store.resumeAt(CODE, BROWSER, LONG_AGO)).toBe(true);
      expect(await personAt(BROWSER)).toBe(other);
    });

    test('and nothing changes where both were one already', async () => {
      const person = await openCase(at().store, LID);
      await at().store.addAlias(person, NUMBER);
      await meet();
      await at().store.receive({ from: NUMBER, messageId: 'm9', event: message('m9', 'encore') });
      expect((await pendingOf(at().store, person)).event.id).toBe('m9');
    });
  });
}
