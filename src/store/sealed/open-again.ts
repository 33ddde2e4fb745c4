// Opens a case again that was sealed to the keys of staff: its data key comes back from somebody who holds one of these.
// docs/decisions/0252-sealed-cases-at-the-desk.md.

import { createSecretKey, type KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import { open, openValue, seal, SealBrokenError, sealValue } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { keyOf, makeKey } from '../encryption/keys.ts';
import { insertAct, noteContext } from '../reviews/review-mail.ts';
import { consentContext } from '../turns/consents.ts';
import { openSession, sealSession } from '../turns/pending.ts';
import type { PutAwayRows, Remainder } from './seal-closed.ts';
import { cellsUnder } from './sealed-case.ts';
import { putAwayContext } from './sealed-rows.ts';

export interface OpenAgainOptions {
  /** Their account. */
  readonly reviewer: string;
  readonly at: string;
  /** The data keys by the ids of their contributions. */
  readonly dataKeys: ReadonlyMap<string, Uint8Array>;
  /** The session to go on with, from the one that was put away and the one of now; null: its person has gone on since. */
  readonly sessionOf: (putAway: unknown, now: unknown) => Remainder | null;
  /** For tests: called within the transaction, at its end. */
  readonly atTheEnd?: () => void;
}

export type OpenedAgain = 'opened-again' | 'not-sealed' | 'wrong-key' | 'gone-on';

export async function openAgain(context: Context, caseId: string, options: OpenAgainOptions): Promise<OpenedAgain> {
  const { database } = context;
  return database.write(async (db) => {
    const found = await sealedRow(db, caseId, database.kind === 'postgres');
    if (found === null) return 'not-sealed';
    const { person, contribution, goes_on: goesOn, session: sessionId } = found;
    const given = options.dataKeys.get(contribution);
    const key = given?.length === 32 ? createSecretKey(given) : null;
    const putAway = key === null ? null : openPutAway(key, contribution, found.put_away);
    if (key === null || putAway === null) return 'wrong-key';
    const own = await keyOf(context, db, person);
    const now = openSession(own, person, sessionId, found.sealed);
    const back = found.case_of_session === caseId ? options.sessionOf(putAway.session, now) : null;
    if (back === null || (await hasLeftSince(db, goesOn))) return 'gone-on';

    await makeKey(context, db, contribution, key);
    await moveRows(db, { id: goesOn, key: await keyOf(context, db, goesOn) }, { id: contribution, key });
    await putBack(context, db, { person, own }, putAway);
    const { state } = back;
    await db
      .updateTable('sessions')
      .set({ step: state.step, case_id: state.case, contribution, updated_at: options.at })
      .set({ sealed: sealSession(own, person, sessionId, back.session) })
      .where('id', '=', sessionId)
      .execute();
    await db
      .updateTable('persons')
      .set((e) => ({ version: e('version', '+', 1) }))
      .where('id', '=', person)
      .execute();
    await db.deleteFrom('sealed_keys').where('contribution', '=', contribution).execute();
    await db.deleteFrom('contributions').where('id', '=', goesOn).execute();
    await db.deleteFrom('keys').where('owner', '=', goesOn).execute();
    const about = { mail: null, caseId, person, contribution, sha256: null, round: 0, note: null };
    await insertAct(context, db, { ...about, act: 'open-again', reviewer: options.reviewer, at: options.at });
    options.atTheEnd?.();
    return 'opened-again';
  });
}

async function sealedRow(db: Queries, caseId: string, locks: boolean) {
  if (locks) {
    await sql`select p.id from persons p join cases c on c.person = p.id where c.id = ${caseId} for update of p`.execute(
      db,
    );
  }
  const found = await db
    .selectFrom('sealed_keys as k')
    .innerJoin('contributions as c', 'c.id', 'k.contribution')
    .innerJoin('persons as p', 'p.id', 'c.person')
    .innerJoin('sessions as s', 's.id', 'p.current_session')
    .select(['k.contribution', 'k.goes_on', 'k.put_away', 'c.person', 's.id as session', 's.sealed'])
    .select('s.case_id as case_of_session')
    .where('c.case_id', '=', caseId)
    .executeTakeFirst();
  return found ?? null;
}

function openPutAway(key: KeyObject, contribution: string, sealed: Uint8Array): PutAwayRows | null {
  try {
    return openValue<PutAwayRows>(key, putAwayContext(contribution), sealed);
  } catch (error) {
    if (error instanceof SealBrokenError) return null;
    throw error;
  }
}

/** A withdrawal answers the mail by itself: it stays with the contribution that goes on. */
async function hasLeftSince(db: Queries, goesOn: string): Promise<boolean> {
  const mail = await db.selectFrom('outbox').select('id').where('contribution', '=', goesOn).executeTakeFirst();
  return mail !== undefined;
}

interface Side {
  readonly id: string;
  readonly key: KeyObject;
}

/** Words that came afterwards, such as answers by mail and notes of staff, joins the text that it is about. */
async function moveRows(db: Queries, from: Side, to: Side): Promise<void> {
  const values = await cellsUnder(db, from.id);
  for (const { table, column, row, id, value } of values) {
    const place = { table, column, row };
    const moved = seal(to.key, { ...place, owner: to.id }, open(from.key, { ...place, owner: from.id }, value));
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${moved} where id = ${id}`.execute(db);
  }
  for (const table of ['mails_in', 'desk_notes', 'reviews', 'flags', 'approvals'] as const)
    await sql`update ${sql.table(table)} set contribution = ${to.id} where contribution = ${from.id}`.execute(db);
  await db.deleteFrom('desk_looks').where('contribution', '=', from.id).execute();
}

/** Rows that were under the person's key, from before the case. */
async function putBack(
  context: Context,
  db: Queries,
  { person, own }: { readonly person: string; readonly own: KeyObject },
  { consents, notes }: PutAwayRows,
): Promise<void> {
  for (const { purpose, at, given } of consents) {
    const id = context.newId();
    const sealed = sealValue(own, consentContext(person, id), given as never);
    const row = { id, person, contribution: null, purpose: purpose as never, sealed, at };
    await db.insertInto('consents').values(row).execute();
  }
  for (const { act, at, text } of notes) {
    const row = await db
      .selectFrom('reviews')
      .select('id')
      .where('person', '=', person)
      .where('contribution', 'is', null)
      .where('note', 'is', null)
      .where('at', '=', at)
      .where('act', '=', act as never)
      .executeTakeFirst();
    if (row === undefined) continue;
    const note = sealValue(own, noteContext(person, row.id), text);
    await db.updateTable('reviews').set({ note }).where('id', '=', row.id).execute();
  }
}
