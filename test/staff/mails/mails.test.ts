// Mails that belong to no case: read, put under one by hand, taken out again, erased; and what lies in them, saved.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeMail } from '../../../src/mail/inbound/take-mail.ts';
import { signsOf } from '../../../src/staff/mails/build-mails.ts';
import { sizeIn } from '../../../src/staff/mails/one-mail.ts';
import { type DeskBrowser, type DeskVisit, openTestDesk, staffTexts, type TestDesk } from '../a-desk.ts';
import { keepCase, type Kept } from '../many-cases.ts';

const NOON = '2026-03-01T12:00:00.000Z';
const { mails: texts, release } = staffTexts.en;
const PART = (type: string, name: string, body: string) =>
  `--b\r\nContent-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n${body}\r\n`;

function answer(reference: string): Buffer {
  return Buffer.from(
    'From: "<script>alert(1)</script>" <clerk@unbody.int>\r\nSubject: Your text <b>now</b>\r\nMessage-ID: <9@unbody.int>\r\n' +
      'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n' +
      `--b\r\nContent-Type: text/plain\r\n\r\nThank you for ${reference}. <img src=x onerror=alert(1)> Lambert.\r\n` +
      PART('application/pdf', '../Réponse.pdf', 'a pdf') +
      PART('text/html', 'page.html', '<script>alert(2)</script>') +
      '--b--\r\n',
  );
}

let desk: TestDesk;
let kept: Kept;
beforeEach(async () => {
  desk = await openTestDesk();
  kept = await keepCase(desk.temp.store, {
    ...({ number: 1, language: 'fr', at: '2026-03-01T11:00:00.000Z', publication: 'public-unnamed' } as const),
    ...({ flags: [], mail: 'none', withheld: ['Lambert'] } as const),
  });
});
afterEach(async () => {
  await desk.close();
});

async function comes(mail: Buffer): Promise<string> {
  const deps = { store: desk.temp.store.mailsIn, mailbox: 'texts@casa-exemplo.org', now: () => new Date(NOON) };
  expect(await takeMail(deps, mail)).toMatchObject({ kind: 'unmatched' });
  return (await desk.temp.store.mailsIn.unmatched()).at(-1)?.id ?? '';
}

/** Follows to the page that says what came of it. */
async function posts(browser: DeskBrowser, path: string, fields: Record<string, string> = {}): Promise<DeskVisit> {
  const sent = await browser.post(path, fields);
  expect(sent.status, path).toBe(303);
  return browser.get(sent.headers.get('location') ?? '');
}

async function recorded(): Promise<readonly string[]> {
  const rows = await desk.temp.store.audit.find({}, 200);
  return rows
    .filter(({ action }) => action.startsWith('mail.'))
    .map(({ action, detail, reference }) => [action, detail, reference].filter((one) => one !== null).join(' '))
    .reverse();
}

it('is listed, read, shown beside the case whose reference was typed, put under it, and taken out again', async () => {
  const id = await comes(answer(kept.reference));
  const { browser, id: staff } = await desk.signedIn('reviewer', { name: 'Ana Exemplo' });
  expect((await browser.get('/desk')).text).toContain('Mails that belong to no case: 1');
  expect((await browser.get('/desk/mails')).text).toContain(`/desk/mails/${id}`);
  const page = await browser.get(`/desk/mails/${id}`);
  expect(page.text).toContain(`Thank you for ${kept.reference}. &lt;img src=x onerror=alert(1)&gt;`);
  expect(page.text).not.toMatch(/<img|<b>now|<script>alert/);
  expect(page.text).toMatch(/application\/pdf · \d bytes/);

  const wrong = await browser.get(`/desk/mails/${id}?reference=gr-nobody`);
  expect(wrong.text).toContain('No mail of ours has the reference GR-NOBODY. Nothing was changed.');
  const right = await browser.get(`/desk/mails/${id}?reference=${kept.reference.toLowerCase()}`);
  for (const part of [`Is it ${kept.reference}?`, texts.named, texts.otherSender, texts.tellsNobody]) {
    expect(right.text).toContain(part);
  }
  expect(right.text).not.toContain('arrestation');

  const assign = `/desk/mails/${id}/assign`;
  expect((await posts(browser, assign, { reference: kept.reference })).text).toContain(texts.said.unsure);
  expect((await posts(browser, assign, { reference: 'GR-NOBODY', sure: 'yes' })).text).toContain(texts.said.unknown);
  expect(await desk.temp.store.mailsIn.countUnmatched()).toBe(1);
  await posts(browser, `/desk/case/${kept.case}/ready`);
  const done = await posts(browser, assign, { reference: kept.reference, sure: 'yes' });
  expect(done.text).toContain(texts.said.assigned);
  expect(done.text).toContain('Put here by hand, by Ana Exemplo');
  expect(await desk.temp.store.mailsIn.countUnmatched()).toBe(0);
  expect(await desk.temp.store.nextTurn(kept.person), 'the person hears nothing').toBeNull();
  // Somebody else had the page open still.
  expect((await posts(browser, assign, { reference: kept.reference, sure: 'yes' })).text).toContain(texts.said.gone);

  const at = `/desk/case/${kept.case}/mail/${id}`;
  expect((await browser.get(`/desk/case/${kept.case}`)).text).toContain(at);
  const masked = (await browser.get(at)).text;
  expect(masked).toContain('[withheld].');
  expect(masked).not.toContain('Lambert');
  expect((await browser.get(`${at}?words=shown`)).text).toContain('Lambert.');

  expect((await posts(browser, `${at}/undo`)).text).toContain(texts.said.undone);
  expect((await browser.get(at)).status).toBe(404);
  expect((await browser.get(`/desk/mails/${id}`)).text).toContain('Lambert');
  const about = kept.reference;
  expect(await recorded()).toEqual([
    'mail.list',
    'mail.view unmatched',
    'mail.view unmatched, for GR-NOBODY',
    `mail.view unmatched, for ${about}`,
    `mail.assign asked ${about}`,
    `mail.assign unsure ${about}`,
    'mail.view unmatched',
    'mail.assign asked',
    'mail.view unmatched',
    `mail.assign asked ${about}`,
    `mail.assign assigned ${about}`,
    `mail.view ${about}`,
    `mail.assign asked ${about}`,
    `mail.assign gone ${about}`,
    'mail.list',
    `mail.view ${about}`,
    `mail.view withheld words ${about}`,
    `mail.unassign ${about}`,
    `mail.unassign done ${about}`,
    'mail.view unmatched',
    `mail.view ${about}`,
    'mail.view unmatched',
  ]);
  expect((await desk.temp.store.audit.find({ action: 'mail.assign' }, 9)).every((row) => row.staff === staff)).toBe(
    true,
  );
});

describe('a file in it', () => {
  it('is saved under a name of ours, as bytes, and nothing else is', async () => {
    const id = await comes(answer(kept.reference));
    const { browser } = await desk.signedIn('reviewer');
    const at = `/desk/mails/${id}/file`;
    const pdf = await browser.get(`${at}/1`);
    expect(pdf.text.trim()).toBe('a pdf');
    expect(Object.fromEntries(pdf.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="mail-1.pdf"',
      'x-content-type-options': 'nosniff',
    });
    const page = await browser.get(`${at}/2`);
    expect(page.headers.get('content-disposition')).toBe('attachment; filename="mail-2.bin"');
    const whole = await browser.get(`${at}/whole`);
    expect(whole.headers.get('content-disposition')).toBe('attachment; filename="mail.eml"');
    expect(whole.text).toBe(answer(kept.reference).toString());
    for (const file of ['0', '3', '51', '01', '-1', '1e1', '..%2f1']) {
      expect((await browser.get(`${at}/${file}`)).status, file).toBe(404);
    }
    expect((await recorded()).filter((row) => row.startsWith('mail.attachment'))).toHaveLength(10);
  });
});

it('is no business of who only reads, nor of another case, nor to be assigned by who stepped back', async () => {
  const id = await comes(answer(kept.reference));
  const reader = await desk.signedIn('reader');
  expect((await reader.browser.get('/desk')).text).not.toContain('/desk/mails');
  for (const path of ['', `/${id}`, `/${id}/file/1`]) {
    expect((await reader.browser.get(`/desk/mails${path}`)).status).toBe(403);
  }
  const { browser, id: staff } = await desk.signedIn('reviewer');
  expect((await browser.get(`/desk/case/${kept.case}/mail/${id}/file/1`)).status).toBe(404);
  const reviewer = { id: staff, role: 'reviewer' } as const;
  await desk.temp.store.reviews.stepBack({ reviewer, reference: kept.reference, at: NOON, reason: null });
  await browser.get(`/desk/mails/${id}`);
  const refused = await posts(browser, `/desk/mails/${id}/assign`, { reference: kept.reference, sure: 'yes' });
  expect(refused.text).toContain(texts.said['not-allowed']);
  expect(await desk.temp.store.mailsIn.countUnmatched()).toBe(1);
  expect(release.steppedBack).not.toBe('');
});

it('is erased only by who has just proved who they are, and has ticked the box', async () => {
  const id = await comes(answer(kept.reference));
  const colleague = await desk.signedIn('reviewer');
  const { browser } = colleague;
  desk.wait(11);
  await browser.get(`/desk/mails/${id}`);
  const asked = await browser.post(`/desk/mails/${id}/remove`, { sure: 'yes' });
  expect(asked.headers.get('location')).toBe('/desk/prove?to=%2Fdesk%2Fmails');
  await browser.get('/desk/prove?to=%2Fdesk%2Fmails');
  await browser.post('/desk/prove', { to: '/desk/mails', password: colleague.password, code: colleague.code() });
  await browser.get(`/desk/mails/${id}`);
  expect((await posts(browser, `/desk/mails/${id}/remove`)).text).toContain(texts.said.unsure);
  expect(await desk.temp.store.mailsIn.countUnmatched()).toBe(1);
  expect((await posts(browser, `/desk/mails/${id}/remove`, { sure: 'yes' })).text).toContain(texts.said.removed);
  expect(await desk.temp.store.mailsIn.countUnmatched()).toBe(0);
});

it('is compared with the case by what anybody can check', () => {
  const mail = { from: 'Clerk <clerk@UNBODY.int>', subject: 'about gr-7k2m', text: '' };
  expect(signsOf(mail, 'GR-7K2M', 'inputs@unbody.int')).toEqual({ names: true, sameSender: true });
  expect(signsOf(mail, 'GR-7K2X', 'inputs@unbody.int.example')).toEqual({ names: false, sameSender: false });
  expect(signsOf({ ...mail, from: '' }, 'GR-7K2M', null)).toEqual({ names: true, sameSender: false });
});

it('says how large a file is, in the language of who reads', () => {
  const sizes = [sizeIn('en', 999), sizeIn('fr', 1_400), sizeIn('pt', 10_250_000)];
  expect(sizes.map((size) => size.replaceAll(/\s/g, ' '))).toEqual(['999 bytes', '1,4 ko', '10,3 MB']);
});
