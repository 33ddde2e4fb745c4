// The order of the queue, and what narrows it: what is lost first if nobody acts comes first. Pure.

import { z } from 'zod';
import { LANGUAGES } from '../../languages.ts';
import type { QueueFacts, QueueReview, QueueRow } from '../../store/desk/queue-row.ts';
import type { CallFacts, CallTerms } from '../call-facts.ts';
import {
  callsOf,
  CASE_STATES,
  type Calls,
  type CaseState,
  type Looker,
  type Loss,
  rankOf,
  stateOf,
  stepOf,
  wholeHoursTo,
} from './next-step.ts';
import { flagsOf, type ShownFlag } from './shown-flags.ts';

/** `Row`: the columns that are known without opening anything, or all. */
export interface QueueEntry<Row extends QueueFacts = QueueRow> extends Calls {
  readonly row: Row;
  readonly state: CaseState;
  /** Lost if nobody acts. */
  readonly loss: Loss;
  readonly flags: readonly ShownFlag[];
  /** Hours left to the deadline, rounded down; negative after it. Null: there is none, or the call is not known here. */
  readonly hoursLeft: number | null;
  /** The same to the loss: that of a recording is not the deadline. */
  readonly lossIn: number | null;
  /** Since when it waits. */
  readonly since: string;
  /** Of the limit; negative over it. Null: there is none. */
  readonly wordsLeft: number | null;
  /** Of publication; null: the call is not known here. */
  readonly terms: CallTerms | null;
}

export interface About {
  readonly call: CallFacts | null;
  readonly staff: Pick<Looker, 'id' | 'role'> & Partial<Looker>;
  readonly now: Date;
  /** Default 7. */
  readonly voiceDays?: number;
}

export function entryOf<Row extends QueueFacts>(row: Row, review: QueueReview | null, about: About): QueueEntry<Row> {
  const { call, staff, now, voiceDays = 7 } = about;
  const clock = { now, deadline: call?.deadline?.instant ?? null, voiceDays };
  const step = stepOf(row, review, clock);
  return {
    row,
    state: stateOf(row, review),
    loss: step.loss,
    ...callsOf(row, review, clock, step, { isActive: () => true, ...staff }),
    flags: flagsOf({ changed: false, ...row }, review),
    hoursLeft: wholeHoursTo(clock.deadline, now),
    lossIn: wholeHoursTo(step.until, now),
    since: step.since,
    wordsLeft: typeof call?.limit === 'number' ? call.limit - row.words : null,
    terms: call?.terms ?? null,
  };
}

/** Mails that belong to no case: one row for all of them. */
export interface UnmatchedMails {
  readonly count: number;
  readonly since: string;
  readonly lossIn: number;
}

/** The place of an item in the order. */
interface Place {
  readonly mine: boolean;
  readonly rank: number;
  readonly lossIn: number | null;
  readonly since: string;
}

export type QueueItem<Row extends QueueFacts = QueueRow> =
  | { readonly kind: 'case'; readonly entry: QueueEntry<Row> }
  | { readonly kind: 'mails'; readonly mails: UnmatchedMails };

export function ordered<Row extends QueueFacts>(items: readonly QueueItem<Row>[]): readonly QueueItem<Row>[] {
  return items
    .map((item) => ({ item, place: placeOf(item) }))
    .sort((a, b) => comparePlaces(a.place, b.place))
    .map(({ item }) => item);
}

export function isMine<Row extends QueueFacts>(item: QueueItem<Row>): boolean {
  return placeOf(item).mine;
}

function placeOf<Row extends QueueFacts>(item: QueueItem<Row>): Place {
  if (item.kind === 'mails') return { mine: true, rank: rankOf('reply'), ...item.mails };
  const { need, loss, lossIn, since } = item.entry;
  return { mine: need !== null, rank: rankOf(loss), lossIn, since };
}

function comparePlaces(a: Place, b: Place): number {
  if (a.mine !== b.mine) return a.mine ? -1 : 1;
  if (a.rank !== b.rank) return a.rank - b.rank;
  const sooner = urgency(a.lossIn) - urgency(b.lossIn);
  if (sooner !== 0) return sooner;
  return a.since < b.since ? -1 : a.since > b.since ? 1 : 0;
}

/** After the deadline nothing can be lost by waiting: such cases come after those without a deadline. */
const NO_DEADLINE = 1e9;

function urgency(hoursLeft: number | null): number {
  if (hoursLeft === null) return NO_DEADLINE;
  return hoursLeft < 0 ? NO_DEADLINE + 1 : hoursLeft;
}

// The filter of the queue: plain query parameters, so that links and forms work without script.

export const CHANNELS = ['web-chat', 'whatsapp', 'whatsapp-cloud', 'teams'] as const;
/** Words that are left of the limit: over it, or fewer than so many. */
export const WORDS_LEFT = ['over', '100', '500'] as const;

const DATE = /^\d{4}-\d{2}-\d{2}$/u;
const date = z.string().regex(DATE).nullable().catch(null);

const schema = z.object({
  scope: z.enum(['open', 'done']).catch('open'),
  state: z.enum(CASE_STATES).nullable().catch(null),
  language: z.enum(LANGUAGES).nullable().catch(null),
  channel: z.enum(CHANNELS).nullable().catch(null),
  flag: z.string().min(1).max(40).nullable().catch(null),
  /** The id of a call. */
  call: z.string().min(1).max(80).nullable().catch(null),
  /** An account's id, 'me' or 'nobody'. */
  assigned: z.string().min(1).max(80).nullable().catch(null),
  left: z.enum(WORDS_LEFT).nullable().catch(null),
  /** Days on which the case was opened: from, to and with. */
  from: date,
  to: date,
  /** Only cases that need this reviewer. */
  mine: z.literal('1').nullable().catch(null),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

export type QueueFilter = z.infer<typeof schema>;

/** Ignores invalid values: a queue that is too long is better than one that hides somebody. */
export function parseFilter(query: Readonly<Record<string, string>>): QueueFilter {
  return schema.parse(query);
}

/** The query of the same view; without the page, its first. */
export function queryOf({ page, ...filter }: QueueFilter, at = page): string {
  const given = Object.entries(filter).flatMap(([name, value]): [string, string][] =>
    value === null || (name === 'scope' && value === 'open') ? [] : [[name, value]],
  );
  const query = new URLSearchParams(given);
  if (at > 1) query.set('page', String(at));
  return query.toString();
}

/** `days`: the first and the last instant of the days that are wanted; null if all are. */
export function matches<Row extends QueueFacts>(
  entry: QueueEntry<Row>,
  filter: QueueFilter,
  me: string,
  days: { readonly from: string | null; readonly to: string | null } = { from: null, to: null },
): boolean {
  const { row } = entry;
  if (filter.state !== null && entry.state !== filter.state) return false;
  if (filter.language !== null && row.language !== filter.language) return false;
  if (filter.channel !== null && row.channel !== filter.channel) return false;
  if (filter.flag !== null && !entry.flags.some((flag) => flag === filter.flag)) return false;
  if (filter.call !== null && row.callId !== filter.call) return false;
  if (filter.mine !== null && entry.need === null) return false;
  if (filter.left !== null && !hasLeft(entry.wordsLeft, filter.left)) return false;
  if ((days.from !== null && row.openedAt < days.from) || (days.to !== null && row.openedAt > days.to)) return false;
  if (filter.assigned === null) return true;
  const wanted = filter.assigned === 'me' ? me : filter.assigned === 'nobody' ? null : filter.assigned;
  return row.assignedTo === wanted;
}

function hasLeft(left: number | null, wanted: (typeof WORDS_LEFT)[number]): boolean {
  if (left === null) return false;
  return wanted === 'over' ? left < 0 : left >= 0 && left < Number(wanted);
}

/** True if answering it takes what is sealed in the rows. */
export function needsOpenRows({ left, flag }: QueueFilter): boolean {
  return left !== null || flag === 'changed';
}

export function isNarrowed({ scope: _, page: __, ...filter }: QueueFilter): boolean {
  return Object.values(filter).some((one) => one !== null);
}
