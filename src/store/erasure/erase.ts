// Erasure: destroys the keys and removes the rows in one transaction. The ledger is written before its commit, so that
// after a crash in between the next start finishes it; and again after it ('done').

import { sql } from 'kysely';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { hashErased } from '../encryption/keys.ts';
import { leaveJoints } from '../organisers/joints.ts';
import { forgetSessionsOf } from '../processes/web-sessions.ts';
import type { EffectsToSave, TurnWork } from '../turns/turn-work.ts';

/** Destroys the person's keys, removes the rows, writes the ledger; in SQLite also truncates the WAL. */
export async function erasePerson(context: Context, person: string): Promise<void> {
  await context.database.write((db) => erasePersonWithin(context, db, person));
  noteErased(context, 'done', person);
  await context.database.scrub();
}

export async function eraseCase(context: Context, caseId: string): Promise<void> {
  await context.database.write((db) => eraseCaseWithin(context, db, caseId));
  noteErased(context, 'done', caseId);
  await context.database.scrub();
}

/**
 * Erases a case for a person who cannot do it. 'person': all data of its holder was erased; 'case': only the case,
 * because they hold more. Null if it does not exist (any more).
 */
export async function eraseOnRequest(context: Context, caseId: string): Promise<'person' | 'case' | null> {
  const erased = await context.database.write(async (db) => {
    const found = await holderOf(db, caseId);
    if (found === null) return null;
    await lockPerson(context, db, found.person);
    const holder = await holderOf(db, caseId);
    if (holder?.person !== found.person) return null;
    if (holder.holdsMore) {
      await eraseCaseWithin(context, db, caseId);
      return { what: 'case', id: caseId } as const;
    }
    await erasePersonWithin(context, db, holder.person);
    return { what: 'person', id: holder.person } as const;
  });
  if (erased === null) return null;
  noteErased(context, 'done', erased.id);
  await context.database.scrub();
  return erased.what;
}

/** Erases a person without a case. Returns false if they have one by now, or do not exist (any more). */
export async function eraseCaller(context: Context, person: string): Promise<boolean> {
  const erased = await context.database.write(async (db) => {
    await lockPerson(context, db, person);
    const known = await db.selectFrom('persons').select('id').where('id', '=', person).executeTakeFirst();
    const held = await db.selectFrom('cases').select('id').where('person', '=', person).limit(1).executeTakeFirst();
    if (known === undefined || held !== undefined) return false;
    await erasePersonWithin(context, db, person);
    return true;
  });
  if (!erased) return false;
  noteErased(context, 'done', person);
  await context.database.scrub();
  return true;
}

/** The person who holds the case. `holdsMore`: they hold other cases, or are an organiser. */
export async function holderOf(
  db: Queries,
  caseId: string,
): Promise<{ readonly person: string; readonly holdsMore: boolean } | null> {
  const found = await db.selectFrom('cases').select('person').where('id', '=', caseId).executeTakeFirst();
  if (found === undefined) return null;
  const { person } = found;
  const others = await db
    .selectFrom('cases')
    .select('id')
    .where('person', '=', person)
    .where('id', '!=', caseId)
    .limit(1)
    .executeTakeFirst();
  const organises = await db.selectFrom('organisers').select('person').where('person', '=', person).executeTakeFirst();
  return { person, holdsMore: others !== undefined || organises !== undefined };
}

export async function eraseCases({ context, db }: TurnWork, erased: readonly EffectsToSave['erase'][]): Promise<void> {
  for (const { case: id } of erased) await eraseCaseWithin(context, db, id);
}

async function erasePersonWithin(context: Context, db: Queries, person: string): Promise<void> {
  for (const { id } of await db.selectFrom('cases').select('id').where('person', '=', person).execute()) {
    await leaveJoints(context, db, id);
  }
  await deletePerson(context, db, person);
  noteErased(context, 'person', person);
  await saveErasuresSeen(context, db);
}

async function eraseCaseWithin(context: Context, db: Queries, caseId: string): Promise<void> {
  await leaveJoints(context, db, caseId);
  await deleteCase(db, caseId);
  noteErased(context, 'case', caseId);
  await saveErasuresSeen(context, db);
}

export function noteErased(context: Context, kind: 'person' | 'case' | 'done', id: string): void {
  context.ledger.append({ kind, fingerprint: hashErased(context.master, id), at: context.now() });
}

/**
 * Stores how much of the ledger this database has seen: if the ledger has more finished entries, the database was
 * restored from a backup.
 */
export async function saveErasuresSeen(context: Context, db: Queries): Promise<void> {
  const seen = context.ledger.entries().filter(({ kind }) => kind === 'person' || kind === 'case').length;
  await db
    .insertInto('meta')
    .values({ name: 'erasures-seen', value: String(seen) })
    .onConflict((c) => c.column('name').doUpdateSet({ value: String(seen) }))
    .execute();
}

/** Rows of the inbox keep their hashes, which drop late repeats. Locks the person's row first, like every turn. */
export async function deletePerson(context: Context, db: Queries, person: string): Promise<void> {
  await lockPerson(context, db, person);
  await db
    .updateTable('inbox')
    .set({ person: null, address_mark: null, sealed: null })
    .where('person', '=', person)
    .execute();
  const contributions = db.selectFrom('contributions').select('id').where('person', '=', person);
  await db
    .deleteFrom('keys')
    .where((e) => e.or([e('owner', '=', person), e('owner', 'in', contributions)]))
    .execute();
  await db.deleteFrom('parts').where('contribution', 'in', contributions).execute();
  await deleteCodes(db, await db.selectFrom('cases').select('id').where('person', '=', person).execute());
  if (context.database.kind === 'postgres') await forgetSessionsOf(db, person);
  for (const table of TABLES_OF_PERSON) await db.deleteFrom(table).where('person', '=', person).execute();
  await db.deleteFrom('persons').where('id', '=', person).execute();
}

async function lockPerson({ database }: Context, db: Queries, person: string): Promise<void> {
  if (database.kind === 'postgres') await sql`select id from persons where id = ${person} for update`.execute(db);
}

const TABLES_OF_PERSON = [
  'codes',
  'handovers',
  'voice_notes',
  'held',
  'lines',
  'consents',
  'flags',
  'replies',
  'mails_in',
  'staff_notices',
  'documents',
  'approvals',
  'reviews',
  'review_terms',
  'outbox',
  'sessions',
  'contributions',
  'cases',
  'addresses',
  'whatsapp_sent',
  'organisers',
] as const;

/**
 * Keeps the person and what belongs to no case; deletes a session inside the case, so the next turn starts from the
 * beginning.
 */
export async function deleteCase(db: Queries, caseId: string): Promise<void> {
  const contributions = db.selectFrom('contributions').select('id').where('case_id', '=', caseId);
  const sessions = db.selectFrom('sessions').select('id').where('case_id', '=', caseId);
  await db
    .updateTable('persons')
    .set((e) => ({ current_session: null, version: e('version', '+', 1) }))
    .where('current_session', 'in', sessions)
    .execute();
  await db.deleteFrom('keys').where('owner', 'in', contributions).execute();
  const people = db
    .selectFrom('contributions')
    .select('person')
    .where('case_id', '=', caseId)
    .union(db.selectFrom('handovers').select('person').where('case_id', '=', caseId));
  for (const table of ['lines', 'replies'] as const) {
    await db.deleteFrom(table).where('person', 'in', people).where('contribution', 'in', contributions).execute();
  }
  await deleteCodes(db, [{ id: caseId }]);
  for (const table of TABLES_OF_CONTRIBUTION) {
    await db.deleteFrom(table).where('contribution', 'in', contributions).execute();
  }
  await db.deleteFrom('staff_notices').where('subject', 'in', contributions).execute();
  await db.deleteFrom('sessions').where('case_id', '=', caseId).execute();
  await db.deleteFrom('contributions').where('case_id', '=', caseId).execute();
  await db.deleteFrom('cases').where('id', '=', caseId).execute();
}

const TABLES_OF_CONTRIBUTION = [
  'parts',
  'consents',
  'flags',
  'mails_in',
  'documents',
  'approvals',
  'reviews',
  'review_terms',
  'outbox',
  'voice_notes',
] as const;

/** Deletes the codes of these cases, and what former holders had said before a hand-over. */
async function deleteCodes(db: Queries, cases: readonly { readonly id: string }[]): Promise<void> {
  for (const { id } of cases) {
    const handed = await db.selectFrom('handovers').selectAll().where('case_id', '=', id).execute();
    for (const { person, contribution } of handed) {
      for (const table of ['lines', 'replies'] as const) {
        await db.deleteFrom(table).where('person', '=', person).where('contribution', '=', contribution).execute();
      }
    }
    await db.deleteFrom('handovers').where('case_id', '=', id).execute();
    await db.deleteFrom('codes').where('case_id', '=', id).execute();
    const own = db.selectFrom('contributions').select('id').where('case_id', '=', id);
    await db
      .deleteFrom('joint_members')
      .where((e) => e.or([e('case_id', '=', id), e('contribution', 'in', own)]))
      .execute();
  }
}
