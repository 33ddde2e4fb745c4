// The store's promises about codes that lead to a conversation, and about starts that came to no clean stop.

import { describe, expect, test } from 'vitest';
import type { TempStore } from '../support/temp-store.ts';
import { BROWSER, CASE, IN_CASE, KEEP, NOON, PHONE, STORY, message, openCase, pendingOf, save, say } from './family.ts';

const CODE = 'ABCDEFGHJKMN';
const OTHER = 'PQRSTVWXYZ01';
const LONG_AGO = '2026-01-01T00:00:00.000Z';

export function codesSpec(at: () => TempStore): void {
  /** Written into the chat by the bot. */
  async function given(person: string, code: string, id: string, beside = false): Promise<void> {
    await say(at().store, id, 'code');
    await save(at().store, person, {
      code,
      ...(beside && { beside: true as const }),
      replies: [{ body: { bubbles: [{ text: `Voici :\n${code}` }], secret: code }, promptId: null, replaces: null }],
    });
  }

  describe('a code from a chat', () => {
    test('leads to its conversation once, also when two browsers try at the same time', async () => {
      const person = await openCase(at().store);
      await given(person, CODE, 'm-code');
      const browsers = ['one', 'two'].map((address) => ({ ...BROWSER, address }));
      const went = await Promise.all(browsers.map((to) => at().store.resumeAt(CODE, to, LONG_AGO)));
      expect(went.toSorted()).toEqual([false, true]);
      const led = await Promise.all(browsers.map((to) => at().store.personAt(to)));
      expect(led.filter((one) => one?.person === person)).toHaveLength(1);
      expect(await at().store.personAt(PHONE)).toMatchObject({ person });
      expect(await at().store.resumeAt(CODE, BROWSER, LONG_AGO)).toBe(false);
    });

    test('ends an earlier one, is over in time, and goes when everything is erased', async () => {
      const person = await openCase(at().store);
      await given(person, CODE, 'm-code');
      await given(person, OTHER, 'm-code-2');
      expect(await at().store.resumeAt(CODE, BROWSER, LONG_AGO)).toBe(false);
      expect(await at().store.resumeAt(OTHER, BROWSER, '2026-03-01T12:00:01.000Z')).toBe(false);
      await at().store.purge('2026-04-01T00:00:00.000Z', { ...KEEP, idleDays: 365 });
      expect(await at().store.personAt({ channel: 'code', account: 'once', address: OTHER })).not.toBeNull();
      await at().store.erasePerson(person);
      expect(await at().store.resumeAt(OTHER, BROWSER, LONG_AGO)).toBe(false);
    });

    test('no harm 9: that is given beside earlier ones ends none of them; each works once', async () => {
      const person = await openCase(at().store);
      await given(person, CODE, 'm-code', true);
      await given(person, OTHER, 'm-code-2', true);
      expect(await at().store.resumeAt(CODE, BROWSER, LONG_AGO)).toBe(true);
      expect(await at().store.resumeAt(CODE, BROWSER, LONG_AGO)).toBe(false);
      await given(person, CODE, 'm-code-3', true);
      await given(person, 'KKKKKKKKKKKK', 'm-code-4');
      for (const over of [CODE, OTHER]) expect(await at().store.resumeAt(over, BROWSER, LONG_AGO)).toBe(false);
      expect(await at().store.resumeAt('KKKKKKKKKKKK', BROWSER, LONG_AGO)).toBe(true);
    });

    test('is thrown away when its time is over', async () => {
      const person = await openCase(at().store);
      await given(person, CODE, 'm-code');
      at().now = '2026-03-30T12:00:00.000Z';
      const event = message('m-late', 'encore', at().now);
      await at().store.receive({ from: PHONE, messageId: event.id, event });
      await save(at().store, person, IN_CASE);
      await at().store.purge('2026-04-02T00:00:00.000Z', KEEP);
      expect(await at().store.personAt({ channel: 'code', account: 'once', address: CODE })).toBeNull();
      expect(await at().store.personAt(PHONE)).toMatchObject({ person });
    });

    test('is sent to the person, and masked for whoever reads what was said', async () => {
      const person = await openCase(at().store);
      await given(person, CODE, 'm-code');
      expect(JSON.stringify(await at().store.dueReplies('whatsapp', 9))).toContain(CODE);
      const read = JSON.stringify(await at().store.transcript(person, null));
      expect(read).toContain('Voici :');
      expect(read).not.toContain(CODE);
    });
  });

  describe('no harm 24: a code that staff give to whoever holds a case', () => {
    test('leads there once, in place of one that was not used, and is over in time', async () => {
      const person = await openCase(at().store);
      expect(await at().store.desk.giveWayBack('case-nobody', CODE)).toBe(false);
      expect(await at().store.desk.giveWayBack(CASE.case, CODE)).toBe(true);
      expect(await at().store.desk.giveWayBack(CASE.case, OTHER)).toBe(true);
      expect(await at().store.resumeAt(CODE, BROWSER, LONG_AGO)).toBe(false);
      expect(await at().store.resumeAt(OTHER, BROWSER, '2026-03-01T12:00:01.000Z')).toBe(false);
      expect(await at().store.resumeAt(OTHER, BROWSER, LONG_AGO)).toBe(true);
      expect(await at().store.personAt(BROWSER)).toMatchObject({ person });
      expect(await at().store.resumeAt(OTHER, { ...BROWSER, address: 'another' }, LONG_AGO)).toBe(false);
    });

    test('leads there from a messenger too', async () => {
      const person = await openCase(at().store);
      const phone = { ...PHONE, address: 'new-phone@s.whatsapp.net' };
      await at().store.desk.giveWayBack(CASE.case, CODE);
      expect(await at().store.resumeHere(CODE, phone, LONG_AGO)).toBe('came');
      expect(await at().store.personAt(phone)).toMatchObject({ person });
      expect(await at().store.resumeHere(CODE, phone, LONG_AGO)).toBe('unknown');
    });
  });

  describe('a code that is written into a chat', () => {
    const WEB = { channel: 'web-chat', account: 'site', address: 'token-of-awa' };

    test('brings the conversation there, and is over', async () => {
      const person = await openCase(at().store, WEB);
      await at().store.addAlias(person, { channel: 'code', account: 'default', address: CODE });
      await say(at().store, 'm-hello', 'bonjour');
      expect(await at().store.resumeHere(CODE, PHONE, LONG_AGO)).toBe('came');
      expect(await at().store.personAt(PHONE)).toMatchObject({ person });
      expect(await at().store.personAt(WEB)).toMatchObject({ person });
      expect(await at().store.resumeAt(CODE, BROWSER, LONG_AGO)).toBe(false);
      expect(await at().store.resumeHere(CODE, PHONE, LONG_AGO)).toBe('unknown');
    });

    test('takes nothing from a chat that holds a text', async () => {
      const mine = await openCase(at().store);
      const theirs = await say(at().store, 'm1', 'bonjour', WEB);
      await at().store.addAlias(theirs, { channel: 'code', account: 'default', address: CODE });
      expect(await at().store.resumeHere(CODE, PHONE, LONG_AGO)).toBe('other-here');
      expect(await at().store.personAt(PHONE)).toMatchObject({ person: mine });
      expect(await at().store.resumeAt(CODE, BROWSER, LONG_AGO)).toBe(true);
    });
  });

  describe('a start of the program', () => {
    test('that was killed is known, and what it last had of a person; one that stopped is not', async () => {
      const { store } = at();
      await store.recordStart('boot-1');
      expect(await store.endedUncleanly('boot-1')).toBe(true);
      await at().reopen();
      expect(await at().store.endedUncleanly('boot-1')).toBe(true);
      await at().store.recordStart('boot-2');
      await at().store.recordStop('boot-2');
      expect(await at().store.endedUncleanly('boot-2')).toBe(false);
      expect(await at().store.endedUncleanly('boot-3')).toBe(false);
    });

    test('the last message is the newest, whoever holds its key; without words where they were taken out', async () => {
      expect(await at().store.lastSaid('nobody')).toBeNull();
      const person = await openCase(at().store);
      expect(await at().store.lastSaid(person)).toEqual({ at: NOON, text: STORY });
      await say(at().store, 'm-word', 'tournesol');
      await pendingOf(at().store, person);
      await save(at().store, person, { redact: ['m-word'] });
      expect(await at().store.lastSaid(person)).toEqual({ at: NOON, text: null });
    });
  });
}
