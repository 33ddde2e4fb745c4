// Decides what follows from one attempt: the row's new state, the event for the person, and the time of the next
// attempt.

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
  /** The state that staff are told; null if they are not needed. */
  readonly staff: StaffState | null;
}

export interface RetryPolicy {
  /** Days after the mail could first leave, when attempts end. RFC 5321, 4.5.4.1 asks for four or five. */
  readonly giveUpDays: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

export const GIVE_UP_DAYS = 5;
const MINUTE = 60_000;
const LONGEST = 240 * MINUTE;
const DAY = 24 * 60 * MINUTE;
/** The attempt at which staff are told, once: after a quarter of an hour it is no longer greylisting (RFC 6647: minutes). */
const TELL_STAFF_AT = 5;

/**
 * One minute after the first attempt, then twice as long each time, at most four hours. The second half of each wait is
 * random, so that mails that failed together are not repeated together.
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
      return over('written', { kind: 'written', folder: result.folder }, 'written');
    case 'accepted':
      return over('sent', { kind: 'accepted', server: result.server, at }, 'left');
    case 'uncertain':
      return again(item, 'uncertain', now, policy) ?? inDoubtForGood(at);
    case 'deferred':
      if (inDoubt(item)) return again(item, 'uncertain', now, policy) ?? inDoubtForGood(at);
      if (result.ours !== undefined) return againForUs(item, now, policy);
      return (
        again(item, 'deferred', now, policy) ??
        over('refused', { kind: 'refused', server: result.server, reply: result.reason, at }, 'given-up')
      );
    case 'refused':
      // An earlier copy may have arrived, so "refused" would be too much to say.
      if (inDoubt(item)) return inDoubtForGood(at);
      return over('refused', { kind: 'refused', server: result.server, reply: result.reply, at }, 'refused');
  }
}

/** Held for staff, who can ask the body about the reference, or release it again. */
function inDoubtForGood(at: string): AttemptEnd {
  return over('held', { kind: 'uncertain', at }, 'given-up');
}

/** Staff are told at once. In the end it is held and not refused: the body never saw it. */
function againForUs(item: OutboxItem, now: Date, policy: RetryPolicy): AttemptEnd {
  const next = again(item, 'deferred', now, policy);
  if (next === null) return over('held', { kind: 'held', at: now.toISOString() }, 'given-up');
  return item.attempts === 0 || next.staff !== null ? { ...next, staff: 'own-server' } : next;
}

/** Once all bytes were transmitted without an answer, only an acceptance ends the doubt. */
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
  // A machine that was off for a week has not tried for a week.
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
