// What the commands for staff accounts say, and how they end, when something is not as it must be.

import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAudit } from '../../src/staff/audit/audit.ts';
import { openTempStore } from '../support/temp-store.ts';
import { griot } from './command.ts';

let dir: string;
let env: Record<string, string>;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'griot-staff-'));
  env = { DATA_DIR: dir };
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const add = (email: string, role: string, data = dir) => {
  const account = ['--name', 'Ana Exemplo', '--email', email, '--role', role, '--language', 'pt'];
  return griot('staff add', [...account, '--data', data], { env });
};

describe('staff add', () => {
  it('makes an account once for each address, and prints where to go and a code', async () => {
    const made = await add('ana@example.org', 'administrator');
    expect(made.code).toBe(0);
    expect(made.stderr).toMatch(/^A master key was made: .*master\.key\. Back it up, apart from the data/);
    expect(made.stdout).toContain('http://localhost:3978/desk/set-up');
    expect(made.stdout).toMatch(/^and type {4}(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}$/m);
    const again = await add('ANA@example.org', 'reader');
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('There is an account with this address')]);
  });

  it('says everything that is wrong or missing, at once', async () => {
    const wrong = await add('not an address', 'boss');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/email: .*\nrole: /);
    const missing = await griot('staff add', ['--name', 'Ana'], { env });
    expect(missing.stderr.match(/^(?:email|role|language): /gm)).toHaveLength(3);
    const unknown = await griot('staff add', ['--password', 'x'], { env });
    expect(unknown.stderr).toMatch(/^Unknown option '--password'\.\nnpm run -s griot -- staff add /);
    expect((await griot('staff add', ['Ana'], { env })).stderr).toMatch(/^Too many arguments: Ana\n/);
    const organisation = await griot(
      'staff add',
      ['--name', 'A', '--email', 'a@example.org', '--role', 'reader', '--language', 'en', '--organisation'],
      { env },
    );
    expect([organisation.code, organisation.stderr]).toEqual([1, 'Set OIDC_ISSUER first: docs/accounts.md\n']);
  });
});

describe('staff list, staff disable, staff recover', () => {
  it('know who is there and who is not', async () => {
    expect((await griot('staff list', [], { env })).stdout).toContain(
      'ana@example.org  Ana Exemplo\n  administrator, invited',
    );
    for (const name of ['staff disable', 'staff recover']) {
      const unknown = await griot(name, ['nobody@example.org'], { env });
      expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('There is no account')]);
    }
    // Two at once are not half done.
    const two = await griot('staff disable', ['ana@example.org', 'rui@example.org'], { env });
    expect([two.code, two.stderr]).toEqual([2, expect.stringContaining('Too many arguments: rui@example.org')]);
    const recovered = await griot('staff recover', ['ana@example.org'], { env });
    expect([recovered.code, /^and type {4}/m.test(recovered.stdout)]).toEqual([0, true]);
    expect((await griot('staff disable', ['ana@example.org'], { env })).code).toBe(0);
    expect((await griot('staff disable', ['ana@example.org'], { env })).code).toBe(1);
    expect((await griot('staff recover', ['ana@example.org'], { env })).code).toBe(1);
  });

  it('make nothing where a folder was mistyped', async () => {
    const nowhere = join(dir, 'mistyped');
    for (const [name, ...args] of [['staff list'], ['staff disable', 'a@example.org'], ['audit verify']] as const) {
      const ended = await griot(name, [...args, '--data', nowhere], { env });
      expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('There is no data')]);
    }
    expect(existsSync(nowhere)).toBe(false);
  });

  it('say what is wrong with data that cannot be opened, and make no new key where it was lost', async () => {
    const [broken, lost] = ['broken', 'lost'].map((name) => join(dir, name)) as [string, string];
    for (const folder of [broken, lost]) {
      await add(`${folder.length}@example.org`, 'reader', folder);
      rmSync(join(folder, 'griot.db-wal'), { force: true });
    }
    writeFileSync(join(broken, 'griot.db'), 'no database');
    const unreadable = await griot('staff list', ['--data', broken]);
    expect(unreadable).toEqual({
      code: 1,
      stdout: '',
      stderr: `${join(broken, 'griot.db')}: file is not a database\n`,
    });
    renameSync(join(lost, 'keys', 'master.key'), join(lost, 'kept-elsewhere'));
    const keyless = await griot('staff list', ['--data', lost]);
    expect([keyless.code, keyless.stderr]).toEqual([
      1,
      expect.stringContaining('Put the key back; nothing was changed.'),
    ]);
    expect(existsSync(join(lost, 'keys', 'master.key'))).toBe(false);
    renameSync(join(lost, 'kept-elsewhere'), join(lost, 'keys', 'master.key'));
    expect((await griot('staff list', ['--data', lost])).stdout).toContain('Ana Exemplo');
  });
});

describe('audit verify', () => {
  it('ends with 0 over a whole log, with 1 and the place over another, and accepts what somebody knows', async () => {
    expect(await griot('audit verify', [], { env })).toMatchObject({ code: 0, stderr: '' });
    const db = new DatabaseSync(join(dir, 'griot.db'));
    db.exec('drop trigger audit_no_delete; delete from audit where number = (select max(number) from audit)');
    db.close();
    const cut = await griot('audit verify', [], { env });
    expect(cut.code).toBe(1);
    expect(cut.stderr).toMatch(/The end is missing: rows (\d+) to \1\. Was a backup restored\?/);
    expect((await griot('audit verify', ['--accept', 'a b'], { env })).stderr).toContain('--accept: 3 to 60');
    expect((await griot('audit verify', ['--accept', 'restored-backup'], { env })).code).toBe(0);
    expect(await griot('audit verify', [], { env })).toMatchObject({ code: 0, stderr: '' });
    const nowhere = await griot('audit verify', ['--anchor', join(dir, 'mistyped')], { env });
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('There is no such file')]);
    const other = await griot('audit verify', ['--anchor', join(dir, 'griot.db')], { env });
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('The anchor file is damaged')]);
  });

  it('takes yesterday’s copy of the anchor for what it is, until a row that it knew is gone', async () => {
    const folder = join(dir, 'with-a-copy');
    await add('rui@example.org', 'reader', folder);
    const [anchorFile, copy] = [join(folder, 'ledger', 'audit-head'), join(folder, 'copy')];
    copyFileSync(anchorFile, copy);
    const masterKey = Buffer.from(readFileSync(join(folder, 'keys', 'master.key'), 'utf8'), 'base64');
    const file = join(folder, 'griot.db');
    const temp = await openTempStore({ database: { kind: 'sqlite', file }, masterKey });
    const audit = openAudit({ rows: temp.store.audit, master: temp.store.keys, anchorFile, onFault: console.error });
    for (let i = 0; i < 6; i += 1) await audit.record({ staff: null, action: 'queue.view' });
    await temp.close();
    const verify = () => griot('audit verify', ['--anchor', copy, '--data', folder]);
    const whole = await verify();
    expect(whole.code).toBe(0);
    expect(whole.stdout).toMatch(
      /whole: 7 rows.*\nIt contains everything that this copy of the anchor knew: rows 1 to 1\./,
    );
    const db = new DatabaseSync(file);
    db.exec('drop trigger audit_no_delete; delete from audit');
    db.close();
    const cut = await verify();
    expect([cut.code, cut.stderr.includes('The end is missing: rows 1 to 1')]).toEqual([1, true]);
  });
});
