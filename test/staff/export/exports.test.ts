// What leaves the desk as a file: one case, and the list. A whole conversation was held and sent before.

import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { takeMail } from '../../../src/mail/inbound/take-mail.ts';
import { griot } from '../../cli/command.ts';
import { BEGIN, MASTER_KEY, operatorOn, startApp, until, type TestApp } from '../../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../../support/smtp.ts';
import { openTestDesk, type TestDesk } from '../a-desk.ts';

const WITHHELD = 'Zenobia Agbeko';
const STORY = `They killed my brother. ${WITHHELD} saw it from her window.`;
const TO_SEND = [...BEGIN, STORY, 'next', 'skip', 'next', 'skip all', WITHHELD, 'next', 'skip all', '4', '3'];

let smtp: TestSmtp;
let app: TestApp;
let reference: string;
let id: string;
beforeAll(async () => {
  smtp = await startSmtp();
  app = await startApp({ env: operatorOn(smtp.port) });
  const phone = app.phone('+100');
  await phone.saysAll([...TO_SEND, 'SEND']);
  await until(() => smtp.received.length === 1);
  await until(async () => (await phone.session()).mails[0]?.outcome === 'accepted');
  const session = await phone.session();
  reference = session.reference ?? '';
  id = session.case ?? '';
  const token = /texts\+([\w-]+)@/.exec(Buffer.from(smtp.received[0]?.raw ?? '').toString())?.[1] ?? '';
  const answer = `To: texts+${token}@casa-exemplo.org\r\nFrom: clerk@unbody.int\r\nSubject: Re: EMLER 2024 Report\r\n\r\nThank you. Who is ${WITHHELD}?\r\n`;
  const deps = { store: app.app.store.mailsIn, mailbox: 'texts@casa-exemplo.org', now: () => app.now };
  expect(await takeMail(deps, Buffer.from(answer))).toMatchObject({ kind: 'filed', what: 'answer' });
  await app.app.close();
});
afterAll(async () => {
  await smtp.close();
  await app.app.close();
});

const desks: TestDesk[] = [];
async function desk(): Promise<TestDesk> {
  const opened = await openTestDesk({
    database: { kind: 'sqlite', file: join(app.dir, 'griot.db') },
    masterKey: Buffer.from(MASTER_KEY, 'base64'),
    ledgerFile: join(app.dir, 'ledger', 'erasures.log'),
    now: app.now.toISOString(),
    newId: () => crypto.randomUUID(),
  });
  desks.push(opened);
  return opened;
}
afterEach(async () => {
  for (const one of desks.splice(0)) await one.close();
});

const manifestSchema = z.object({
  reference: z.string(),
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.number() })),
  withoutTranscript: z.array(z.string()),
});

function opened(bytes: Uint8Array) {
  const files = unzipSync(bytes);
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  return { files, text, manifest: manifestSchema.parse(JSON.parse(text('manifest.json'))) };
}

/** As a lawyer would: unpacked into a folder, and one byte changed. */
function checkedWithSha256sum(files: Readonly<Record<string, Uint8Array>>): void {
  const folder = mkdtempSync(join(app.dir, 'unpacked-'));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  const check = () => spawnSync('sha256sum', ['-c', '--strict', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
  const whole = check();
  // Not every machine has the program.
  if (whole.error !== undefined) return;
  expect([whole.status, whole.stdout.match(/: OK$/gm)?.length]).toEqual([0, Object.keys(files).length - 1]);
  appendFileSync(join(folder, 'transcript.txt'), ' ');
  expect(check().stdout).toContain('transcript.txt: FAILED');
}

describe('griot export', () => {
  test('writes everything that is kept of a case, with its hashes, and the withheld words masked', async () => {
    const out = join(app.dir, 'case.zip');
    const env = { DATA_DIR: app.dir, MASTER_KEY };
    const ended = await griot('export', [reference.toLowerCase(), '--out', out], { env });
    expect(ended).toMatchObject({ code: 0, stdout: '' });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const { files, text, manifest } = opened(readFileSync(out));
    expect(Object.keys(files).sort()).toEqual([
      'SHA256SUMS',
      'audit.json',
      'consents.json',
      'delivery.json',
      `document/${reference}.docx`,
      `document/${reference}.pdf`,
      'document/approved.json',
      'flags.json',
      'mails-in.json',
      'mails-in/1-answer.eml',
      'manifest.json',
      'notes.json',
      'transcript.json',
      'transcript.txt',
    ]);
    for (const [name, { sha256, bytes }] of Object.entries(manifest.files)) {
      expect(
        createHash('sha256')
          .update(files[name] ?? '')
          .digest('hex'),
        name,
      ).toBe(sha256);
      expect(files[name]).toHaveLength(bytes);
    }
    expect(Object.keys(manifest.files)).toHaveLength(Object.keys(files).length - 2);
    checkedWithSha256sum(files);
    expect(text('transcript.txt')).toContain('They killed my brother. [name withheld] saw it');
    for (const name of ['transcript.txt', 'transcript.json', 'mails-in.json', 'notes.json']) {
      expect(text(name), name).not.toMatch(/Zenobia|Agbeko/);
    }
    expect(text('delivery.json')).toContain('accepted');
    expect(text('audit.json')).toContain('export.case');
    // The very bytes that were approved.
    const approved = z
      .object({ files: z.record(z.string(), z.string()) })
      .parse(JSON.parse(text('document/approved.json')));
    const hash = createHash('sha256')
      .update(files[`document/${reference}.docx`] ?? '')
      .digest('hex');
    expect(Object.values(approved.files)).toContain(hash);
    // What would let somebody write into the case, or call the person, is not in it.
    const all = Object.entries(files)
      .map(([name]) => (name.endsWith('.eml') ? '' : text(name)))
      .join('\n');
    expect(all).not.toMatch(/\+100|replyToken/);

    expect(await griot('export', [reference, '--out', out], { env })).toMatchObject({ code: 1 });
    expect((await griot('export', ['GR-NOBODY', '--out', `${out}2`], { env })).stderr).toContain('Nothing is kept');
  });
});

describe('the desk', () => {
  test('gives a case to a reviewer who has just proved who they are, and writes that down first', async () => {
    const at = await desk();
    const { browser } = await at.signedIn('reviewer', { email: 'one@example.org' });
    const got = await at.app.request(`/desk/export/case/${id}`, { headers: { cookie: browser.cookie ?? '' } });
    expect(got.status).toBe(200);
    expect(got.headers.get('content-disposition')).toBe(`attachment; filename="griot-${reference}.zip"`);
    expect(got.headers.get('cache-control')).toBe('no-store');
    const { manifest } = opened(new Uint8Array(await got.arrayBuffer()));
    expect(manifest).toMatchObject({ reference, withoutTranscript: [] });
    const [row] = await at.temp.store.audit.find({ action: 'export.case' }, 1);
    expect(row).toMatchObject({ reference, case: id });
    expect(await at.audit.check()).toEqual([]);

    const before = (await at.temp.store.audit.find({ action: 'export.case' }, 9)).length;
    at.wait(11);
    const later = await browser.get(`/desk/export/case/${id}`);
    expect(later.status).toBe(303);
    expect(later.headers.get('location')).toContain('/desk/prove');
    expect(await at.temp.store.audit.find({ action: 'export.case' }, 9)).toHaveLength(before);
  });

  test('gives nothing to a reader, to nobody, and of nothing', async () => {
    const at = await desk();
    const reader = await at.signedIn('reader', { email: 'two@example.org' });
    const before = (await at.temp.store.audit.last())?.number ?? 0;
    expect((await reader.browser.get(`/desk/export/case/${id}`)).status).toBe(403);
    expect((await reader.browser.get('/desk/export/list/open')).status).toBe(403);
    expect((await at.app.request(`/desk/export/case/${id}`)).status).toBe(303);
    const { browser } = await at.signedIn('administrator', { email: 'three@example.org' });
    for (const path of ['case/nobody', 'case/..%2f..%2fetc', 'list/everything', 'list/%0d%0aSet-Cookie:x']) {
      expect((await browser.get(`/desk/export/${path}`)).status, path).toBe(404);
    }
    const since = await at.temp.store.audit.following(before, 100);
    expect(since.filter(({ action }) => action.startsWith('export'))).toEqual([]);
  });

  test('faults 31–33: gives the list as a table that no spreadsheet runs', async () => {
    const at = await desk();
    const { browser, id: staff } = await at.signedIn('reviewer', {
      email: 'four@example.org',
      name: '=cmd|"/c calc"!A1',
    });
    await at.temp.store.desk.assign(id, staff, at.temp.now);
    const tables = await Promise.all(['open', 'done'].map((scope) => browser.get(`/desk/export/list/${scope}`)));
    expect(tables[0]?.headers.get('content-disposition')).toBe('attachment; filename="griot-open.csv"');
    const raw = await at.app.request('/desk/export/list/open', { headers: { cookie: browser.cookie ?? '' } });
    expect([...new Uint8Array(await raw.arrayBuffer()).subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x22]);
    const row = tables.flatMap(({ text }) => text.split('\r\n')).find((line) => line.includes(reference)) ?? '';
    expect(row).toContain(`"'=cmd|""/c calc""!A1"`);
    expect(row).toContain('"accepted"');
    for (const { text } of tables) {
      expect(text.startsWith('"reference","call",')).toBe(true);
      expect(text).not.toMatch(/brother|Zenobia/);
    }
  });

  test('is asked for on a page that says what it holds, and leads to what came back', async () => {
    const at = await desk();
    const { browser } = await at.signedIn('reviewer', { email: 'five@example.org' });
    await browser.get(`/desk/case/${id}`);
    await browser.post(`/desk/case/${id}/ready`);
    const page = (await browser.get(`/desk/case/${id}`)).text;
    expect(page).toContain(`/desk/export/of/${id}`);
    const mail = new RegExp(`/desk/case/${id}/mail/[\\w-]+`).exec(page)?.[0] ?? '';
    const back = (await browser.get(mail)).text;
    expect(back).toContain('Thank you. Who is [withheld]?');
    expect(back).not.toContain(WITHHELD);
    expect((await browser.get(`${mail}?words=shown`)).text).toContain(`Thank you. Who is ${WITHHELD}?`);
    expect((await browser.get(`/desk/export/of/${id}`)).text).toContain(`/desk/export/case/${id}`);
    expect((await browser.get('/desk')).text).toContain('/desk/export');
    expect((await browser.get('/desk/export')).text).toContain('/desk/export/list/open');
  });
});
