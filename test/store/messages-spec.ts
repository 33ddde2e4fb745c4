// The store's promises about messages; run on every database by store-spec.ts.

import { describe, expect, test } from 'vitest';
import type { TempStore } from '../support/temp-store.ts';
import { NOON, PHONE, BROWSER, message, pendingOf, reply, save, say } from './family.ts';

export function messagesSpec(at: () => TempStore): void {
  describe('messages in', () => {
    test('are there after a restart, with where they came from', async () => {
      const person = await say(at().store, 'm1', 'Bonjour');
      await at().reopen();
      expect(await at().store.peopleWaiting()).toEqual([person]);
      expect(await at().store.nextTurn(person)).toEqual({
        inboxId: expect.any(String) as string,
        person,
        event: message('m1', 'Bonjour'),
        language: 'fr',
        addressMark: expect.any(String) as string,
        answersAt: PHONE,
        session: null,
        begun: 'no',
        version: 0,
      });
    });

    test('are taken once, however often and at once they come', async () => {
      const all = await Promise.all(
        Array.from({ length: 30 }, () =>
          at().store.receive({ from: PHONE, messageId: 'm1', event: message('m1', 'a') }),
        ),
      );
      expect(all.filter((one) => one.new)).toHaveLength(1);
      expect(new Set(all.map((one) => one.person)).size).toBe(1);
      await save(at().store, all[0]?.person ?? '');
      expect(await at().store.receive({ from: PHONE, messageId: 'm1', event: message('m1', 'a') })).toEqual({
        person: all[0]?.person,
        new: false,
      });
      expect(await at().store.peopleWaiting()).toEqual([]);
    });

    test('of two people under the same id are two messages', async () => {
      const [one, two] = [await say(at().store, 'm1', 'a'), await say(at().store, 'm1', 'a', BROWSER)];
      expect(one).not.toBe(two);
      expect(await at().store.peopleWaiting()).toEqual([one, two]);
    });

    test('are turned in the order of their arrival', async () => {
      const person = await say(at().store, 'm1', 'un');
      await say(at().store, 'm2', 'deux');
      expect((await pendingOf(at().store, person)).event.id).toBe('m1');
      await save(at().store, person);
      expect((await pendingOf(at().store, person)).event.id).toBe('m2');
    });

    test('from within come once by their id, and never to somebody erased', async () => {
      const person = await say(at().store, 'm1', 'a');
      await save(at().store, person);
      await at().store.post(person, { id: 'e1', at: NOON, kind: 'opened' });
      await at().store.post(person, { id: 'e1', at: NOON, kind: 'opened' });
      expect(await pendingOf(at().store, person)).toMatchObject({ event: { kind: 'opened' }, addressMark: null });
      await save(at().store, person);
      expect(await at().store.nextTurn(person)).toBeNull();
      await at().store.erasePerson(person);
      await at().store.post(person, { id: 'e2', at: NOON, kind: 'opened' });
      expect(await at().store.peopleWaiting()).toEqual([]);
    });
  });

  describe('addresses', () => {
    test('lead to their person, each since its own day', async () => {
      const person = await say(at().store, 'm1', 'a');
      at().now = '2026-03-02T08:00:00.000Z';
      await at().store.addAlias(person, BROWSER);
      expect(await at().store.personAt(PHONE)).toEqual({ person, since: NOON });
      expect(await at().store.personAt(BROWSER)).toEqual({ person, since: at().now });
      expect(await at().store.personAt({ ...BROWSER, address: 'token-2' })).toBeNull();
      expect(await say(at().store, 'm2', 'b', BROWSER)).toBe(person);
    });

    test('taken away lead to nobody, and what was to go there holds nothing up', async () => {
      const person = await say(at().store, 'm1', 'a', BROWSER);
      await save(at().store, person, { replies: [reply('Bonjour')] });
      await at().store.removeAddress(BROWSER);
      expect(await at().store.personAt(BROWSER)).toBeNull();
      expect(await at().store.dueReplies('web-chat', 9)).toEqual([]);
      await at().store.addAlias(person, BROWSER);
      await say(at().store, 'm2', 'b', BROWSER);
      await save(at().store, person, { replies: [reply('Encore')] });
      expect((await at().store.dueReplies('web-chat', 9)).map(({ body }) => body)).toEqual([reply('Encore').body]);
    });

    test('move from a stranger to the person who proves to be behind them', async () => {
      const person = await say(at().store, 'm1', 'a');
      await say(at().store, 'm1', 'a', BROWSER);
      await at().store.addAlias(person, BROWSER);
      expect(await at().store.personAt(BROWSER)).toMatchObject({ person });
    });
  });
}
