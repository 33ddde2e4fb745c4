// The work of staff: claims, what is put off or dealt with, who is reading, and saved views.

import type { Context } from '../db/context.ts';
import { KeyGoneError } from '../encryption/keys.ts';
import { openText, sealText, staffContextOf, staffKey } from '../staff/staff-sealed.ts';
import { isKept } from './desk-acts.ts';
import type { PutOff, Reading } from './queue-row.ts';

/** A case, or a person without one. */
export type WorkItem = { readonly case: string } | { readonly person: string };

/** Takes it, if it is still `from`'s (null: nobody's). True for one of several who try at once. */
export async function claim(
  context: Context,
  item: WorkItem,
  { from, to, at }: { readonly from: string | null; readonly to: string; readonly at: string },
): Promise<boolean> {
  return context.database.write(async (db) => {
    if ('case' in item) {
      if (!(await isKept(db, item.case))) return false;
      if (from === null) {
        const row = { case_id: item.case, staff: to, at };
        const query = db.insertInto('desk_assignments').values(row);
        return isOne((await query.onConflict((c) => c.doNothing()).executeTakeFirst()).numInsertedOrUpdatedRows);
      }
      const query = db.updateTable('desk_assignments').set({ staff: to, at }).where('case_id', '=', item.case);
      return isOne((await query.where('staff', '=', from).executeTakeFirst()).numUpdatedRows);
    }
    const there = await db.selectFrom('persons').select('id').where('id', '=', item.person).executeTakeFirst();
    if (there === undefined) return false;
    if (from === null) {
      const query = db.insertInto('desk_callers').values({ person: item.person, staff: to, at });
      return isOne((await query.onConflict((c) => c.doNothing()).executeTakeFirst()).numInsertedOrUpdatedRows);
    }
    const query = db.updateTable('desk_callers').set({ staff: to, at }).where('person', '=', item.person);
    return isOne((await query.where('staff', '=', from).executeTakeFirst()).numUpdatedRows);
  });
}

/** Makes a person without a case nobody's again; only for the one who has them. */
export async function handCallerBack({ database }: Context, person: string, staff: string): Promise<boolean> {
  const query = database.write((db) =>
    db.deleteFrom('desk_callers').where('person', '=', person).where('staff', '=', staff).executeTakeFirst(),
  );
  return isOne((await query).numDeletedRows);
}

function isOne(count: bigint | undefined): boolean {
  return count === 1n;
}

/** Replaces an earlier one. False if the case was erased meanwhile. */
export async function putOff(context: Context, caseId: string, { until, why, staff, at }: PutOff): Promise<boolean> {
  return context.database.write(async (db) => {
    if (!(await isKept(db, caseId))) return false;
    const row = { until, why, staff, at };
    await db
      .insertInto('desk_put_off')
      .values({ case_id: caseId, ...row })
      .onConflict((c) => c.column('case_id').doUpdateSet(row))
      .execute();
    return true;
  });
}

export async function wake({ database }: Context, caseId: string): Promise<void> {
  await database.write((db) => db.deleteFrom('desk_put_off').where('case_id', '=', caseId).execute());
}

/** Everything that came back or was asked until now. False if the case was erased meanwhile. */
export async function dealtWith(context: Context, caseId: string, staff: string, at: string): Promise<boolean> {
  return context.database.write(async (db) => {
    if (!(await isKept(db, caseId))) return false;
    await db
      .insertInto('desk_dealt')
      .values({ case_id: caseId, staff, at })
      .onConflict((c) => c.column('case_id').doUpdateSet({ staff, at }))
      .execute();
    return true;
  });
}

/** Notes that its page is open until `until`, unless the page is opened again. */
export async function beginReading(
  context: Context,
  caseId: string,
  { staff, at, until }: { readonly staff: string; readonly at: string; readonly until: string },
): Promise<void> {
  await context.database.write(async (db) => {
    if (!(await isKept(db, caseId))) return;
    const known = await db
      .selectFrom('desk_readers')
      .select('until')
      .where('case_id', '=', caseId)
      .where('staff', '=', staff)
      .executeTakeFirst();
    const goesOn = known !== undefined && known.until > at;
    await db
      .insertInto('desk_readers')
      .values({ case_id: caseId, staff, since: at, until })
      .onConflict((c) => c.columns(['case_id', 'staff']).doUpdateSet(goesOn ? { until } : { since: at, until }))
      .execute();
  });
}

/** The page is still open, for one who has begun; nothing else begins by it. */
export async function keepReading(
  { database }: Context,
  caseId: string,
  { staff, until }: { readonly staff: string; readonly until: string },
): Promise<void> {
  await database.write((db) =>
    db.updateTable('desk_readers').set({ until }).where('case_id', '=', caseId).where('staff', '=', staff).execute(),
  );
}

/** The others who have its page open at `now`, the earliest first. */
export async function readersOf(
  { database }: Context,
  caseId: string,
  { not, now }: { readonly not: string; readonly now: string },
): Promise<readonly Reading[]> {
  return database.read
    .selectFrom('desk_readers')
    .select(['staff', 'since'])
    .where('case_id', '=', caseId)
    .where('staff', '!=', not)
    .where('until', '>', now)
    .orderBy('since')
    .execute();
}

export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** Of the list's address. */
  readonly query: string;
}

/** Most saved views of one account. */
const MOST_VIEWS = 20;

export async function viewsOf(context: Context, staff: string): Promise<readonly SavedView[]> {
  const db = context.database.read;
  const rows = await db
    .selectFrom('desk_views')
    .select(['id', 'sealed', 'query'])
    .where('staff', '=', staff)
    .orderBy('at')
    .execute();
  if (rows.length === 0) return [];
  const key = await staffKey(context, db, staff);
  return rows.map(({ id, sealed, query }) => ({ id, query, name: openText(key, nameContext(staff, id), sealed) }));
}

/** False if there are too many. */
export async function saveView(
  context: Context,
  staff: string,
  { name, query, at }: { readonly name: string; readonly query: string; readonly at: string },
): Promise<boolean> {
  return context.database.write(async (db) => {
    const kept = await db.selectFrom('desk_views').select('id').where('staff', '=', staff).execute();
    if (kept.length >= MOST_VIEWS) return false;
    try {
      const id = context.newId();
      const sealed = sealText(await staffKey(context, db, staff), nameContext(staff, id), name);
      await db.insertInto('desk_views').values({ id, staff, sealed, query, at }).execute();
      return true;
    } catch (error) {
      if (error instanceof KeyGoneError) return false;
      throw error;
    }
  });
}

/** Only one's own. */
export async function removeView({ database }: Context, staff: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await database.write((db) =>
    db.deleteFrom('desk_views').where('id', '=', id).where('staff', '=', staff).executeTakeFirst(),
  );
  return numDeletedRows === 1n;
}

function nameContext(staff: string, id: string) {
  return staffContextOf('view', staff, id);
}
