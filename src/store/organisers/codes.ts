// Codes that hand a case over or withdraw it. A hand-over code is found by its beginning, so that wrong tries of the
// rest can be counted; a withdrawal code only as a whole, so that nobody can make it invalid.

import type { Code } from '../../dialog/understanding/commands.ts';
import { fingerprint, type MasterKeys } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { keysOf } from '../encryption/keys.ts';
import type { Codes } from '../schema/feature-tables.ts';
import { postWithin } from '../turns/inbox.ts';
import { openSession } from '../turns/pending.ts';
import { type EffectsToSave, StaleTurnError, type TurnWork } from '../turns/turn-work.ts';

/** A known code, without any data of its case. */
export interface FoundCode {
  readonly id: string;
  readonly kind: Code['kind'];
  readonly to: 'person' | 'organiser';
  readonly case: string;
  /** The person who made it. */
  readonly person: string;
  readonly state: 'open' | 'wrong' | 'late' | 'used' | 'dead';
}

/** The case of a code that is still valid. */
export interface OfferedCase {
  readonly code: FoundCode;
  /** The id of its session's row, and the session, unparsed. */
  readonly key: string;
  readonly session: unknown;
}

/** Wrong tries after which a code is invalid. */
export const TRIES = 10;

/** Characters by which a hand-over code is found; the others must be right. */
const HANDLE = 4;

function marksOf(master: MasterKeys, { kind, code }: Code): { readonly handle: string; readonly mark: string } {
  const mark = fingerprint(master, 'code', JSON.stringify([kind, code]));
  const beginning = JSON.stringify([kind, code.slice(0, HANDLE)]);
  return { mark, handle: kind === 'withdrawal' ? mark : fingerprint(master, 'code-begins', beginning) };
}

/** Null if no code has this beginning. */
export async function findCode(context: Context, typed: Code, now: string): Promise<FoundCode | null> {
  const { handle, mark } = marksOf(context.master, typed);
  const row = await context.database.read
    .selectFrom('codes')
    .selectAll()
    .where('handle', '=', handle)
    .executeTakeFirst();
  return row === undefined ? null : found(row, row.mark === mark, now);
}

function found(row: Codes, right: boolean, now: string): FoundCode {
  const { id, kind, recipient: to, case_id, person } = row;
  const state = row.tries >= TRIES ? 'dead' : right ? standing(row, now) : 'wrong';
  return { id, kind, to, case: case_id, person, state };
}

function standing({ used_at, until }: Codes, now: string): FoundCode['state'] {
  if (used_at !== null) return 'used';
  return until !== null && until <= now ? 'late' : 'open';
}

/** The case of a hand-over code that is still valid. */
export async function offeredCase(context: Context, code: string, now: string): Promise<OfferedCase | null> {
  const db = context.database.read;
  const row = await db
    .selectFrom('codes')
    .innerJoin('sessions', 'sessions.case_id', 'codes.case_id')
    .selectAll('codes')
    .select(['sessions.id as key', 'sessions.sealed'])
    .where('codes.id', '=', code)
    .where('codes.kind', '=', 'hand-over')
    .executeTakeFirst();
  if (row === undefined) return null;
  const is = found(row, true, now);
  const key = (await keysOf(context, db, [row.person])).get(row.person);
  if (is.state !== 'open' || key === undefined) return null;
  return { code: is, key: row.key, session: openSession(key, row.person, row.key, row.sealed) };
}

export async function countWrongTries({ db }: TurnWork, wrong: readonly EffectsToSave['code.wrong'][]): Promise<void> {
  for (const { id } of wrong) {
    await db
      .updateTable('codes')
      .set((e) => ({ tries: e('tries', '+', 1) }))
      .where('id', '=', id)
      .execute();
  }
}

export async function endCode({ db, caseId }: TurnWork): Promise<void> {
  await deleteCodes(db, caseId, 'hand-over');
}

export async function renewCodes(
  { context, db }: TurnWork,
  renewed: readonly EffectsToSave['code.renew'][],
): Promise<void> {
  for (const { id, code } of renewed) {
    const marks = marksOf(context.master, { kind: 'withdrawal', code });
    await db.updateTable('codes').set(marks).where('id', '=', id).where('kind', '=', 'withdrawal').execute();
  }
}

/**
 * Replaces an earlier one of the same kind. Stale if another code has the same beginning: the turn is taken again, with
 * another code.
 */
export async function makeCodes(
  { context, db, at, person, caseId }: TurnWork,
  made: readonly EffectsToSave['code.make'][],
): Promise<void> {
  if (caseId === null) throw new Error('A code is for a case.');
  for (const kind of new Set(made.map(({ code }) => code.kind))) await deleteCodes(db, caseId, kind);
  await forgetPast(db, at);
  for (const { code } of made) {
    const { handle, mark } = marksOf(context.master, code);
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('codes')
      .values({
        ...{ id: context.newId(), kind: code.kind, handle, mark, person, case_id: caseId, recipient: code.to },
        ...{ tries: 0, until: code.until, used_at: null },
      })
      .onConflict((c) => c.column('handle').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) throw new StaleTurnError();
  }
}

async function deleteCodes(db: Queries, caseId: string | null, kind: Code['kind']): Promise<void> {
  await db.deleteFrom('codes').where('case_id', '=', caseId).where('kind', '=', kind).execute();
}

/** Old codes are kept for a week to say "too late" or "used already"; then others may have the same beginning. */
async function forgetPast(db: Queries, now: string): Promise<void> {
  const week = new Date(Date.parse(now) - 7 * 86_400_000).toISOString();
  await db.deleteFrom('codes').where('until', '<', week).execute();
}

/** Tells the holder of this code's case that its person withdraws it. */
export async function tellHolders(
  { context, db, event }: TurnWork,
  withdrawn: readonly EffectsToSave['withdraw-by-code'][],
): Promise<void> {
  for (const { code } of withdrawn) {
    const row = await db
      .selectFrom('codes')
      .innerJoin('cases', 'cases.id', 'codes.case_id')
      .select(['cases.person', 'cases.id'])
      .where('codes.id', '=', code)
      .executeTakeFirst();
    if (row === undefined) continue;
    const told = {
      id: `${event.id}/withdrawn/${code}`,
      at: event.at,
      kind: 'withdrawn-by-person',
      case: row.id,
    } as const;
    await postWithin(context, db, row.person, told);
  }
}
