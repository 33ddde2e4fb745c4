// At start: erases again what the ledger lists as erased and the database contains. If the database is older than the
// ledger, it was restored from a backup: every mail that could leave is then held for staff.

import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { hashErased } from '../encryption/keys.ts';
import { knownLater, mailMarks } from '../mail/mail-attempts.ts';
import { deleteCase, deletePerson, saveErasuresSeen } from './erase.ts';

const COULD_LEAVE = ['review', 'given-back', 'waiting', 'frozen', 'sending', 'uncertain'] as const;

export async function replayLedger(context: Context): Promise<void> {
  const entries = context.ledger.entries();
  if (entries.length === 0) return;
  const marks = (...kinds: readonly string[]) =>
    entries.filter(({ kind }) => kinds.includes(kind)).map(({ fingerprint }) => fingerprint);
  const erasures = marks('person', 'case');
  const erased = new Set(erasures);
  const done = new Set(marks('done'));
  const mails = mailMarks(context);

  const back = await context.database.write(async (db) => {
    const seen = await readErasuresSeen(db);
    // An erasure without 'done' that is not in the database was interrupted by a crash: it is finished here, nothing
    // was restored.
    const older = erasures.slice(seen).some((mark) => done.has(mark)) || (await hasMailFromThePast(context, db, mails));
    const again = await eraseAgain(context, db, erased);
    if (older || again.some((mark) => done.has(mark))) await holdMails(db);
    await saveErasuresSeen(context, db);
    return again;
  });
  for (const fingerprint of back) {
    if (!done.has(fingerprint)) context.ledger.append({ kind: 'done', fingerprint, at: context.now() });
  }
  if (back.length > 0) await context.database.scrub();
}

async function readErasuresSeen(db: Queries): Promise<number> {
  const row = await db.selectFrom('meta').select('value').where('name', '=', 'erasures-seen').executeTakeFirst();
  return Number(row?.value ?? 0);
}

/** The hashes of erased ids that were found in the database. */
async function eraseAgain(context: Context, db: Queries, erased: ReadonlySet<string>): Promise<readonly string[]> {
  const back: string[] = [];
  if (erased.size === 0) return back;
  for (const { id } of await db.selectFrom('persons').select('id').execute()) {
    const mark = hashErased(context.master, id);
    if (!erased.has(mark)) continue;
    await deletePerson(context, db, id);
    back.push(mark);
  }
  for (const { id } of await db.selectFrom('cases').select('id').execute()) {
    const mark = hashErased(context.master, id);
    if (!erased.has(mark)) continue;
    await deleteCase(db, id);
    back.push(mark);
  }
  return back;
}

/** True if a mail could leave here, but the ledger knows a later attempt or its end. */
async function hasMailFromThePast(
  context: Context,
  db: Queries,
  mails: ReturnType<typeof mailMarks>,
): Promise<boolean> {
  if (mails.size === 0) return false;
  const rows = await db.selectFrom('outbox').select(['id', 'attempts']).where('state', 'in', COULD_LEAVE).execute();
  return rows.some((row) => knownLater(context, row, mails) !== null);
}

/** After a restore: none may leave before a person has looked at it. */
export function holdAllMails({ database }: Context): Promise<void> {
  return database.write(holdMails);
}

async function holdMails(db: Queries): Promise<void> {
  await db
    .updateTable('outbox')
    .set((e) => ({
      handed_over: e.case().when('state', '=', 'sending').then(1).else(e.ref('handed_over')).end(),
      state: 'held',
    }))
    .where('state', 'in', COULD_LEAVE)
    .execute();
}
