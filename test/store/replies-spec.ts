// The store's promises about replies; run on every database by store-spec.ts.

import { describe, expect, test } from 'vitest';
import type { TempStore } from '../support/temp-store.ts';
import { NOON, PHONE, BROWSER, pendingOf, reply, save, say } from './family.ts';

export function repliesSpec(at: () => TempStore): void {
  describe('replies', () => {
    const three = async () => {
      const person = await say(at().store, 'm1', 'a');
      await save(at().store, person, { replies: [reply('un'), reply('deux'), reply('trois')] });
      return person;
    };
    const due = async () =>
      (await at().store.dueReplies('whatsapp', 9)).map(
        ({ body }) => (body as { bubbles: [{ text: string }] }).bubbles[0].text,
      );

    test('go out one after the other', async () => {
      await three();
      const seen: string[] = [];
      for (
        let [first] = await at().store.dueReplies('whatsapp', 9);
        first;
        [first] = await at().store.dueReplies('whatsapp', 9)
      ) {
        expect(first.address).toEqual(PHONE);
        seen.push(...(await due()));
        await at().store.replySent(first.id, NOON);
      }
      expect(seen).toEqual(['un', 'deux', 'trois']);
    });

    test('wait behind one that is tried again, not behind one that never can be sent', async () => {
      await three();
      const [first] = await at().store.dueReplies('whatsapp', 9);
      await at().store.replyFailed(first?.id ?? '', 'timeout to 22997001122', '2026-03-01T12:01:00.000Z');
      expect(await due()).toEqual([]);
      at().now = '2026-03-01T12:01:00.000Z';
      expect(await at().store.dueReplies('whatsapp', 9)).toMatchObject([{ id: first?.id, attempts: 1 }]);
      await at().store.replyFailed(first?.id ?? '', 'blocked', null);
      expect(await due()).toEqual(['deux']);
    });

    test('do not wait behind one of which only files are missing, which waits for the text that is due', async () => {
      const { store } = at();
      const person = await three();
      const [first] = await store.dueReplies('whatsapp', 9);
      expect(first).toMatchObject({ restOnly: false, afterRest: false });
      await store.replyTextSent(first?.id ?? '', NOON);
      const busy = { holder: null, underWay: [], restUnderWay: [person] };
      expect(await store.dueReplies('whatsapp', 9, busy)).toMatchObject([{ restOnly: false, afterRest: true }]);
      await store.replyFailed(first?.id ?? '', 'closed', '2026-03-01T12:01:00.000Z');
      expect(await due()).toEqual(['deux']);
      at().now = '2026-03-01T12:01:00.000Z';
      const seen: unknown[] = [];
      for (let [next] = await store.dueReplies('whatsapp', 9); next; [next] = await store.dueReplies('whatsapp', 9)) {
        seen.push([await due(), next.restOnly]);
        await store.replySent(next.id, NOON);
      }
      expect(seen).toEqual([
        [['deux'], false],
        [['trois'], false],
        [['un'], true],
      ]);
      await say(store, 'm9', 'b');
      await save(store, person, { replies: [reply('quatre')] });
      const [last] = await store.dueReplies('whatsapp', 9);
      await store.replyTextSent(last?.id ?? '', NOON);
      expect(await store.dueReplies('whatsapp', 9)).toMatchObject([{ restOnly: true, afterRest: false }]);
      expect(await store.dueReplies('whatsapp', 9, { holder: null, underWay: [], restUnderWay: [person] })).toEqual([]);
    });

    test('are sent with their turn where they are drawn, whatever else waits', async () => {
      const person = await three();
      await at().store.addAlias(person, BROWSER);
      await say(at().store, 'm2', 'b', BROWSER);
      await save(at().store, person, { replies: [reply('quatre')], drawnOn: ['web-chat'] });
      expect(await at().store.dueReplies('web-chat', 9)).toEqual([]);
      expect((await at().store.transcript(person, null)).at(-1)).toMatchObject({ from: 'bot', text: 'quatre' });
      await at().store.post(person, { id: 'e1', at: NOON, kind: 'opened' });
      await save(at().store, person, { replies: [reply('cinq')], drawnOn: ['web-chat'] });
      expect(await at().store.dueReplies('web-chat', 9)).toEqual([]);
      expect(await due()).toEqual(['un']);
    });

    test('for an account that is blocked are said where the person writes next, also on a page', async () => {
      const { store } = at();
      const person = await three();
      const [first] = await store.dueReplies('whatsapp', 9);
      await store.replySent(first?.id ?? '', NOON);
      await store.addAlias(person, BROWSER);
      await say(store, 'm2', 'b', BROWSER);
      expect(await pendingOf(store, person)).not.toHaveProperty('blocked');
      await store.accounts.setAccount(PHONE.account, 'stopped', 'used-elsewhere');
      expect(await pendingOf(store, person)).not.toHaveProperty('blocked');
      await store.accounts.setAccount(PHONE.account, 'stopped', 'forbidden');
      const since = (await store.accounts.account(PHONE.account))?.at;
      expect(await pendingOf(store, person)).toMatchObject({ blocked: since });
      at().now = '2026-03-01T12:05:00.000Z';
      await save(store, person, { at: at().now, effects: [{ kind: 'redirect' }] });
      expect(await due()).toEqual([]);
      const moved = await store.dueReplies('web-chat', 9);
      expect(moved).toMatchObject([{ address: BROWSER, body: { bubbles: [{ text: 'deux' }] } }]);
      // From the time of the session on, which begins after they were written.
      const drawn = (await store.transcript(person, '2026-03-01T12:04:00.000Z')).map(({ text }) => text);
      expect(drawn).toEqual(['deux', 'trois']);
      // An event of our own has nobody who reads the answer now.
      await store.post(person, { id: 'e1', at: NOON, kind: 'opened' });
      expect(await pendingOf(store, person)).not.toHaveProperty('blocked');
    });

    test('of other people do not wait', async () => {
      await three();
      const other = await say(at().store, 'm1', 'b', { ...PHONE, address: '5511999' });
      await save(at().store, other, { replies: [reply('quatre')] });
      expect(await due()).toEqual(['un', 'quatre']);
      expect(await at().store.dueReplies('whatsapp', 1)).toHaveLength(1);
      expect(await at().store.dueReplies('web-chat', 9)).toEqual([]);
    });

    test('with the same key replace one another while unsent', async () => {
      const person = await say(at().store, 'm1', 'a');
      await save(at().store, person, { replies: [reply('Enregistré.', 'saved')] });
      await say(at().store, 'm2', 'b');
      await save(at().store, person, { replies: [reply('Enregistré (2).', 'saved')] });
      expect(await due()).toEqual(['Enregistré (2).']);
      const [only] = await at().store.dueReplies('whatsapp', 9);
      await at().store.replySent(only?.id ?? '', NOON);
      await say(at().store, 'm3', 'c');
      await save(at().store, person, { replies: [reply('Enregistré (3).', 'saved')] });
      expect((await at().store.transcript(person, null)).map(({ text }) => text)).toEqual([
        'a',
        'b',
        'Enregistré (2).',
        'c',
        'Enregistré (3).',
      ]);
    });

    test('that were refused for good are known as unheard, until another one goes through', async () => {
      const person = await three();
      const unheard = () => at().store.isUnheard(person);
      expect(await unheard()).toBe(false);
      const send = async (how: (id: string) => Promise<void>) => {
        const [next] = await at().store.dueReplies('whatsapp', 1);
        await how(next?.id ?? '');
      };
      await send((id) => at().store.replySent(id, NOON));
      expect(await unheard()).toBe(false);
      await send((id) => at().store.replyFailed(id, 'closed', NOON));
      expect(await unheard()).toBe(false);
      await send((id) => at().store.replyFailed(id, '463', null));
      expect(await unheard()).toBe(true);
      await send((id) => at().store.replySent(id, NOON));
      expect(await unheard()).toBe(false);
    });

    test('count as arrived when somebody said so, the newest that asks the same', async () => {
      const { store } = at();
      const person = await say(store, 'm1', 'a');
      const asks = (text: string) => ({ ...reply(text), promptId: 'keep' });
      await save(store, person, { replies: [reply('un'), asks('deux'), reply('trois')] });
      const asking = () => store.newestAsking(person, 'keep');
      const next = async () => (await store.dueReplies('whatsapp', 1))[0]?.id ?? '';
      expect(await store.newestAsking(person, 'safety')).toBeNull();
      await store.replySent(await next(), NOON);
      expect(await asking()).toEqual({ waits: true, arrivedAt: null });
      // Sent, and nobody said that they have it; then somebody does, late, and later once more.
      const asked = await next();
      await store.replySent(asked, null);
      expect(await asking()).toEqual({ waits: false, arrivedAt: null });
      await store.whatsapp.noteArrived(asked, NOON);
      await store.whatsapp.noteArrived(asked, '2026-03-01T12:00:09.000Z');
      expect(await asking()).toEqual({ waits: false, arrivedAt: NOON });
      // Asked again: the older one has arrived, the newer one not.
      await store.replySent(await next(), NOON);
      await say(store, 'm2', 'b');
      await save(store, person, { replies: [asks('quatre')] });
      expect(await asking()).toEqual({ waits: true, arrivedAt: null });
      // Somebody said so before all of it was sent: what was said first stays.
      const again = await next();
      await store.whatsapp.noteArrived(again, '2026-03-01T12:00:01.000Z');
      expect(await asking()).toEqual({ waits: true, arrivedAt: '2026-03-01T12:00:01.000Z' });
      await store.replySent(again, '2026-03-01T12:00:02.000Z');
      expect(await asking()).toEqual({ waits: false, arrivedAt: '2026-03-01T12:00:01.000Z' });
      // What a message of ours asked, by its name there.
      await store.whatsapp.noteSent('3EB0AA', again, 0);
      expect(await store.whatsapp.askedIn('3EB0AA')).toBe('keep');
      expect(await store.whatsapp.askedIn('3EB0BB')).toBeNull();
    });

    test('to an event from within go where the person wrote from last', async () => {
      const person = await say(at().store, 'm1', 'a');
      await save(at().store, person);
      await at().store.addAlias(person, BROWSER);
      await say(at().store, 'm2', 'b', BROWSER);
      await save(at().store, person);
      await at().store.post(person, { id: 'e1', at: NOON, kind: 'opened' });
      await save(at().store, person, { replies: [reply('Bonjour')] });
      expect(await at().store.dueReplies('web-chat', 9)).toMatchObject([{ address: BROWSER }]);
    });
  });
}
