// The order in which cases are looked at: what must be done next stands first. Pure.

import { z } from 'zod';
import { LANGUAGES } from '../../languages.ts';
import type { QueueRow } from '../../store/desk/desk-port.ts';
import type { ReviewState } from '../../store/reviews/reviews-port.ts';
import type { CallFacts } from '../call-facts.ts';
import type { SignedIn } from '../signed-in.ts';
import { CASE_STATES, type CaseState, flagsOf, type Need, needOf, type ShownFlag, stateOf } from './case-state.ts';

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

// What the queue is narrowed to: plain parameters of the address, so that a link or a form without script does it.

const schema = z.object({
  scope: z.enum(['open', 'done']).catch('open'),
  state: z.enum(CASE_STATES).nullable().catch(null),
  language: z.enum(LANGUAGES).nullable().catch(null),
  flag: z.string().min(1).max(40).nullable().catch(null),
  /** An account's id, 'me' or 'nobody'. */
  assigned: z.string().min(1).max(80).nullable().catch(null),
  /** Only what needs this reviewer. */
  mine: z.literal('1').nullable().catch(null),
});

export interface QueueFilter {
  readonly scope: 'open' | 'done';
  readonly state: CaseState | null;
  readonly language: (typeof LANGUAGES)[number] | null;
  readonly flag: string | null;
  readonly assigned: string | null;
  readonly mine: '1' | null;
}

/** Whatever is not understood is left out: a queue too long is better than one that hides somebody. */
export function parseFilter(query: Readonly<Record<string, string>>): QueueFilter {
  return schema.parse(query);
}

export function matches(entry: QueueEntry, filter: QueueFilter, me: string): boolean {
  const { row } = entry;
  if (filter.state !== null && entry.state !== filter.state) return false;
  if (filter.language !== null && row.language !== filter.language) return false;
  if (filter.flag !== null && !entry.flags.some((flag) => flag === filter.flag)) return false;
  if (filter.mine !== null && entry.need === null) return false;
  if (filter.assigned === null) return true;
  const wanted = filter.assigned === 'me' ? me : filter.assigned === 'nobody' ? null : filter.assigned;
  return row.assignedTo === wanted;
}

export function isNarrowed({ state, language, flag, assigned, mine }: QueueFilter): boolean {
  return [state, language, flag, assigned, mine].some((one) => one !== null);
}
