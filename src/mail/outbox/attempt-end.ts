// Decides what follows from one attempt: the row's new state, what the person is told, and when the next attempt is made.

import type { MailOutcome } from '../../dialog/engine/event.ts';
import type { OutboxItem } from '../../store/mail/mail-attempts.ts';
import type { MailState } from '../../store/schema/feature-tables.ts';
import type { StaffState } from '../notices/staff-notice.ts';
import type { TransportResult } from './transport.ts';

export interface AttemptEnd {
  readonly state: MailState;
  readonly outcome: MailOutcome;
  /** Null if no further attempt is made. */
  readonly retryAt: Date | null;
  /** The state that the staff are told; null if nothing needs them. */
  readonly staff: StaffState | null;
}

export interface RetryPolicy {
  /** After so many days since the mail could first leave, no further attempt. RFC 5321, 4.5.4.1 asks for four or five. */
  readonly giveUpDays: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

export const GIVE_UP_DAYS = 5;
const MINUTE = 60_000;
const LONGEST = 240 * MINUTE;
const DAY = 24 * 60 * MINUTE;
/** By then it has been trying for a quarter of an hour: no longer greylisting (RFC 6647: minutes), so the staff are told, once. */
const TELL_STAFF_AT = 5;

/**
 * One minute after the first attempt, then twice as long each time, at most four hours. Of each wait the second half
 * is left to chance, so that mails that failed together do not come back together.
 *
 * @param attempts finished attempts, 1 or more
 */
export function retryDelay(attempts: number, random: () => number): number {
  const whole = Math.min(MINUTE * 2 ** (attempts - 1), LONGEST);
  return Math.round(whole / 2 + (whole / 2) * random());
}

export function attemptEnd(item: OutboxItem, result: TransportResult, now: Date, policy: RetryPolicy): AttemptEnd {
  const at = now.toISOString();
  switch (result.kind) {
    case 'written':
      return over('written', { kind: 'written', folder: result.folder }, 'left');
    case 'accepted':
      return over('sent', { kind: 'accepted', server: result.server, at }, 'left');
    case 'uncertain':
      return again(item, 'uncertain', now, policy) ?? inDoubtForGood(at);
    case 'deferred':
      if (inDoubt(item)) return again(item, 'uncertain', now, policy) ?? inDoubtForGood(at);
      return (
        again(item, 'deferred', now, policy) ??
        over('refused', { kind: 'refused', server: result.server, reply: result.reason, at }, 'given-up')
      );
    case 'refused':
      // An earlier copy may have arrived: to say "refused" would be more than we know.
      if (inDoubt(item)) return inDoubtForGood(at);
      return over('refused', { kind: 'refused', server: result.server, reply: result.reply, at }, 'refused');
  }
}

/** Held for the staff, who can ask the body under the reference, or release it once more. */
function inDoubtForGood(at: string): AttemptEnd {
  return over('held', { kind: 'uncertain', at }, 'given-up');
}

/** Once all bytes were handed over without an answer, only an acceptance ends the doubt. */
function inDoubt(item: OutboxItem): boolean {
  return item.handedOver || item.state === 'uncertain';
}

function again(
  item: OutboxItem,
  kind: 'deferred' | 'uncertain',
  now: Date,
  { giveUpDays, random }: RetryPolicy,
): AttemptEnd | null {
  const age = now.getTime() - Date.parse(item.notBefore);
  const attempts = item.attempts + 1;
  // A machine that was switched off for a week has not tried for a week.
  const newlyInDoubt = kind === 'uncertain' && !inDoubt(item);
  if (age > giveUpDays * DAY && attempts > TELL_STAFF_AT && !newlyInDoubt) return null;
  const first = kind === 'uncertain' ? newlyInDoubt : attempts === TELL_STAFF_AT;
  return {
    state: kind === 'uncertain' ? 'uncertain' : 'frozen',
    outcome: { kind, at: now.toISOString() },
    retryAt: new Date(now.getTime() + retryDelay(attempts, random)),
    staff: first ? kind : null,
  };
}

function over(state: MailState, outcome: MailOutcome, staff: StaffState | null): AttemptEnd {
  return { state, outcome, retryAt: null, staff };
}
