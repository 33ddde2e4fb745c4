// The mailbox that answers come to, read over a real IMAP connection on this machine.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MailboxDeps, readMailbox } from '../../../src/mail/inbound/imap-mailbox.ts';
import { parseImapUrl } from '../../../src/mail/inbound/imap-url.ts';
import { takeMail } from '../../../src/mail/inbound/take-mail.ts';
import { type ImapServerOptions, startImap, type TestImap } from '../../support/imap-server/imap-server.ts';
import { REFERENCE } from '../a-request.ts';
import { hasOpenssl, makeCertificate } from '../certificates.ts';
import { type ASentMail, sendMail } from './a-sent-mail.ts';

const PASSWORD = 'se cret"\\';
const NOW = new Date('2026-03-03T10:00:00.000Z');

let sent: ASentMail;
let imap: TestImap;
const servers: TestImap[] = [];
beforeEach(async () => {
  sent = await sendMail();
  imap = await server();
});
afterEach(async () => {
  for (const one of servers.splice(0)) await one.close();
  await sent.close();
});

async function server(options: ImapServerOptions = {}): Promise<TestImap> {
  const started = await startImap(options);
  servers.push(started);
  return started;
}

function deps(
  given: Partial<MailboxDeps> = {},
  url = `imap://office:${encodeURIComponent(PASSWORD)}@127.0.0.1:${imap.port}/`,
) {
  const parsed = parseImapUrl(url);
  if (!parsed.ok) throw new Error(parsed.problem);
  return {
    config: parsed.config,
    positions: sent.temp.store.mailsIn,
    take: (bytes: Uint8Array, size: number) => takeMail(sent.deps(), bytes, size),
    now: () => NOW,
    signal: new AbortController().signal,
    ...given,
  };
}

const filed = () => sent.temp.store.mailsIn.ofReference(REFERENCE);

describe('the mailbox', () => {
  test('is read once from its beginning, then only what is new', async () => {
    imap.add(sent.mail('away-en'));
    imap.add(sent.mail('answer-en'));
    expect(await readMailbox(deps())).toBe(2);
    expect(await readMailbox(deps())).toBe(0);
    imap.add(sent.mail('answer-html-only'));
    expect(await readMailbox(deps())).toBe(1);
    expect((await filed()).map(({ kind }) => kind)).toEqual(['automatic', 'answer', 'answer']);
    expect(Buffer.from((await filed())[1]?.bytes ?? []).toString()).toBe(sent.mail('answer-en'));
  });

  test('is left as it was: opened for reading, nothing marked, nothing moved', async () => {
    imap.add(sent.mail('answer-en'));
    await readMailbox(deps());
    expect(imap.asked).toContain('EXAMINE INBOX');
    expect(
      imap.asked.filter((command) => /^(?:SELECT|UID (?:STORE|COPY|MOVE|EXPUNGE)|STORE|EXPUNGE|APPEND)/i.test(command)),
    ).toEqual([]);
    expect(imap.asked.filter((command) => command.startsWith('UID FETCH'))).not.toEqual([]);
    for (const command of imap.asked) if (command.startsWith('UID FETCH')) expect(command).toContain('BODY.PEEK[]');
  });

  test('leaves mails alone that were there long before', async () => {
    imap.add(sent.mail('answer-en'), new Date('2025-01-01T00:00:00.000Z'));
    imap.add(sent.mail('away-en'));
    expect(await readMailbox(deps())).toBe(1);
  });

  test('that was recreated is read again, and nothing is filed twice', async () => {
    imap.add(sent.mail('answer-en'));
    await readMailbox(deps());
    imap.renew();
    imap.add(sent.mail('away-en'));
    expect(await readMailbox(deps())).toBe(2);
    expect(await filed()).toHaveLength(2);
    expect((await sent.events()).map(({ kind }) => kind)).toEqual(['answered']);
  });

  test('gives of a huge mail its beginning only', async () => {
    imap.add(Buffer.concat([Buffer.from(sent.mail('answer-html-only')), Buffer.alloc(12 * 1024 * 1024, ' a')]));
    imap.add(sent.mail('away-en'));
    expect(await readMailbox(deps())).toBe(2);
    expect(await filed()).toMatchObject([{ state: 'cut' }, { kind: 'automatic' }]);
  });

  test('may lose a mail between the search and the fetch', async () => {
    imap.add(sent.mail('away-en'));
    const gone = imap.add(sent.mail('answer-en'));
    imap.add(sent.mail('exim'));
    const take: MailboxDeps['take'] = (bytes, size) => {
      imap.remove(gone);
      return takeMail(sent.deps(), bytes, size);
    };
    expect(await readMailbox(deps({ take }))).toBe(2);
    expect((await filed()).map(({ kind }) => kind)).toEqual(['automatic', 'bounce']);
  });
});

describe('a crash', () => {
  test('between keeping a mail and noting it brings the mail again, and it is filed and told once', async () => {
    imap.add(sent.mail('exim'));
    imap.add(sent.mail('answer-en'));
    const { mailsIn } = sent.temp.store;
    const dies: MailboxDeps['positions'] = {
      position: (mailbox) => mailsIn.position(mailbox),
      setPosition: () => Promise.reject(new Error('killed')),
    };
    await expect(readMailbox(deps({ positions: dies }))).rejects.toThrow('killed');
    expect(await filed()).toHaveLength(1);
    expect(await readMailbox(deps())).toBe(2);
    expect((await filed()).map(({ kind }) => kind)).toEqual(['bounce', 'answer']);
    expect((await sent.events()).map(({ kind }) => kind)).toEqual(['mail', 'answered']);
  });

  test('while keeping leaves the mail to the next look', async () => {
    imap.add(sent.mail('exim'));
    await expect(readMailbox(deps({ take: () => Promise.reject(new Error('disk full')) }))).rejects.toThrow(
      'disk full',
    );
    expect(await readMailbox(deps())).toBe(1);
    expect(await filed()).toHaveLength(1);
  });

  test.each([
    ['UID SEARCH', 'before'],
    ['UID FETCH', 'before'],
    ['UID FETCH', 'after'],
    ['EXAMINE', 'after'],
    ['LOGIN', 'before'],
  ] as const)('of the line at %s, %s the answer, loses nothing', async (command, when) => {
    imap.add(sent.mail('exim'));
    imap.add(sent.mail('answer-en'));
    imap.breakAt(command, when);
    await readMailbox(deps()).catch(() => undefined);
    await readMailbox(deps());
    expect((await filed()).map(({ kind }) => kind)).toEqual(['bounce', 'answer']);
    expect((await sent.events()).map(({ kind }) => kind)).toEqual(['mail', 'answered']);
  });

  test('a stop ends the look at once', async () => {
    for (let n = 0; n < 5; n++) imap.add(sent.mail('answer-en').replace('answer-1', `answer-${n}`));
    const stopping = new AbortController();
    const take: MailboxDeps['take'] = async (bytes, size) => {
      await takeMail(sent.deps(), bytes, size);
      stopping.abort();
    };
    await readMailbox(deps({ take, signal: stopping.signal })).catch(() => undefined);
    expect(await filed()).toHaveLength(1);
    await readMailbox(deps());
    expect(await filed()).toHaveLength(5);
  });
});

describe('the line', () => {
  test('is refused where the password is wrong, and says so without it', async () => {
    const url = `imap://office:wrong-canary@127.0.0.1:${imap.port}/`;
    const error = await readMailbox(deps({}, url)).catch((thrown: unknown) => thrown);
    expect(String(error)).not.toContain('wrong-canary');
  });

  test('goes to a mailbox of another name, and fails where there is none', async () => {
    await expect(
      readMailbox(deps({}, `imap://office:${encodeURIComponent(PASSWORD)}@127.0.0.1:${imap.port}/Nowhere`)),
    ).rejects.toThrow();
  });

  test.skipIf(!hasOpenssl())('is over a certificate that holds, or not at all', async () => {
    const tls = makeCertificate('localhost');
    imap = await server({ tls });
    const url = `imaps://office:${encodeURIComponent(PASSWORD)}@localhost:${imap.port}/`;
    imap.add(sent.mail('answer-en'));
    await expect(readMailbox(deps({}, url))).rejects.toThrow();
    expect(imap.asked).toEqual([]);
    expect(await readMailbox(deps({ ca: tls.cert }, url))).toBe(1);
  });

  test('says no password where STARTTLS was taken out on the way', async () => {
    const { config } = deps();
    await expect(readMailbox(deps({ config: { ...config, security: 'starttls' } }))).rejects.toThrow();
    expect(imap.asked.filter((command) => /LOGIN|AUTHENTICATE/i.test(command))).toEqual([]);
  });
});

describe('MAIL_IN_URL', () => {
  test.each([
    ['imaps://a:b@mail.example.org', { port: 993, security: 'tls', mailbox: 'INBOX' }],
    ['imap://a:b@mail.example.org/Answers', { port: 143, security: 'starttls', mailbox: 'Answers' }],
    [
      'imap://a%40x.org:p%2Fw@127.0.0.1:1143/In%20tray',
      { user: 'a@x.org', password: 'p/w', security: 'loopback', mailbox: 'In tray' },
    ],
  ])('%s', (url, config) => {
    expect(parseImapUrl(url)).toMatchObject({ ok: true, config });
  });

  test.each([
    'mail.example.org',
    'pop3://a:b@c.example',
    'imaps://c.example',
    'imaps://a:b@c.example/?tls=no',
    'imaps://%:b@c.example',
  ])('%s cannot be used', (url) => {
    expect(parseImapUrl(url)).toMatchObject({ ok: false, problem: expect.not.stringContaining('b@') as string });
  });
});
