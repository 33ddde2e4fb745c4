// Reads a mailbox by IMAP, oldest first, from the last stored position. It is opened for reading only: nothing in it is
// marked, moved or removed, since the office uses it. The position is stored after each filed mail; after a crash in
// between the same mail is read again, and filed once.

import { ImapFlow } from 'imapflow';
import { type Deadlines, DEADLINES } from '../../deadlines.ts';
import type { MailboxPosition } from '../../store/mail/read-mails-in.ts';
import type { ImapConfig } from './imap-url.ts';
import { READ_BYTES } from './read-mail.ts';
import type { MailsIn } from '../../store/mail/mails-in.ts';

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
