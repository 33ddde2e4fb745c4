// What only a file can show: the bytes on the disk, a restored backup.

import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/store/open.ts';
import { openLedger } from '../../src/vault/ledger.ts';
import { openTempStore, type TempStore } from '../support/temp-store.ts';
import * as family from './family.ts';

const { CASE, FROZEN, IN_CASE, NOON, PHONE, STORY, openCase, part, reply, save, say } = family;

/** Words, names, numbers: in the message, the document's name, the mail, the address, the message's id. */
const CANARIES = ['Koffi', 'Agbodjan', 'vingt ans', 'police', '22997001122', 'wamid', 'topic/secret', 'timeout to'];

let temp: TempStore;
let store: Store;
beforeEach(async () => {
  temp = await openTempStore();
  store = temp.store;
});
afterEach(() => temp.close());

async function everything(): Promise<string> {
  const person = await openCase(store);
  const id = 'wamid.22997001122.A1';
  await say(store, id, STORY);
  await save(store, person, {
    ...IN_CASE,
    session: { harmed: { form: 'full', name: 'Koffi Agbodjan' } },
    addParts: [part(id, STORY, 'topic/secret')],
    consents: [
      {
        purpose: 'name-harmed',
        subject: 'harmed',
        value: 'Koffi Agbodjan',
        wordingHash: 'w',
        language: 'fr',
        messageId: id,
        at: NOON,
      },
    ],
    replies: [reply(`Vous avez écrit : ${STORY}`)],
  });
  const [due] = await store.dueReplies('whatsapp', 1);
  await store.replyFailed(due?.id ?? '', 'timeout to 22997001122', NOON);
  const mail = await family.approveMail(store, person);
  await store.freezeMail(mail, FROZEN, NOON);
  await say(store, 'm-waiting', STORY);
  return person;
}

/** The canaries that stand in any file of the folder, as UTF-8 or UTF-16. */
function found(words: readonly (string | Buffer)[]): readonly string[] {
  const files = readdirSync(temp.dir).map((name) => readFileSync(join(temp.dir, name)));
  return words
    .flatMap((word) => (typeof word === 'string' ? [Buffer.from(word), Buffer.from(word, 'utf16le')] : [word]))
    .filter((word) => files.some((bytes) => bytes.includes(word)))
    .map((word) => word.toString('utf8'));
}

describe('P12: a stolen database', () => {
  test('shows no testimony, name or number, in its file or its journal', async () => {
    await everything();
    expect(existsSync(join(temp.dir, 'griot.db-wal'))).toBe(true);
    expect(found(CANARIES)).toEqual([]);
    expect(found(['GR-7K2M'])).not.toEqual([]); // the search itself works: references stand in clear
    await store.close();
    expect(found(CANARIES)).toEqual([]);
    await temp.reopen();
  });

  test('opens nothing without the master key, and tells the operator why', async () => {
    await everything();
    await store.close();
    const thief = { ...settings(), masterKey: Buffer.alloc(32, 8) };
    await expect(openStore(thief)).rejects.toThrow(/another master key/);
    await temp.reopen();
  });

  test('gives nothing to somebody who moves sealed values between rows', async () => {
    const person = await openCase(store);
    const other = await say(store, 'm1', 'Bonjour', { ...PHONE, address: '5511' });
    await save(store, other);
    const raw = rawDatabase();
    raw.exec(
      `update sessions set sealed = (select sealed from sessions where person = '${person}') where person = '${other}'`,
    );
    raw.close();
    await expect(store.session(other)).rejects.toThrow(/cannot be opened/);
  });
});

describe('P9: erasure', () => {
  test('leaves no byte of the keys, of what they sealed, or of the fingerprints by which it was found', async () => {
    const person = await everything();
    const raw = rawDatabase();
    const bytes = raw
      .prepare(
        `select wrapped as bytes from keys union all select sealed from parts union all select sealed from addresses
         union all select sealed from sessions union all select bytes from document_files union all select bytes from outbox`,
      )
      .all()
      .map((row) => row['bytes'])
      .filter((value) => value instanceof Uint8Array)
      .map((value) => Buffer.from(value.subarray(0, 64)));
    raw.close();
    expect(bytes.length).toBeGreaterThan(7);
    expect(found(bytes)).toHaveLength(bytes.length);
    await store.erasePerson(person);
    expect(found([...bytes, person, CASE.case, CASE.contribution, 'GR-7K2M'])).toEqual([]);
  });

  test('of some words leaves no byte of them, though their key lives on', async () => {
    const person = await openCase(store);
    const raw = rawDatabase();
    const rows = raw.prepare('select sealed from parts union all select sealed from lines').all();
    raw.close();
    const sealed = rows
      .map((row) => row['sealed'])
      .flatMap((value) => (value instanceof Uint8Array ? [Buffer.from(value)] : []));
    await say(store, 'm-away', 'effacer');
    await save(store, person, { ...IN_CASE, removeParts: ['m-story'], redact: ['m-story', 'm-yes'] });
    expect(sealed).toHaveLength(3);
    expect(found(sealed)).toEqual([]);
  });

  test('that a crash cut short between ledger and database is finished at the next start, and no mail is held', async () => {
    const person = await everything();
    await store.close();
    keepCopy('before');
    await (await temp.reopen()).erasePerson(person);
    await temp.store.close();
    bringBack('before');
    cutLedger(1); // the line that says that the database has committed
    store = await temp.reopen();
    expect(await store.personAt(PHONE)).toBeNull();
    expect(await store.heldMails()).toEqual([]);
    expect(
      openLedger(temp.ledgerFile)
        .entries()
        .map(({ kind }) => kind),
    ).toEqual(['person', 'done']);
  });
});

describe("fault 36: yesterday's backup is restored", () => {
  test('what was erased since is erased again, and every mail is held until somebody releases it', async () => {
    const awa = await everything();
    const eve = { ...PHONE, address: '5511' };
    const person = await say(store, 'm-yes', 'oui', eve);
    await save(store, person, {
      ...IN_CASE,
      openCase: { case: 'case-eve', contribution: 'contribution-eve' },
      state: { ...IN_CASE.state, case: 'case-eve', contribution: 'contribution-eve', reference: 'GR-EVE' },
    });
    await say(store, 'm-send', 'ENVIAR', eve);
    await save(store, person, {
      ...IN_CASE,
      state: { ...IN_CASE.state, case: 'case-eve', contribution: 'contribution-eve', reference: 'GR-EVE' },
      mails: [{ kind: 'submission', reference: 'GR-EVE', sha256: 'b', notBefore: NOON, request: {} }],
    });
    await store.close();
    keepCopy('yesterday');
    await (await temp.reopen()).erasePerson(awa);
    await temp.store.close();
    bringBack('yesterday');

    store = await temp.reopen();
    expect(await store.personAt(PHONE)).toBeNull();
    expect(await store.mail('GR-7K2M')).toEqual([]);
    expect(await store.dueMails('2030-01-01T00:00:00.000Z', 9)).toEqual([]);
    const [held] = await store.heldMails();
    expect(held).toMatchObject({ reference: 'GR-EVE', state: 'held' });
    expect(await store.releaseMail(held?.id ?? '', NOON)).toBe(true);
    expect(await store.releaseMail(held?.id ?? '', NOON)).toBe(false);
    expect(await store.dueMails(NOON, 9)).toMatchObject([{ reference: 'GR-EVE', state: 'waiting' }]);
    store = await temp.reopen();
    expect(await store.heldMails()).toEqual([]);
  });

  test.each(['sent', 'cancelled', 'being sent'] as const)(
    'a mail that was %s since does not leave again',
    async (since) => {
      const person = await openCase(store);
      const id = await family.approveMail(store, person);
      await store.freezeMail(id, FROZEN, NOON);
      await store.close();
      keepCopy('yesterday');
      store = await temp.reopen();
      if (since === 'cancelled') {
        await say(store, 'm-stop', 'stop');
        await save(store, person, { ...IN_CASE, cancel: ['GR-7K2M'] });
      } else {
        await store.startSending(id, 'one', 0);
        if (since === 'sent')
          await store.endAttempt(id, 'sent', { kind: 'accepted', server: 'mx', at: NOON }, NOON, null);
      }
      await store.close();
      bringBack('yesterday');
      store = await temp.reopen();
      const later = since === 'being sent' ? 'tried' : 'over';
      expect(await store.heldMails()).toMatchObject([{ id, state: 'held', later }]);
      expect(await store.startSending(id, 'one', 0)).toBe(false);

      // Nobody sends it who has not read that; who has is not stopped by the next start.
      const [held] = await store.heldMails();
      const reviewer = { id: 'staff-bento', role: 'reviewer' } as const;
      const act = { reviewer, reference: 'GR-7K2M', sha256: held?.sha256 ?? '', at: NOON };
      expect(await store.reviews.retry(act)).toEqual({ kind: 'known-later' });
      expect(await store.heldMails()).toHaveLength(1);
      expect(await store.reviews.retry({ ...act, knows: true })).toEqual({ kind: 'done' });
      store = await temp.reopen();
      expect(await store.heldMails()).toEqual([]);
    },
  );

  test('a refused mail that staff sent again is not taken for one of a backup at its next delay', async () => {
    const person = await openCase(store);
    const id = await family.approveMail(store, person);
    await store.freezeMail(id, FROZEN, NOON);
    await store.startSending(id, 'one', 0);
    await store.endAttempt(id, 'refused', { kind: 'refused', server: 'mx', reply: '550', at: NOON }, NOON, null);
    const [mail] = await store.mail('GR-7K2M');
    const reviewer = { id: 'staff-bento', role: 'reviewer' } as const;
    const act = { reviewer, reference: 'GR-7K2M', sha256: mail?.sha256 ?? '', at: NOON };
    expect(await store.reviews.retry(act)).toEqual({ kind: 'done' });
    await store.startSending(id, 'one', 1);
    await store.endAttempt(id, 'frozen', { kind: 'deferred', at: NOON }, NOON, NOON);
    store = await temp.reopen();
    expect(await store.mail('GR-7K2M')).toMatchObject([{ id, state: 'frozen', attempts: 2 }]);
    expect(await store.heldMails()).toEqual([]);
  });
});

test('the file is its owner’s alone', () => {
  expect(statSync(join(temp.dir, 'griot.db')).mode & 0o777).toBe(0o600);
});

function settings() {
  const { database, masterKey, ledgerFile } = temp;
  return { database, masterKey, ledgerFile, newId: () => crypto.randomUUID(), now: () => NOON };
}

function rawDatabase(): DatabaseSync {
  return new DatabaseSync(join(temp.dir, 'griot.db'));
}

function keepCopy(name: string): void {
  cpSync(join(temp.dir, 'griot.db'), join(temp.dir, `${name}.copy`));
}

function bringBack(name: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(join(temp.dir, `griot.db${end}`), { force: true });
  cpSync(join(temp.dir, `${name}.copy`), join(temp.dir, 'griot.db'));
  rmSync(join(temp.dir, `${name}.copy`));
}

function cutLedger(lines: number): void {
  const text = readFileSync(temp.ledgerFile, 'utf8')
    .split('\n')
    .slice(0, -1 - lines);
  writeFileSync(temp.ledgerFile, text.map((line) => `${line}\n`).join(''));
}
