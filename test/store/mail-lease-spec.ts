// Whose mail it is while it is handed over; run on every database by store-spec.ts.

import { describe, expect, test } from 'vitest';
import type { TempStore } from '../support/temp-store.ts';
import { approveMail, FROZEN, NOON, openCase, pendingOf, save, IN_CASE } from './family.ts';

const ACCEPTED = { kind: 'accepted', server: 'mx', at: NOON } as const;
const UNCERTAIN = { kind: 'uncertain', at: NOON } as const;
const NO_ANSWER = { server: 'mx', reply: null };

export function mailLeaseSpec(at: () => TempStore): void {
  const sending = async () => {
    const person = await openCase(at().store);
    const id = await approveMail(at().store, person);
    await at().store.freezeMail(id, FROZEN, NOON);
    expect(await at().store.startSending(id, 'one', 0)).toBe(true);
    return { id, person };
  };
  const stateOf = async () => (await at().store.mail('GR-7K2M')).map(({ state }) => state);
  const tellings = async (person: string) => {
    const kinds: string[] = [];
    for (let next = await at().store.nextTurn(person); next; next = await at().store.nextTurn(person)) {
      if (next.event.kind === 'mail') kinds.push(next.event.outcome.kind);
      await save(at().store, person, IN_CASE);
    }
    return kinds;
  };

  describe('the lease of a mail', () => {
    test('is kept by its holder alone, and seen by everybody', async () => {
      const { id } = await sending();
      const [first] = await at().store.sendingMails();
      expect(first).toMatchObject({ id, holder: 'one' });
      expect(await at().store.keepSending(id, 'two')).toBe(false);
      expect(await at().store.sendingMails()).toEqual([first]);
      expect(await at().store.keepSending(id, 'one')).toBe(true);
      const [second] = await at().store.sendingMails();
      expect(second?.beat).toBeGreaterThan(first?.beat ?? 0);
    });

    test('is taken over by one of many, and not where it beat since it was looked at', async () => {
      const { id } = await sending();
      const [seen] = await at().store.sendingMails();
      if (seen === undefined) throw new Error('nobody sends');
      await at().store.keepSending(id, 'one');
      expect(await at().store.takeOverMail(seen, NOON)).toBe(false);
      const [now] = await at().store.sendingMails();
      if (now === undefined) throw new Error('nobody sends');
      const all = await Promise.all(Array.from({ length: 6 }, () => at().store.takeOverMail(now, NOON)));
      expect(all.filter(Boolean)).toHaveLength(1);
      expect(await at().store.keepSending(id, 'one')).toBe(false);
      expect(await at().store.dueMails(NOON, 5)).toMatchObject([{ id, state: 'uncertain', handedOver: true }]);
    });

    test('a mail that was tried since it was read is not tried again at once', async () => {
      const { id } = await sending();
      await at().store.endAttempt(id, 'uncertain', UNCERTAIN, NOON, '2026-03-01T12:10:00.000Z', NO_ANSWER, 'one');
      expect(await at().store.startSending(id, 'two', 0)).toBe(false);
      expect(await at().store.startSending(id, 'two', 1)).toBe(true);
    });

    test('what its former holder found out changes nothing, but for the yes of a server, which is told once', async () => {
      const { id, person } = await sending();
      const [seen] = await at().store.sendingMails();
      if (seen === undefined) throw new Error('nobody sends');
      await at().store.takeOverMail(seen, NOON);
      await at().store.startSending(id, 'two', 1);
      const end = at().store.endAttempt.bind(at().store);
      const refused = { kind: 'refused', server: 'mx', reply: '550', at: NOON } as const;
      expect(await end(id, 'refused', refused, NOON, null, NO_ANSWER, 'one')).toBe(false);
      expect(await end(id, 'held', { kind: 'held', at: NOON }, NOON, null, undefined, 'one')).toBe(false);
      expect(await stateOf()).toEqual(['sending']);
      expect(await end(id, 'uncertain', UNCERTAIN, NOON, NOON, NO_ANSWER, 'two')).toBe(true);
      expect(await end(id, 'sent', ACCEPTED, NOON, null, NO_ANSWER, 'one')).toBe(true);
      expect(await stateOf()).toEqual(['sent']);
      expect(await at().store.startSending(id, 'two', 2)).toBe(false);
      expect(await tellings(person)).toEqual(['uncertain', 'accepted']);
    });

    test('nobody keeps the mail of a case that was erased', async () => {
      const { id, person } = await sending();
      await pendingOf(at().store, person).catch(() => null);
      await at().store.erasePerson(person);
      expect(await at().store.keepSending(id, 'one')).toBe(false);
      expect(await at().store.sendingMails()).toEqual([]);
      expect(await at().store.endAttempt(id, 'sent', ACCEPTED, NOON, null, NO_ANSWER, 'one')).toBe(true);
    });
  });
}
