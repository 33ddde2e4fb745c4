// The contributions of joint documents. When a contribution is erased, it leaves every joint document that has not left
// yet, in the same transaction; the holder of the document gets an event, and asks the body to withdraw what has left.

import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { consents } from '../turns/consents.ts';
import { postWithin } from '../turns/inbox.ts';
import type { ConsentRow, EffectsToSave, TurnWork } from '../turns/turn-work.ts';

export interface ContributionOf {
  readonly contribution: string;
  /** The case of its answers: of a joint document, each has its own. */
  readonly case: string;
  /** Oldest first. */
  readonly consents: readonly ConsentRow[];
}

export async function joinTexts({ db, caseId }: TurnWork, joined: readonly EffectsToSave['join'][]): Promise<void> {
  const last = joined.at(-1);
  if (last === undefined || caseId === null) return;
  await db.deleteFrom('joint_members').where('case_id', '=', caseId).execute();
  for (const [index, contribution] of last.members.entries()) {
    await db
      .insertInto('joint_members')
      .values({ case_id: caseId, contribution, position: index + 1 })
      .execute();
  }
}

/** Call it before the case is erased. */
export async function leaveJoints(context: Context, db: Queries, caseId: string): Promise<void> {
  const rows = await db
    .selectFrom('joint_members')
    .innerJoin('contributions', 'contributions.id', 'joint_members.contribution')
    .innerJoin('cases', 'cases.id', 'joint_members.case_id')
    .select(['joint_members.case_id', 'joint_members.contribution', 'joint_members.position', 'cases.person'])
    .where('contributions.case_id', '=', caseId)
    .where('joint_members.case_id', '!=', caseId)
    .execute();
  for (const { case_id, contribution, position, person } of rows) {
    const at = context.now();
    await db
      .updateTable('outbox')
      .set({ state: 'cancelled', ended_at: at })
      .where('case_id', '=', case_id)
      .where('state', 'in', ['review', 'given-back', 'waiting', 'frozen', 'held'])
      .where('kind', '!=', 'withdrawal')
      .where('handed_over', '=', 0)
      .where('attempts', '=', 0)
      .execute();
    await dropWords(db, case_id);
    await db
      .deleteFrom('joint_members')
      .where('case_id', '=', case_id)
      .where('contribution', '=', contribution)
      .execute();
    const event = { id: `${case_id}/${contribution}/left`, at, kind: 'member-left', case: case_id } as const;
    await postWithin(context, db, person, { ...event, contribution, number: position });
  }
}

/** Erases our copies of the document, unless the same bytes may have to be sent again. */
async function dropWords(db: Queries, caseId: string): Promise<void> {
  const open = await db
    .selectFrom('outbox')
    .select('id')
    .where('case_id', '=', caseId)
    .where('kind', '!=', 'withdrawal')
    .where('state', 'in', ['review', 'given-back', 'waiting', 'frozen', 'sending', 'uncertain', 'held'])
    .executeTakeFirst();
  if (open !== undefined) return;
  await db
    .updateTable('outbox')
    .set({ bytes: null })
    .where('case_id', '=', caseId)
    .where('kind', '!=', 'withdrawal')
    .execute();
  const own = db.selectFrom('contributions').select('id').where('case_id', '=', caseId);
  await db.deleteFrom('documents').where('contribution', 'in', own).execute();
}

/**
 * For staff: the contributions of a case and each person's consents, in the order of the document; of a joint document,
 * its members.
 */
export async function contributionsOf(context: Context, caseId: string): Promise<readonly ContributionOf[]> {
  const db = context.database.read;
  const joined = await db
    .selectFrom('joint_members as m')
    .innerJoin('contributions as c', 'c.id', 'm.contribution')
    .select(['c.id', 'c.case_id'])
    .where('m.case_id', '=', caseId)
    .orderBy('m.position')
    .execute();
  const own = await db.selectFrom('contributions').select(['id', 'case_id']).where('case_id', '=', caseId).execute();
  return Promise.all(
    (joined.length > 0 ? joined : own).map(async ({ id, case_id }) => ({
      contribution: id,
      case: case_id,
      consents: await consents(context, id),
    })),
  );
}
