// Moves a whole case from one person to another in one transaction: answers, consents, documents, mails, session. What
// the former holder said stays in the transcript, and is not shown to them any more.

import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { keyOf } from '../encryption/keys.ts';
import { postWithin } from '../turns/inbox.ts';
import { decryptPart, partMark, sealPart } from '../turns/parts.ts';
import { type EffectsToSave, StaleTurnError, type TurnWork } from '../turns/turn-work.ts';
import { TRIES } from './codes.ts';

const MOVED = ['consents', 'flags', 'documents', 'approvals', 'outbox', 'mails_in'] as const;

/** Stale if the code is no longer valid: somebody was faster, or it was ended. */
export async function takeCases(work: TurnWork, taken: readonly EffectsToSave['take-case'][]): Promise<void> {
  for (const one of taken) await takeCase(work, one);
}

async function takeCase(
  { context, db, at, event, person }: TurnWork,
  { code: id, kind: _, ...called }: EffectsToSave['take-case'],
): Promise<void> {
  const code = await db
    .updateTable('codes')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('kind', '=', 'hand-over')
    .where('used_at', 'is', null)
    .where('until', '>', at)
    .where('tries', '<', TRIES)
    .returning(['case_id', 'person'])
    .executeTakeFirst();
  if (code === undefined) throw new StaleTurnError();
  const { case_id, person: giver } = code;
  const contributions = await db.selectFrom('contributions').select('id').where('case_id', '=', case_id).execute();
  for (const { id: contribution } of contributions) {
    await remarkParts(context, db, contribution, person);
    await db.insertInto('handovers').values({ case_id, contribution, person: giver, at }).execute();
    for (const table of MOVED) {
      await db.updateTable(table).set({ person }).where('contribution', '=', contribution).execute();
    }
  }
  await db.updateTable('contributions').set({ person }).where('case_id', '=', case_id).execute();
  await db.updateTable('cases').set({ person }).where('id', '=', case_id).execute();
  // The person's own withdrawal code stays valid, even if the former holder erases everything.
  await db
    .updateTable('codes')
    .set({ person })
    .where('case_id', '=', case_id)
    .where('kind', '=', 'withdrawal')
    .execute();
  const sessions = db.selectFrom('sessions').select('id').where('case_id', '=', case_id);
  await db
    .updateTable('persons')
    .set({ current_session: null })
    .where('id', '=', giver)
    .where('current_session', 'in', sessions)
    .execute();
  // Makes turns of the former holder that are running now stale.
  await db
    .updateTable('persons')
    .set((e) => ({ version: e('version', '+', 1) }))
    .where('id', '=', giver)
    .execute();
  await db.updateTable('sessions').set({ person }).where('case_id', '=', case_id).execute();
  const told = { id: `${event.id}/taken/${case_id}`, at: event.at, kind: 'case-taken', ...called } as const;
  await postWithin(context, db, giver, told);
}

/** Parts are found by a hash of person and message, which must be that of the new holder. */
async function remarkParts(context: Context, db: Queries, contribution: string, person: string): Promise<void> {
  const owner = { id: contribution, key: await keyOf(context, db, contribution) };
  const rows = await db
    .selectFrom('parts')
    .select(['position', 'mark', 'sealed', 'words'])
    .where('contribution', '=', contribution)
    .execute();
  for (const row of rows) {
    const part = decryptPart('parts', owner, row);
    const mark = partMark(context, person, part.id);
    await db
      .updateTable('parts')
      .set({ mark, sealed: sealPart('parts', owner, mark, part) })
      .where('position', '=', row.position)
      .execute();
  }
}
