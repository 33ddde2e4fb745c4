// Timed events of a submission under review: the alarm, and at the deadline the person's choice. Each happens once, in
// whichever process is first.

import type { DeadlineDecision, IfUnreachable, MailKind, ReviewNews } from '../../dialog/engine/event.ts';
import { openValue, sealValue } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { noteWritten, type Queries } from '../db/database.ts';
import { keyOf } from '../encryption/keys.ts';
import { noteMailsOver } from '../mail/mail-attempts.ts';
import { outboxContext } from '../mail/open-items.ts';
import { fallbackContext } from '../mail/outbox.ts';
import { postWithin } from '../turns/inbox.ts';
import { laterOf, lockMail, type ReviewedMail } from './review-mail.ts';

/** A submission that waits for staff or, given back, for its person. */
export interface UnderReview {
  readonly mail: string;
  readonly person: string;
  readonly reference: string;
  readonly callId: string;
  readonly since: string;
  readonly kind: MailKind;
  /** No reviewer has done anything about it. */
  readonly unattended: boolean;
  readonly onHold: boolean;
  /** Held by its person's own doubt. */
  readonly doubted: boolean;
  /** The deadline (ISO) of the last alarm, or 'age'; null: there was none. */
  readonly alarmedFor: string | null;
  readonly ifUnreachable: IfUnreachable | null;
  /** Late texts are not accepted: nothing is released any more. */
  readonly closed: boolean;
  /** Only 'withheld': after any other decision it is no longer under review. */
  readonly decided: DeadlineDecision | null;
}

/** An approved mail that is held by its person's doubt, whoever releases it. */
export type HeldByDoubt = Pick<UnderReview, 'mail' | 'reference' | 'kind' | 'callId'>;

export async function underReview({ database }: Context): Promise<readonly UnderReview[]> {
  const rows = await database.read
    .selectFrom('outbox')
    .innerJoin('review_terms as terms', 'terms.mail', 'outbox.id')
    .innerJoin('cases', 'cases.id', 'outbox.case_id')
    .select((e) => [
      'outbox.id',
      'outbox.person',
      'outbox.reference',
      'outbox.kind',
      'outbox.queued_at',
      'outbox.doubted',
      'cases.call_id',
      'terms.on_hold',
      'terms.closed',
      'terms.alarmed_for',
      'terms.if_unreachable',
      'terms.decided',
      e
        .exists(
          e
            .selectFrom('reviews')
            .select('reviews.id')
            .whereRef('reviews.mail', '=', 'outbox.id')
            .where('reviews.reviewer', 'is not', null),
        )
        .as('attended'),
    ])
    .where('outbox.state', 'in', ['review', 'given-back'])
    .orderBy('outbox.position')
    .execute();
  return rows.map((row) => ({
    mail: row.id,
    person: row.person,
    reference: row.reference,
    kind: row.kind,
    callId: row.call_id,
    closed: row.closed === 1,
    since: row.queued_at,
    unattended: !row.attended,
    onHold: row.on_hold === 1,
    doubted: row.doubted === 1,
    alarmedFor: row.alarmed_for,
    ifUnreachable: row.if_unreachable,
    decided: row.decided,
  }));
}

/** Approved mails that are held by doubt and have not begun to leave. */
export async function heldByDoubt({ database }: Context): Promise<readonly HeldByDoubt[]> {
  const rows = await database.read
    .selectFrom('outbox')
    .innerJoin('cases', 'cases.id', 'outbox.case_id')
    .select(['outbox.id', 'outbox.reference', 'outbox.kind', 'cases.call_id'])
    .where('outbox.doubted', '=', 1)
    .where('outbox.kind', '!=', 'withdrawal')
    .where('outbox.state', 'in', ['review', 'given-back', 'waiting', 'frozen', 'held'])
    .where('outbox.handed_over', '=', 0)
    .where('outbox.attempts', '=', 0)
    .orderBy('outbox.position')
    .execute();
  return rows.map(({ id, reference, kind, call_id }) => ({ mail: id, reference, kind, callId: call_id }));
}

/** Posts to the person that the deadline (ISO 8601 UTC) is near, once per `ring`. Returns true for the one caller that did. */
export async function tellDeadlineNear(
  context: Context,
  id: string,
  { ring, deadline, at }: { readonly ring: string; readonly deadline: string; readonly at: string },
): Promise<boolean> {
  return context.database.write(async (db) => {
    const row = await db
      .selectFrom('outbox')
      .select(['person', 'reference', 'sha256'])
      .where('id', '=', id)
      .where('doubted', '=', 1)
      .executeTakeFirst();
    if (row === undefined) return false;
    const { person, reference, sha256 } = row;
    const news: ReviewNews = { kind: 'deadline-near', deadline };
    const event = { id: `near/${id}/${deadline}/${ring}`, at, kind: 'review', reference, sha256, news } as const;
    return postWithin(context, db, person, event);
  });
}

/** Returns true for the one caller that may send the alarm. `rings`: its deadline, or 'age'. */
export async function alarm({ database }: Context, mail: string, rings: string): Promise<boolean> {
  const { numUpdatedRows } = await database.write((db) =>
    db
      .updateTable('review_terms')
      .set({ alarmed_for: rings })
      .where('mail', '=', mail)
      .where((e) => e.or([e('alarmed_for', 'is', null), e('alarmed_for', '!=', rings)]))
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}

/** Set after the deadline: nothing is released while late texts are not accepted. */
export async function setClosed({ database }: Context, mail: string, closed: boolean): Promise<void> {
  await database.write((db) =>
    db
      .updateTable('review_terms')
      .set({ closed: closed ? 1 : 0 })
      .where('mail', '=', mail)
      .execute(),
  );
}

/**
 * Applies the person's choice, once; a mail on hold or in doubt is not sent by it. Null if it was decided, released or
 * taken back meanwhile.
 */
export async function decide(context: Context, id: string, at: string): Promise<DeadlineDecision | null> {
  const decided = await context.database.write(async (db) => {
    const row = await db.selectFrom('outbox').select('reference').where('id', '=', id).executeTakeFirst();
    const mail = row === undefined ? undefined : await lockMail(context, db, row.reference);
    if (mail?.id !== id || mail.needed === null || mail.decided !== null) return null;
    if (mail.state !== 'review' && mail.state !== 'given-back') return null;
    // A deadline never sends a mail that is held by staff or by its person's doubt.
    const isHeld = mail.on_hold === 1 || (mail.doubted === 1 && mail.if_unreachable === 'confidential');
    const decision = decisionFor(isHeld ? 'withhold' : mail.if_unreachable);
    await db.updateTable('review_terms').set({ decided: decision, decided_at: at }).where('mail', '=', id).execute();
    if (decision === 'confidential') await swapForConfidential(context, db, mail, at);
    if (decision === 'not-sent') {
      await db.updateTable('outbox').set({ state: 'cancelled', ended_at: at }).where('id', '=', id).execute();
    }
    const news: ReviewNews = { kind: 'deadline', decision };
    const { reference, sha256 } = mail;
    await postWithin(context, db, mail.person, { id: `deadline/${id}`, at, kind: 'review', reference, sha256, news });
    return decision;
  });
  if (decided === 'not-sent') noteMailsOver(context, [id]);
  return decided;
}

/** Without a choice nothing is sent. */
function decisionFor(choice: IfUnreachable | null): DeadlineDecision {
  switch (choice) {
    case 'withhold':
      return 'withheld';
    case 'confidential':
      return 'confidential';
    case 'not-send':
    case null:
      return 'not-sent';
    default:
      return choice satisfies never;
  }
}

/** The confidential version was approved at SEND together with the other, and replaces it. */
async function swapForConfidential(context: Context, db: Queries, mail: ReviewedMail, at: string): Promise<void> {
  const { id, contribution, fallback_sha256: sha256, fallback_request: sealed } = mail;
  if (sha256 === null || sealed === null) throw new Error('No confidential version was approved.');
  const key = await keyOf(context, db, contribution);
  const request = openValue(key, fallbackContext(contribution, id), sealed);
  await db
    .updateTable('outbox')
    .set({
      sha256,
      request: sealValue(key, outboxContext('request', contribution, id), request),
      state: 'waiting',
      due_at: laterOf(mail.not_before, at),
    })
    .where('id', '=', id)
    .execute();
  noteWritten(db, 'outbox', mail.person);
}
