import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { smtpTransport } from '../../src/mail/outbox/smtp-transport.ts';
import type { SmtpConfig } from '../../src/mail/outbox/smtp-url.ts';
import { type Act, limitsFor, type SmtpOptions, startSmtp, type TestSmtp } from '../support/smtp.ts';

const BYTES = new TextEncoder().encode(
  'From: griot@maes-de-julho.org\r\nTo: emler@un-body.int\r\nSubject: EMLER 2024 Report\r\n\r\n.Um ponto no começo.\r\n..\r\n',
);
const ENVELOPE = { from: 'griot@maes-de-julho.org', to: ['emler@un-body.int'], name: 'GR-7K3Q9X' };

let server: TestSmtp;
afterEach(() => server.close());

async function deliver(act: Act, options: SmtpOptions & { bytes?: Uint8Array; login?: SmtpConfig['login'] } = {}) {
  server = await startSmtp({ script: [act], ...options });
  const config: SmtpConfig = {
    host: '127.0.0.1',
    port: server.port,
    security: 'loopback',
    login: options.login ?? null,
  };
  return smtpTransport(config, { limits: limitsFor([act]) }).deliver(options.bytes ?? BYTES, ENVELOPE);
}

describe('faults 5–8: what the server says is what we say', () => {
  it('a 250 after the final dot is an acceptance, by that server, of exactly these bytes', async () => {
    expect(await deliver({ do: 'accept' })).toEqual({ kind: 'accepted', server: '127.0.0.1' });
    expect(server.received).toHaveLength(1);
    expect(Buffer.from(server.received[0]?.raw ?? [])).toEqual(Buffer.from(BYTES));
    expect(server.received[0]).toMatchObject({ from: ENVELOPE.from, to: ENVELOPE.to });
  });

  it.each([421, 450, 451, 452])('%d is a "later", wherever it is said', async (code) => {
    for (const at of ['mail', 'rcpt', 'data', 'dot'] as const) {
      expect(await deliver({ do: 'reply', at, code }), at).toEqual({
        kind: 'deferred',
        server: '127.0.0.1',
        reason: expect.stringContaining(String(code)) as string,
      });
      await server.close();
    }
  });

  it.each(['rcpt', 'data', 'dot'] as const)('a 5xx at %s is a refusal, with the reply', async (at) => {
    const result = await deliver({ do: 'reply', at, code: 550 });
    expect(result).toMatchObject({ kind: 'refused', reply: expect.stringMatching(/^550.*as scripted/) as string });
  });

  it('503 says that the session was in disorder, not that the mail is unwanted', async () => {
    expect(await deliver({ do: 'reply', at: 'dot', code: 503 })).toMatchObject({ kind: 'deferred' });
  });

  it('fault 11: a mail above the size that the server announced is refused before anything is sent', async () => {
    const result = await deliver({ do: 'accept' }, { bytes: new Uint8Array(40_000).fill(97), maxSize: 10_000 });
    expect(result).toMatchObject({ kind: 'refused', reply: expect.stringContaining('552') as string });
    expect(server.wire()).not.toContain('MAIL FROM');
  });
});

describe('several addresses', () => {
  const envelope = { ...ENVELOPE, to: ['one@body.example', 'two@body.example'] };

  it.each([
    ['all take it', undefined, undefined],
    ['one is refused', 'two@body.example', 'two@body.example: 550 no such user'],
  ])('get one mail: %s', async (_what, refuses, refusedTo) => {
    server = await startSmtp(refuses === undefined ? {} : { refuses });
    const config: SmtpConfig = { host: '127.0.0.1', port: server.port, security: 'loopback', login: null };
    const result = await smtpTransport(config, { limits: limitsFor() }).deliver(BYTES, envelope);
    const accepted = { kind: 'accepted', server: '127.0.0.1' };
    expect(result).toEqual(refusedTo === undefined ? accepted : { ...accepted, refusedTo });
    expect(server.received.map(({ to }) => to)).toEqual([envelope.to.filter((address) => address !== refuses)]);
  });
});

describe('no harm 21: a server that knows no plus addresses', () => {
  it('gets the mail under the plain sender, in the same attempt', async () => {
    const senders: string[] = [];
    const strict = new SMTPServer({
      ...{ disabledCommands: ['AUTH', 'STARTTLS'], logger: false },
      onMailFrom({ address }, _session, done) {
        senders.push(address);
        done(address.includes('+') ? Object.assign(new Error('not your address'), { responseCode: 553 }) : null);
      },
      onData(stream, _session, done) {
        stream.resume().once('end', () => done());
      },
    });
    await new Promise<void>((resolve) => strict.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = strict.server.address() as AddressInfo;
      const config: SmtpConfig = { host: '127.0.0.1', port, security: 'loopback', login: null };
      const [plainFrom, from] = ['griot@maes-de-julho.org', 'griot+token@maes-de-julho.org'];
      const transport = smtpTransport(config);
      expect(await transport.deliver(BYTES, { ...ENVELOPE, from, plainFrom })).toMatchObject({ kind: 'accepted' });
      expect(senders).toEqual([from, plainFrom]);
      expect(await transport.deliver(BYTES, { ...ENVELOPE, from })).toEqual({
        ...{ kind: 'deferred', server: '127.0.0.1', reason: 'NOT_ALLOWED 553', ours: '553 not your address' },
      });
      expect(await transport.checkAddress?.(from)).toBe('refuses');
      expect(await transport.checkAddress?.(plainFrom)).toBe('takes');
    } finally {
      strict.close();
      server = await startSmtp({ script: [] });
    }
  });
});

describe('faults 5–8: our own server does not let us send: that is about us, and tried again', () => {
  it.each([
    ['mail', 550, undefined],
    ['mail', 530, '5.7.0 Authentication required'],
    ['rcpt', 554, '5.7.1 <x@un-body.int>: Relay access denied'],
    ['rcpt', 550, 'relay not permitted'],
    ['rcpt', 553, 'sorry, that domain is not in my list: relaying denied'],
    ['rcpt', 550, '5.7.1 Sender address rejected: not owned by user griot'],
  ] as const)('%s: %d %s', async (at, code, text) => {
    const result = await deliver({ do: 'reply', at, code, ...(text === undefined ? {} : { text }) });
    expect(result).toEqual({
      ...{ kind: 'deferred', server: '127.0.0.1', reason: `NOT_ALLOWED ${code}` },
      ours: `${code} ${text ?? 'as scripted'}`,
    });
  });

  it.each([
    ['mail', 552, 'message size exceeds limit'],
    ['rcpt', 550, '5.1.1 no such user here'],
    ['dot', 554, '5.7.1 refused as spam'],
  ] as const)('but not %s: %d %s', async (at, code, text) => {
    expect(await deliver({ do: 'reply', at, code, text })).toMatchObject({ kind: 'refused' });
  });

  it('an address is asked about without a mail', async () => {
    server = await startSmtp({ script: [{ do: 'reply', at: 'greeting', code: 421 }] });
    const config: SmtpConfig = { host: '127.0.0.1', port: server.port, security: 'loopback', login: null };
    const transport = smtpTransport(config, { limits: limitsFor() });
    expect(await transport.checkAddress?.('griot+check@maes-de-julho.org')).toBe('unknown');
    expect(await transport.checkAddress?.('griot+check@maes-de-julho.org')).toBe('takes');
    expect(server.received).toEqual([]);
  });
});

describe('a refused login is about us, not about the mail: it is tried again', () => {
  const login = { user: 'griot', password: 'wrong' };

  it('a wrong password', async () => {
    expect(await deliver({ do: 'accept' }, { login })).toEqual({
      kind: 'deferred',
      server: '127.0.0.1',
      reason: 'EAUTH 535',
      ours: expect.stringContaining('535') as string,
    });
    expect(server.received).toHaveLength(0);
  });

  it.each([454, 535, 554])('%d at the login', async (code) => {
    const result = await deliver({ do: 'reply', at: 'auth', code }, { login: { user: 'griot', password: 'right' } });
    expect(result).toMatchObject({ kind: 'deferred', reason: `EAUTH ${code}` });
  });

  it.each([421, 554])('%d at the greeting', async (code) => {
    expect(await deliver({ do: 'reply', at: 'greeting', code })).toMatchObject({ kind: 'deferred' });
  });
});

describe('faults 5–9: without an answer, what decides is whether all bytes were handed over', () => {
  it.each(['hang', 'drop'] as const)(
    '%s before the greeting: nothing was, so it is safe to try again',
    async (what) => {
      expect(await deliver({ do: what, at: 'greeting' })).toMatchObject({ kind: 'deferred' });
    },
  );

  it('nobody listens', async () => {
    const gone = await startSmtp();
    await gone.close();
    server = await startSmtp();
    const config: SmtpConfig = { host: '127.0.0.1', port: gone.port, security: 'loopback', login: null };
    const result = await smtpTransport(config, { limits: limitsFor() }).deliver(BYTES, ENVELOPE);
    expect(result).toMatchObject({ kind: 'deferred', reason: expect.stringContaining('ECONNREFUSED') as string });
  });

  it('hang after the dot: nobody here knows', async () => {
    expect(await deliver({ do: 'hang', at: 'dot' })).toMatchObject({ kind: 'uncertain', reason: 'ETIMEDOUT' });
    expect(server.received).toHaveLength(1);
  });

  it('drop after the dot: nobody here knows', async () => {
    expect(await deliver({ do: 'drop', at: 'dot' })).toMatchObject({ kind: 'uncertain' });
    expect(server.received).toHaveLength(1);
  });

  it('drop at DATA with a short mail, all of which was already written', async () => {
    expect(await deliver({ do: 'drop', at: 'data' })).toMatchObject({ kind: 'uncertain' });
  });

  it('drop at DATA with a long mail, of which a part was still here', async () => {
    const bytes = new Uint8Array(32 * 1024 * 1024).fill(97);
    for (let at = 70; at < bytes.length; at += 72) bytes.set([13, 10], at);
    expect(await deliver({ do: 'drop', at: 'data' }, { bytes })).toMatchObject({ kind: 'deferred' });
    expect(server.received).toHaveLength(0);
  });

  it('drop after the 250: it was accepted', async () => {
    expect(await deliver({ do: 'drop', at: 'after-250' })).toEqual({ kind: 'accepted', server: '127.0.0.1' });
  });
});
