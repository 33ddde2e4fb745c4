// The order in which cases are looked at: what must be done next stands first. Pure.

import type { QueueRow } from '../../store/desk/desk-port.ts';
import type { ReviewState } from '../../store/reviews/reviews-port.ts';
import type { CallFacts } from '../call-facts.ts';
import type { SignedIn } from '../signed-in.ts';
import { flagsOf, needOf, stateOf, type CaseState, type Need, type ShownFlag } from './case-state.ts';

export interface QueueEntry {
  readonly row: QueueRow;
  readonly state: CaseState;
  /** What this reviewer has to do; null: nothing now. */
  readonly need: Need | null;
  readonly flags: readonly ShownFlag[];
  /** Hours left to the deadline, rounded down; negative after it. Null: there is none, or the call is not known here. */
  readonly hoursLeft: number | null;
  /** Since when it stands as it does. */
  readonly since: string;
}

const HOUR = 3_600_000;

export function entryOf(
  row: QueueRow,
  review: ReviewState | null,
  about: { readonly call: CallFacts | null; readonly staff: Pick<SignedIn, 'id' | 'role'>; readonly now: Date },
): QueueEntry {
  const deadline = about.call?.deadline ?? null;
  return {
    row,
    state: stateOf(row, review),
    need: needOf(row, review, about.staff),
    flags: flagsOf(row, review),
    hoursLeft: deadline === null ? null : Math.floor((Date.parse(deadline.instant) - about.now.getTime()) / HOUR),
    since: row.mail?.queuedAt ?? row.flags[0]?.at ?? row.openedAt,
  };
}

/**
 * First what needs this reviewer: somebody in danger, then by the deadline, and under one deadline who asks for a person
 * before a text before a mail, then what has waited longest. Behind it everything else, by the deadline.
 */
export function ordered(entries: readonly QueueEntry[]): readonly QueueEntry[] {
  return [...entries].sort((a, b) => {
    const first = rank(a) - rank(b);
    if (first !== 0) return first;
    const sooner = urgency(a.hoursLeft) - urgency(b.hoursLeft);
    if (sooner !== 0) return sooner;
    const kind = kindOf(a.need) - kindOf(b.need);
    if (kind !== 0) return kind;
    return a.since < b.since ? -1 : a.since > b.since ? 1 : 0;
  });
}

function rank({ need }: QueueEntry): number {
  if (need === 'danger') return 0;
  return need === null ? 2 : 1;
}

/** Nothing can be lost any more by waiting where the time has passed: behind what has no deadline. */
const NO_DEADLINE = 1e9;

function urgency(hoursLeft: number | null): number {
  if (hoursLeft === null) return NO_DEADLINE;
  return hoursLeft < 0 ? NO_DEADLINE + 1 : hoursLeft;
}

function kindOf(need: Need | null): number {
  switch (need) {
    case 'danger':
      return 0;
    case 'person':
      return 1;
    case 'release':
      return 2;
    case 'mail':
      return 3;
    case null:
      return 4;
  }
}
