// The state of reviews, and the acts that were done.

import type { DeadlineDecision, IfUnreachable } from '../../dialog/engine/event.ts';
import type { Context } from '../db/context.ts';
import { openRows } from '../encryption/keys.ts';
import type { MailState, ReviewActKind } from '../schema/feature-tables.ts';
import { countingReleases, findMail, noteContext, STILL_HERE } from './review-mail.ts';

/** One act, oldest first. */
export interface ReviewRow {
  readonly id: string;
  readonly act: Exclude<ReviewActKind, 'translation-kept'>;
  /** Null for an act of the person. */
  readonly reviewer: string | null;
  /** Null for acts that concern no version: words to the person, stepping back. */
  readonly sha256: string | null;
  /** A reason, words, a question ("ready:" and its id, or the words); null if there were none. */
  readonly note: string | null;
  readonly at: string;
}

/** The review state of a submission. */
export interface ReviewState {
  readonly mail: string;
  readonly reference: string;
  readonly case: string;
  readonly person: string;
  readonly sha256: string;
  /** 1 or 2, as the person was told at SEND; also 2 if a second reviewer was asked for. */
  readonly needed: number;
  /** Different reviewers with a valid release of exactly this version. */
  readonly releasedBy: readonly string[];
  readonly onHold: boolean;
  /** `waiting`: for reviewers. `with-person`: given back, no answer yet. `over`: released, decided or taken back. */
  readonly state: 'waiting' | 'with-person' | 'over';
  /** The person's choice; null if nothing was asked (no deadline ahead) or chosen: then it is not sent. */
  readonly ifUnreachable: IfUnreachable | null;
  /** There was an alarm: two hours before the deadline, or after a day without one, with no act. */
  readonly alarmed: boolean;
  readonly decided: DeadlineDecision | null;
  /** ISO 8601 UTC; when SEND was typed. */
  readonly since: string;
}

/** Every act about a reference, oldest first; including those on versions that were taken back. */
export async function reviewsOf(context: Context, reference: string): Promise<readonly ReviewRow[]> {
  const db = context.database.read;
  const cases = db.selectFrom('outbox').select('outbox.case_id').where('outbox.reference', '=', reference);
  const drafts = db.selectFrom('cases').select('cases.id').where('cases.reference', '=', reference);
  const rows = await db
    .selectFrom('reviews')
    .selectAll()
    .where((e) => e.or([e('case_id', 'in', cases), e('case_id', 'in', drafts)]))
    .orderBy('position')
    .execute();
  const sealed = rows.map((row) => ({
    ...row,
    sealed: row.note,
    context: noteContext(row.contribution ?? row.person, row.id),
  }));
  return (await openRows(context, db, sealed)).flatMap(({ id, act, reviewer, sha256, value: note, at }) => {
    return act === 'translation-kept' ? [] : [{ id, act, reviewer, sha256, note, at }];
  });
}

/** Of its newest version; null if it was never under review, or is erased. */
export async function stateOf(context: Context, reference: string): Promise<ReviewState | null> {
  const db = context.database.read;
  const mail = await findMail(db, reference);
  if (mail === undefined || mail.needed === null) return null;
  return {
    mail: mail.id,
    reference,
    case: mail.case_id,
    person: mail.person,
    sha256: mail.sha256,
    needed: mail.needed,
    releasedBy: await countingReleases(db, mail.id),
    onHold: mail.on_hold === 1,
    state: stateIn(mail.state),
    ifUnreachable: mail.if_unreachable,
    alarmed: mail.alarmed_for !== null,
    decided: mail.decided,
    since: mail.queued_at,
  };
}

function stateIn(state: MailState): ReviewState['state'] {
  if (state === 'review') return 'waiting';
  return state === 'given-back' ? 'with-person' : 'over';
}

/** A release that its reviewer may still take back. */
export interface TakeableRelease {
  readonly case: string;
  readonly reference: string;
  readonly sha256: string;
  /** The earliest time at which the mail leaves; null: it still needs a second release. */
  readonly leavesAt: string | null;
}

/** Releases by this reviewer of mails that have not begun to leave; those without all their releases since `since`. */
export async function takeableReleases(
  { database }: Context,
  { reviewer, since }: { readonly reviewer: string; readonly since: string },
): Promise<readonly TakeableRelease[]> {
  const db = database.read;
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('reviews', 'reviews.mail', 'outbox.id')
    .select(['outbox.id', 'outbox.case_id', 'outbox.reference', 'outbox.sha256', 'outbox.state', 'outbox.due_at'])
    .select((e) => e.fn.max('reviews.at').as('at'))
    .where('outbox.state', 'in', STILL_HERE)
    .where('reviews.act', '=', 'release')
    .where('reviews.reviewer', '=', reviewer)
    .groupBy(['outbox.id', 'outbox.case_id', 'outbox.reference', 'outbox.sha256', 'outbox.state', 'outbox.due_at'])
    .orderBy('outbox.id')
    .execute();
  const found: TakeableRelease[] = [];
  for (const { id, case_id, reference, sha256, state, due_at, at } of rows) {
    const leavesAt = state === 'waiting' ? due_at : null;
    if (leavesAt === null && at < since) continue;
    if (!(await countingReleases(db, id)).includes(reviewer)) continue;
    found.push({ case: case_id, reference, sha256, leavesAt });
  }
  return found;
}
