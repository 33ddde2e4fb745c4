// Rows of cases: opened, renamed and closed by turns.

import type { EffectsToSave, TurnWork } from './turn-work.ts';

export async function openCase(
  { db, at, person }: TurnWork,
  opened: readonly EffectsToSave['open-case'][],
): Promise<void> {
  for (const { case: id, contribution, callId, reference } of opened) {
    await db.insertInto('cases').values({ id, person, call_id: callId, reference, opened_at: at }).execute();
    await db.insertInto('contributions').values({ id: contribution, case_id: id, person, opened_at: at }).execute();
  }
}

/** Stores a changed reference of the session. */
export async function renameCase({ db, caseId }: TurnWork, reference: string): Promise<void> {
  if (caseId !== null) await db.updateTable('cases').set({ reference }).where('id', '=', caseId).execute();
}

export async function closeCase({ db, at, caseId }: TurnWork): Promise<void> {
  if (caseId !== null) await db.updateTable('cases').set({ closed_at: at }).where('id', '=', caseId).execute();
}
