// What several processes share on PostgreSQL: who sends a reply, what only one does, sessions of pages, rate limits.

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { WebSession } from '../../src/channels/web-chat/kept-sessions.ts';
import { openDatabase, openStore } from '../../src/store/open.ts';
import { until } from '../support/running-app.ts';
import type { TempStore } from '../support/temp-store.ts';
import { NOON, reply, save, say } from './family.ts';

const TOKEN = 'c'.repeat(43);
const SESSION: WebSession = {
  ...{ start: NOON, from: NOON, seen: Date.parse(NOON), quiet: 15 },
  ...{ greeted: false, earlier: false, language: null, key: null },
};

/** `open`: null if there is no server here. */
export function sharedSpec(open: () => Promise<TempStore | null>): void {
  async function using(work: (temp: TempStore, shared: NonNullable<TempStore['store']['shared']>) => Promise<void>) {
    const temp = await open();
    if (temp === null) return;
    try {
      const { shared } = temp.store;
      if (shared === null) throw new Error('several processes share nothing');
      await work(temp, shared);
    } finally {
      await temp.close();
    }
  }

  test('a reply is sent by one process, and by another one as soon as that one is gone or gave it back', () =>
    using(async ({ store }, shared) => {
      const person = await say(store, 'm1', 'a');
      await save(store, person, { replies: [reply('un'), reply('deux')] });
      for (const name of ['one', 'two']) await shared.join(name, `boot ${name}`);
      const due = async (holder: string, underWay: readonly string[] = []) =>
        (await store.dueReplies('whatsapp', 9, { holder, underWay })).map(({ id }) => id);
      const both = await Promise.all([due('one'), due('two')]);
      expect(both.flat()).toHaveLength(1);
      const [first = ''] = both.flat();
      expect(await due('nobody')).toEqual([]);
      const [holder, other] = both[0].length === 1 ? ['one', 'two'] : ['two', 'one'];
      expect(await due(other)).toEqual([]);
      // What it took and did not send, because the database failed or could not be reached for a while.
      expect(await due(holder)).toEqual([first]);
      expect(await due(holder, [person])).toEqual([]);
      await store.replyFailed(first, 'not theirs', null, other);
      expect(await due(other)).toEqual([]);
      const lease = { id: holder, holder, beat: 0 };
      expect(await shared.bury({ ...lease, beat: 7 })).toBe(false);
      expect(await shared.bury(lease)).toBe(true);
      expect(await shared.beat(holder)).toBe(false);
      expect(await due(other)).toEqual([first]);
      await store.replyFailed(first, 'later', NOON, other);
      expect(await due(other)).toEqual([first]);
      // While the files of the first are sent, the second is due, and only where the first is held.
      const meanwhile = async () =>
        (await store.dueReplies('whatsapp', 9, { holder: other, underWay: [], restUnderWay: [person] })).map(
          ({ id, restOnly }) => [id === first, restOnly],
        );
      await store.replyTextSent(first, NOON, holder);
      expect(await meanwhile()).toEqual([[true, false]]);
      await store.replyTextSent(first, NOON, other);
      expect(await meanwhile()).toEqual([[false, false]]);
      await store.replySent(first, NOON);
      expect(await due(other)).toHaveLength(1);
    }));

  test('what only one may do goes to the next when that one is gone', () =>
    using(async (_, shared) => {
      for (const name of ['one', 'two']) await shared.join(name, name);
      const [a, b] = await Promise.all([shared.hold('retention', 'one'), shared.hold('retention', 'two')]);
      expect([a, b].filter(Boolean)).toHaveLength(1);
      const [holder, other] = a ? ['one', 'two'] : ['two', 'one'];
      expect(await shared.hold('retention', holder)).toBe(true);
      expect(await shared.hold('retention', other)).toBe(false);
      await shared.leave(holder);
      expect(await shared.hold('retention', holder)).toBe(false);
      expect(await shared.hold('retention', other)).toBe(true);
    }));

  test('a run that another process goes on with did not end uncleanly, and its turn is its own', () =>
    using(async ({ store }, shared) => {
      await store.recordStart('boot-1');
      await shared.join('one', 'boot-1');
      const person = await say(store, 'm1', 'a');
      await store.noteBegun((await store.nextTurn(person))?.inboxId ?? '', 'boot-1');
      expect(await store.endedUncleanly('boot-1')).toBe(false);
      expect((await store.nextTurn(person))?.begun).toBe('elsewhere');
      await shared.leave('one');
      expect(await store.endedUncleanly('boot-1')).toBe(true);
      expect((await store.nextTurn(person))?.begun).toBe('died');
    }));

  test('a page’s session begins once; its draft opens with its cookie only, and goes with it, its person or a day', () =>
    using(async ({ store }, { sessions }) => {
      const both = await Promise.all([sessions.put(TOKEN, SESSION, null), sessions.put(TOKEN, SESSION, null)]);
      expect(both.filter(Boolean)).toHaveLength(1);
      await sessions.change(TOKEN, NOON, { draft: 'my brother', key: 'k', greeted: true, language: 'pt' });
      await sessions.change(TOKEN, 'another one', { greeted: false });
      expect(await sessions.find(TOKEN)).toEqual({ ...SESSION, key: 'k', greeted: true, language: 'pt' });
      expect(await sessions.draft(TOKEN)).toBe('my brother');
      expect(await sessions.draft('d'.repeat(43))).toBe('');
      expect(await sessions.put(TOKEN, { ...SESSION, start: 'later' }, NOON)).toBe(true);
      expect(await sessions.draft(TOKEN)).toBe('');
      const from = { channel: 'web-chat', account: 'default', address: TOKEN };
      await store.erasePerson(await say(store, 'm1', 'a', from));
      expect(await sessions.find(TOKEN)).toBeNull();
      await sessions.put(TOKEN, SESSION, null);
      await store.purge('2026-03-03T12:00:00.000Z', { idleDays: 30, closedDays: 90, heldHours: 24 });
      expect(await sessions.find(TOKEN)).toBeNull();
    }));

  test('a limit is counted by all together, and fills again', () =>
    using(async (_, { take }) => {
      const rate = { burst: 2, perMinute: 60 };
      const takes = async (now: number) => take('codes 192.0.2.1', rate, now);
      expect([await takes(0), await takes(0), await takes(0), await takes(500)]).toEqual([true, true, false, false]);
      expect([await takes(1_000), await takes(1_000)]).toEqual([true, false]);
      expect(await take('codes 192.0.2.2', rate, 0)).toBe(true);
    }));

  test('every connection has its limits before its first statement', () =>
    using(async ({ database: at }) => {
      const database = await openDatabase(at, { database: 6_000, closing: 5_000 });
      try {
        const limits = Array.from({ length: 5 }, () =>
          sql<{ at: string }>`select current_setting('statement_timeout') || ' ' ||
            current_setting('idle_in_transaction_session_timeout') as at, pg_sleep(0.1)`.execute(database.read),
        );
        expect((await Promise.all(limits)).map(({ rows }) => rows[0]?.at)).toEqual(limits.map(() => '6s 3s'));
      } finally {
        await database.close();
      }
    }));

  test('another process is told what was committed, and nothing of its own', () =>
    using(async (temp, shared) => {
      const { database, masterKey, ledgerFile } = temp;
      const other = await openStore({ database, masterKey, ledgerFile, newId: randomUUID, now: () => NOON });
      const told: string[] = [];
      other.onCommitElsewhere((what, people) => told.push([what, ...people].join(' ')));
      // Once it listens, it is told of the gap.
      await until(() => told.includes('transcript'));
      const person = await say(temp.store, 'm1', 'a');
      await save(temp.store, person, { replies: [reply('un')] });
      await until(() => told.includes(`transcript ${person}`) && told.filter((one) => one === 'replies').length === 2);
      expect(await shared.versions([person])).toEqual(new Map([[person, 1]]));
      await other.close();
    }));
}
