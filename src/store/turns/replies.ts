// Replies: rows written with the turn, sent after the commit, in order, at least once. On channels that draw the
// transcript themselves, they count as sent with that commit.

import { type Selectable, sql } from 'kysely';
import { sealValue } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { noteWritten, prepareQuery, type Queries } from '../db/database.ts';
import { keysOf } from '../encryption/keys.ts';
import type { Tables } from '../schema/tables.ts';
import { parseReplyId, replyId, sealReply } from './reply-body.ts';
import type { EffectsToSave, TurnToSave, TurnWork } from './turn-work.ts';

/** The delivery state of a question. */
export interface Asking {
  readonly waits: boolean;
  /** ISO; null: its arrival is not known. */
  readonly arrivedAt: string | null;
}

// Replies that showed a refused transcription are redacted, with a marker in their place.

export async function redactReplies(
  { context, db, person }: TurnWork,
  unsaid: readonly EffectsToSave['unsay'][],
): Promise<void> {
  for (const { shownAs, mark } of unsaid) {
    const rows = await db
      .selectFrom('replies')
      .select(['person', 'turn', 'place', 'contribution'])
      .where('person', '=', person)
      .where('prompt_id', '=', shownAs)
      .execute();
    const keys = await keysOf(
      context,
      db,
      rows.map((row) => row.contribution ?? row.person),
    );
    for (const row of rows) {
      const owner = row.contribution ?? row.person;
      const key = keys.get(owner);
      if (key === undefined) continue;
      await db
        .updateTable('replies')
        .set({ sealed: sealReply(key, owner, replyId(row), mark) })
        .where('person', '=', row.person)
        .where('turn', '=', row.turn)
        .where('place', '=', row.place)
        .execute();
    }
  }
}

interface ReplyAddress {
  readonly mark: string;
  readonly channel: string;
}

/** The address of the event; else the one that the person last wrote from; else the newest one left. */
export async function findReplyAddress(
  db: Queries,
  person: string,
  before: { readonly address_mark: string | null; readonly channel: string | null },
): Promise<ReplyAddress | null> {
  if (before.address_mark !== null && before.channel !== null) {
    return { mark: before.address_mark, channel: before.channel };
  }
  const row = await db
    .selectFrom('addresses')
    .select(['mark', 'channel'])
    .where('person', '=', person)
    // A code is an address that cannot be written to.
    .where('channel', '!=', 'code')
    .orderBy('since', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

export async function saveReplies(
  { db, at, person, number, speaking }: TurnWork,
  { replies, drawnOn, gathers }: Pick<TurnToSave, 'replies' | 'drawnOn' | 'gathers'>,
  address: ReplyAddress | null,
): Promise<void> {
  for (const { replaces } of replies) if (replaces !== null) await deleteReplaced(db, { person, replaces });
  const drawn = address !== null && drawnOn?.includes(address.channel) === true;
  for (const [place, { body, promptId, replaces }] of replies.entries()) {
    const id = replyId({ person, turn: number, place });
    await insertReply(db, {
      person,
      turn: number,
      place,
      contribution: speaking.contribution,
      channel: address?.channel ?? '',
      address_mark: address?.mark ?? '',
      sealed: sealReply(speaking.owner.key, speaking.owner.id, id, body),
      prompt_id: promptId,
      replaces,
      state: drawn ? 'sent' : address === null ? 'failed' : 'waiting',
      next_try: replaces === null ? at : later(at, gathers ?? 0),
      sent_at: drawn ? at : null,
      at,
    });
  }
  if (replies.length === 0) return;
  noteWritten(db, 'transcript', person);
  if (address !== null && !drawn) noteWritten(db, 'replies', person);
}

const later = (at: string, milliseconds: number) => new Date(Date.parse(at) + milliseconds).toISOString();

const deleteReplaced = prepareQuery((db, { person, replaces }: { person: string; replaces: string }) =>
  db
    .deleteFrom('replies')
    .where('person', '=', person)
    .where('state', '=', sql.lit('waiting'))
    .where('replaces', '=', replaces),
);

type NewReply = Omit<Selectable<Tables['replies']>, 'attempts' | 'error' | 'held_by' | 'rest_only'>;

const insertReply = prepareQuery((db, row: NewReply) =>
  db.insertInto('replies').values({
    person: row.person,
    turn: row.turn,
    place: row.place,
    contribution: row.contribution,
    channel: row.channel,
    address_mark: row.address_mark,
    sealed: row.sealed,
    prompt_id: row.prompt_id,
    replaces: row.replaces,
    state: row.state,
    next_try: row.next_try,
    sent_at: row.sent_at,
    at: row.at,
  }),
);

/** `at`: when it is known to have arrived; null: not yet. Does nothing if it was erased or replaced meanwhile. */
export async function replySent(context: Context, id: string, at: string | null): Promise<void> {
  await context.database.write((db) =>
    updateWaiting(db, id)
      .set((e) => ({
        state: 'sent',
        sent_at: e.fn.coalesce('sent_at', e.val(at)),
        attempts: e('attempts', '+', 1),
        held_by: null,
      }))
      .execute(),
  );
}

/** It is known to have arrived, even if not all of it was sent. */
export async function replyArrived(context: Context, id: string, at: string): Promise<void> {
  await context.database.write((db) => update(db, id).set({ sent_at: at }).where('sent_at', 'is', null).execute());
}

/** The newest reply with this prompt id, whatever its state. */
export async function newestAsking(context: Context, person: string, promptId: string): Promise<Asking | null> {
  const row = await context.database.read
    .selectFrom('replies')
    .select(['state', 'sent_at', 'rest_only'])
    .where('person', '=', person)
    .where('prompt_id', '=', promptId)
    .orderBy('turn', 'desc')
    .orderBy('place', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { waits: row.state === 'waiting' && row.rest_only === 0, arrivedAt: row.sent_at };
}

/**
 * `retryAt` null: it can never be sent and is skipped. The error is sealed: libraries put numbers and addresses into
 * theirs. `holder`: does nothing if another process has it by now.
 */
export async function replyFailed(
  context: Context,
  id: string,
  error: string,
  retryAt: string | null,
  holder: string | null = null,
): Promise<void> {
  const person = parseReplyId(id)?.person ?? '';
  await context.database.write(async (db) => {
    const key = (await keysOf(context, db, [person])).get(person);
    if (key === undefined) return;
    const sealed = sealValue(key, { table: 'replies', column: 'error', owner: person, row: id }, error);
    await updateWaiting(db, id)
      .set((e) => ({
        error: sealed,
        attempts: e('attempts', '+', 1),
        held_by: null,
        ...(retryAt === null ? { state: 'failed' as const } : { next_try: retryAt }),
      }))
      .$if(holder !== null, (q) => q.where('held_by', '=', holder))
      .execute();
  });
}

/**
 * All its text was sent, and later text need not wait for its recording and files. `at`: as in `replySent`; `holder`: as in
 * `replyFailed`.
 */
export async function replyTextSent(
  context: Context,
  id: string,
  at: string | null,
  holder: string | null = null,
): Promise<void> {
  await context.database.write((db) =>
    updateWaiting(db, id)
      .set((e) => ({ rest_only: 1 as const, sent_at: e.fn.coalesce('sent_at', e.val(at)) }))
      .$if(holder !== null, (q) => q.where('held_by', '=', holder))
      .execute(),
  );
}

/** True if the newest tried reply can never reach this person: they see an older one. */
export async function isUnheard(context: Context, person: string): Promise<boolean> {
  const row = await context.database.read
    .selectFrom('replies')
    .select(['state', 'attempts'])
    .where('person', '=', person)
    .where('state', '!=', sql.lit('waiting'))
    .orderBy('turn', 'desc')
    .orderBy('place', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.state === 'failed' && row.attempts > 0;
}

function updateWaiting(db: Queries, id: string) {
  return update(db, id).where('state', '=', 'waiting');
}

function update(db: Queries, id: string) {
  const { person, turn, place } = parseReplyId(id) ?? { person: '', turn: 0, place: 0 };
  return db.updateTable('replies').where('person', '=', person).where('turn', '=', turn).where('place', '=', place);
}
