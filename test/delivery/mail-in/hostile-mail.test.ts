// Mails that want to break the reading: too much of everything, wrong of everything. Each is read in bounded time, kept or
// counted, and hurts nobody else's.

import { createServer } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { READ_BYTES, readMail } from '../../../src/mail/inbound/read-mail.ts';
import { REFERENCE } from '../a-request.ts';
import { sendMail, type ASentMail } from './a-sent-mail.ts';
import { processorTime } from '../../support/processor.ts';

let sent: ASentMail;
beforeEach(async () => {
  sent = await sendMail();
});
afterEach(async () => {
  await sent.close();
});

const head = () =>
  sent.filled('To: griot+{{token}}@maes-de-julho.org\nFrom: clerk@un-body.int\nMessage-ID: <hostile@x.example>\n');
const MiB = 1024 * 1024;

const HOSTILE: Readonly<Record<string, () => string>> = {
  'a thousand attachments': () =>
    `Content-Type: multipart/mixed; boundary=b\r\n\r\n${Array.from({ length: 1000 }, (_, n) => `--b\r\nContent-Type: application/x-sh; name=run${n}.sh\r\nContent-Disposition: attachment\r\n\r\nrm -rf /\r\n`).join('')}--b--\r\n`,
  'parts in parts in parts': () =>
    Array.from({ length: 3000 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join(''),
  'a part that never ends': () =>
    'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello',
  'a boundary that is not there': () => 'Content-Type: multipart/mixed\r\n\r\n--\r\n\r\n--\r\n',
  'ten megabytes in one line': () => `Content-Type: text/plain\r\n\r\n${'a'.repeat(10 * MiB)}`,
  'ten megabytes of line ends': () => `Content-Type: text/plain\r\n\r\n${'\n'.repeat(10 * MiB)}`,
  'a hundred thousand boundaries': () =>
    `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n'.repeat(100_000)}`,
  'a megabyte of headers': () => `${'X-A: b\r\n'.repeat(130_000)}\r\nHello`,
  'a megabyte in one header': () => `X-A: ${'b '.repeat(500_000)}\r\n\r\nHello`,
  'a hundred thousand recipients': () => `Cc: ${'a@b.example, '.repeat(100_000)}\r\n\r\nHello`,
  'a megabyte of open tags': () => `Content-Type: text/html\r\n\r\n${'<a '.repeat(350_000)}`,
  'a megabyte of open comments': () => `Content-Type: text/html\r\n\r\n${'<!--'.repeat(250_000)}`,
  'an endless list of statuses': () =>
    `Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n${'Action: failed\r\nFinal-Recipient: rfc822;x@y.example\r\n\r\n'.repeat(50_000)}--b--`,
  'an unknown charset': () => 'Content-Type: text/plain; charset=x-klingon\r\n\r\nHello \xff\xfe',
  'the wrong charset': () =>
    'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nol\xe1 m\xe3e\r\n',
  'base64 that is none': () =>
    'Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%=not=base64\r\n',
  'NUL and escapes': () => 'Subject: a\0b\x1b[31m\r\n\r\n\0\x1b]0;title\x07 text',
  'uuencoded and winmail': () =>
    'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgA=\r\n--b--',
};

test.each(Object.keys(HOSTILE))('%s', async (name) => {
  const bytes = Buffer.from(`${head()}${HOSTILE[name]?.() ?? ''}`, 'latin1');
  const began = processorTime();
  const taken = await sent.take(bytes);
  // The slowest takes a few tenths of a second.
  expect(processorTime() - began).toBeLessThan(8_000);
  expect(taken).toMatchObject({ kind: 'filed' });
  const [filed] = await sent.temp.store.mailsIn.ofReference(REFERENCE);
  expect(filed?.files.length).toBeLessThanOrEqual(50);
  expect(filed?.text.length).toBeLessThanOrEqual(200_000);
  expect(`${filed?.subject}${filed?.text}`).not.toMatch(/[\p{Cc}--[\t\n]]/v);
});

test('of a mail longer than we read, the beginning is kept and said to be one', async () => {
  const bytes = Buffer.from(`${head()}\r\n${'Please read page two.\r\n'.repeat(20)}`);
  await sent.take(Buffer.concat([bytes, Buffer.alloc(READ_BYTES, 'x')]));
  const [filed] = await sent.temp.store.mailsIn.ofReference(REFERENCE);
  expect(filed?.state).toBe('cut');
  expect(filed?.bytes.length).toBe(READ_BYTES);
  expect(filed?.text).toContain('Please read page two.');
});

test('a mail whose parts cannot be told apart is filed by its head', async () => {
  await sent.take(`${head()}${HOSTILE['parts in parts in parts']?.() ?? ''}`);
  const [filed] = await sent.temp.store.mailsIn.ofReference(REFERENCE);
  expect(filed).toMatchObject({ state: 'broken', from: 'clerk@un-body.int', kind: 'answer' });
});

test('whatever bytes come, they are read and not thrown at anybody', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
      const mail = await readMail(bytes);
      expect(mail.text.isWellFormed()).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('nothing that a mail points to is fetched', async () => {
  let asked = 0;
  const server = createServer((socket) => {
    asked += 1;
    socket.destroy();
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const at = `http://127.0.0.1:${port}/`;
  await sent.take(
    `${head()}List-Unsubscribe: <${at}>\r\nDisposition-Notification-To: x@y.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<img src="${at}"><link rel=stylesheet href="${at}">\r\n--b\r\nContent-Type: message/external-body; access-type=URL; URL="${at}"\r\n\r\nContent-Type: text/plain\r\n\r\n--b--`,
  );
  await new Promise((resolve) => {
    server.close(resolve);
  });
  expect(asked).toBe(0);
});
