// A full disk, and another process's lock.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/db/sqlite.ts';
import { composeStore, type Store } from '../../src/store/open.ts';
import { openLedger } from '../../src/vault/ledger.ts';
import { openTempStore, type TempStore } from '../support/temp-store.ts';
import { CASE, NOON, openCase, say, STORY } from './family.ts';
import { keysOfMaster } from '../../src/vault/seal.ts';

let temp: TempStore;
let store: Store;
beforeEach(async () => {
  temp = await openTempStore();
  store = temp.store;
});
afterEach(() => temp.close());

describe('fault 3: a full disk', () => {
  test('is an error, leaves no half step, and ends by itself', async () => {
    const person = await openCase(store);
    await store.close();
    // SQLite's limit of pages belongs to a connection; here it stands for the disk.
    const database = await openSqlite(join(temp.dir, 'griot.db'));
    const limitPages = (count: number) =>
      database.write((db) => sql`pragma max_page_count = ${sql.lit(count)}`.execute(db));
    const ledger = openLedger(temp.ledgerFile);
    store = composeStore({
      database,
      ledger,
      master: keysOfMaster(temp.masterKey),
      newId: () => crypto.randomUUID(),
      now: () => NOON,
    });
    const before = [await store.session(person), await store.parts(CASE.contribution)];
    await limitPages(1); // as many as there are
    await expect(say(store, 'm-long', STORY.repeat(5000))).rejects.toThrow(/full/);
    const small = Array.from({ length: 40 }, (_, index) => say(store, `m-${index}`, STORY.repeat(200)));
    const results = await Promise.allSettled(small);
    expect(results.some(({ status }) => status === 'rejected')).toBe(true);
    expect([await store.session(person), await store.parts(CASE.contribution)]).toEqual(before);
    await limitPages(1_000_000);
    await store.ping();
    expect(await say(store, 'm-long', STORY.repeat(5000))).toBe(person);
    const raw = new DatabaseSync(join(temp.dir, 'griot.db'));
    expect(raw.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
    const taken = results.filter(({ status }) => status === 'fulfilled').length;
    expect(raw.prepare('select count(*) as n from inbox where person is not null').get()).toEqual({ n: taken + 1 });
    raw.close();
    await store.close();
  });
});

describe("fault 13: another process's lock", () => {
  test('is waited for, and nothing is dropped', async () => {
    const holder = spawn(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      '-e',
      `const { DatabaseSync } = require('node:sqlite');
       const db = new DatabaseSync(process.argv[1]);
       db.exec('begin immediate'); console.log('locked');
       setTimeout(() => db.exec('commit'), 700);`,
      join(temp.dir, 'griot.db'),
    ]);
    const exited = once(holder, 'exit');
    await once(holder.stdout, 'data');
    let ticks = 0;
    const clock = setInterval(() => ticks++, 10);
    const started = performance.now();
    const person = await say(store, 'm1', 'Bonjour');
    expect(performance.now() - started).toBeGreaterThan(300);
    clearInterval(clock);
    expect(ticks).toBeGreaterThan(3); // the process lives on while it waits
    expect(await store.peopleWaiting()).toEqual([person]);
    await exited;
  });
});
