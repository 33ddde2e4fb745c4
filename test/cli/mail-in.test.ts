// griot mail in, as an operator or a mail server runs it.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendMail, type ASentMail } from '../delivery/mail-in/a-sent-mail.ts';
import { A_SUBMISSION, REFERENCE } from '../delivery/a-request.ts';
import { openTempStore, type TempStore } from '../support/temp-store.ts';
import { griot } from './command.ts';

let sent: ASentMail;
let env: Record<string, string>;
beforeEach(async () => {
  sent = await sendMail();
  const { dir, masterKey, ledgerFile } = sent.temp;
  env = {
    DATA_DIR: dir,
    MASTER_KEY: masterKey.toString('base64'),
    LEDGER_FILE: ledgerFile,
    AUDIT_ANCHOR_FILE: join(dir, 'audit-head'),
    MAIL_FROM: A_SUBMISSION.from,
  };
});
afterEach(async () => {
  await sent.close();
});

async function reopened<T>(look: (store: TempStore['store']) => Promise<T>): Promise<T> {
  const { database, masterKey, ledgerFile } = sent.temp;
  const temp = await openTempStore({ database, masterKey, ledgerFile });
  try {
    return await look(temp.store);
  } finally {
    await temp.close();
  }
}

test('takes one mail from a pipe, beside the server that has the data open', async () => {
  const first = await griot('mail in', [], { env, input: sent.mail('exim') });
  expect(first).toMatchObject({ code: 0, stdout: `the pipe: filed under ${REFERENCE} (bounce)\n` });
  const again = await griot('mail in', [], { env, input: sent.mail('exim') });
  expect(again).toMatchObject({ code: 0, stdout: 'the pipe: here already\n' });
  expect((await sent.events()).map(({ kind }) => kind)).toEqual(['mail']);
  expect(await sent.state()).toBe('refused');
});

test('takes the mails of a Maildir, never those still being written, and leaves them where they are', async () => {
  const maildir = join(sent.temp.dir, 'Maildir');
  for (const folder of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, folder), { recursive: true });
  writeFileSync(join(maildir, 'cur', '1:2,S'), sent.mail('away-fr').replaceAll('\r\n', '\n'));
  writeFileSync(join(maildir, 'new', '2'), sent.mail('answer-en'));
  writeFileSync(join(maildir, 'tmp', '3'), sent.mail('exim').slice(0, 400));
  const ended = await griot('mail in', [maildir], { env });
  expect(ended.code).toBe(0);
  expect(ended.stdout.match(/filed under/g)).toHaveLength(2);
  const kinds = await reopened(async (store) => (await store.mailsIn.ofReference(REFERENCE)).map(({ kind }) => kind));
  expect(kinds).toEqual(['automatic', 'answer']);
});

test('shows what belongs to no case, and takes it away', async () => {
  await griot('mail in', [], { env, input: sent.mail('stranger') });
  const shown = await griot('mail in', ['--unmatched'], { env });
  expect(shown.stdout).toContain('Subject: About GR-7K3Q9X');
  expect(shown.stderr).toContain('anything, also under another name');
  const id = shown.stdout.split(' ')[0] ?? '';
  expect(await griot('mail in', ['--remove', id], { env })).toMatchObject({ code: 0 });
  expect(await griot('mail in', ['--remove', id], { env })).toMatchObject({ code: 1 });
  expect((await griot('mail in', ['--unmatched'], { env })).stdout).toMatch(/^Not kept so far: 0 about/);
});

test('says calmly what is wrong, and asks a mail server to try again where nothing can be kept', async () => {
  expect(await griot('mail in', ['nowhere.eml'], { env })).toMatchObject({
    code: 1,
    stderr: 'There is no mail to read: nowhere.eml\n',
  });
  expect(await griot('mail in', [], { env, input: '' })).toMatchObject({ code: 1 });
  const wrongKey = { ...env, MASTER_KEY: Buffer.alloc(32, 9).toString('base64') };
  expect((await griot('mail in', [], { env: wrongKey, input: sent.mail('exim') })).code).toBe(75);
  expect((await griot('mail in', [], { env: { ...env, DATA_DIR: join(sent.temp.dir, 'no') }, input: 'x' })).code).toBe(
    75,
  );
});
