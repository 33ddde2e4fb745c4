// Recordings within a turn: queued for transcription, or erased; and the erasure of expired ones.

import type { Context } from '../db/context.ts';
import { noteWritten } from '../db/database.ts';
import { hashMessage } from '../encryption/keys.ts';
import { postWithin } from '../turns/inbox.ts';
import type { EffectsToSave, TurnWork } from '../turns/turn-work.ts';
import { openRow, sealSoundFor } from './voice-seal.ts';

export async function queueRecordings(
  { context, db, at, language: spoken, person, own, contribution }: TurnWork,
  queued: readonly EffectsToSave['voice.queue'][],
): Promise<void> {
  for (const { id, by, language } of queued) {
    const mark = hashMessage(context.master, person, id);
    const row = await db
      .selectFrom('voice_notes')
      .selectAll()
      .where('person', '=', person)
      .where('mark', '=', mark)
      .executeTakeFirst();
    if (row === undefined) continue;
    const moves = row.contribution === null && contribution !== null;
    await db
      .updateTable('voice_notes')
      .set({
        ...(moves ? { contribution: contribution.id, ...sealSoundFor(own.key, row, contribution) } : {}),
        state: by === 'nobody' ? 'held' : by,
        language: language === 'any' ? null : spoken,
        due_at: by === 'machine' ? at : null,
        lease: null,
        held_by: null,
        attempts: 0,
      })
      .where('position', '=', row.position)
      .execute();
    if (by === 'machine') noteWritten(db, 'recordings', person);
  }
}

export async function eraseRecordings(
  { context, db, person }: TurnWork,
  erased: readonly EffectsToSave['voice.erase'][],
): Promise<void> {
  const marks = erased.flatMap(({ ids }) => ids).map((id) => hashMessage(context.master, person, id));
  if (marks.length === 0) return;
  await db.deleteFrom('voice_notes').where('person', '=', person).where('mark', 'in', marks).execute();
}

/** Erases expired recordings; speakers who still wait for a transcription are told. */
export async function purgeSounds(context: Context, heldBefore: string, keptBefore: string): Promise<number> {
  return context.database.write(async (db) => {
    const rows = await db
      .selectFrom('voice_notes')
      .selectAll()
      .where((e) =>
        e.or([
          e('arrived_at', '<', keptBefore),
          e.and([e('contribution', 'is', null), e('arrived_at', '<', heldBefore)]),
        ]),
      )
      .execute();
    for (const row of rows) {
      const opened = await openRow(context, db, row);
      await db.deleteFrom('voice_notes').where('position', '=', row.position).execute();
      if (opened === null || row.state === 'done') continue;
      const id = `voice/${row.mark}/expired`;
      const at = context.now();
      await postWithin(context, db, row.person, { id, at, kind: 'voice-failed', note: opened.note, why: 'expired' });
    }
    return rows.length;
  });
}
