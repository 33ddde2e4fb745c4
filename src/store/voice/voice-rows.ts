// The queue of recordings: compare and set on a lease, so that two processes never transcribe the same one.

import { sql } from 'kysely';
import type { Event } from '../../dialog/engine/event.ts';
import type { Lease } from '../../lease.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { postWithin } from '../turns/inbox.ts';
import { openRow, type VoiceJob, type VoiceToType, type Sound } from './voice-seal.ts';

/** Arbitrary, but not used for another lock (audit-rows.ts has another number). */
const LOCK = 716_505;

export function voiceRows(context: Context) {
  const { database } = context;
  return {
    /** Takes the oldest due recording, leased to `holder`; never two of one person at a time. Null if there is none. */
    take: take.bind(null, context),
    /** Renews the lease. Returns false if it is lost. */
    async renew({ person, mark, lease }: VoiceJob): Promise<boolean> {
      const renewed = await database.write((db) =>
        db
          .updateTable('voice_notes')
          .set((e) => ({ beat: e('beat', '+', 1) }))
          .where('person', '=', person)
          .where('mark', '=', mark)
          .where('lease', '=', lease)
          .executeTakeFirst(),
      );
      return renewed.numUpdatedRows === 1n;
    },
    /** The leases of all processes, by the `lease` that the recording was taken with. */
    async leases(): Promise<readonly Lease[]> {
      const rows = await database.read
        .selectFrom('voice_notes')
        .select(['lease', 'held_by', 'beat'])
        .where('lease', 'is not', null)
        .orderBy('position')
        .execute();
      return rows.map(({ lease, held_by: holder, beat }) => ({ id: lease ?? '', holder, beat }));
    },
    /** Makes it due again, as before it was taken. Returns false if its holder has renewed the lease. */
    async takeOver({ id, beat }: Lease): Promise<boolean> {
      const { numUpdatedRows } = await database.write((db) =>
        db
          .updateTable('voice_notes')
          .set({ lease: null, held_by: null })
          .where('lease', '=', id)
          .where('beat', '=', beat)
          .executeTakeFirst(),
      );
      return numUpdatedRows === 1n;
    },
    /** Posts the result to the speaker's inbox. Returns false if the recording or the lease is gone. */
    finish: finish.bind(null, context),
    /** Tried again from `dueAt` on. */
    async retry({ person, mark, lease }: VoiceJob, dueAt: string): Promise<void> {
      await database.write((db) =>
        db
          .updateTable('voice_notes')
          .set((e) => ({ due_at: dueAt, lease: null, held_by: null, attempts: e('attempts', '+', 1) }))
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
    /** Null if it was erased meanwhile. */
    async soundToType(position: number): Promise<Sound | null> {
      const row = await rowToType(database.read, position);
      return row === undefined ? null : ((await openRow(context, database.read, row))?.sound ?? null);
    },
    /** A person's transcription, once. Returns the id of the speaker, or null if it was erased or somebody was faster. */
    typed: (position: number, text: string, at: string): Promise<string | null> =>
      database.write((db) => typed(context, db, { position, text, at })),
    /**
     * Stored recordings of a person: bytes and number; `saidYes`: the person has consented; `beforeYesOfAll`: bytes of
     * all people without consent.
     */
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
    /** The number of stored recordings (for tests). */
    async count(): Promise<number> {
      const rows = await database.read.selectFrom('voice_notes').select('position').execute();
      return rows.length;
    },
  };
}

async function take(context: Context, now: string, lease: string, holder: string): Promise<VoiceJob | null> {
  return context.database.write(async (db) => {
    // Concurrent processes run one after the other: the second sees the leases of the first.
    if (context.database.kind === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(db);
    const row = await db
      .selectFrom('voice_notes')
      .selectAll()
      .where('state', '=', 'machine')
      .where('due_at', '<=', now)
      .where('lease', 'is', null)
      .where('person', 'not in', (e) =>
        e.selectFrom('voice_notes as other').select('other.person').where('other.lease', 'is not', null),
      )
      // A recording that has failed before does not delay the others.
      .orderBy('attempts')
      .orderBy('position')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return null;
    const taken = await db
      .updateTable('voice_notes')
      .set((e) => ({ lease, held_by: holder, beat: e('beat', '+', 1) }))
      .where('position', '=', row.position)
      .where('lease', 'is', null)
      .executeTakeFirst();
    const opened = taken.numUpdatedRows === 1n ? await openRow(context, db, row) : null;
    if (opened === null) return null;
    const { person, mark, attempts, language } = row;
    return { person, mark, lease, note: opened.note, sound: opened.sound, language, attempts };
  });
}

/** The sound stays until the speaker has accepted or refused the transcription: the engine erases it. */
async function finish(context: Context, job: VoiceJob, event: Event): Promise<boolean> {
  return context.database.write(async (db) => {
    const done = await db
      .updateTable('voice_notes')
      .set({ state: 'done', lease: null, held_by: null, due_at: null })
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
