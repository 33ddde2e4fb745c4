// Reads the mailbox for replies, if one is configured, and handles filed mails. At the same time it looks for mails
// that a command has filed meanwhile: they wait in people's inboxes.

import type { Logger } from 'pino';
import type { Config, Secrets } from '../config/config.ts';
import type { Deadlines } from '../deadlines.ts';
import type { readMailbox } from '../mail/inbound/imap-mailbox.ts';
import { parseImapUrl } from '../mail/inbound/imap-url.ts';
import { takeMail } from '../mail/inbound/take-mail.ts';
import { logChanges } from '../mail/safe-error.ts';
import type { Store } from '../store/open.ts';
import { startWorker, type Worker } from '../worker.ts';

export interface MailInOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly store: Store;
  readonly now: () => Date;
  /** Takes the events that wait in people's inboxes. */
  readonly recover: () => Promise<void>;
  readonly log: Logger;
  readonly deadlines: Deadlines;
  readonly mayRun: () => Promise<boolean>;
}

/** Milliseconds between two looks. */
const LOOK_EVERY = 60_000;

export interface RunningMailIn {
  /** For /health: the state of the mailbox, and the number of mails without a case; empty if there is nothing to report. */
  shown(): Readonly<Record<string, string>>;
  /** Null if there is no mailbox. */
  readonly mailbox: Worker | null;
  stop(): Promise<void>;
}

/** Begins at once. Throws if MAIL_IN_URL cannot be used. */
export function openMailIn(options: MailInOptions): RunningMailIn {
  const { store, recover, log, mayRun } = options;
  const look = mailboxReader(options);
  let unmatched = 0;
  const loop = startWorker(
    async (signal) => {
      try {
        await look?.(signal);
      } finally {
        // Also mails that were filed before the connection broke.
        if ((await store.peopleWaiting()).length > 0) await recover();
        unmatched = await store.mailsIn.countUnmatched();
      }
    },
    {
      everyMs: LOOK_EVERY,
      mayRun,
      ...logChanges(log, { fails: 'the mailbox cannot be read', works: 'the mailbox can be read again' }),
    },
  );
  return {
    shown() {
      const state = loop.state();
      return {
        ...(look === null || state === null ? {} : { mailbox: state === 'works' ? 'reads' : 'fails' }),
        ...(unmatched === 0 ? {} : { unmatchedMails: String(unmatched) }),
      };
    },
    mailbox: look === null ? null : loop,
    stop: () => loop.stop(),
  };
}

function mailboxReader({ config, secrets, store, now, log, deadlines }: MailInOptions) {
  if (secrets.mailInUrl === null) return null;
  const parsed = parseImapUrl(secrets.mailInUrl);
  if (!parsed.ok) throw new Error(`MAIL_IN_URL cannot be used: ${parsed.problem}`);
  const deps = { store: store.mailsIn, mailbox: config.mailFrom, now };
  const take: Parameters<typeof readMailbox>[0]['take'] = async (bytes, size) => {
    const taken = await takeMail(deps, bytes, size);
    log.info({ result: taken.kind, ...('what' in taken && { what: taken.what }) }, 'a mail arrived');
  };
  return async (signal: AbortSignal) => {
    // Imported late: loading code is most of the cost of a start.
    const { readMailbox } = await import('../mail/inbound/imap-mailbox.ts');
    await readMailbox({ config: parsed.config, positions: store.mailsIn, take, now, signal, deadlines });
  };
}
