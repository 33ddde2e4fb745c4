// The order of the queue: the most urgent case first. Pure.

import { z } from 'zod';
import type { Flag } from '../../dialog/engine/effect.ts';
import { LANGUAGES } from '../../languages.ts';
import type { QueueRow } from '../../store/desk/desk-queue.ts';
import type { ReviewState } from '../../store/reviews/review-read.ts';
import type { CallFacts, CallTerms } from '../call-facts.ts';
import type { Desk, SignedIn } from '../desk.ts';

// The state of a case in one word, and whether it needs this reviewer. Pure.

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
type CaseState = (typeof CASE_STATES)[number];

/** The reason why a case needs this reviewer. */
type Need = 'danger' | 'person' | 'release' | 'mail';

/** The flags on the page: those of the person or the program, and those that follow from the rows. */
type ShownFlag = Flag | 'alarm' | 'mail-refused' | 'mail-uncertain' | 'mail-bounced' | 'mail-held';

function stateOf(row: QueueRow, review: ReviewState | null): CaseState {
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

/** Null: it needs nothing from this reviewer. */
function needOf(row: QueueRow, review: ReviewState | null, staff: Pick<SignedIn, 'id' | 'role'>): Need | null {
  if (staff.role === 'reader' || row.steppedBack.includes(staff.id)) return null;
  const isOpen = ({ lastAt }: { readonly lastAt: string }) => row.answeredAt === null || row.answeredAt < lastAt;
  const open = row.flags.filter(isOpen).map(({ flag }) => flag);
  if (open.includes('in-danger')) return 'danger';
  if (ASKS.some((flag) => open.includes(flag))) return 'person';
  const state = stateOf(row, review);
  if (state === 'review' || state === 'review-second') {
    return review?.releasedBy.includes(staff.id) === true ? null : 'release';
  }
  return state === 'refused' || state === 'bounced' || state === 'held' || state === 'uncertain' ? 'mail' : null;
}

function flagsOf(row: QueueRow, review: ReviewState | null): readonly ShownFlag[] {
  const state = stateOf(row, review);
  const flags = row.flags.map(({ flag }) => flag);
  const seen: readonly (readonly [ShownFlag, boolean])[] = [
    ['alarm', review?.alarmed === true && review.state === 'waiting'],
    ['changed', row.changed],
    ['mail-refused', state === 'refused'],
    ['mail-bounced', state === 'bounced'],
    ['mail-uncertain', state === 'uncertain'],
    ['mail-held', state === 'held'],
  ];
  const first = URGENT.filter((flag) => flags.includes(flag));
  return [...new Set([...first, ...seen.flatMap(([flag, is]) => (is ? [flag] : [])), ...flags])];
}

/** These people wait for words of staff. */
const ASKS: readonly Flag[] = ['asks-for-person', 'wants-contact', 'wants-translation', 'answered', 'no-file'];

const URGENT: readonly Flag[] = ['in-danger', 'under-age', 'wants-contact', 'asks-for-person', 'doubts', 'threat'];

export interface QueueEntry {
  readonly row: QueueRow;
  readonly state: CaseState;
  /** The reason why it needs this reviewer; null: nothing to do now. */
  readonly need: Need | null;
  readonly flags: readonly ShownFlag[];
  /** Hours left to the deadline, rounded down; negative after it. Null: there is none, or the call is not known here. */
  readonly hoursLeft: number | null;
  /** The time of its last change. */
  readonly since: string;
  /** Of publication; null: the call is not known here. */
  readonly terms: CallTerms | null;
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
    terms: about.call?.terms ?? null,
  };
}

/**
 * First cases that need this reviewer: danger, then by deadline, and for one deadline a person before a text before a
 * mail, then by waiting time. Then all others, by deadline.
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

/** After the deadline nothing can be lost by waiting: such cases come after those without a deadline. */
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

// The filter of the queue: plain query parameters, so that links and forms work without script.

const schema = z.object({
  scope: z.enum(['open', 'done']).catch('open'),
  state: z.enum(CASE_STATES).nullable().catch(null),
  language: z.enum(LANGUAGES).nullable().catch(null),
  flag: z.string().min(1).max(40).nullable().catch(null),
  /** The id of a call. */
  call: z.string().min(1).max(80).nullable().catch(null),
  /** An account's id, 'me' or 'nobody'. */
  assigned: z.string().min(1).max(80).nullable().catch(null),
  /** Only cases that need this reviewer. */
  mine: z.literal('1').nullable().catch(null),
});

export interface QueueFilter {
  readonly scope: 'open' | 'done';
  readonly state: CaseState | null;
  readonly language: (typeof LANGUAGES)[number] | null;
  readonly flag: string | null;
  readonly call: string | null;
  readonly assigned: string | null;
  readonly mine: '1' | null;
}

/** Ignores invalid values: a queue that is too long is better than one that hides somebody. */
export function parseFilter(query: Readonly<Record<string, string>>): QueueFilter {
  return schema.parse(query);
}

export function matches(entry: QueueEntry, filter: QueueFilter, me: string): boolean {
  const { row } = entry;
  if (filter.state !== null && entry.state !== filter.state) return false;
  if (filter.language !== null && row.language !== filter.language) return false;
  if (filter.flag !== null && !entry.flags.some((flag) => flag === filter.flag)) return false;
  if (filter.call !== null && row.callId !== filter.call) return false;
  if (filter.mine !== null && entry.need === null) return false;
  if (filter.assigned === null) return true;
  const wanted = filter.assigned === 'me' ? me : filter.assigned === 'nobody' ? null : filter.assigned;
  return row.assignedTo === wanted;
}

export function isNarrowed({ state, language, flag, call, assigned, mine }: QueueFilter): boolean {
  return [state, language, flag, call, assigned, mine].some((one) => one !== null);
}

/** The ordered queue of one reviewer: rows from the store with their review states. */
export async function loadQueue(
  desk: Desk,
  staff: Pick<SignedIn, 'id' | 'role'>,
  scope: 'open' | 'done' = 'open',
): Promise<readonly QueueEntry[]> {
  const rows = await desk.store.desk.queue(scope);
  const entries = await Promise.all(rows.map((row) => entry(desk, row, staff)));
  return scope === 'done' ? entries : ordered(entries);
}

/** Only submissions that wait for reviewers, or were decided at the deadline, have a review state. */
async function entry(desk: Desk, row: QueueRow, staff: Pick<SignedIn, 'id' | 'role'>): Promise<QueueEntry> {
  const state = row.mail?.state;
  const asks = state === 'review' || state === 'given-back' || state === 'cancelled';
  const review = asks && row.mail !== null ? await desk.store.reviews.stateOf(row.mail.reference) : null;
  return entryOf(row, review, { call: desk.knows.callOf(row.callId), staff, now: desk.now() });
}
