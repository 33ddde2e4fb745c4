// Sends frozen bytes to a mail server and reports the result. nodemailer reports a connection lost before and after the
// final dot with the same error, so the error proves nothing: what counts is whether our stream was read to its end.
// Before that the final dot cannot have been written.

import { Readable } from 'node:stream';
import type { NodemailerError } from 'nodemailer';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { DEADLINES, type MailDeadlines } from '../../deadlines.ts';
import type { SmtpConfig } from './smtp-url.ts';
import type { MailEnvelope, MailHold, MailTransport, TransportResult } from './transport.ts';

export type SmtpLimits = Pick<MailDeadlines, 'setup' | 'answer' | 'whole'>;

export interface SmtpOptions {
  readonly limits?: SmtpLimits;
  /** A certificate authority to trust instead of the system's, PEM; for operators with their own, and for tests. */
  readonly ca?: string;
}

export function smtpTransport(config: SmtpConfig, options: SmtpOptions = {}): MailTransport {
  return {
    leavesMachine: true,
    async checkAddress(address) {
      const { default: Connection } = await import('nodemailer/lib/smtp-connection');
      const connection = new Connection(connectionOptions(config, options.limits ?? DEADLINES.mail, options.ca));
      return askAbout(connection, config, address);
    },
    async deliver(bytes, envelope, hold) {
      // Imported with the first mail, not at the start.
      const { default: Connection } = await import('nodemailer/lib/smtp-connection');
      const limits = options.limits ?? DEADLINES.mail;
      const context = { config, limits, ...(hold === undefined ? {} : { hold }) };
      const { from, plainFrom = from } = envelope;
      const tried = (envelope: MailEnvelope) => {
        const connection = new Connection(connectionOptions(config, limits, options.ca));
        return new Promise<Attempted>((resolve) => attempt(connection, context, bytes, envelope, resolve));
      };
      const first = await tried(envelope);
      const { result } =
        first.refusedSender && from !== plainFrom ? await tried({ ...envelope, from: plainFrom }) : first;
      return result;
    },
  };
}

/** The line is closed before the first byte of a mail: nothing is sent. */
function askAbout(
  connection: SMTPConnection,
  { login }: SmtpConfig,
  address: string,
): Promise<'takes' | 'refuses' | 'unknown'> {
  return new Promise((resolve) => {
    const end = (found: 'takes' | 'refuses' | 'unknown'): void => {
      resolve(found);
      connection.close();
    };
    const nothing = new Readable({ read: () => end('takes') });
    const ask = (): void => {
      connection.send({ from: address, to: [address] }, nothing, (error) => {
        const code = error?.code === 'EENVELOPE' ? (error.responseCode ?? 0) : 0;
        end(code >= 500 && code !== 503 ? 'refuses' : 'unknown');
      });
    };
    connection.on('error', () => end('unknown'));
    connection.once('end', () => setImmediate(() => end('unknown')));
    connection.connect((error) => {
      if (error) end('unknown');
      else if (login === null) ask();
      else
        connection.login({ user: login.user, pass: login.password }, (refusal) => (refusal ? end('unknown') : ask()));
    });
  });
}

interface Attempted {
  readonly result: TransportResult;
  readonly refusedSender: boolean;
}

interface AttemptContext {
  readonly config: SmtpConfig;
  readonly limits: SmtpLimits;
  readonly hold?: MailHold;
}

function attempt(
  connection: SMTPConnection,
  { config, limits, hold }: AttemptContext,
  bytes: Uint8Array,
  envelope: MailEnvelope,
  done: (attempted: Attempted) => void,
): void {
  const source = inChunks(bytes, async () => hold === undefined || ((await hold.isStillOurs()) && !hold.lost.aborted));
  let handedOver = false;
  let finished = false;
  let refusedSender = false;
  source.once('end', () => (handedOver = true));

  const finish = (result: TransportResult): void => {
    if (finished) return;
    finished = true;
    clearTimeout(deadline);
    hold?.lost.removeEventListener('abort', letGo);
    if (result.kind === 'accepted') {
      connection.quit();
      setTimeout(() => connection.close(), 5_000).unref();
    } else {
      connection.close();
    }
    source.destroy();
    done({ result, refusedSender });
  };
  const fail = (error: NodemailerError): void => finish(resultOf(error, config.host, handedOver));
  // Once everything is transmitted the answer is still awaited: only it can end the doubt.
  const letGo = (): void => {
    if (!handedOver) finish({ kind: 'deferred', server: config.host, reason: 'NOT_OURS' });
  };
  hold?.lost.addEventListener('abort', letGo);
  const deadline = setTimeout(() => finish(noAnswer('TOO_LONG', config.host, handedOver)), limits.whole);

  const send = (): void => {
    const to = { from: envelope.from, to: [...envelope.to], size: bytes.length };
    connection.send(to, source, (error, info) => {
      if (error === null) finish({ kind: 'accepted', server: config.host, ...refusedIn(info) });
      else {
        refusedSender = refusesSender(error);
        fail(error);
      }
    });
  };
  source.on('error', letGo);
  connection.on('error', fail);
  // After a 421 nodemailer emits "end" first and gives the reply to send() right afterwards.
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

export function connectionOptions(
  config: SmtpConfig,
  limits: SmtpLimits,
  ca: string | undefined,
): SMTPConnection.Options {
  return {
    host: config.host,
    port: config.port,
    secure: config.security === 'tls',
    requireTLS: config.security === 'starttls',
    ignoreTLS: config.security === 'loopback',
    allowInternalNetworkInterfaces: true,
    // Sent to the server in EHLO and so written into the mail's trace: never the machine's own name.
    name: '[127.0.0.1]',
    connectionTimeout: limits.setup,
    greetingTimeout: limits.setup,
    dnsTimeout: limits.setup,
    socketTimeout: limits.answer,
    logger: false,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
  };
}

/** nodemailer sends to the addresses that were taken, and lists the others. */
function refusedIn({ rejectedErrors = [] }: SMTPConnection.SentMessageInfo): { readonly refusedTo?: string } {
  if (rejectedErrors.length === 0) return {};
  return {
    refusedTo: rejectedErrors.map(({ recipient, response }) => `${recipient ?? ''}: ${response ?? ''}`).join('\n'),
  };
}

/** A server that allows an account only its own sender's address. Only the sender was transmitted so far. */
function refusesSender({ code, command, responseCode = 0 }: NodemailerError): boolean {
  return code === 'EENVELOPE' && command === 'MAIL FROM' && responseCode >= 500 && responseCode !== 503;
}

/** "Relaying denied", "sender address rejected: not owned by user": RFC 3463 has 5.7.x for what a server does not allow. */
const NOT_ALLOWED =
  /\b5\.7\.\d{1,3}\b|\brelay|\bauthenticat|\bnot permitted|\bsender (?:address )?(?:rejected|denied|not)/iu;

/**
 * True if our own server does not let us send: it refused the login, the sender, or to pass mail on. A mail that it
 * finds too large (552) is refused as it is.
 */
function isOurs({ code, command, responseCode = 0, response = '' }: NodemailerError): boolean {
  if (responseCode < 500 || responseCode === 503 || responseCode === 552) return false;
  if (code === 'EAUTH') return true;
  if (code !== 'EENVELOPE') return false;
  return command === 'MAIL FROM' || (command === 'RCPT TO' && NOT_ALLOWED.test(response));
}

/**
 * Decides what an error proves. Only a reply to RCPT, DATA or the final dot is about this mail; a refused login or
 * sender is about us.
 */
function resultOf(error: NodemailerError, server: string, handedOver: boolean): TransportResult {
  const aboutThisMail = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  const code = error.responseCode ?? 0;
  if (isOurs(error)) {
    const reason = error.code === 'EAUTH' ? reasonOf(error) : `NOT_ALLOWED ${code}`;
    return { kind: 'deferred', server, reason, ours: oneLine(error.response ?? String(code)) };
  }
  if (aboutThisMail && code >= 400 && code < 600) {
    // 503 means a session in disorder, not an unwanted mail.
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

/** Codes only, e.g. `ETLS CERT_HAS_EXPIRED` or `EAUTH 535`: messages may contain addresses. */
export function reasonOf(error: NodemailerError): string {
  const parts = [error.code, error.originalCode, error.responseCode].filter((part) => part !== undefined);
  return parts.length === 0 ? 'UNKNOWN' : parts.join(' ');
}

function oneLine(reply: string): string {
  return reply
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
}

/**
 * Small pieces, so that the stream is not read to its end while much still waits in the socket; the last one, and with
 * it the final dot, only if `mayEnd`.
 */
function inChunks(bytes: Uint8Array, mayEnd: () => Promise<boolean>): Readable {
  const size = 16 * 1024;
  let at = 0;
  return new Readable({
    read() {
      const piece = Buffer.from(bytes.subarray(at, (at += size)));
      if (at < bytes.length) this.push(piece);
      else if (piece.length === 0) this.push(null);
      else void mayEnd().then((may) => (may ? this.push(piece) : this.destroy(new Error('not ours'))));
    },
  });
}
