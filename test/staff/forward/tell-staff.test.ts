// A case needs a person, and the staff are told by mail through a real mail server: what they read, and what they do not.

import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { writeFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import PostalMime, { type Email } from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startImap, type TestImap } from '../../support/imap-server/imap-server.ts';
import { BEGIN, operatorOn, startApp, until, type TestApp } from '../../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../../support/smtp.ts';

const STAFF = 'desk@casa-exemplo.org';
const WITHHELD = 'Zenobia Agbeko';
const STORY = `They killed my brother. ${WITHHELD} saw it from her window.`;
const TO_SEND = [...BEGIN, STORY, 'next', 'skip', 'next', 'skip all', WITHHELD, 'next', 'skip all', '4', '3'];

let smtp: TestSmtp;
let imap: TestImap;
let dir: string;
let identity: string;
let app: TestApp | null = null;
beforeEach(async () => {
  smtp = await startSmtp();
  imap = await startImap({ password: 'pass' });
  dir = mkdtempSync(join(tmpdir(), 'griot-keys-'));
  identity = await generateX25519Identity();
  writeFileSync(join(dir, 'keys'), `${await identityToRecipient(identity)}\n`);
});
afterEach(async () => {
  await app?.close();
  app = null;
  await smtp.close();
  await imap.close();
  rmSync(dir, { recursive: true });
});

const env = () => ({
  ...operatorOn(smtp.port),
  STAFF_EMAIL: STAFF,
  STAFF_KEYS: join(dir, 'keys'),
  MAIL_IN_URL: `imap://office:pass@127.0.0.1:${imap.port}/`,
});

async function notices(): Promise<readonly Email[]> {
  const toStaff = smtp.received.filter(({ raw }) => Buffer.from(raw).toString('latin1').includes(`To: ${STAFF}`));
  return Promise.all(toStaff.map(({ raw }) => PostalMime.parse(raw)));
}

async function noticesOf(words: string): Promise<readonly Email[]> {
  return (await notices()).filter(({ text }) => text?.includes(words));
}

async function decrypted(notice: Email | undefined) {
  const [file, ...more] = notice?.attachments ?? [];
  if (file === undefined || typeof file.content === 'string') throw new Error('no file');
  expect(more).toEqual([]);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return { name: file.filename, files: unzipSync(await decrypter.decrypt(new Uint8Array(file.content))) };
}

describe('the staff', () => {
  test('learn at once that somebody is in danger, and nothing else', async () => {
    app = await startApp({ env: env() });
    await app.phone('+100').saysAll(['hello', '3']);
    await until(async () => (await noticesOf('in danger now')).length === 1);
    const [notice] = await noticesOf('in danger now');
    expect(notice?.subject).toBe('The desk needs you');
    expect(notice?.text).toContain('Reference: none yet');
    expect(notice?.attachments).toEqual([]);
    expect(notice?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
  });

  test('learn at once, by one notice without a word of it, of danger in the middle of a story', async () => {
    const { STAFF_KEYS: _, ...withoutKeys } = env();
    app = await startApp({ env: withoutKeys });
    const phone = app.phone('+100');
    await phone.saysAll([...BEGIN, STORY, 'They are outside my house right now and I am afraid']);
    await until(async () => (await noticesOf('in danger now')).length === 1);
    const [first] = await app.app.store.desk.facts();
    expect(first?.flags.map(({ flag }) => flag)).toContain('in-danger');
    expect(first?.mail).toBeNull();
    const [notice] = await noticesOf('in danger now');
    expect(notice?.text).toContain(`Reference: ${first?.reference ?? 'none yet'}`);
    expect(notice?.attachments).toEqual([]);
    // The words stay in the story, and the same danger is not told again within the hour.
    expect((await app.app.store.desk.case(first?.case ?? ''))?.contributions[0]?.parts).toHaveLength(2);
    await phone.saysAll(['They are still outside my house right now']);
    expect(await app.app.store.staffNeeds.due(app.now.toISOString())).toEqual([]);
    expect(await noticesOf('in danger now')).toHaveLength(1);
    for (const { raw } of smtp.received) expect(Buffer.from(raw).toString('latin1')).not.toMatch(/outside|brother/);
  });

  test('are brought what was said, encrypted, when somebody asks for a person', async () => {
    app = await startApp({ env: env() });
    const phone = app.phone('+100');
    await phone.saysAll([...BEGIN, STORY, 'person', '1']);
    await until(async () => (await noticesOf('asks to speak')).length === 1);
    const [notice] = await noticesOf('asks to speak');
    const { name, files } = await decrypted(notice);
    expect(name).toBe('case.zip.age');
    expect(Object.keys(files)).toEqual(['transcript.txt']);
    expect(strFromU8(files['transcript.txt'] ?? new Uint8Array())).toContain('They killed my brother.');
    for (const { raw } of smtp.received) expect(Buffer.from(raw).toString('latin1')).not.toMatch(/brother|Zenobia/);
    expect(app.logged.join('\n')).not.toMatch(/brother|Zenobia/);
    expect(await app.app.store.audit.find({ action: 'mail.forward' }, 9)).toHaveLength(1);
    // Asked for once more: not told again within the hour.
    await phone.saysAll(['person', '1']);
    await phone.saysAll(['person', '1']);
    expect(await noticesOf('asks to speak')).toHaveLength(1);
  });

  test('get one mail an hour about everything, and danger at once, over a restart', async () => {
    app = await startApp({ env: env() });
    await app.phone('+1').saysAll([...BEGIN, STORY, 'person', '1']);
    await until(async () => (await notices()).length === 1);
    for (const number of ['+2', '+3', '+4']) await app.phone(number).saysAll([...TO_SEND, 'SEND', 'no', 'person']);
    await app.phone('+5').saysAll(['hello', '3']);
    await until(async () => (await noticesOf('in danger now')).length === 1);
    for (const number of ['+2', '+3', '+4']) {
      await until(async () => (await app?.phone(number).session())?.mails[0]?.outcome === 'accepted');
    }
    expect(await notices()).toHaveLength(2);
    app.later(61);
    await app.reopen();
    await until(async () => (await notices()).length === 3);
    const digest = (await notices()).at(-1);
    expect(digest?.subject).toBe('The desk needs you');
    const text = digest?.text ?? '';
    expect(text).toContain('What needs you, or has changed: 6');
    expect(text.match(/asks to speak/g)).toHaveLength(1);
    expect(text.match(/It has left/g)).toHaveLength(1);
    for (const number of ['+2', '+3', '+4'])
      expect(text.split((await app.phone(number).session()).reference ?? '?')).toHaveLength(3);
    expect(digest?.attachments).toHaveLength(3);
    expect(text).not.toMatch(/brother|Zenobia/);
    await new Promise((wake) => setTimeout(wake, 150));
    expect(await notices()).toHaveLength(3);
  });

  test('are brought nothing of somebody who did not say that it may be kept', async () => {
    app = await startApp({ env: env() });
    await app.phone('+100').saysAll(['hello', 'They killed my brother and I want to tell', '3', '1']);
    await app.phone('+200').saysAll(['hello', '1', '1', '2', '1']);
    await until(async () => (await notices()).length > 0);
    for (const { attachments } of await notices()) expect(attachments).toEqual([]);
  });

  describe('of a text that waits for a release', () => {
    const DEADLINE = Date.parse('2024-05-24T21:59:59.000Z');
    const toSend = [...TO_SEND, '1', 'SEND', 'no'];
    const waits = 'waits for your release';
    const rings = 'the deadline is less than two hours away';

    test('learn once, with what it says encrypted to them, and again when it was given back and sent again', async () => {
      app = await startApp({ env: { ...env(), RELEASE: 'staff' }, now: new Date(DEADLINE - 72 * 3_600_000) });
      const phone = app.phone('+100');
      await phone.saysAll(toSend);
      await until(async () => (await noticesOf(waits)).length === 1);
      const [notice] = await noticesOf(waits);
      const { reference } = await phone.session();
      expect(notice?.text).toContain(`Reference: ${reference}`);
      expect(notice?.text).toContain('/desk');
      const { name, files } = await decrypted(notice);
      expect(name).toBe(`${reference}.zip.age`);
      expect(Object.keys(files).toSorted()).toEqual(['document.docx', 'document.pdf', 'transcript.txt']);
      expect(strFromU8(files['transcript.txt'] ?? new Uint8Array())).not.toContain('Zenobia');
      for (const { raw } of smtp.received) expect(Buffer.from(raw).toString('latin1')).not.toMatch(/brother|Zenobia/);

      app.later(90);
      await app.reopen();
      await new Promise((wake) => setTimeout(wake, 120));
      expect(await noticesOf(waits)).toHaveLength(1);
      const sha256 = (await app.app.store.mail(reference ?? '')).at(-1)?.sha256 ?? '';
      const reviewer = { id: 'staff-ana', role: 'reviewer' } as const;
      const over = { reviewer, reference: reference ?? '', sha256, at: app.now.toISOString() };
      await app.app.store.reviews.giveBack({ ...over, question: { kind: 'ready', id: 'unclear' } });
      await phone.saysAll(['hello', '2', 'SEND', 'no']);
      await until(async () => (await noticesOf(waits)).length === 2);
    });

    test('hear the alarm of the clock once, less than an hour after the last mail, and nothing twice for it', async () => {
      app = await startApp({ env: { ...env(), RELEASE: 'staff' }, now: new Date(DEADLINE - 125 * 60_000) });
      await app.phone('+100').saysAll(toSend);
      await until(async () => (await noticesOf(waits)).length === 1);
      app.now = new Date(DEADLINE - 100 * 60_000);
      await until(async () => (await noticesOf(rings)).length === 1);
      app.later(30);
      await app.reopen();
      await new Promise((wake) => setTimeout(wake, 150));
      expect([await noticesOf(waits), await noticesOf(rings)].map(({ length }) => length)).toEqual([1, 1]);
      expect(await notices()).toHaveLength(2);
    });
  });

  test('learn of an answer that lay in the mailbox, and so does the person, in words of ours', async () => {
    app = await startApp({ env: env() });
    const phone = app.phone('+100');
    await phone.saysAll([...TO_SEND, 'SEND']);
    await until(async () => (await phone.session()).mails[0]?.outcome === 'accepted');
    const mails = await Promise.all(smtp.received.map(({ raw }) => PostalMime.parse(raw)));
    const replyTo = mails.flatMap((mail) => mail.replyTo ?? [])[0]?.address ?? '';
    imap.add(
      `To: ${replyTo}\r\nFrom: clerk@unbody.int\r\nSubject: Re: EMLER 2024 Report\r\n\r\nCanary-words of a clerk.\r\n`,
      app.now,
    );
    // One mail an hour: that it had left is told first.
    await until(async () => (await noticesOf('It has left')).length === 1);
    app.later(61);
    await app.reopen();
    await until(async () => (await noticesOf('in answer to a text')).length === 1);
    const [notice] = await noticesOf('in answer to a text');
    expect(notice?.text).toContain((await phone.session()).reference);
    expect(notice?.text).not.toContain('Canary');
    await until(async () => ((await phone.session()).answered ?? []).length === 1);
    const heard = await phone.asks('hello again');
    expect(heard).toContain('A mail came about your text.');
    expect(heard).not.toContain('Canary');
    expect(app.logged.join('\n')).not.toContain('Canary');
  });
});

test('a key that cannot encrypt stops the start', async () => {
  writeFileSync(join(dir, 'keys'), 'age1nonsense\n');
  await expect(startApp({ env: env() })).rejects.toThrow(/STAFF_KEYS cannot be used: line 1/);
  await expect(startApp({ env: { ...env(), STAFF_KEYS: join(dir, 'nowhere') } })).rejects.toThrow(/cannot be read/);
});
