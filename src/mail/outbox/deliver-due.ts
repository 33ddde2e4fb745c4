// The second of the two flows: submission → document → mail → submission address.
//
//     due row → is it what was approved? → freeze the bytes, once → "sending", committed → hand over → what came of it
//
// Every arrow is a commit: wherever the process dies, the next one knows what may have happened.

import type { Logger } from 'pino';
import { DEADLINES, endsWithin } from '../../deadlines.ts';
import { holdLease, type LeaseTimes } from '../../lease.ts';
import type { MailAnswer, OutboxItem } from '../../store/mail/mail-attempts.ts';
import type { Store } from '../../store/open.ts';
import type { StoredDocument } from '../../store/turns/documents.ts';
import { domainOf, replyAddress } from '../address.ts';
import type { StaffState, TellStaff } from '../notices/staff-notice.ts';
import { addressesIn, type RecipientOf } from '../recipients.ts';
import { safeError } from '../safe-error.ts';
import { type ApprovalStore, checkApproved, type HoldReason } from './approved-content.ts';
import { attemptEnd, type AttemptEnd, type RetryPolicy } from './attempt-end.ts';
import { buildFrozenMail } from './compose-mail.ts';
import { answeredBy } from './mail-thread.ts';
import type { MailRequest } from './mail-request.ts';
import type { MailTransport, TransportResult } from './transport.ts';

export type DeliveryStore = ApprovalStore &
  Pick<Store, 'dueMails' | 'mail' | 'freezeMail' | 'startSending' | 'keepSending' | 'endAttempt'>;

export interface DeliveryDeps {
  readonly store: DeliveryStore;
  readonly recipientOf: RecipientOf;
  readonly transport: MailTransport;
  readonly retry: RetryPolicy;
  readonly now: () => Date;
  /** This process, among all that share the database (lease.ts). */
  readonly holder: string;
  /** Default MAIL_LEASE. */
  readonly lease?: LeaseTimes;
  /** Unguessable; letters, digits and hyphens. */
  readonly newId: () => string;
  /** The mail server takes addresses with a token after a plus sign. Default true. */
  readonly plusAddresses?: boolean;
  /** Null if the operator set no address for staff. */
  readonly tellStaff: TellStaff | null;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Milliseconds after which the next mail begins while one hangs. Default 30 000. */
  readonly slowMs?: number;
}

/** Unfinished mails of this process, by their ids. */
export type UnderWay = Map<string, Promise<void>>;

/** Shorter than the ten minutes that a server may take: it is renewed for as long as the attempt lasts. */
export const MAIL_LEASE: LeaseTimes = { ends: 120_000, letsGo: 90_000, beat: 20_000 };

const AT_ONCE = 20;
/** Most mails that may hang at once. */
const MOST_UNDER_WAY = 100;

/**
 * Attempts every due mail, one after the other; returns the number of attempts. One mail's fault does not stop the
 * others: all are tried, then the faults are thrown together; call watchLeases() before the next run in that case. A
 * slow mail stays in `underWay` and continues in parallel, even after the run. `signal` ends the run between two mails.
 */
export async function deliverDue(
  deps: DeliveryDeps,
  signal?: AbortSignal,
  underWay: UnderWay = new Map(),
): Promise<number> {
  const faults: unknown[] = [];
  let [attempts, isOver] = [0, false];
  const attempt = async (item: OutboxItem): Promise<void> => {
    try {
      if (await deliver(item, deps)) attempts += 1;
    } catch (fault) {
      if (isOver) deps.log.error(safeError(fault), 'a delivery failed after its run');
      else faults.push(fault);
    }
  };
  for (const item of await deps.store.dueMails(deps.now().toISOString(), AT_ONCE)) {
    if (underWay.has(item.id)) continue;
    if (underWay.size >= MOST_UNDER_WAY) await Promise.race(underWay.values());
    if (signal?.aborted === true) break;
    const work = attempt(item).finally(() => underWay.delete(item.id));
    underWay.set(item.id, work);
    await endsWithin(deps.slowMs ?? DEADLINES.mail.slow, work);
  }
  isOver = true;
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} mails failed because of a fault in the program`);
  return attempts;
}

/** Returns false if nothing was attempted: held, cancelled meanwhile, or taken by another process. */
async function deliver(item: OutboxItem, deps: DeliveryDeps): Promise<boolean> {
  const checked = await checkApproved(item, deps);
  if (!checked.ok) {
    await hold(item, checked.reason, deps);
    return false;
  }
  const bytes = item.bytes ?? (await freeze(item, checked.request, checked.document, deps));
  if (bytes === null) return false;
  if (!(await deps.store.startSending(item.id, deps.holder, item.attempts))) return false;

  const ours = holdLease(() => deps.store.keepSending(item.id, deps.holder), deps.lease ?? MAIL_LEASE);
  const result = await deps.transport
    .deliver(bytes, envelopeOf(checked.request, item, deps), ours)
    .finally(() => ours.end());

  const end = attemptEnd(item, result, deps.now(), deps.retry);
  if (!(await commit(item, end, answerOf(result), deps))) {
    deps.log.warn({ mail: item.id, result: result.kind }, 'mail tried, but another process has it now');
    return true;
  }
  const level =
    result.kind !== 'deferred' || result.ours === undefined ? 'info' : end.staff === null ? 'warn' : 'error';
  // Our own account is refused: every mail waits until somebody looks at it, and a notice may wait with them.
  deps.log[level](
    { mail: item.id, result: result.kind, ...('reason' in result && { reason: result.reason }) },
    'mail tried',
  );
  await tellStaff(item, end.staff, deps);
  if (result.kind === 'accepted' && result.refusedTo !== undefined) {
    deps.log.error({ mail: item.id, server: result.server }, 'mail accepted, but not for all of its addresses');
    await tellStaff(item, 'refused-for-some', deps);
  }
  return true;
}

/** Returns null if it was cancelled before it was frozen. */
async function freeze(
  item: OutboxItem,
  request: MailRequest,
  document: StoredDocument | null,
  deps: DeliveryDeps,
): Promise<Uint8Array | null> {
  const date = deps.now();
  const bytes = await buildFrozenMail(request, document?.files ?? [], {
    messageId: `<${deps.newId()}@${domainOf(request.from)}>`,
    date,
    replyTo: deps.plusAddresses === false ? request.from : replyAddress(request.from, item.replyToken),
    boundary: deps.newId(),
    answers: await answeredBy(request, deps.store),
  });
  return (await deps.store.freezeMail(item.id, bytes, date.toISOString())) ? bytes : null;
}

/** Returns false if another process has it by now. */
function commit(item: OutboxItem, end: AttemptEnd, answer: MailAnswer, deps: DeliveryDeps): Promise<boolean> {
  const retryAt = end.retryAt?.toISOString() ?? null;
  const at = deps.now().toISOString();
  return deps.store.endAttempt(item.id, end.state, end.outcome, at, retryAt, answer, deps.holder);
}

/** The result of an attempt for staff: the server, and its words if there were any. */
function answerOf(result: TransportResult): MailAnswer {
  switch (result.kind) {
    case 'written':
      return { server: null, reply: null };
    case 'accepted':
      return { server: result.server, reply: result.refusedTo ?? null };
    case 'deferred':
      return { server: result.server, reply: result.ours ?? result.reason };
    case 'uncertain':
      return { server: result.server, reply: result.reason };
    case 'refused':
      return { server: result.server, reply: result.reply };
  }
}

/** Not final: it waits for staff. */
async function hold(item: OutboxItem, reason: HoldReason, deps: DeliveryDeps): Promise<void> {
  const at = deps.now().toISOString();
  const held = { kind: 'held', at } as const;
  if (!(await deps.store.endAttempt(item.id, 'held', held, at, null, undefined, deps.holder))) return;
  deps.log.error({ mail: item.id, reason }, 'mail held back');
  await tellStaff(item, 'held', deps);
}

/** A failed notice must not undo what is already committed. */
async function tellStaff(item: OutboxItem, state: StaffState | null, deps: DeliveryDeps): Promise<void> {
  if (state === null || deps.tellStaff === null) return;
  try {
    const told = await deps.tellStaff({ reference: item.reference, kind: item.kind, state });
    if (!told) deps.log.warn({ mail: item.id, state }, 'the staff could not be told by mail');
  } catch (error) {
    deps.log.error({ mail: item.id, state, ...safeError(error) }, 'the staff could not be told by mail');
  }
}

/** The sender also contains the token: a report without the returned mail is sent to it, and finds its case only by that. */
function envelopeOf(request: MailRequest, { replyToken }: OutboxItem, { plusAddresses = true }: DeliveryDeps) {
  const { reference, kind, from: plainFrom, to } = request;
  const name = kind === 'withdrawal' ? `${reference}-withdrawal` : reference;
  const envelope = { to: addressesIn(to), name };
  if (!plusAddresses) return { from: plainFrom, ...envelope };
  return { from: replyAddress(plainFrom, replyToken), plainFrom, ...envelope };
}
