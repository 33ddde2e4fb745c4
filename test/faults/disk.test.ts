// The disk is full, or can only be read: nothing is said to be saved, the page stays calm, and it ends by itself.

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Database } from '../../src/store/db/database.ts';
import { conditionOf, SOUND } from '../support/invariants.ts';
import {
  BEGIN,
  MASTER_KEY,
  startApp,
  startProcess,
  STORY,
  TO_SEND,
  Visitor,
  type TestApp,
} from '../support/running-app.ts';

const opened = vi.hoisted(() => ({ database: null as Database | null }));

vi.mock('../../src/store/db/sqlite.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/store/db/sqlite.ts')>();
  const openSqlite: typeof original.openSqlite = async (...given) =>
    (opened.database = await original.openSqlite(...given));
  return { ...original, openSqlite };
});

/** Limits of SQLite belong to a connection, so they are set through the app's own. */
async function pragma(text: string): Promise<void> {
  await opened.database?.write((db) => sql.raw(`pragma ${text}`).execute(db));
}

function fail(): never {
  throw new Error('no database was opened');
}

let griot: TestApp;
let visitor: Visitor;
afterEach(() => griot.close());

async function start(): Promise<void> {
  griot = await startApp();
  const { port } = await griot.app.listen();
  visitor = new Visitor(`http://127.0.0.1:${port}`);
  await visitor.open();
  for (const text of [...BEGIN, STORY]) await visitor.say(text);
}

async function kept(): Promise<readonly (string | null)[]> {
  const token = visitor.cookie?.split('=')[1] ?? '';
  const known = await griot.app.store.personAt({ channel: 'web-chat', account: 'default', address: token });
  const said = await griot.app.store.transcript(known?.person ?? '', null);
  return said.filter(({ from }) => from === 'person').map(({ text }) => text);
}

const LONG = 'We went to the station every day. '.repeat(1_500);

describe('fault 3: the disk is full', () => {
  test('no "Saved", a calm 503 that gives the text back, and the same form works once there is room', async () => {
    await start();
    await pragma('max_page_count = 1'); // as many as there are
    const { formId } = visitor;
    const refused = await visitor.say(LONG, formId);
    expect(refused.status).toBe(503);
    expect(refused.page).not.toContain('Saved');
    expect(refused.page).toContain('We went to the station every day.');
    expect(refused.page).not.toMatch(/SQLITE|disk|Error/);
    expect(await kept()).not.toContain(LONG);
    await pragma('max_page_count = 1000000');
    expect((await visitor.say(LONG, formId)).status).toBe(200);
    expect((await kept()).filter((text) => text?.startsWith('We went to the station'))).toHaveLength(1);
    expect((await visitor.open('/health')).status).toBe(200);
    expect(conditionOf(griot.dir)).toEqual(SOUND);
    expect(griot.logged.join('')).not.toContain('station');
  });

  test('between receiving and answering: kept in the inbox, and answered later', async () => {
    await start();
    const { store } = griot.app;
    const saveTurn = store.saveTurn.bind(store);
    store.saveTurn = async (turn) => {
      store.saveTurn = saveTurn;
      await pragma('max_page_count = 1');
      return saveTurn({ ...turn, replies: [{ body: LONG.repeat(20), promptId: null, replaces: null }] });
    };
    const { formId } = visitor;
    expect((await visitor.say('They never wrote to us again.', formId)).status).toBe(503);
    expect(conditionOf(griot.dir).waiting).toBe(1);
    await pragma('max_page_count = 1000000');
    expect((await visitor.say('They never wrote to us again.', formId)).status).toBe(200);
    expect((await kept()).filter((text) => text === 'They never wrote to us again.')).toHaveLength(1);
    expect(conditionOf(griot.dir)).toEqual(SOUND);
  });
});

const hasPrlimit = () => spawnSync('prlimit', ['--version']).status === 0;

/** Of this process; gives the limit of before. */
function limitHandles(most: string): string {
  const self = ['--pid', String(process.pid)];
  const before = execFileSync('prlimit', [...self, '--nofile', '--output=SOFT', '--noheadings'])
    .toString()
    .trim();
  execFileSync('prlimit', [...self, `--nofile=${most}:`]);
  return before;
}

/** All that are left. */
function takeHandles(): readonly number[] {
  const taken: number[] = [];
  try {
    for (;;) taken.push(openSync('/dev/null', 'r'));
  } catch (error) {
    expect(error).toMatchObject({ code: 'EMFILE' });
  }
  return taken;
}

describe('fault 4: the file can only be read', () => {
  test('nothing is said to be saved, health says so, and it ends by itself', async () => {
    await start();
    expect((await visitor.open('/health')).status).toBe(200);
    await pragma('query_only = on');
    const { formId } = visitor;
    const refused = await visitor.say('They never wrote to us again.', formId);
    expect(refused.status).toBe(503);
    expect(refused.page).not.toContain('Saved');
    expect((await visitor.open('/health')).status).toBe(503);
    // No transaction begins any more, so it is taken off outside of one.
    await sql.raw('pragma query_only = off').execute(opened.database?.read ?? fail());
    expect((await visitor.say('They never wrote to us again.', formId)).status).toBe(200);
    expect((await visitor.open('/health')).status).toBe(200);
    expect(conditionOf(griot.dir)).toEqual(SOUND);
  });

  test.runIf(process.getuid?.() === 0)('a program that may not write its folder does not start', async () => {
    await start();
    const dir = mkdtempSync(join(tmpdir(), 'griot-read-only-'));
    const nobody = { uid: 65_534, gid: 65_534 };
    try {
      const first = await startProcess({ DATA_DIR: dir, MASTER_KEY });
      await first.stop();
      chmodSync(dir, 0o755);
      for (const name of readdirSync(dir)) chmodSync(join(dir, name), name.startsWith('griot.db') ? 0o644 : 0o755);
      await expect(startProcess({ DATA_DIR: dir, MASTER_KEY }, nobody)).rejects.toThrow(/the process ended/);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  test.runIf(hasPrlimit())(
    'no file handle is left: what was said is kept, and the mail leaves once there are some again',
    async () => {
      griot = await startApp({ env: { SEND_WINDOW_MINUTES: '0' } });
      const phone = griot.phone('+00 000 0111');
      await phone.saysAll(TO_SEND);
      await griot.app.settle();
      const mails = () => readdirSync(join(griot.dir, 'outbox')).filter((name) => name.endsWith('.eml'));
      const before = limitHandles(String(readdirSync('/proc/self/fd').length + 20));
      const taken = takeHandles();
      try {
        await phone.says('SEND');
        await griot.app.settleMails();
        expect((await phone.session()).mails).toMatchObject([{ outcome: 'waiting' }]);
      } finally {
        for (const handle of taken) closeSync(handle);
        limitHandles(before);
      }
      expect(mails()).toEqual([]);
      griot.later(10);
      await griot.app.settleMails();
      expect(mails()).toHaveLength(1);
      expect(await phone.kept()).toEqual([STORY]);
      expect(conditionOf(griot.dir)).toEqual(SOUND);
    },
  );
});
