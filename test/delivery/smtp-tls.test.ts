import { afterEach, describe, expect, it } from 'vitest';
import { smtpTransport } from '../../src/mail/outbox/smtp-transport.ts';
import type { SmtpConfig } from '../../src/mail/outbox/smtp-url.ts';
import { limitsFor, type SmtpOptions, startSmtp, type TestSmtp } from '../support/smtp.ts';
import { type Certificate, hasOpenssl, makeCertificate } from './certificates.ts';

const CANARY = 'canary-da-silva';
const BYTES = new TextEncoder().encode(`Subject: EMLER 2024 Report\r\n\r\n${CANARY}\r\n`);
const ENVELOPE = { from: 'griot@maes-de-julho.org', to: ['emler@un-body.int'], name: 'GR-7K3Q9X' };

let server: TestSmtp | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** The server is on this machine, and is treated here as if it were far away. */
async function deliver(
  security: 'tls' | 'starttls',
  certificate: Certificate,
  ca: string | null,
  offered: SmtpOptions['tls'],
) {
  server = await startSmtp({ certificate, ...(offered === undefined ? {} : { tls: offered }) });
  const login = { user: 'griot', password: 'right' };
  const config: SmtpConfig = { host: 'localhost', port: server.port, security, login };
  const limits = limitsFor();
  const result = await smtpTransport(config, { limits, ...(ca === null ? {} : { ca }) }).deliver(BYTES, ENVELOPE);
  return { result, wire: server.wire(), received: server.received };
}

const password = Buffer.from('\0griot\0right').toString('base64');

describe.skipIf(!hasOpenssl())('fault 10: mail leaves over verified TLS only (needs the openssl program)', () => {
  const good = hasOpenssl() ? makeCertificate('localhost') : { key: '', cert: '' };
  const other = hasOpenssl() ? makeCertificate('mail.elsewhere.org') : { key: '', cert: '' };
  const old = hasOpenssl() ? makeCertificate('localhost', { expired: true }) : { key: '', cert: '' };

  it.each([
    ['starttls', 'starttls'],
    ['tls', 'from-the-start'],
  ] as const)(
    '%s with a certificate that holds: it arrives, and the line shows none of it',
    async (security, offered) => {
      const { result, wire, received } = await deliver(security, good, good.cert, offered);
      expect(result).toEqual({ kind: 'accepted', server: 'localhost' });
      expect(received[0]?.user).toBe('griot');
      expect(wire).not.toContain(CANARY);
      expect(wire).not.toContain(password);
    },
  );

  it.each([
    ['expired', old, old.cert, 'CERT_HAS_EXPIRED'],
    ['for another host', other, other.cert, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['signed by itself', good, null, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ] as const)('a certificate %s: nothing leaves', async (_what, certificate, ca, code) => {
    for (const [security, offered] of [
      ['starttls', 'starttls'],
      ['tls', 'from-the-start'],
    ] as const) {
      const { result, wire, received } = await deliver(security, certificate, ca, offered);
      expect(result).toMatchObject({ kind: 'deferred', reason: expect.stringContaining(code) as string });
      expect(received).toHaveLength(0);
      expect(wire).not.toMatch(/AUTH|MAIL FROM/);
      expect(wire).not.toContain(CANARY);
      await server?.close();
    }
  });

  it('STARTTLS taken out of the greeting by someone on the line: nothing leaves', async () => {
    const { result, wire, received } = await deliver('starttls', good, good.cert, 'none');
    expect(result).toMatchObject({ kind: 'deferred', reason: expect.stringContaining('ETLS') as string });
    expect(received).toHaveLength(0);
    expect(wire).not.toMatch(/AUTH|MAIL FROM|canary/);
  });
});
