// Sets a message aside whose turn fails again and again, and does the two things that must always work
// (docs/decisions/0136-a-message-that-cannot-be-taken.md).

import { sql } from 'kysely';
import type { Event } from '../../dialog/engine/event.ts';
import { unwrapKey } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { noteWritten, type Queries } from '../db/database.ts';
import { noteMailsOver } from '../mail/mail-attempts.ts';
import { addFlags } from './consents.ts';
import { findReplyAddress, saveReplies } from './replies.ts';
import { saveLine } from './transcript.ts';
import type { TurnWork } from './turn-work.ts';

interface Aside {
  readonly person: string;
  readonly inboxId: string;
  /** Null if it could not be read. */
  readonly event: Event | null;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Its text for the transcript, sealed; null if nothing was said. */
  readonly said: string | null;
  /** The event stays in the inbox as received, and is not tried again. Else only `said` is kept, if given. */
  readonly keep: boolean;
  /** Staff are told that there is one, without content. */
  readonly tell: boolean;
  /** Rendered; null: the person is told nothing. */
  readonly reply: { readonly body: unknown; readonly promptId: string | null } | null;
  /** Channels that draw replies from the transcript. */
  readonly drawnOn: readonly string[];
}

export function settingAside(context: Context) {
  const { database } = context;
  return {
    /**
     * Committed before it resolves, so that a process that dies in this turn is noticed. `boot`: this run of the program; null:
     * the turn has returned.
     */
    noteBegun: (inboxId: string, boot: string | null): Promise<void> =>
      database.write(async (db) => {
        await db
          .updateTable('inbox')
          .set({ begun: boot === null ? 0 : 1, begun_by: boot })
          .where('mark', '=', inboxId)
          .execute();
      }),
    /**
     * The turn ended with an error, so the process did not die in it. Returns the number of failures in all runs; null
     * if nothing waits.
     */
    noteFailed: (
      person: string,
      inboxId: string | null,
    ): Promise<{ readonly inboxId: string; readonly times: number } | null> =>
      database.write(async (db) => {
        const mark = inboxId ?? (await firstWaiting(db, person));
        if (mark === null) return null;
        const row = await db
          .updateTable('inbox')
          .set((e) => ({ failed: e('failed', '+', 1) }))
          .where('mark', '=', mark)
          .where('person', '=', person)
          .where('aside_at', 'is', null)
          .returning('failed')
          .executeTakeFirst();
        return row === undefined ? null : { inboxId: mark, times: row.failed };
      }),
    /** In one transaction, with few reads, since rows may be broken. */
    setAside: (aside: Aside): Promise<void> => database.write((db) => setAside(context, db, aside)),
    /** The prompt id of the newest reply; null if it has none. */
    async lastAsked(person: string): Promise<string | null> {
      const row = await database.read
        .selectFrom('replies')
        .select('prompt_id')
        .where('person', '=', person)
        .orderBy('turn', 'desc')
        .orderBy('place', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.prompt_id ?? null;
    },
    /**
     * Cancels every mail of this person that has not begun to leave. Returns how many, and whether others have left or
     * may have.
     */
    async takeAllBack(person: string, at: string): Promise<{ readonly cancelled: number; readonly left: boolean }> {
      const { ids, left } = await database.write((db) => takeAllBack(db, person, at));
      noteMailsOver(context, ids);
      return { cancelled: ids.length, left };
    },
  };
}

async function firstWaiting(db: Queries, person: string): Promise<string | null> {
  const row = await db
    .selectFrom('inbox')
    .select('mark')
    .where('person', '=', person)
    .where('aside_at', 'is', null)
    .orderBy('arrival')
    .limit(1)
    .executeTakeFirst();
  return row?.mark ?? null;
}

async function setAside(context: Context, db: Queries, aside: Aside): Promise<void> {
  const { person, inboxId, at } = aside;
  const row = await lockPerson(context, db, person);
  const empty = aside.keep ? {} : { sealed: null, person: null, address_mark: null };
  const came = await db
    .selectFrom('inbox')
    .leftJoin('addresses', (join) =>
      join.onRef('addresses.mark', '=', 'inbox.address_mark').on('addresses.person', '=', person),
    )
    .select(['inbox.address_mark', 'addresses.channel'])
    .where('inbox.mark', '=', inboxId)
    .where('inbox.person', '=', person)
    .where('inbox.aside_at', 'is', null)
    .executeTakeFirst();
  // Another process was faster.
  if (came === undefined) return;
  await db
    .updateTable('inbox')
    .set({ ...empty, aside_at: at })
    .where('mark', '=', inboxId)
    .execute();
  if (row === undefined) return;
  const number = row.version + 1;
  await db.updateTable('persons').set({ version: number }).where('id', '=', person).execute();
  const own = { id: person, key: unwrapKey(context.master, person, row.own_key) };
  const { contribution: id, contribution_key: wrapped } = row;
  const contribution = id === null || wrapped === null ? null : { id, key: unwrapKey(context.master, id, wrapped) };
  const { event, said, reply, drawnOn } = aside;
  const work: TurnWork = {
    ...{ context, db, at, person, number, own, contribution, caseId: null, language: 'en', cancelled: [] },
    event: event ?? { id: inboxId, at, kind: 'opened' },
    speaking: { owner: contribution ?? own, contribution: contribution?.id ?? null },
  };
  if (said !== null) await saveLine(work, said);
  noteWritten(db, 'transcript', person);
  if (aside.tell) await addFlags(work, [{ kind: 'flag', flag: 'set-aside' }]);
  const last = { address_mark: row.address_mark, channel: row.channel };
  const from = came.channel === null ? last : { address_mark: came.address_mark, channel: came.channel };
  const replies = reply === null ? [] : [{ ...reply, replaces: null }];
  await saveReplies(work, { replies, drawnOn }, await findReplyAddress(db, person, from));
}

async function lockPerson(context: Context, db: Queries, person: string) {
  if (context.database.kind === 'postgres')
    await sql`select id from persons where id = ${person} for update`.execute(db);
  return db
    .selectFrom('persons')
    .innerJoin('keys as own', 'own.owner', 'persons.id')
    .leftJoin('sessions', 'sessions.id', 'persons.current_session')
    .leftJoin('keys as theirs', 'theirs.owner', 'sessions.contribution')
    .leftJoin('addresses', (join) =>
      join.onRef('addresses.mark', '=', 'persons.address_mark').onRef('addresses.person', '=', 'persons.id'),
    )
    .select([
      'persons.version',
      'own.wrapped as own_key',
      'sessions.contribution',
      'theirs.wrapped as contribution_key',
      'addresses.mark as address_mark',
      'addresses.channel',
    ])
    .where('persons.id', '=', person)
    .executeTakeFirst();
}

async function takeAllBack(db: Queries, person: string, at: string) {
  const rows = await db
    .updateTable('outbox')
    .set({ state: 'cancelled', ended_at: at })
    .where('person', '=', person)
    .where('kind', '!=', 'withdrawal')
    .where('state', 'in', ['review', 'given-back', 'waiting', 'frozen', 'held'])
    .where('handed_over', '=', 0)
    .where('attempts', '=', 0)
    .returning('id')
    .execute();
  const left = await db
    .selectFrom('outbox')
    .select('id')
    .where('person', '=', person)
    .where('state', '!=', 'cancelled')
    .limit(1)
    .executeTakeFirst();
  return { ids: rows.map(({ id }) => id), left: left !== undefined };
}
