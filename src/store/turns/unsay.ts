// What the bot showed and its person refused goes out of the transcript, and leaves a mark in its place.

import { keysOf } from '../encryption/keys.ts';
import { sealReply } from './reply-body.ts';
import { replyId } from './reply-id.ts';
import type { EffectsToSave } from '../store.ts';
import type { TurnWork } from './turn-work.ts';

export async function unsayReplies(
  { context, db, person }: TurnWork,
  unsaid: readonly EffectsToSave['unsay'][],
): Promise<void> {
  for (const { shownAs, mark } of unsaid) {
    const rows = await db
      .selectFrom('replies')
      .select(['person', 'turn', 'place', 'contribution'])
      .where('person', '=', person)
      .where('prompt_id', '=', shownAs)
      .execute();
    const keys = await keysOf(
      context,
      db,
      rows.map((row) => row.contribution ?? row.person),
    );
    for (const row of rows) {
      const owner = row.contribution ?? row.person;
      const key = keys.get(owner);
      if (key === undefined) continue;
      await db
        .updateTable('replies')
        .set({ sealed: sealReply(key, owner, replyId(row), mark) })
        .where('person', '=', row.person)
        .where('turn', '=', row.turn)
        .where('place', '=', row.place)
        .execute();
    }
  }
}
