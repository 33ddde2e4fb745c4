// What a person answers to a proposal of their reviewers, saved with the turn.

import { insertAct } from './review-mail.ts';
import type { EffectsToSave } from '../store.ts';
import type { TurnWork } from '../turns/turn-work.ts';

/** Refused: the same submission waits for its reviewers again, who see that it was. Accepted: the turn itself takes it back. */
export async function answerProposals(
  { context, db, at, person }: TurnWork,
  answers: readonly EffectsToSave['answer-proposal'][],
): Promise<void> {
  for (const { reference, sha256, accepted } of answers) {
    const mail = await db
      .selectFrom('outbox')
      .select(['id', 'case_id', 'contribution'])
      .where('person', '=', person)
      .where('reference', '=', reference)
      .where('sha256', '=', sha256)
      .where('state', '=', 'given-back')
      .executeTakeFirst();
    if (mail === undefined) continue;
    if (!accepted) await db.updateTable('outbox').set({ state: 'review' }).where('id', '=', mail.id).execute();
    await insertAct(context, db, {
      act: accepted ? 'proposal-accepted' : 'proposal-refused',
      reviewer: null,
      mail: mail.id,
      caseId: mail.case_id,
      person,
      contribution: mail.contribution,
      sha256,
      round: 0,
      note: null,
      at,
    });
  }
}
