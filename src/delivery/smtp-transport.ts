// Hands frozen bytes to a mail server and says what came of it. nodemailer reports a connection lost before and after
// the final dot with the same error, so its error proves nothing: what decides is whether our stream was read to its
// end. Before that the final dot cannot have been written.

import { Readable } from 'node:stream';
import type { NodemailerError } from 'nodemailer';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpConfig } from './smtp-config.ts';
import type { MailEnvelope, MailTransport, TransportResult } from './transport.ts';

/** Milliseconds. After RFC 5321, 4.5.3.2. */
export interface SmtpLimits {
  /** Name look-up, connection, greeting and TLS together. */
  readonly setup: number;
  /** The wait for any one answer; the longest that the RFC asks for is the one after the final dot. */
  readonly answer: number;
  /** The whole attempt, so that a server that drips cannot hold up the others. */
  readonly whole: number;
}

export const SMTP_LIMITS: SmtpLimits = { setup: 5 * 60_000, answer: 10 * 60_000, whole: 30 * 60_000 };

export interface SmtpOptions {
  readonly limits?: SmtpLimits;
  /** A certificate authority to trust instead of the system's, PEM; an operator's own, or a test's. */
  readonly ca?: string;
}

export function smtpTransport(config: SmtpConfig, options: SmtpOptions = {}): MailTransport {
  return {
    leavesMachine: true,
    async deliver(bytes, envelope) {
      // Read with the first mail, not at the start.
      const { default: Connection } = await import('nodemailer/lib/smtp-connection');
      const limits = options.limits ?? SMTP_LIMITS;
      const connection = new Connection(connectionOptions(config, limits, options.ca));
      return new Promise((resolve) => attempt(connection, { config, limits }, bytes, envelope, resolve));
    },
  };
}

function attempt(
  connection: SMTPConnection,
  { config, limits }: { readonly config: SmtpConfig; readonly limits: SmtpLimits },
  bytes: Uint8Array,
  envelope: MailEnvelope,
  done: (result: TransportResult) => void,
): void {
  const source = inChunks(bytes);
  let handedOver = false;
  let finished = false;
  source.once('end', () => (handedOver = true));
  source.on('error', () => undefined);

  const finish = (result: TransportResult): void => {
    if (finished) return;
    finished = true;
    clearTimeout(deadline);
    if (result.kind === 'accepted') {
      connection.quit();
      setTimeout(() => connection.close(), 5_000).unref();
    } else {
      connection.close();
    }
    source.destroy();
    done(result);
  };
  const fail = (error: NodemailerError): void => finish(resultOf(error, config.host, handedOver));
  const deadline = setTimeout(() => finish(noAnswer('TOO_LONG', config.host, handedOver)), limits.whole);

  const send = (): void => {
    const to = { from: envelope.from, to: [envelope.to], size: bytes.length };
    connection.send(to, source, (error) => {
      if (error === null) finish({ kind: 'accepted', server: config.host });
      else fail(error);
    });
  };
  connection.on('error', fail);
  // After a 421 nodemailer says "end" first and gives the reply to send() right afterwards.
  connection.once('end', () => setImmediate(() => finish(noAnswer('CLOSED', config.host, handedOver))));
  connection.connect((error) => {
    if (error) fail(error);
    else if (config.login === null) send();
    else {
      connection.login({ user: config.login.user, pass: config.login.password }, (refusal) => {
        if (refusal) fail(refusal);
        else send();
      });
    }
  });
}

function connectionOptions(config: SmtpConfig, limits: SmtpLimits, ca: string | undefined): SMTPConnection.Options {
  return {
    host: config.host,
    port: config.port,
    secure: config.security === 'tls',
    requireTLS: config.security === 'starttls',
    ignoreTLS: config.security === 'loopback',
    allowInternalNetworkInterfaces: true,
    // Said to the server in EHLO and so written into the mail's trace: never the machine's own name.
    name: '[127.0.0.1]',
    connectionTimeout: limits.setup,
    greetingTimeout: limits.setup,
    dnsTimeout: limits.setup,
    socketTimeout: limits.answer,
    logger: false,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
  };
}

/** What an error proves. Only a reply to MAIL, RCPT, DATA or the final dot is about this mail; a refused login is about us. */
function resultOf(error: NodemailerError, server: string, handedOver: boolean): TransportResult {
  const aboutThisMail = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  const code = error.responseCode ?? 0;
  if (aboutThisMail && code >= 400 && code < 600) {
    // 503 says that the session was in disorder, not that the mail is unwanted.
    if (code < 500 || code === 503) return { kind: 'deferred', server, reason: String(code) };
    return { kind: 'refused', server, reply: oneLine(error.response ?? String(code)) };
  }
  if (error.code === 'EMESSAGE' && error.command === 'MAIL FROM') {
    // The server announced a SIZE below ours (RFC 1870); nothing was sent.
    return { kind: 'refused', server, reply: '552 message larger than this server accepts' };
  }
  return noAnswer(reasonOf(error), server, handedOver);
}

function noAnswer(reason: string, server: string, handedOver: boolean): TransportResult {
  return { kind: handedOver ? 'uncertain' : 'deferred', server, reason };
}

/** Codes only, e.g. `ETLS CERT_HAS_EXPIRED` or `EAUTH 535`: messages may hold addresses. */
function reasonOf(error: NodemailerError): string {
  const parts = [error.code, error.originalCode, error.responseCode].filter((part) => part !== undefined);
  return parts.length === 0 ? 'UNKNOWN' : parts.join(' ');
}

function oneLine(reply: string): string {
  return reply
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
}

/** Small pieces, so that "read to its end" is not said while much still waits in front of the socket. */
function inChunks(bytes: Uint8Array): Readable {
  const size = 16 * 1024;
  let at = 0;
  return new Readable({
    read() {
      this.push(at < bytes.length ? Buffer.from(bytes.subarray(at, (at += size))) : null);
    },
  });
}
