// The loss if nobody acts on a case, who should act, and in how much time: from the columns of its row. Pure.

import {
  isStuck,
  mayBeInDanger,
  openCalls,
  type QueueFacts,
  type QueueReview,
  withdrawalOf,
} from '../../store/desk/queue-row.ts';
import type { StaffRole } from '../../store/schema/staff-columns.ts';

export const CASE_STATES = [
  'asks',
  'telling',
  'review',
  'review-second',
  'on-hold',
  'with-person',
  'decided',
  'leaving',
  'written',
  'sent',
  'uncertain',
  'refused',
  'bounced',
  'held',
  'cancelled',
] as const;
/** `asks`: a person without a case asked for help. `telling`: nothing is approved yet. */
export type CaseState = (typeof CASE_STATES)[number];

export function stateOf(row: Pick<QueueFacts, 'case' | 'mail'>, review: QueueReview | null): CaseState {
  const { mail } = row;
  if (row.case === null) return 'asks';
  if (mail === null) return 'telling';
  if (mail.outcome === 'bounced') return 'bounced';
  switch (mail.state) {
    case 'review':
      if (review?.onHold === true) return 'on-hold';
      if (review !== null && review.decided !== null) return 'decided';
      return review !== null && review.releasedBy.length > 0 ? 'review-second' : 'review';
    case 'given-back':
      return 'with-person';
    case 'waiting':
    case 'frozen':
    case 'sending':
      return mail.handedOver ? 'uncertain' : 'leaving';
    case 'uncertain':
    case 'sent':
    case 'written':
    case 'refused':
    case 'held':
      return mail.state;
    case 'cancelled':
      return review !== null && review.decided !== null ? 'decided' : 'cancelled';
  }
}

/** In this order; the last of them lose nothing. */
const LOSSES = [
  ['danger', 0],
  ['person', 1],
  /** The text does not leave. */
  ['stays', 2],
  ['doubted', 2],
  ['on-hold', 2],
  /** The mail has not arrived. */
  ['stuck', 2],
  ['withdrawal', 2],
  /** Taken back, and the mail that says so has not left. */
  ['withdrawing', 2],
  /** Erased unheard. */
  ['recording', 2],
  /** The confidential version leaves in its place. */
  ['changed', 3],
  /** A question of staff that nobody answered. */
  ['silent', 3],
  /** A mail of others that nobody has read. */
  ['reply', 4],
  ['asked', 5],
  /** The body was asked not to publish, or to take a part back, and has not answered. */
  ['awaited', 5],
  ['nothing', 5],
] as const;

export type Loss = (typeof LOSSES)[number][0];

/** 0 first. */
export function rankOf(loss: Loss): number {
  return LOSSES.find(([one]) => one === loss)?.[1] ?? LOSSES.length;
}

const HOUR = 3_600_000;
/** In hours: a question of staff is open for so long before it is asked again; less if the deadline is near. */
const PATIENCE = { usual: 24, near: 2 };
/** In hours before the deadline. */
const NEAR = 24;
const LAST = 2;
/** In hours after which an assigned case calls everybody again, if nobody has written; in the last hours always. */
const CALLS_AGAIN: Partial<Record<Loss, number>> = { danger: 1, person: 8 };
const CALLS_AGAIN_LAST = 0.5;
/** In hours after which somebody sees to a withdrawal that has not left, or that the body has not answered. */
const WITHDRAWAL = { leaves: 1, answered: 7 * 24 };

export interface Clock {
  readonly now: Date;
  /** ISO; null: there is none, or the call is not known here. */
  readonly deadline: string | null;
  readonly voiceDays: number;
}

export interface Step {
  readonly loss: Loss;
  /** Since when it waits for somebody. */
  readonly since: string;
  /** After it the loss has happened; null: never. */
  readonly until: string | null;
}

export function stepOf(row: QueueFacts, review: QueueReview | null, clock: Clock): Step {
  const loss = lossOf(row, review, clock);
  const since = sinceOf(row, loss);
  const until = loss === 'recording' ? later(since, clock.voiceDays * 24) : clock.deadline;
  return { loss, since, until };
}

function lossOf(row: QueueFacts, review: QueueReview | null, clock: Clock): Loss {
  const [call] = openCalls(row);
  if (call !== undefined) return mayBeInDanger(row) ? 'danger' : 'person';
  const withdrawal = withdrawalOf(row);
  if (withdrawal === 'stuck') return 'withdrawal';
  if (isStuck(row)) return 'stuck';
  if (row.recordings !== null) return 'recording';
  if (withdrawal === 'on-its-way') return 'withdrawing';
  switch (stateOf(row, review)) {
    case 'review':
    case 'review-second':
      if (row.mail?.doubted === true) return 'doubted';
      return review?.ifUnreachable === 'confidential' && hoursTo(clock.deadline, clock.now) >= 0 ? 'changed' : 'stays';
    case 'on-hold':
      return 'on-hold';
    case 'with-person':
      return isSilent(row, clock) ? 'silent' : row.cameBack === null ? 'asked' : 'reply';
    default:
      if (row.cameBack !== null) return 'reply';
      return withdrawal === 'awaited' ? 'awaited' : 'nothing';
  }
}

function isSilent(row: QueueFacts, { deadline, now }: Clock): boolean {
  const asked = -hoursTo(sinceOf(row, 'silent'), now);
  return asked >= (isWithin(hoursTo(deadline, now), NEAR) ? PATIENCE.near : PATIENCE.usual);
}

function sinceOf(row: QueueFacts, loss: Loss): string {
  const { mail, withdrawal } = row;
  switch (loss) {
    case 'danger':
    case 'person': {
      const [call] = openCalls(row);
      const answered = row.answeredAt ?? row.dealtAt;
      return (answered === null || (call !== undefined && call.at > answered) ? call?.at : call?.lastAt) ?? row.lastAt;
    }
    case 'stuck':
      return mail?.attemptAt ?? mail?.endedAt ?? mail?.queuedAt ?? row.openedAt;
    case 'withdrawal':
      return withdrawal?.attemptAt ?? withdrawal?.endedAt ?? row.openedAt;
    case 'withdrawing':
      return withdrawal?.queuedAt ?? row.openedAt;
    case 'awaited':
      return withdrawal?.endedAt ?? row.openedAt;
    case 'recording':
      return row.recordings?.since ?? row.lastAt;
    case 'silent':
    case 'asked':
      return row.askedAt ?? mail?.queuedAt ?? row.lastAt;
    case 'reply':
      return row.cameBack?.since ?? row.lastAt;
    case 'stays':
    case 'doubted':
    case 'on-hold':
    case 'changed':
      return mail?.queuedAt ?? row.lastAt;
    case 'nothing':
      return mail?.queuedAt ?? row.openedAt;
  }
}

/** The next step, in one word. */
export type Need = 'danger' | 'person' | 'release' | 'mail' | 'recording' | 'hold' | 'ask-again' | 'reply' | 'ask-body';

function needFor({ loss, since }: Step, { deadline, now }: Clock): Need | null {
  const waited = -hoursTo(since, now);
  switch (loss) {
    case 'danger':
    case 'person':
    case 'recording':
    case 'reply':
      return loss;
    case 'stays':
    case 'doubted':
    case 'changed':
      return 'release';
    case 'on-hold':
      return isWithin(hoursTo(deadline, now), NEAR) ? 'hold' : null;
    case 'stuck':
    case 'withdrawal':
      return 'mail';
    case 'withdrawing':
      return waited >= WITHDRAWAL.leaves ? 'mail' : null;
    case 'awaited':
      return waited >= WITHDRAWAL.answered ? 'ask-body' : null;
    case 'silent':
      return 'ask-again';
    case 'asked':
    case 'nothing':
      return null;
  }
}

/** Why it does not call this reviewer although there is a next step. */
export type Apart = 'reader' | 'stepped-back' | 'released' | 'put-off' | 'theirs';

export interface Looker {
  readonly id: string;
  readonly role: StaffRole;
  /** False for accounts that cannot decide (any more). */
  readonly isActive: (account: string) => boolean;
}

export interface Calls {
  /** The next step for this reviewer; null: none now. */
  readonly need: Need | null;
  readonly apart: Apart | null;
}

export function callsOf(row: QueueFacts, review: QueueReview | null, clock: Clock, step: Step, who: Looker): Calls {
  const need = needFor(step, clock);
  const apart = need === null ? null : apartOf(row, review, clock, step, who);
  return { need: apart === null ? need : null, apart };
}

function apartOf(
  row: QueueFacts,
  review: QueueReview | null,
  clock: Clock,
  step: Step,
  { id, role, isActive }: Looker,
): Apart | null {
  if (role === 'reader') return 'reader';
  if (row.steppedBack.includes(id)) return 'stepped-back';
  const asksForRelease = needFor(step, clock) === 'release';
  const released = asksForRelease ? (review?.releasedBy ?? []) : [];
  if (released.includes(id)) return 'released';
  if (isAsleep(row, clock, step)) return 'put-off';
  const { assignedTo } = row;
  if (assignedTo === null || assignedTo === id) return null;
  // A colleague that has released it cannot do more; one that stepped back or is gone will not.
  if (released.includes(assignedTo) || row.steppedBack.includes(assignedTo) || !isActive(assignedTo)) return null;
  const isLast = isWithin(hoursTo(step.until, clock.now), LAST);
  const patience = isLast ? CALLS_AGAIN_LAST : (CALLS_AGAIN[step.loss] ?? Number.POSITIVE_INFINITY);
  // Somebody who has just taken it has time to act.
  const begun = row.assignedAt !== null && row.assignedAt > step.since ? row.assignedAt : step.since;
  return -hoursTo(begun, clock.now) >= patience ? null : 'theirs';
}

/** Put off, and nothing has happened since. It wakes on its own a day, and again two hours, before something is lost. */
export function isAsleep(
  { putOff, lastAt, mail, cameBack }: QueueFacts,
  { now }: Clock,
  { loss, until }: Step,
): boolean {
  if (putOff === null || loss === 'danger' || putOff.until <= now.toISOString()) return false;
  const happened = [lastAt, mail?.attemptAt, mail?.queuedAt, cameBack?.since];
  if (happened.some((at) => typeof at === 'string' && at > putOff.at)) return false;
  const [left, leftThen] = [hoursTo(until, now), hoursTo(until, new Date(putOff.at))];
  return ![NEAR, LAST].some((hours) => left < hours && leftThen >= hours);
}

/** Negative after it; for no time at all it is never. */
function hoursTo(instant: string | null, now: Date): number {
  return instant === null ? Number.POSITIVE_INFINITY : (Date.parse(instant) - now.getTime()) / HOUR;
}

function isWithin(hours: number, most: number): boolean {
  return hours >= 0 && hours < most;
}

function later(at: string, hours: number): string {
  return new Date(Date.parse(at) + hours * HOUR).toISOString();
}

/** Rounded down; null: there is no such time. */
export function wholeHoursTo(instant: string | null, now: Date): number | null {
  return instant === null ? null : Math.floor(hoursTo(instant, now));
}
