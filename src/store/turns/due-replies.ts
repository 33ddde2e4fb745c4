// Replies that are due. If several processes share a database, each takes what it sends, so that none is sent by two.

import { sql } from 'kysely';
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
}

/**
 * The next due reply per person on this channel, of at most `limit` people: a reply waits for the one before it.
 * `holder`: takes them for this process, as long as it lives, and returns none that another one has. SQLite has one process.
 */
export async function dueReplies(
  context: Context,
  channel: string,
  limit: number,
  holder: string | null = null,
): Promise<readonly DueReply[]> {
  const { database } = context;
  if (holder === null || database.kind === 'sqlite') {
    return openAll(context, await queryDue(database.read, channel, context.now()).limit(limit).execute());
  }
  const rows = await database.write(async (db) => {
    // A row that a crash of the server loses is free again, as if this process had ended.
    await sql`set local synchronous_commit = off`.execute(db);
    const taken = await takeDue(db, { channel, limit, holder, now: context.now() });
    if (taken.length === 0) return [];
    const places = taken.map(({ person, turn, place }) => sql`(${person}, ${turn}::integer, ${place}::integer)`);
    return queryDue(db, channel, context.now())
      .where(sql<boolean>`(r.person, r.turn, r.place) in (${sql.join(places)})`)
      .execute();
  });
  return openAll(context, rows);
}

interface Taking {
  readonly channel: string;
  readonly limit: number;
  readonly holder: string;
  readonly now: string;
}

async function takeDue(db: Queries, { channel, limit, holder, now }: Taking) {
  const { rows } = await sql<{ person: string; turn: number; place: number }>`
    update replies set held_by = ${holder}
    where (person, turn, place) in (
      select r.person, r.turn, r.place from replies r
      where r.state = 'waiting' and r.channel = ${channel} and r.next_try <= ${now}
        and (r.held_by is null or r.held_by not in (select name from processes))
        and exists (select 1 from addresses a where a.mark = r.address_mark and a.person = r.person)
        and not exists (
          select 1 from replies earlier
          where earlier.person = r.person and earlier.state = 'waiting' and earlier.channel = ${channel}
            and (earlier.turn, earlier.place) < (r.turn, r.place))
      order by r.at limit ${limit} for update of r skip locked)
    and exists (select 1 from processes where name = ${holder})
    returning person, turn, place`.execute(db);
  return rows;
}

function queryDue(db: Queries, channel: string, now: string) {
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
      'own.wrapped as own_key',
      'theirs.wrapped as contribution_key',
      'addresses.mark',
      'addresses.sealed as address',
    ])
    .where('r.state', '=', sql.lit('waiting'))
    .where('r.channel', '=', channel)
    .where('r.next_try', '<=', now)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('replies as earlier')
            .select('earlier.turn')
            .whereRef('earlier.person', '=', 'r.person')
            .where('earlier.state', '=', sql.lit('waiting'))
            .where('earlier.channel', '=', channel)
            .where(sql<boolean>`(earlier.turn, earlier.place) < (r.turn, r.place)`),
        ),
      ),
    )
    .orderBy('r.at');
}

type Row = Awaited<ReturnType<ReturnType<typeof queryDue>['execute']>>[number];

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
    };
  });
}
