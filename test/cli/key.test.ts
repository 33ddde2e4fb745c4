// `griot key rotate` on an installation, interrupted at each write to a file or to the database, and the backups of before.

import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterEach, expect, it } from 'vitest';
import { backupsIn } from '../../src/app/backup/backups.ts';
import { examine } from '../../src/app/doctor/examine.ts';
import { openConfiguredStore } from '../../src/app/open-store.ts';
import { verifyAudit } from '../../src/cli/audit.ts';
import { backup } from '../../src/cli/backup.ts';
import type { Io } from '../../src/cli/command.ts';
import { rotateKey } from '../../src/cli/key.ts';
import { restore } from '../../src/cli/restore.ts';
import { readConfig } from '../../src/config/config.ts';
import { claimAlone } from '../../src/store/db/alone.ts';
import { lookAtStore } from '../../src/store/look.ts';
import { formerKeys, nextKeyFile } from '../../src/vault/key-change.ts';
import { dyingAt } from '../support/dying.ts';
import { elsewhere, makeInstallation, type Installation } from '../support/installation.ts';
import { startApp, STORY, TO_SEND } from '../support/running-app.ts';
import { griot } from './command.ts';

let installation: Installation;
afterEach(() => installation.remove());

/** With somebody who has approved a text, and somebody who was erased. */
async function install(more: Readonly<Record<string, string>> = {}) {
  installation = await makeInstallation(more);
  const { env } = installation;
  const said: string[] = [];
  const io: Io = { environment: env, say: (text) => void said.push(text), warn: (text) => void said.push(text) };
  const app = await startApp({ env: { MASTER_KEY: '', ...env }, dir: env['DATA_DIR'] ?? '' });
  await app.phone('ana').saysAll([...TO_SEND, 'SEND']);
  await app.phone('gone').saysAll(TO_SEND.slice(0, 5));
  const gone = (await app.phone('gone').person()) ?? '';
  return { env, io, said, app, gone, key: env['MASTER_KEY_FILE'] ?? '' };
}

function keyIn(file: string): Buffer {
  return Buffer.from(existsSync(file) ? readFileSync(file, 'utf8') : '', 'base64');
}

/** What this key opens; null if it is none, or the database belongs to another one. */
async function openedBy(masterKey: Buffer, dataDir: string) {
  if (masterKey.length !== 32) return null;
  const database = { kind: 'sqlite', file: join(dataDir, 'griot.db') } as const;
  return lookAtStore({ database, masterKey, now: () => new Date().toISOString() }, (looked) =>
    looked.kind === 'store' ? looked.sample(Infinity) : Promise.resolve(null),
  );
}

async function wrongWithKey(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const found = await examine(env, { isClockSynchronised: () => Promise.resolve(true) });
  return found
    .filter(({ check, standing }) => check === 'key' && standing !== 'fine' && standing !== 'note')
    .map(({ standing, says }) => `${standing}: ${says}`);
}

it('interrupted at any write, is finished by the next one; one of the two keys on the disk always opens everything', async () => {
  const { env, io, said, app, key } = await install();
  await app.close();
  const data = env['DATA_DIR'] ?? '';
  const whole = await openedBy(keyIn(key), data);
  const next = nextKeyFile(key);
  const run = () => rotateKey({ values: {}, positionals: [] }, io);
  const found = new Set<string>();
  const deaths: string[] = [];
  for (let nth = 1; ; nth += 1) {
    const old = keyIn(key);
    const death = await dyingAt(nth, run);
    const [byPresent, byNext] = [await openedBy(keyIn(key), data), await openedBy(keyIn(next), data)];
    expect(
      [byPresent, byNext].filter((one) => one !== null),
      death ?? '',
    ).toEqual([whole]);
    if (death === null) break;
    deaths.push(death);
    if (byNext !== null && !found.has('half')) {
      found.add('half');
      expect(await wrongWithKey(env)).toEqual([expect.stringMatching(/^stops: a change of the master key was interr/)]);
      const { config, secrets } = readConfig(env);
      await expect(openConfiguredStore(config, secrets, () => new Date())).rejects.toThrow('key rotate');
    } else if (keyIn(next).length === 32 && byNext === null && !found.has('begun')) {
      found.add('begun');
      expect(await wrongWithKey(env)).toEqual([expect.stringMatching(/^to-do: a change of the master key was begun/)]);
    }
    if (!keyIn(key).equals(old)) continue;
    expect(await run()).toBe(0);
    expect(keyIn(key).equals(old)).toBe(false);
    expect(await openedBy(keyIn(key), data)).toEqual(whole);
  }
  expect([...found].toSorted()).toEqual(['begun', 'half']);
  expect(deaths.filter((death) => death === 'renameSync').length).toBeGreaterThanOrEqual(2);
  expect(deaths.length).toBeGreaterThan(15);
  expect(existsSync(next)).toBe(false);
  expect(formerKeys(key).map(({ file }) => statSync(file).mode & 0o777)).toContain(0o600);
  expect(await wrongWithKey(env)).toEqual([]);
  said.length = 0;
  expect(await verifyAudit({ values: {}, positionals: [] }, io)).toBe(0);
  expect(said.join('\n')).toMatch(/^The log is whole/);

  const again = await startApp({ env: { ...env, MASTER_KEY: '' }, dir: data });
  expect(await again.phone('ana').kept()).toEqual([STORY]);
  await again.phone('ana').says('status', 'after-the-change');
  await again.close();
});

it('goes on after a real kill, and changes nothing while a server runs', async () => {
  const { env, io, app, key } = await install();
  await app.close();
  const data = env['DATA_DIR'] ?? '';
  const end = claimAlone(join(data, 'griot.db'));
  await expect(rotateKey({ values: {}, positionals: [] }, io)).rejects.toThrow('Another server runs');
  expect(existsSync(nextKeyFile(key))).toBe(false);
  end();
  const whole = await openedBy(keyIn(key), data);
  const deadly = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
    fs.renameSync = () => process.kill(process.pid, 'SIGKILL'); syncBuiltinESMExports();`;
  const preload = `--import=data:text/javascript,${encodeURIComponent(deadly)}`;
  const killed = await griot('key rotate', [], { env: { ...env, NODE_OPTIONS: preload } });
  expect([killed.code, killed.stdout.includes('New key')]).toEqual([null, false]);
  expect([await openedBy(keyIn(key), data), await openedBy(keyIn(nextKeyFile(key)), data)]).toEqual([null, whole]);
  const done = await griot('key rotate', [], { env });
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(done.stdout).toMatch(/^The database belongs to the new master key\. With it \d+ keys and \d+ messages/);
  expect(done.stdout).toContain(`New key: ${key}.`);
  expect(await openedBy(keyIn(key), data)).toEqual(whole);
});

it('backups made under the old key are verified and restored with it, and belong to the new one; who was erased stays so', async () => {
  const identity = await generateX25519Identity();
  const { env, io, said, app, gone, key } = await install();
  const secret = join(installation.root, 'identity.txt');
  writeFileSync(secret, identity);
  writeFileSync(env['BACKUP_KEYS'] ?? '', `${await identityToRecipient(identity)}\n`);
  expect(await backup({ values: {}, positionals: [] }, io)).toBe(0);
  await app.app.store.erasePerson(gone);
  await app.close();
  const old = keyIn(key);
  expect(await rotateKey({ values: {}, positionals: [] }, io)).toBe(0);
  const [former] = formerKeys(key);
  expect(keyIn(former?.file ?? '').equals(old)).toBe(true);
  expect(said.join('\n')).toContain(`Old key: ${former?.file ?? ''}. Backups made until now need it`);

  const [made] = backupsIn(env['BACKUP_DIR'] ?? '');
  const file = made?.file ?? '';
  const verifying = { verify: true, identity: secret };
  await expect(backup({ values: verifying, positionals: [] }, io)).rejects.toThrow('belongs to another master key');
  said.length = 0;
  expect(await backup({ values: { ...verifying, key: former?.file }, positionals: [] }, io)).toBe(0);
  expect(said.join('\n')).toMatch(/is whole: \d+ rows .* of 2 people were opened/);

  const restored = elsewhere(installation, 'restored', null);
  const data = restored['DATA_DIR'] ?? '';
  const there: Io = { ...io, environment: restored };
  const restoring = (given?: string) =>
    restore(
      { values: { identity: secret, ...(given === undefined ? {} : { key: given }) }, positionals: [file] },
      there,
    );
  await expect(restoring()).rejects.toThrow('belongs to another master key');
  rmSync(data, { recursive: true });
  await expect(restoring(key)).rejects.toThrow('was not made under this master key');
  expect(await restoring(former?.file)).toBe(0);
  expect(said.join('\n')).toContain('Erased again, by the ledger: 1 person, 1 case.');
  expect(await openedBy(old, data)).toBeNull();
  const back = await startApp({ env: { ...restored, MASTER_KEY: '' }, dir: data });
  expect([await back.phone('ana').kept(), await back.phone('gone').person()]).toEqual([[STORY], null]);
  await back.close();
});

it('a key in the environment: the new one comes from there too, and is on no disk', async () => {
  const [first, second] = [Buffer.alloc(32, 5), Buffer.alloc(32, 6)].map((one) => one.toString('base64')) as [
    string,
    string,
  ];
  const { env, io, said, app } = await install({ MASTER_KEY: first });
  await app.close();
  const data = env['DATA_DIR'] ?? '';
  const run = (more: Readonly<Record<string, string>>) =>
    rotateKey({ values: {}, positionals: [] }, { ...io, environment: { ...env, ...more } });
  const whole = await openedBy(Buffer.from(first, 'base64'), data);
  await expect(run({})).rejects.toThrow('set MASTER_KEY_NEW');
  await expect(run({ MASTER_KEY_NEW: first })).rejects.toThrow('is the same as the present one');
  await expect(run({ MASTER_KEY_NEW: 'short' })).rejects.toThrow('must be exactly 32 bytes');
  expect(await openedBy(Buffer.from(first, 'base64'), data)).toEqual(whole);
  for (const _ of ['changes it', 'and once more says so']) {
    said.length = 0;
    expect(await run({ MASTER_KEY_NEW: second })).toBe(0);
    expect(said.join('\n')).toContain('Set MASTER_KEY to the value of MASTER_KEY_NEW');
  }
  expect(await openedBy(Buffer.from(second, 'base64'), data)).toEqual(whole);
  expect(await wrongWithKey({ ...env, MASTER_KEY_NEW: second })).toEqual([
    expect.stringMatching(/^stops: a change of the master key was interrupted/),
  ]);
  expect(existsSync(env['MASTER_KEY_FILE'] ?? '')).toBe(false);
});
