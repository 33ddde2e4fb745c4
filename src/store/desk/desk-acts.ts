// The desk's own data: who handles a case, notes among staff, and what a reviewer has seen.

import { openValue, sealValue, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { keysOf } from '../encryption/keys.ts';
import { livingOf } from '../sealed/sealed-rows.ts';

export interface Note {
  readonly id: string;
  readonly staff: string;
  readonly at: string;
  readonly text: string;
}

/** Fingerprints of the last viewed page, to mark new text at the next view. */
export interface LastViewed {
  readonly at: string;
  readonly seen: readonly string[];
}

/** In milliseconds: views closer together than this are one. */
const ONE_LOOK = 30 * 60_000;

/** False if the case was erased meanwhile. */
export async function isKept(db: Queries, caseId: string): Promise<boolean> {
  const row = await db.selectFrom('cases').select('id').where('id', '=', caseId).executeTakeFirst();
  return row !== undefined;
}

/** Returns false if the case was erased meanwhile. `to` null: unassigned. */
export async function assign(context: Context, caseId: string, to: string | null, at: string): Promise<boolean> {
  return context.database.write(async (db) => {
    if (!(await isKept(db, caseId))) return false;
    await db.deleteFrom('desk_assignments').where('case_id', '=', caseId).execute();
    if (to !== null) await db.insertInto('desk_assignments').values({ case_id: caseId, staff: to, at }).execute();
    return true;
  });
}

export async function addNote(context: Context, about: string, note: Omit<Note, 'id'>): Promise<boolean> {
  return context.database.write(async (db) => {
    const contribution = await livingOf(db, about);
    const key = (await keysOf(context, db, [contribution])).get(contribution);
    if (key === undefined) return false;
    const id = context.newId();
    const { staff, at, text } = note;
    const sealed = sealValue(key, noteContext(contribution, id), text);
    await db.insertInto('desk_notes').values({ id, contribution, staff, sealed, at }).execute();
    return true;
  });
}

/** Oldest first. */
export async function notesOf(context: Context, contribution: string): Promise<readonly Note[]> {
  const db = context.database.read;
  const key = (await keysOf(context, db, [contribution])).get(contribution);
  if (key === undefined) return [];
  const rows = await db
    .selectFrom('desk_notes')
    .select(['id', 'staff', 'sealed', 'at'])
    .where('contribution', '=', contribution)
    .orderBy('position')
    .execute();
  return rows.map(({ id, staff, sealed, at }) => ({
    ...{ id, staff, at },
    text: openValue(key, noteContext(contribution, id), sealed),
  }));
}

/**
 * Returns what this reviewer saw the last time, and stores this view. Views of the same text within half an hour are
 * one: new text stays marked while somebody works on it. Null if they never looked; their first view, while it goes on, is itself
 * what they saw.
 */
export async function look(
  context: Context,
  contribution: string,
  staff: string,
  now: LastViewed,
): Promise<LastViewed | null> {
  return context.database.write(async (db) => {
    const key = (await keysOf(context, db, [contribution])).get(contribution);
    if (key === undefined) return null;
    const place = lookContext(contribution, staff);
    const row = await db
      .selectFrom('desk_looks')
      .select(['before', 'latest', 'at'])
      .where('contribution', '=', contribution)
      .where('staff', '=', staff)
      .executeTakeFirst();
    const seen = row === undefined ? [] : openValue(key, place, row.latest).seen;
    const isSameLook =
      row !== undefined && Date.parse(now.at) - Date.parse(row.at) < ONE_LOOK && isSame(seen, now.seen);
    const before = (isSameLook ? row.before : row?.latest) ?? null;
    const latest = sealValue(key, place, now);
    // The same view continues: it keeps the time of its begin.
    const at = isSameLook ? row.at : now.at;
    await db
      .insertInto('desk_looks')
      .values({ contribution, staff, before, latest, at })
      .onConflict((c) => c.columns(['contribution', 'staff']).doUpdateSet({ before, latest, at }))
      .execute();
    if (before !== null) return openValue(key, place, before);
    return isSameLook ? { at: row.at, seen } : null;
  });
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((seen, index) => seen === other[index]);
}

function noteContext(owner: string, row: string): ValueContext<string> {
  return { table: 'desk_notes', column: 'sealed', owner, row };
}

function lookContext(owner: string, row: string): ValueContext<LastViewed> {
  return { table: 'desk_looks', column: 'sealed', owner, row };
}
