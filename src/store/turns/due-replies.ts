// Replies that are due. If several processes share a database, each takes what it sends, so that none is sent by two.

import { sql, type SqlBool } from 'kysely';
import type { Address } from '../../channels/channel.ts';
import { unwrapKey } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { openAddress } from './inbox.ts';
import { openReply, replyId } from './reply-body.ts';

export interface DueReply {
  readonly id: string;
  readonly person: string;
  readonly address: Address;
  readonly body: unknown;
  readonly attempts: number;
  /** All its text was sent; what remains are its recording and its files. */
  readonly restOnly: boolean;
  /** The recording or the files of an earlier reply must be sent before those of this one. */
  readonly afterRest: boolean;
}

export interface Taking {
  /** Takes them for this process, as long as it lives, and returns none that another one has. Null: there is no other. */
  readonly holder: string | null;
  /** The people to whom this process is sending text: their replies are left out. */
  readonly underWay: readonly string[];
  /** The people to whom it is sending a recording or files: only their text is due. Default: none. */
  readonly restUnderWay?: readonly string[];
}

interface TakingAt extends Required<Taking> {
  readonly channel: string;
  readonly limit: number;
  readonly now: string;
}

/** The next due reply per person on this channel, of at most `limit` people: a reply waits for the one before it. */
export async function dueReplies(
  context: Context,
  channel: string,
  limit: number,
  { holder, underWay, restUnderWay = [] }: Taking = { holder: null, underWay: [] },
): Promise<readonly DueReply[]> {
  const { database, now } = context;
  if (holder === null || database.kind === 'sqlite') {
    const all = await openable(database.read, now())
      .where(isDue(channel, now()))
      .limit(limit + underWay.length + restUnderWay.length)
      .execute();
    const [busy, restBusy] = [new Set(underWay), new Set(restUnderWay)];
    const isFree = ({ person, rest_only: rest }: Row) => !busy.has(person) && !(rest === 1 && restBusy.has(person));
    return openAll(context, all.filter(isFree).slice(0, limit));
  }
  const rows = await database.write(async (db) => {
    // A row that a crash of the server loses is free again, as if this process had ended.
    await sql`set local synchronous_commit = off`.execute(db);
    const taken = await takeDue(db, { channel, limit, holder, underWay, restUnderWay, now: now() });
    if (taken.length === 0) return [];
    const places = taken.map(({ person, turn, place }) => sql`(${person}, ${turn}::integer, ${place}::integer)`);
    return openable(db, now())
      .where(sql<boolean>`(r.person, r.turn, r.place) in (${sql.join(places)})`)
      .execute();
  });
  return openAll(context, rows);
}

/** Takes also what this process holds and is not sending: the database failed then, or the process was not sure of itself. */
async function takeDue(db: Queries, { channel, limit, holder, underWay, restUnderWay, now }: TakingAt) {
  const { rows } = await sql<{ person: string; turn: number; place: number }>`
    update replies set held_by = ${holder}
    where (person, turn, place) in (
      select r.person, r.turn, r.place from replies r
      where ${isDue(channel, now)}
        and (r.held_by is null or r.held_by = ${holder} or r.held_by not in (select name from processes))
        and not r.person = any(${underWay}::text[])
        and not (r.rest_only = 1 and r.person = any(${restUnderWay}::text[]))
        and exists (select 1 from addresses a where a.mark = r.address_mark and a.person = r.person)
      order by r.at limit ${limit} for update of r skip locked)
    and exists (select 1 from processes where name = ${holder})
    returning person, turn, place`.execute(db);
  return rows;
}

/**
 * The row `r` is the first of its person that waits on this channel, and its time has come. No text waits for files; files wait for
 * the text that is due, and for earlier files that are due or under way, not for those that are tried again later.
 */
function isDue(channel: string, now: string) {
  return sql<boolean>`(r.state = 'waiting' and r.channel = ${channel} and r.next_try <= ${now} and not exists (
    select 1 from replies other
    where other.person = r.person and other.state = 'waiting' and other.channel = ${channel}
      and (((other.turn, other.place) < (r.turn, r.place) and other.rest_only = 0 and r.rest_only = 0)
        or (other.rest_only < r.rest_only and other.next_try <= ${now})
        or (r.rest_only = 1 and ${isEarlierRest(now)}))))`;
}

function isEarlierRest(now: string) {
  return sql`(other.rest_only = 1 and other.next_try <= ${now} and (other.turn, other.place) < (r.turn, r.place))`;
}

function openable(db: Queries, now: string) {
  return db
    .selectFrom('replies as r')
    .innerJoin('keys as own', 'own.owner', 'r.person')
    .leftJoin('keys as theirs', 'theirs.owner', 'r.contribution')
    .innerJoin('addresses', (join) =>
      join.onRef('addresses.mark', '=', 'r.address_mark').onRef('addresses.person', '=', 'r.person'),
    )
    .select([
      'r.person',
      'r.turn',
      'r.place',
      'r.contribution',
      'r.sealed',
      'r.attempts',
      'r.rest_only',
      sql<SqlBool>`exists (
        select 1 from replies other
        where other.person = r.person and other.state = 'waiting' and other.channel = r.channel
          and ${isEarlierRest(now)})`.as('after_rest'),
      'own.wrapped as own_key',
      'theirs.wrapped as contribution_key',
      'addresses.mark',
      'addresses.sealed as address',
    ])
    .orderBy('r.at');
}

type Row = Awaited<ReturnType<ReturnType<typeof openable>['execute']>>[number];

function openAll(context: Context, rows: readonly Row[]): readonly DueReply[] {
  return rows.map((row) => {
    const id = replyId(row);
    const own = unwrapKey(context.master, row.person, row.own_key);
    const owner = row.contribution ?? row.person;
    const key = row.contribution_key === null ? own : unwrapKey(context.master, owner, row.contribution_key);
    return {
      id,
      person: row.person,
      address: openAddress(own, row.person, row.mark, row.address),
      body: openReply(key, owner, id, row.sealed),
      attempts: row.attempts,
      restOnly: row.rest_only === 1,
      afterRest: Boolean(row.after_rest),
    };
  });
}
