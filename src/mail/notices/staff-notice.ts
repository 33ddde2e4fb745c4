// A mail to the operator's staff when a mail needs a person. It contains a reference, a kind and a state; a reader on
// the way learns only that something is stuck.

import { DEADLINES, TimedOutError, within } from '../../deadlines.ts';
import type { MailKind } from '../../dialog/engine/event.ts';
import type { MailTexts } from '../../texts/catalogues.ts';
import { fillLine } from '../../texts/translate.ts';
import { domainOf } from '../address.ts';
import { composeMail, type MailParts } from '../outbox/compose-mail.ts';
import type { MailTransport, TransportResult } from '../outbox/transport.ts';

export type StaffState = keyof MailTexts['staff']['state'];

export interface StaffNotice {
  readonly reference: string;
  readonly kind: MailKind;
  readonly state: StaffState;
}

/** Keeps it for the next mail to staff; resolves to false if nothing is known of that mail any more. */
export type TellStaff = (notice: StaffNotice) => Promise<boolean>;

export interface StaffMailDeps {
  readonly transport: MailTransport;
  readonly to: string;
  readonly from: string;
  readonly fromName: string;
  readonly texts: MailTexts;
  readonly now: () => Date;
  /** Letters, digits and hyphens. */
  readonly newId: () => string;
  /** Milliseconds for one notice; default 60 000. */
  readonly deadline?: number;
}

export function staffNotice(
  notice: StaffNotice,
  texts: MailTexts,
): { readonly subject: string; readonly body: string } {
  const { reference } = notice;
  return {
    subject: fillLine(texts.staff.subject, { reference }),
    body: `${fillLine(texts.staff.body, {
      reference,
      kind: texts.staff.kind[notice.kind],
      state: texts.staff.state[notice.state],
    })}\n`,
  };
}

export interface HandedOver {
  readonly subject: string;
  readonly body: string;
  /** The name of the file, if mails become files. */
  readonly name: string;
  /** Encrypted to staff. Default none. */
  readonly attachments?: MailParts['attachments'];
}

/** Returns false if it could not be delivered. */
export async function sendNotice(deps: StaffMailDeps, notice: HandedOver): Promise<boolean> {
  const result = await handOver(deps, notice);
  return result !== 'timed-out' && (result.kind === 'accepted' || result.kind === 'written');
}

/** Returns the answer of the mail server. */
export async function handOver(
  deps: StaffMailDeps,
  { subject, body, name, attachments = [] }: HandedOver,
): Promise<TransportResult | 'timed-out'> {
  const bytes = await composeMail(
    {
      from: { name: deps.fromName, address: deps.from },
      to: [deps.to],
      replyTo: null,
      subject,
      text: body,
      // RFC 3834: prevents holiday replies.
      headers: { 'Auto-Submitted': 'auto-generated' },
      attachments,
    },
    { messageId: `<${deps.newId()}@${domainOf(deps.from)}>`, date: deps.now(), boundary: 'notice' },
  );
  const envelope = { from: deps.from, to: [deps.to], name };
  try {
    return await within(deps.deadline ?? DEADLINES.notice, (lost) =>
      deps.transport.deliver(bytes, envelope, { lost, isStillOurs: () => Promise.resolve(!lost.aborted) }),
    );
  } catch (error) {
    if (error instanceof TimedOutError) return 'timed-out';
    throw error;
  }
}

// A mail to staff when an account with a messenger needs a person. It contains a channel and a state, and nobody's
// words. A new state needs a line in `account.state` of the four locales/<language>/mail.json; the channel passes it to
// its `Standing` (channels/account-status.ts), which tells once about each event, retries failed notices, and provides
// the state for /health.

type AccountChannel = keyof MailTexts['account']['more'];
type AccountState = keyof MailTexts['account']['state'];

/** Resolves to true if it was delivered, or there is nothing to say about this state; to false if it is to be tried again. */
export type TellOfAccount = (channel: AccountChannel, state: string) => Promise<boolean>;

export function accountMail(deps: StaffMailDeps): TellOfAccount {
  const { texts } = deps;
  return async (channel, state) => {
    if (!isStateIn(texts.account.state, state)) return true;
    return sendNotice(deps, accountNotice(texts, channel, state));
  };
}

export function accountNotice({ account }: MailTexts, channel: AccountChannel, state: AccountState): HandedOver {
  const { subject, more, state: states, body } = account;
  return {
    subject: fillLine(subject, { channel }),
    body: `${fillLine(body, { state: states[state], more: more[channel] })}\n`,
    name: `notice-account-${state}`,
  };
}

function isStateIn(states: MailTexts['account']['state'], text: string): text is AccountState {
  return Object.hasOwn(states, text);
}
