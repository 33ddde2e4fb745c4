// The queue of recordings: compare and set on a lease, so that two processes never write the same one down.

import { sql } from 'kysely';
import type { Event } from '../../dialog/engine/event.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { postWithin } from '../turns/inbox.ts';
import { openRow, type VoiceJob, type VoiceToType, type Sound } from './voice-seal.ts';

/** Any number that nobody else locks by (audit-rows.ts has another). */
const LOCK = 716_505;

export function voiceRows(context: Context) {
  const { database } = context;
  return {
    /** The oldest that is due, leased until `until`; of one person never two at a time. Null where there is none. */
    take: take.bind(null, context),
    /** The lease goes on until `until`; false where it is gone. */
    async renew({ person, mark, lease }: VoiceJob, until: string): Promise<boolean> {
      const renewed = await database.write((db) =>
        db
          .updateTable('voice_notes')
          .set({ lease_until: until })
          .where('person', '=', person)
          .where('mark', '=', mark)
          .where('lease', '=', lease)
          .executeTakeFirst(),
      );
      return renewed.numUpdatedRows === 1n;
    },
    /** What was heard, into its speaker's inbox; false where the recording or the lease is gone. */
    finish: finish.bind(null, context),
    /** Tried again from `dueAt` on. */
    async retry({ person, mark, lease }: VoiceJob, dueAt: string): Promise<void> {
      await database.write((db) =>
        db
          .updateTable('voice_notes')
          .set((e) => ({ due_at: dueAt, lease: null, lease_until: null, attempts: e('attempts', '+', 1) }))
          .where('person', '=', person)
          .where('mark', '=', mark)
          .where('lease', '=', lease)
          .execute(),
      );
    },
    /** Oldest first. */
    async toType(): Promise<readonly VoiceToType[]> {
      const rows = await database.read
        .selectFrom('voice_notes')
        .innerJoin('contributions', 'contributions.id', 'voice_notes.contribution')
        .innerJoin('cases', 'cases.id', 'contributions.case_id')
        .select(['voice_notes.position', 'voice_notes.contribution', 'voice_notes.language', 'voice_notes.arrived_at'])
        .select('cases.reference')
        .where('voice_notes.state', '=', 'person')
        .orderBy('voice_notes.position')
        .execute();
      return rows.map((row) => ({
        position: row.position,
        contribution: row.contribution ?? '',
        reference: row.reference,
        language: row.language ?? 'en',
        arrivedAt: row.arrived_at,
      }));
    },
    /** Null where it has gone meanwhile. */
    async soundToType(position: number): Promise<Sound | null> {
      const row = await rowToType(database.read, position);
      return row === undefined ? null : ((await openRow(context, database.read, row))?.sound ?? null);
    },
    /** A person's words for it, once; the person they are for, or null where it has gone or somebody was faster. */
    typed: (position: number, text: string, at: string): Promise<string | null> =>
      database.write((db) => typed(context, db, { position, text, at })),
    /** What is kept of a person, in bytes and how many; `saidYes`: a text of theirs may be kept; and in bytes, what is kept of all without one. */
    async keptOf(person: string): Promise<{
      readonly bytes: number;
      readonly count: number;
      readonly saidYes: boolean;
      readonly beforeYesOfAll: number;
    }> {
      const { read } = database;
      const size = sql<number | string>`coalesce(sum(length(sound)), 0)`.as('bytes');
      const mine = await read
        .selectFrom('voice_notes')
        .select([size, (e) => e.fn.countAll<number | string>().as('count')])
        .where('person', '=', person)
        .executeTakeFirstOrThrow();
      const all = await read
        .selectFrom('voice_notes')
        .select(size)
        .where('contribution', 'is', null)
        .executeTakeFirstOrThrow();
      const text = await read.selectFrom('contributions').select('id').where('person', '=', person).executeTakeFirst();
      return {
        bytes: Number(mine.bytes),
        count: Number(mine.count),
        saidYes: text !== undefined,
        beforeYesOfAll: Number(all.bytes),
      };
    },
    /** True while the sound is kept (tests, and the page that plays it). */
    async count(): Promise<number> {
      const rows = await database.read.selectFrom('voice_notes').select('position').execute();
      return rows.length;
    },
  };
}

async function take(context: Context, now: string, lease: string, until: string): Promise<VoiceJob | null> {
  return context.database.write(async (db) => {
    // Two that look at the same moment, one after the other: the second sees whom the first has in its hands.
    if (context.database.kind === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(db);
    const row = await db
      .selectFrom('voice_notes')
      .selectAll()
      .where('state', '=', 'machine')
      .where('due_at', '<=', now)
      .where((e) => e.or([e('lease_until', 'is', null), e('lease_until', '<=', now)]))
      .where('person', 'not in', (e) =>
        e.selectFrom('voice_notes as other').select('other.person').where('other.lease_until', '>', now),
      )
      // What has failed before keeps nobody who has not.
      .orderBy('attempts')
      .orderBy('position')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return null;
    const taken = await db
      .updateTable('voice_notes')
      .set({ lease, lease_until: until })
      .where('position', '=', row.position)
      .where((e) => e.or([e('lease_until', 'is', null), e('lease_until', '<=', now)]))
      .executeTakeFirst();
    const opened = taken.numUpdatedRows === 1n ? await openRow(context, db, row) : null;
    if (opened === null) return null;
    const { person, mark, attempts, language } = row;
    return { person, mark, lease, note: opened.note, sound: opened.sound, language, attempts };
  });
}

/** The sound stays until its speaker has accepted or refused the words: the engine erases it. */
async function finish(context: Context, job: VoiceJob, event: Event): Promise<boolean> {
  return context.database.write(async (db) => {
    const done = await db
      .updateTable('voice_notes')
      .set({ state: 'done', lease: null, lease_until: null, due_at: null })
      .where('person', '=', job.person)
      .where('mark', '=', job.mark)
      .where('lease', '=', job.lease)
      .where('state', '=', 'machine')
      .executeTakeFirst();
    if (done.numUpdatedRows !== 1n) return false;
    await postWithin(context, db, job.person, event);
    return true;
  });
}

async function typed(
  context: Context,
  db: Queries,
  { position, text, at }: { readonly position: number; readonly text: string; readonly at: string },
): Promise<string | null> {
  const row = await rowToType(db, position);
  const opened = row === undefined ? null : await openRow(context, db, row);
  if (row === undefined || opened === null) return null;
  const done = await db
    .updateTable('voice_notes')
    .set({ state: 'done' })
    .where('position', '=', position)
    .where('state', '=', 'person')
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) return null;
  const event: Event = {
    id: `voice/${row.mark}/person`,
    at,
    kind: 'voice-written',
    note: opened.note,
    text,
    by: 'person',
  };
  await postWithin(context, db, row.person, event);
  return row.person;
}

function rowToType(db: Queries, position: number) {
  return db
    .selectFrom('voice_notes')
    .selectAll()
    .where('position', '=', position)
    .where('state', '=', 'person')
    .executeTakeFirst();
}
