// What the commands for staff accounts say, and how they end, when something is not as it must be.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from './command.ts';

let dir: string;
let env: Record<string, string>;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'griot-staff-'));
  env = { DATA_DIR: dir };
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const add = (email: string, role: string) =>
  command('staff-add', ['--name', 'Ana Exemplo', '--email', email, '--role', role, '--language', 'pt'], { env });

describe('staff:add', () => {
  it('makes an account once for each address, and prints where to go and a code', async () => {
    const made = await add('ana@example.org', 'administrator');
    expect(made.code).toBe(0);
    expect(made.stdout).toContain('http://localhost:3978/desk/set-up');
    expect(made.stdout).toMatch(/^and type {4}(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}$/m);
    const again = await add('ANA@example.org', 'reader');
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('There is an account with this address')]);
  });

  it('says everything that is wrong or missing, at once', async () => {
    const wrong = await add('not an address', 'boss');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/email: .*\nrole: /);
    const missing = await command('staff-add', ['--name', 'Ana'], { env });
    expect(missing.stderr.match(/^(?:email|role|language): /gm)).toHaveLength(3);
    expect((await command('staff-add', ['--password', 'x'], { env })).stderr).toContain('npm run -s staff:add');
    const organisation = await command(
      'staff-add',
      ['--name', 'A', '--email', 'a@example.org', '--role', 'reader', '--language', 'en', '--organisation'],
      { env },
    );
    expect([organisation.code, organisation.stderr]).toEqual([1, 'Set OIDC_ISSUER first: docs/operate.md\n']);
  });
});

describe('staff:list, staff:disable, staff:recover', () => {
  it('know who is there and who is not', async () => {
    expect((await command('staff-list', [], { env })).stdout).toContain(
      'ana@example.org  Ana Exemplo\n  administrator, invited',
    );
    for (const name of ['staff-disable', 'staff-recover']) {
      const unknown = await command(name, ['nobody@example.org'], { env });
      expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('There is no account')]);
    }
    const recovered = await command('staff-recover', ['ana@example.org'], { env });
    expect([recovered.code, /^and type {4}/m.test(recovered.stdout)]).toEqual([0, true]);
    expect((await command('staff-disable', ['ana@example.org'], { env })).code).toBe(0);
    expect((await command('staff-disable', ['ana@example.org'], { env })).code).toBe(1);
    expect((await command('staff-recover', ['ana@example.org'], { env })).code).toBe(1);
  });

  it('make nothing where a folder was mistyped', async () => {
    const nowhere = join(dir, 'mistyped');
    for (const [name, ...args] of [['staff-list'], ['staff-disable', 'a@example.org'], ['audit-verify']] as const) {
      const ended = await command(name, [...args, '--data', nowhere], { env });
      expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('There is no data')]);
    }
    expect(existsSync(nowhere)).toBe(false);
  });
});

describe('audit:verify', () => {
  it('ends with 0 over a whole log, with 1 and the place over another, and accepts what somebody knows', async () => {
    expect(await command('audit-verify', [], { env })).toMatchObject({ code: 0, stderr: '' });
    const db = new DatabaseSync(join(dir, 'griot.db'));
    db.exec('drop trigger audit_no_delete; delete from audit where number = (select max(number) from audit)');
    db.close();
    const cut = await command('audit-verify', [], { env });
    expect(cut.code).toBe(1);
    expect(cut.stderr).toMatch(/The end is missing: rows (\d+) to \1\. Was a backup restored\?/);
    expect((await command('audit-verify', ['--accept', 'a b'], { env })).stderr).toContain('--accept: 3 to 60');
    expect((await command('audit-verify', ['--accept', 'restored-backup'], { env })).code).toBe(0);
    expect(await command('audit-verify', [], { env })).toMatchObject({ code: 0, stderr: '' });
    const other = await command('audit-verify', ['--anchor', join(dir, 'griot.db')], { env });
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('The anchor file is damaged')]);
  });
});
