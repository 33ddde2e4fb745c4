// The queue of one reviewer: ordered by what is known of every case, and opened for the rows of one page only.

import { instantOf } from '../../calls/instant.ts';
import { type Facts, isOver, type QueueFacts, type QueueRow } from '../../store/desk/queue-row.ts';
import type { Desk, SignedIn } from '../desk.ts';
import {
  entryOf,
  isMine,
  isNarrowed,
  matches,
  needsOpenRows,
  ordered,
  type QueueEntry,
  type QueueFilter,
  type QueueItem,
  type UnmatchedMails,
} from './order-queue.ts';

/** Rows of a page: as many as a tired reader takes in. */
export const ROWS = 10;

const DAY = 86_400_000;

type Reader = Pick<SignedIn, 'id' | 'role'>;

export interface LoadedPage {
  readonly items: readonly QueueItem[];
  /** Over all pages. */
  readonly mine: number;
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  /** The ids of the calls of every row of this scope. */
  readonly calls: readonly string[];
  /** The item that comes first for this reviewer; null: nothing needs them. */
  readonly first: QueueItem<QueueFacts> | null;
}

export async function loadPage(desk: Desk, staff: Reader, filter: QueueFilter): Promise<LoadedPage> {
  const isDone = filter.scope === 'done';
  const looker = await lookerOf(desk, staff);
  const facts = (await desk.store.desk.facts()).filter((one) => isOver(one) === isDone);
  // Only what a filter asks of the sealed columns opens more than one page.
  const rows = needsOpenRows(filter) ? await opened(desk, facts) : facts.map((one) => ({ facts: one, row: one }));
  const found = rows.flatMap(({ facts: one, row }) => {
    const entry = entryFor(desk, row, looker);
    return matches(entry, filter, staff.id, daysOf(desk, filter)) ? [{ facts: one, entry }] : [];
  });
  const factsOf = new Map<QueueEntry<QueueFacts>, Facts>(found.map((one) => [one.entry, one.facts]));
  const mails = isDone || isNarrowed(filter) || staff.role === 'reader' ? null : await unmatched(desk);
  const items: QueueItem<QueueFacts>[] = found.map(({ entry }) => ({ kind: 'case', entry }));
  if (mails !== null) items.push({ kind: 'mails', mails });
  const all = isDone ? newestFirst(items) : ordered(items);
  const pages = Math.max(1, Math.ceil(all.length / ROWS));
  const page = Math.min(filter.page, pages);
  const shown = all.slice((page - 1) * ROWS, page * ROWS);
  const [first] = all;
  return {
    items: await openItems(desk, shown, factsOf, looker),
    mine: all.filter(isMine).length,
    total: all.length,
    ...{ page, pages },
    calls: [...new Set(facts.map(({ callId }) => callId))],
    first: first !== undefined && isMine(first) ? first : null,
  };
}

async function openItems(
  desk: Desk,
  shown: readonly QueueItem<QueueFacts>[],
  factsOf: ReadonlyMap<QueueEntry<QueueFacts>, Facts>,
  looker: Looker,
): Promise<readonly QueueItem[]> {
  const wanted = shown.flatMap((item) => (item.kind === 'case' ? (factsOf.get(item.entry) ?? []) : []));
  const rows = new Map((await opened(desk, wanted)).map(({ facts, row }) => [facts, row]));
  return shown.flatMap((item): readonly QueueItem[] => {
    if (item.kind === 'mails') return [item];
    const facts = factsOf.get(item.entry);
    const row = facts === undefined ? undefined : rows.get(facts);
    return row === undefined ? [] : [{ kind: 'case', entry: entryFor(desk, row, looker) }];
  });
}

async function opened(desk: Desk, facts: readonly Facts[]) {
  const rows = await desk.store.desk.open(facts);
  return rows.flatMap((row, index): { readonly facts: Facts; readonly row: QueueRow }[] => {
    const one = facts[index];
    return one === undefined ? [] : [{ facts: one, row }];
  });
}

function newestFirst(items: readonly QueueItem<QueueFacts>[]): readonly QueueItem<QueueFacts>[] {
  const endOf = (item: QueueItem<QueueFacts>) => (item.kind === 'case' ? (item.entry.row.mail?.endedAt ?? '') : '');
  return items.toSorted((a, b) => (endOf(a) < endOf(b) ? 1 : endOf(a) > endOf(b) ? -1 : 0));
}

type Looker = Awaited<ReturnType<typeof lookerOf>>;

async function lookerOf(desk: Desk, { id, role }: Reader) {
  const accounts = await desk.store.staff.accounts();
  const active = new Set(
    accounts.filter((one) => one.state === 'active' && one.role !== 'reader').map(({ id: one }) => one),
  );
  return { id, role, isActive: (account: string) => active.has(account) };
}

function entryFor<Row extends QueueFacts>(desk: Desk, row: Row, staff: Looker): QueueEntry<Row> {
  const { voiceDays } = desk.kept;
  return entryOf(row, row.review, { call: desk.knows.callOf(row.callId), staff, now: desk.now(), voiceDays });
}

async function unmatched(desk: Desk): Promise<UnmatchedMails | null> {
  const mails = await desk.store.desk.unmatchedMails();
  if (mails === null) return null;
  const erased = Date.parse(mails.since) + desk.codeDays * DAY;
  return { ...mails, lossIn: Math.floor((erased - desk.now().getTime()) / 3_600_000) };
}

/** Whole days of the operator's clocks; a day that no calendar has narrows nothing. */
function daysOf({ timeZone }: Desk, { from, to }: QueueFilter) {
  const at = (day: string | null, time: string): string | null => {
    if (day === null) return null;
    try {
      return new Date(instantOf(day, time, timeZone)).toISOString();
    } catch {
      return null;
    }
  };
  return { from: at(from, '00:00'), to: at(to, '24:00') };
}

/** One case as its row in the queue, open or over; null if it does not exist (any more). */
export async function loadEntry(desk: Desk, staff: Reader, id: string): Promise<QueueEntry | null> {
  const [facts] = await desk.store.desk.facts(id);
  if (facts === undefined) return null;
  const [one] = await opened(desk, [facts]);
  return one === undefined ? null : entryFor(desk, one.row, await lookerOf(desk, staff));
}

/** All that needs this reviewer, in order. */
export async function loadMine(desk: Desk, staff: Reader): Promise<readonly QueueEntry<QueueFacts>[]> {
  const looker = await lookerOf(desk, staff);
  const facts = (await desk.store.desk.facts()).filter((one) => !isOver(one));
  const items = facts.map((one) => ({ kind: 'case', entry: entryFor<QueueFacts>(desk, one, looker) }) as const);
  return ordered(items).flatMap((item) => (item.kind === 'case' && item.entry.need !== null ? [item.entry] : []));
}
