// A sent text is sealed to the keys of staff after two weeks: what its person, staff and a holder of a key then see.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { griot as command } from '../cli/command.ts';
import * as running from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

const DAY = 24 * 60;

let smtp: TestSmtp;
let griot: running.TestApp;
let phone: running.Phone;
let keys: { readonly identity: string; readonly recipient: string; readonly file: string }[];
let folder: string;
let env: Record<string, string>;

beforeEach(async () => {
  smtp = await startSmtp();
  folder = mkdtempSync(join(tmpdir(), 'griot-sealed-'));
  keys = [];
  for (const name of ['one', 'two']) {
    const identity = await generateIdentity();
    const file = join(folder, `${name}.key`);
    writeFileSync(file, `# created: today\n${identity}\n`, { mode: 0o600 });
    keys.push({ identity, recipient: await identityToRecipient(identity), file });
  }
  env = {
    ...running.operatorOn(smtp.port),
    SEND_WINDOW_MINUTES: '0',
    CLOSED_KEYS: keys.map(({ recipient }) => recipient).join(' '),
  };
  griot = await running.startApp({ env });
  phone = griot.phone('+00 000 0111');
});
afterEach(async () => {
  await griot.close();
  await smtp.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As the person sends it, and two weeks later; retention runs at a start. */
async function sendAndWait(): Promise<void> {
  await phone.saysAll([...running.TO_SEND, 'SEND', '2']);
  await running.until(async () => (await phone.session()).mails[0]?.outcome === 'accepted');
  await griot.app.settle();
  griot.later(15 * DAY);
}

async function startAgain(): Promise<void> {
  await griot.reopen();
  await griot.reopen();
}

/** As an operator with the same folder and settings. */
function operator(words: string, args: readonly string[]) {
  return command(words, args, { env: { ...env, DATA_DIR: griot.dir, MASTER_KEY: running.MASTER_KEY } });
}

async function prove(): Promise<void> {
  const file = join(folder, 'test.json');
  expect(await operator('closed-keys test', ['--out', file])).toMatchObject({ code: 0 });
  for (const { file: key } of keys) {
    const { stdout } = await command('open-sealed', [file, '--test', '--key', key]);
    const word = /proved (\S+)/u.exec(stdout)?.[1] ?? '';
    expect(await operator('closed-keys proved', [word])).toMatchObject({ code: 0 });
  }
}

async function sealedRows() {
  return (await griot.app.store.audit.following(0, 1000)).filter(({ action }) => action === 'case.seal');
}

/** Of doctor, about this. */
async function findings(): Promise<readonly unknown[]> {
  const { stdout } = await operator('doctor', ['--json']);
  const told = JSON.parse(stdout) as { readonly findings: readonly { readonly check: string }[] };
  return told.findings.filter(({ check }) => check === 'sealed');
}

describe('CLOSED_KEYS', () => {
  test.each([
    ['one key', () => keys[0]?.recipient ?? '', /two different keys/u],
    ['the same key twice', () => `${keys[0]?.recipient} ${keys[0]?.recipient}`, /two different keys/u],
    ['a secret key', () => `${keys[0]?.recipient} ${keys[1]?.identity}`, /has a secret key/u],
    ['something else', () => `${keys[0]?.recipient} hello`, /age recipients/u],
  ])('with %s is refused at the start, with what to do', (_, value, says) => {
    expect(() => readConfig({ ...env, CLOSED_KEYS: value() })).toThrow(says);
  });

  test('needs less days than the case is kept', () => {
    expect(() => readConfig({ ...env, CLOSED_SEALED_AFTER_DAYS: '90' })).toThrow(/less than KEEP_CLOSED_DAYS/u);
    expect(readConfig(env).config.closed).toMatchObject({ afterDays: 14 });
    expect(readConfig({ ...env, CLOSED_KEYS: '' }).config.closed).toBeNull();
  });
});

describe('a closed case under the keys of staff', () => {
  test('is sealed only once two people have proved their keys, and opens with each of them elsewhere', async () => {
    await sendAndWait();
    await startAgain();
    expect(await phone.kept()).toEqual([running.STORY]);
    expect(await operator('closed-keys proved', ['0000-0000-0000'])).toMatchObject({ code: 1 });

    expect(await findings()).toMatchObject([{ standing: 'to-do' }]);

    await prove();
    await startAgain();
    expect(await findings()).toMatchObject([{ standing: 'fine' }]);
    expect((await phone.session()).putAway).toBe(griot.now.toISOString());
    const { reference } = await phone.session();
    const zip = join(folder, 'case.zip');
    expect(await operator('export', [reference ?? '', '--out', zip])).toMatchObject({ code: 0 });
    expect(readFileSync(zip).includes('brother')).toBe(false);
    expect(await operator('transcript', [reference ?? ''])).toMatchObject({ code: 1, stdout: '' });
    for (const [index, { file: key }] of keys.entries()) {
      const out = join(folder, `opened-${index}`);
      expect(await command('open-sealed', [zip, '--key', key, '--out', out])).toMatchObject({ code: 0 });
      expect(readFileSync(join(out, 'transcript.txt'), 'utf8')).toContain(running.STORY);
      expect(readFileSync(join(out, 'everything.json'), 'utf8')).toContain('"kept": true');
    }
    const other = join(folder, 'other.key');
    writeFileSync(other, await generateIdentity(), { mode: 0o600 });
    const refused = await command('open-sealed', [zip, '--key', other, '--out', join(folder, 'no')]);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
  });

  test('is sealed by the command purge too, and each sealing is a row of the audit log, with its case', async () => {
    // The command has the machine's own clock: the text is sent thirty days before whatever that says.
    griot.now = new Date(Date.now() - 30 * DAY * 60_000);
    await sendAndWait();
    const { reference } = await phone.session();
    const early = await operator('purge', []);
    expect(early.stdout).toContain('Cases sealed to the keys of staff, ended more than 14 days ago: 0');
    expect(early.stderr).toContain('closed-keys test');
    await prove();
    expect((await operator('purge', [])).stdout).toContain('ended more than 14 days ago: 1');
    const found = await griot.app.store.desk.find(reference ?? '');
    expect(await sealedRows()).toMatchObject([{ staff: null, reference, case: found }]);
    expect(found).not.toBeNull();
    const zip = join(folder, 'case.zip');
    // As somebody types it who was told it on the telephone.
    await operator('export', [(reference ?? '').replace('-', ' ').toLowerCase(), '--out', zip]);
    expect(readFileSync(zip).includes('brother')).toBe(false);
    expect((await operator('purge', [])).stdout).toContain('ended more than 14 days ago: 0');
    expect(await sealedRows()).toHaveLength(1);
  });

  test('leaves a row of the audit log when the server seals it', async () => {
    await sendAndWait();
    await prove();
    await startAgain();
    const { reference } = await phone.session();
    expect(await sealedRows()).toMatchObject([{ staff: null, reference }]);
  });

  test('tells its person what still works: has it arrived, another, a person for a change; nothing of it is shown', async () => {
    await sendAndWait();
    await prove();
    await startAgain();
    expect(await phone.asks('hello')).toContain('Your text is put away.');
    expect(await phone.asks('1')).toContain('accepted it on');
    for (const text of ['review', 'hide', 'undo', 'copy', 'words', 'progress', 'Show me my text', 'Hide the name Awa'])
      expect(await phone.asks(text), text).not.toMatch(/brother/u);
    expect(await phone.asks('review')).toContain('I can no longer show it');
    expect(
      await phone.asks('I want to add that my cousin was there and saw all of it from the window of her room.'),
    ).not.toContain('Saved');
    const session = await phone.session();
    expect([session.withheld, session.doubt, session.contribution]).toEqual([[], null, null]);
    expect(await phone.asks('2')).toContain('a person must open it');
    const needs = await griot.app.store.staffNeeds.due(griot.now.toISOString());
    expect(needs.map(({ kind }) => kind)).toEqual(['asks-for-person']);
  });

  test('can be withdrawn by a mail that answers the first, after which our copy is erased', async () => {
    await sendAndWait();
    await prove();
    await startAgain();
    await phone.saysAll(['hello', 'WITHDRAW', '1', 'WITHDRAW']);
    await running.until(() => smtp.received.length === 2);
    const [first, second] = smtp.received.map(({ raw }) => Buffer.from(raw).toString('latin1'));
    const id = /^message-id: (\S+)/imu.exec(first ?? '')?.[1] ?? 'none';
    expect(second).toMatch(new RegExp(`^in-reply-to: ${id}`, 'imu'));
    await running.until(async () => (await griot.app.store.desk.queue('done')).length === 0);
  });

  test('can be erased at once, and followed by another text', async () => {
    await sendAndWait();
    await prove();
    await startAgain();
    await phone.saysAll(['hello', '5']);
    expect((await phone.session()).putAway).toBeUndefined();
    await phone.saysAll(['1', '1', 'Another story of what happened to us in May, on the same road.']);
    expect(await phone.kept()).toEqual(['Another story of what happened to us in May, on the same road.']);
    await phone.saysAll(['delete', 'ERASE']);
    expect(await phone.person()).toBeNull();
  });
});
