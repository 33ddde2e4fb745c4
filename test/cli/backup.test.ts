// Backups on both kinds of database, made while somebody writes, and what comes back.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRecipients } from '../../src/app/backup/age-file.ts';
import { elsewhere, makeInstallation } from '../support/installation.ts';
import { startPostgres, type TempPostgres } from '../support/postgres.ts';
import { type Phone, startApp, STORY, TO_SEND } from '../support/running-app.ts';
import { griot } from './command.ts';

const CANARY = 'canary-da-silva';

let root: string;
let postgres: TempPostgres | null = null;
let keys: { readonly identity: string; readonly other: string; readonly recipients: string };
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'griot-backup-'));
  postgres = await startPostgres();
  const [identity, second, other] = await Promise.all([0, 1, 2].map(() => generateX25519Identity()));
  if (identity === undefined || second === undefined || other === undefined) throw new Error('no keys');
  const recipients = [await identityToRecipient(identity), '', '# the second', await identityToRecipient(second)];
  keys = {
    identity: file('identity.txt', `# created\n${identity}\n`),
    other: file('other.txt', other),
    recipients: file('recipients.txt', recipients.join('\n')),
  };
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(root, { recursive: true, force: true });
});

function file(name: string, text: string): string {
  writeFileSync(join(root, name), text);
  return join(root, name);
}

function backupsOf(dir: string): readonly string[] {
  return readdirSync(dir)
    .filter((name) => /^griot-\d.*\.age$/u.test(name))
    .toSorted()
    .map((name) => join(dir, name));
}

describe.each(['SQLite', 'PostgreSQL'])('on %s', (kind) => {
  const newUrl = async (): Promise<string | null> =>
    kind === 'SQLite' || postgres === null ? null : postgres.newDatabase();

  it('fault 36: a backup is made while people write, restored without who was erased since, and every mail is held', async ({
    skip,
  }) => {
    if (kind === 'PostgreSQL' && postgres === null) skip();
    const url = await newUrl();
    const dir = join(root, `${kind}-backups`);
    const installation = await makeInstallation({
      ...{ BACKUP_DIR: dir, BACKUP_KEYS: keys.recipients },
      ...(url === null ? {} : { DATABASE_URL: url }),
    });
    const app = await startApp({
      env: { ...installation.env, MASTER_KEY: '' },
      dir: installation.env['DATA_DIR'] ?? '',
    });
    const [stays, goes, writes] = ['stays', 'goes', 'writes'].map((name) => app.phone(name)) as [Phone, Phone, Phone];
    await stays.saysAll([...TO_SEND, 'SEND']);
    await goes.saysAll([...TO_SEND.slice(0, 4), `${CANARY} told us.`]);
    const writer = { isGoing: true };
    const writing = (async () => {
      await writes.saysAll(TO_SEND.slice(0, 4));
      while (writer.isGoing) {
        await writes.says('They came at night, and nobody told us why.');
        await wait(5);
      }
    })();
    const made = await griot('backup', [], { env: installation.env });
    writer.isGoing = false;
    await writing;
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toMatch(new RegExp(`\\.age, 0\\.\\d MB, of ${kind}, read in one transaction\\.`));
    expect(made.stdout).toMatch(/to 2 age recipients\. Before, \d+ keys? and \d+ messages? of 3 people were opened/);
    const [backup = ''] = backupsOf(dir);
    expect([statSync(backup).mode & 0o777, statSync(dir).mode & 0o777]).toEqual([0o600, 0o700]);
    for (const text of [CANARY, 'persons', 'sealed']) expect(readFileSync(backup).includes(text), text).toBe(false);

    const person = (await goes.person()) ?? '';
    await app.app.store.erasePerson(person);
    await app.close();
    const verified = await griot('backup', ['--verify', '--identity', keys.identity], { env: installation.env });
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(verified.stdout).toMatch(
      /is whole: \d+ rows of .* In a temporary place \d+ keys? and \d+ messages? of 3 people/,
    );

    const env = elsewhere(installation, 'restored', await newUrl());
    const restored = await griot('restore', [backup, '--identity', keys.identity], { env });
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    expect(restored.stdout).toMatch(/^Restored: \d+ rows .* of 2 people were opened/m);
    expect(restored.stdout).toContain('Erased again, by the ledger: 1 person, 1 case.');
    expect(restored.stdout).toContain('Held: 1 mail.');
    expect(readdirSync(env['DATA_DIR'] ?? '').filter((name) => name.includes('restoring'))).toEqual([]);
    expect((await griot('restore', [backup, '--identity', keys.identity], { env })).code).toBe(1);

    const back = await startApp({ env: { ...env, MASTER_KEY: '' }, dir: env['DATA_DIR'] ?? '' });
    const [again, gone] = [back.phone('stays'), back.phone('goes')];
    expect(await gone.person()).toBeNull();
    expect(await again.kept()).toEqual([TO_SEND[4]]);
    // New rows get numbers of their own.
    await again.says('hello', 'a-new-message');
    expect(await back.app.store.heldMails()).toHaveLength(1);
    await back.close();
    const audit = await griot('audit verify', ['--accept', 'restored-backup'], { env });
    expect([audit.code, audit.stderr]).toEqual([0, '']);
    installation.remove();
  });

  it('a backup that is cut off, or for another key, is refused, and leaves nothing to start with', async ({ skip }) => {
    if (kind === 'PostgreSQL' && postgres === null) skip();
    const url = await newUrl();
    const dir = join(root, `${kind}-cut`);
    const installation = await makeInstallation({
      ...{ BACKUP_DIR: dir, BACKUP_KEYS: keys.recipients },
      ...(url === null ? {} : { DATABASE_URL: url }),
    });
    expect((await griot('backup', [], { env: installation.env })).code).toBe(0);
    const [backup = ''] = backupsOf(dir);
    const env = elsewhere(installation, 'cut', await newUrl());
    const wrong = await griot('restore', [backup, '--identity', keys.other], { env });
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('was encrypted to other keys')]);
    const half = join(dir, 'half.age');
    copyFileSync(backup, half);
    truncateSync(half, statSync(half).size - 200);
    const cut = await griot('restore', [half, '--identity', keys.identity], { env });
    expect([cut.code, cut.stderr]).toEqual([1, expect.stringContaining('is damaged or incomplete')]);
    const empty = join(dir, 'empty.age');
    writeFileSync(empty, '');
    const none = await griot('restore', [empty, '--identity', keys.identity], { env });
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('is empty. It is not the key')]);
    expect(existsSync(join(env['DATA_DIR'] ?? '', 'griot.db'))).toBe(false);
    expect((await griot('backup', ['--verify', half, '--identity', keys.identity], { env })).code).toBe(1);
    if (kind === 'SQLite') {
      // As a restore that was killed leaves it.
      writeFileSync(join(env['DATA_DIR'] ?? '', 'griot.db.restoring'), readFileSync(half));
      writeFileSync(join(env['DATA_DIR'] ?? '', 'griot.db.restoring-wal'), 'half');
      const again = await griot('restore', [backup, '--identity', keys.identity], { env });
      expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('Restored: ')]);
    }
    installation.remove();
  });
});

it('without its ledger nothing is restored, unless the copy of it is', async () => {
  const dir = join(root, 'ledgers');
  const installation = await makeInstallation({ BACKUP_DIR: dir, BACKUP_KEYS: keys.recipients });
  const line = `1 done ${'x'.repeat(43)} 2020-01-01T00:00:00.000Z\n`;
  writeFileSync(installation.env['LEDGER_FILE'] ?? '', line, { flag: 'a' });
  expect((await griot('backup', [], { env: installation.env })).code).toBe(0);
  const [backup = ''] = backupsOf(dir);
  const env = elsewhere(installation, 'lost', null);
  const ledger = env['LEDGER_FILE'] ?? '';
  const copy = ['--ledger', join(dir, 'griot-ledger.age')];
  const both = await griot('restore', [backup, '--identity', keys.identity, ...copy], { env });
  expect([both.code, both.stderr]).toEqual([1, expect.stringContaining('There is a ledger')]);
  rmSync(ledger);
  const without = await griot('restore', [backup, '--identity', keys.identity], { env });
  expect([without.code, without.stderr]).toEqual([1, expect.stringContaining('what was erased since would come back')]);
  const restored = await griot('restore', [backup, '--identity', keys.identity, ...copy], { env });
  expect(restored).toMatchObject({ code: 0, stderr: '' });
  expect([readFileSync(ledger, 'utf8'), statSync(ledger).mode & 0o777]).toEqual([line, 0o600]);
  installation.remove();
});

it('backups older than seven days are removed, once there is a new one', async () => {
  const dir = join(root, 'old');
  mkdirSync(dir);
  const installation = await makeInstallation({ BACKUP_DIR: dir, BACKUP_KEYS: keys.recipients });
  const days = (count: number) => new Date(Date.now() - count * 86_400_000).toISOString().slice(0, 10);
  for (const day of [days(9), days(6)]) writeFileSync(join(dir, `griot-${day}T03-00-00Z.age`), 'x');
  const half = join(dir, 'griot-2020-01-01T03-00-00Z.age.part');
  writeFileSync(half, 'x');
  utimesSync(half, 0, 0);
  const made = await griot('backup', [], { env: installation.env });
  expect(made.stdout).toContain('Removed: 1 older than 7 days.');
  expect(backupsOf(dir).map((one) => one.includes(days(9)))).toEqual([false, false]);
  expect(existsSync(half)).toBe(false);
  installation.remove();
});

it('data and key are in no one place, and a secret key not among the recipients', async () => {
  const installation = await makeInstallation({ BACKUP_KEYS: keys.recipients, BACKUP_DIR: join(root, 'apart') });
  const { env } = installation;
  for (const place of [join(env['DATA_DIR'] ?? '', 'backups'), join(env['MASTER_KEY_FILE'] ?? '', '..')]) {
    const refused = await griot('backup', [], { env: { ...env, BACKUP_DIR: place } });
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('must be apart from the data')]);
  }
  const none = await griot('backup', [], { env: { ...env, BACKUP_DIR: '', BACKUP_KEYS: '' } });
  expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('Set BACKUP_DIR and BACKUP_KEYS')]);
  await expect(parseRecipients(readFileSync(keys.identity, 'utf8'))).rejects.toThrow(
    'A secret key is among the recipients',
  );
  await expect(parseRecipients('# none\n')).rejects.toThrow('There is no age recipient');
  await expect(parseRecipients('age1nonsense\n')).rejects.toThrow('A line is no age recipient');
  installation.remove();
});

describe('griot db copy', () => {
  it('moves an installation to PostgreSQL and back, also after a change of its master key, and proves that both hold the same', async ({
    skip,
  }) => {
    if (postgres === null) skip();
    const installation = await makeInstallation({});
    const { env } = installation;
    const data = env['DATA_DIR'] ?? '';
    const app = await startApp({ env: { ...env, MASTER_KEY: '' }, dir: data });
    const [ana, gone] = [app.phone('ana'), app.phone('gone')];
    await ana.saysAll([...TO_SEND, 'SEND']);
    await gone.saysAll([...TO_SEND.slice(0, 4), `${CANARY} told us.`]);
    await app.app.store.erasePerson((await gone.person()) ?? '');
    await app.close();
    const url = (await postgres?.newDatabase()) ?? '';

    const there = await griot('db copy', ['--to', url], { env });
    expect(there).toMatchObject({ code: 0, stderr: '' });
    expect(there.stdout).toMatch(/^The same: \d+ rows in \d\d tables, each compared by its content\.$/m);
    expect(there.stdout).toMatch(/^Opened in the copy: \d+ keys? and \d+ messages? of 1 person were opened\.$/m);
    expect(there.stdout).toContain('The ledger was replayed: nothing came back, and no mail was held.');
    expect(there.stdout).toMatch(/^The audit log is whole: \d+ rows/m);
    expect((await griot('db copy', ['--to', url], { env })).stderr).toContain('not empty');

    const moved = await startApp({ env: { ...env, MASTER_KEY: '', DATABASE_URL: url }, dir: data });
    await moved.phone('ana').says('review', 'on-postgres');
    expect(await moved.phone('ana').kept()).toEqual([STORY]);
    expect((await griot('db copy', ['--to', 'sqlite'], { env: { ...env, DATABASE_URL: url } })).stderr).toContain(
      'There is a database',
    );
    for (const end of ['', '-wal', '-shm']) rmSync(join(data, `griot.db${end}`), { force: true });
    const early = await griot('db copy', ['--to', 'sqlite'], { env: { ...env, DATABASE_URL: url } });
    expect(early).toMatchObject({ code: 1, stderr: expect.stringContaining('A server runs on it') as string });
    await moved.close();
    const changed = await griot('key rotate', [], { env: { ...env, DATABASE_URL: url } });
    expect(changed).toMatchObject({ code: 0, stderr: '' });
    expect(changed.stdout).toMatch(/^The database belongs to the new master key\. With it \d+ keys/);
    expect((await griot('db copy', ['--to', 'sqlite'], { env: { ...env, DATABASE_URL: url } })).code).toBe(0);
    const back = await startApp({ env: { ...env, MASTER_KEY: '' }, dir: data });
    expect(await back.phone('ana').kept()).toEqual([STORY]);
    await back.close();
  });
});
