// Builds what sends mails: the configured transport, and the loop that looks for due mails.

import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type CallForInputs, deadlineOf } from '../calls/call.ts';
import type { Config, Secrets } from '../config/config.ts';
import type { Deadlines } from '../deadlines.ts';
import { forgetName, nameThisProcess } from '../lease.ts';
import { replyAddress } from '../mail/address.ts';
import { accountMail, type StaffMailDeps, type TellOfAccount, type TellStaff } from '../mail/notices/staff-notice.ts';
import { GIVE_UP_DAYS } from '../mail/outbox/attempt-end.ts';
import { startDeliveryLoop } from '../mail/outbox/delivery-loop.ts';
import { outboxFolder } from '../mail/outbox/outbox-folder.ts';
import { startReleaseClock } from '../mail/outbox/release-clock.ts';
import { smtpTransport } from '../mail/outbox/smtp-transport.ts';
import { parseSmtpUrl } from '../mail/outbox/smtp-url.ts';
import type { RecipientOf } from '../mail/recipients.ts';
import type { MailTransport } from '../mail/outbox/transport.ts';
import type { Store } from '../store/open.ts';
import type { Worker } from '../worker.ts';
import type { LoadedTexts } from './load-texts.ts';

export interface MailsOptions {
  readonly config: Config;
  readonly transport: MailTransport;
  readonly loaded: Pick<LoadedTexts, 'mail'>;
  readonly store: Store;
  readonly now: () => Date;
  readonly log: Logger;
  readonly deadlines: Deadlines;
  /** Milliseconds between two looks. */
  readonly lookEvery: number;
}

/** Begins at once. */
export function openMails(options: MailsOptions & { readonly recipientOf: RecipientOf }): Worker {
  const { transport, store, recipientOf, now, log, lookEvery } = options;
  const holder = nameThisProcess();
  void warnOfRefusedToken(options);
  const loop = startDeliveryLoop(
    {
      store,
      recipientOf,
      transport,
      retry: { giveUpDays: GIVE_UP_DAYS, random: Math.random },
      now,
      holder,
      newId: randomUUID,
      plusAddresses: options.config.plusAddresses,
      tellStaff: staffNews(options),
      log,
      slowMs: options.deadlines.mail.slow,
    },
    lookEvery,
  );
  return {
    ...loop,
    async stop() {
      await loop.stop();
      forgetName(holder);
    },
  };
}

/** Asked once, at the start; a server that cannot be reached now is not asked again. */
async function warnOfRefusedToken({ config, transport, log }: MailsOptions): Promise<void> {
  if (!config.plusAddresses) return;
  const found = await transport.checkAddress?.(replyAddress(config.mailFrom, 'check'));
  if (found !== 'refuses') return;
  log.warn(
    'the mail server refuses MAIL_FROM with a token after a plus sign: allow it, or set MAIL_PLUS_ADDRESSES=false',
  );
}

/** Tells staff about an account with a messenger that needs a person; null if STAFF_EMAIL is not set. */
export function openAccountNotices(options: StaffOptions): TellOfAccount | null {
  const staff = staffMailDeps(options);
  return staff === null ? null : accountMail(staff);
}

/** The timer for submissions that wait for a release. */
export function openReleaseClock(
  options: MailsOptions & {
    readonly calls: { current(id: string): { readonly call: CallForInputs } };
    readonly mayRun: () => Promise<boolean>;
  },
): Worker {
  const { config, store, calls, now, log, lookEvery, mayRun } = options;
  return startReleaseClock(
    {
      store,
      deadlineOf: (callId) => deadlineOf(calls.current(callId).call)?.instant ?? null,
      takesLate: config.trial || config.lateAcceptedBy !== null,
      now,
      tellStaff: staffNews(options),
      ...{ log, mayRun },
    },
    lookEvery,
  );
}

/** News wait as rows for the next digest (staff/forward/tell-staff.ts); null if STAFF_EMAIL is not set. */
function staffNews({ config, store, now }: MailsOptions): TellStaff | null {
  if (config.staff === null) return null;
  return (notice) => store.staffNeeds.noteNews(notice, now().toISOString());
}

type StaffOptions = Pick<MailsOptions, 'config' | 'transport' | 'loaded' | 'now' | 'deadlines'>;

/** How a mail to staff is made and sent; null if STAFF_EMAIL is not set. */
export function staffMailDeps({ config, transport, loaded, now, deadlines }: StaffOptions): StaffMailDeps | null {
  const { staff, mailFrom: from, operator } = config;
  if (staff === null) return null;
  const { address: to, language } = staff;
  return {
    transport,
    to,
    from,
    fromName: operator.name,
    texts: loaded.mail[language],
    now,
    newId: randomUUID,
    deadline: deadlines.notice,
  };
}

/** The outbox folder if no mail server is configured. Throws if SMTP_URL cannot be used. */
export function openTransport(config: Config, secrets: Secrets, { mail: limits }: Deadlines): MailTransport {
  if (secrets.smtpUrl === null) return outboxFolder(config.outboxDir);
  const parsed = parseSmtpUrl(secrets.smtpUrl);
  if (!parsed.ok) throw new Error(`SMTP_URL cannot be used: ${parsed.problem}`);
  const transport = smtpTransport(parsed.config, { limits });
  if (parsed.config.security !== 'loopback') return transport;
  // A server on this machine passes mail on to another one, and takes every address.
  const { checkAddress: _, ...withoutCheck } = transport;
  return withoutCheck;
}
