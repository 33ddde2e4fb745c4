// Reads a mailbox by IMAP, oldest first, from the last stored position. It is opened for reading only: nothing in it is
// marked, moved or removed, since the office uses it. The position is stored after each filed mail; after a crash in
// between the same mail is read again, and filed once.

import { ImapFlow } from 'imapflow';
import { type Deadlines, DEADLINES } from '../../deadlines.ts';
import type { MailboxPosition } from '../../store/mail/read-mails-in.ts';
import { READ_BYTES } from './read-mail.ts';
import type { MailsIn } from '../../store/mail/mails-in.ts';

// `imaps://user:password@host:993/INBOX` → the mailbox and how to connect. Only verified TLS, except for a server on
// this machine.

interface ImapConfig {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte; `starttls` before anything is sent; `loopback`: plain, this machine only. */
  readonly security: 'tls' | 'starttls' | 'loopback';
  readonly user: string;
  readonly password: string;
  readonly mailbox: string;
}

type ParsedImapUrl =
  { readonly ok: true; readonly config: ImapConfig } | { readonly ok: false; readonly problem: string };

/** Ports if none is given: 993 for imaps, 143 for imap (RFC 9051). The mailbox is INBOX if none is given. Never repeats the password. */
export function parseImapUrl(text: string): ParsedImapUrl {
  const url = URL.parse(text);
  if (url === null) return wrong('it is not a URL. Expected imaps://user:password@host/INBOX');
  if (url.protocol !== 'imap:' && url.protocol !== 'imaps:') return wrong('it must begin with imaps:// or imap://');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (!/^[a-z0-9._:-]+$/.test(host)) return wrong('the host is missing or malformed');
  if (url.search !== '' || url.hash !== '') return wrong('nothing may follow the name of the mailbox');
  if (url.username === '' || url.password === '') return wrong('give a user and a password');
  try {
    return {
      ok: true,
      config: {
        host,
        port: url.port === '' ? (url.protocol === 'imaps:' ? 993 : 143) : Number(url.port),
        security: url.protocol === 'imaps:' ? 'tls' : isLoopback(host) ? 'loopback' : 'starttls',
        user: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
        mailbox: decodeURIComponent(url.pathname.slice(1)) || 'INBOX',
      },
    };
  } catch {
    return wrong('write special characters of user, password and mailbox as %XX');
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function wrong(why: string): ParsedImapUrl {
  return { ok: false, problem: `The mailbox cannot be used: ${why}.` };
}

export interface MailboxDeps {
  readonly config: ImapConfig;
  readonly positions: Pick<MailsIn, 'position' | 'setPosition'>;
  /** Stored before it resolves; if it throws, this mail is read again. */
  readonly take: (bytes: Uint8Array, size: number) => Promise<unknown>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** A certificate authority, for tests; default: the system's list. */
  readonly ca?: string;
  readonly deadlines?: Pick<Deadlines, 'mailbox' | 'mailboxSilence'>;
}

/** A new mailbox is read from this many days back; older mails are from before the program. */
const FIRST_DAYS = 30;
const DAY = 24 * 3_600_000;

/** Returns how many mails were taken. Rejects if the server cannot be reached, has a wrong certificate, or fails. */
export async function readMailbox(deps: MailboxDeps): Promise<number> {
  const { config, positions, deadlines = DEADLINES } = deps;
  const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(deadlines.mailbox)]);
  const client = connection(deps);
  // Without a listener the client throws.
  client.on('error', () => undefined);
  const stop = () => client.close();
  signal.addEventListener('abort', stop, { once: true });
  const name = JSON.stringify([config.host, config.port, config.user, config.mailbox]);
  try {
    await client.connect();
    const lock = await client.getMailboxLock(config.mailbox, { readOnly: true });
    try {
      if (client.mailbox === false) throw new Error('The mailbox did not open');
      const validity = client.mailbox.uidValidity.toString();
      const known = await positions.position(name);
      const from = known?.validity === validity ? known : null;
      let count = 0;
      for (const uid of await uidsAfter(client, from, deps.now())) {
        if (signal.aborted) break;
        const found = await client.fetchOne(
          String(uid),
          { source: { maxLength: READ_BYTES }, size: true },
          { uid: true },
        );
        // Somebody may have removed it meanwhile.
        if (found !== false && found.source !== undefined) {
          await deps.take(found.source, Math.max(found.size ?? 0, found.source.length));
          count += 1;
        }
        await positions.setPosition(name, { validity, lastUid: uid });
      }
      return count;
    } finally {
      lock.release();
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await client.logout().catch(() => undefined);
    client.close();
  }
}

/** Opens the mailbox, for reading only, and closes it again. Rejects as readMailbox() does. */
export async function tryMailbox(deps: Pick<MailboxDeps, 'config' | 'ca' | 'deadlines'>): Promise<void> {
  const client = connection(deps);
  client.on('error', () => undefined);
  try {
    await client.connect();
    const lock = await client.getMailboxLock(deps.config.mailbox, { readOnly: true });
    lock.release();
  } finally {
    await client.logout().catch(() => undefined);
    client.close();
  }
}

function connection({
  config,
  ca,
  deadlines: { mailboxSilence } = DEADLINES,
}: Pick<MailboxDeps, 'config' | 'ca' | 'deadlines'>): ImapFlow {
  const { host, port, security, user, password: pass } = config;
  return new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    // `true` fails if the server does not offer it, before the password is sent.
    doSTARTTLS: security === 'starttls' ? true : security === 'loopback' ? false : undefined,
    auth: { user, pass },
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: mailboxSilence,
    greetingTimeout: mailboxSilence,
    socketTimeout: mailboxSilence,
    maxLiteralSize: READ_BYTES + 1024,
  });
}

/** `n:*` always holds the last mail, even if its number is smaller (RFC 9051, 6.4.8). */
async function uidsAfter(client: ImapFlow, from: MailboxPosition | null, now: Date): Promise<readonly number[]> {
  const after = from?.lastUid ?? 0;
  const since = from === null ? { since: new Date(now.getTime() - FIRST_DAYS * DAY) } : {};
  const uids = await client.search({ uid: `${after + 1}:*`, ...since }, { uid: true });
  if (uids === undefined || uids === false) throw new Error('The mailbox could not be searched');
  return uids.filter((uid) => uid > after).sort((a, b) => a - b);
}
