// A mail as the acts of reviewers find it: its row in the outbox, what was agreed at SEND, and which releases count.

import { sql } from 'kysely';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { keyOf, sealValue, type ValueContext } from '../encryption/keys.ts';
import type { MailState, ReviewActKind } from '../schema/feature-tables.ts';
import type { StaffRole } from '../schema/staff-columns.ts';

/** A signed-in member of the staff, as far as acts are judged by it. */
export interface Reviewer {
  /** Of their account. */
  readonly id: string;
  readonly role: StaffRole;
}

/** Whose act, over which version of which submission. */
export interface Act {
  readonly reviewer: Reviewer;
  readonly reference: string;
  /** Hex, of the manifest that the reviewer had before their eyes. */
  readonly sha256: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** Why nothing was done. Each has a calm sentence on the page. */
export type NotDone =
  /** Another version lies there now; look again. */
  | { readonly kind: 'changed'; readonly sha256: string }
  /** Its person took it back, or it was given back to them. */
  | { readonly kind: 'taken-back' }
  /** It has left, or is on its way. */
  | { readonly kind: 'left' }
  /** This very act of this reviewer stands already: the same reviewer twice counts once. */
  | { readonly kind: 'already' }
  /** A reviewer holds it; the hold must be lifted first. */
  | { readonly kind: 'on-hold' }
  /** The deadline is over, and late texts are not taken. */
  | { readonly kind: 'closed' }
  /** Readers only read; who stepped back from a case does not decide in it. */
  | { readonly kind: 'not-allowed'; readonly why: 'reader' | 'stepped-back' }
  /** The words do not stand in what was approved. */
  | { readonly kind: 'not-in-text' }
  /** Nothing by that reference: never there, or erased. */
  | { readonly kind: 'unknown' };

export interface Done {
  readonly kind: 'done';
}

/** `leaves`: enough releases are there; it goes when its window has closed. */
export type Released =
  { readonly kind: 'done'; readonly given: number; readonly needed: number; readonly leaves: boolean } | NotDone;

export type ReviewedMail = NonNullable<Awaited<ReturnType<typeof findMail>>>;

/**
 * The newest submission or correction of a reference; with `sha256`, the newest mail of any kind with exactly this content.
 * Its person is locked first, as every turn does, so that two acts, or an act and a turn, never decide side by side.
 */
export async function lockMail(context: Context, db: Queries, reference: string, sha256?: string) {
  if (context.database.kind === 'postgres') {
    const owners = db.selectFrom('outbox').select('outbox.person').where('outbox.reference', '=', reference);
    await db.selectFrom('persons').select('id').where('id', 'in', owners).orderBy('id').forUpdate().execute();
  }
  return findMail(db, reference, sha256);
}

export async function findMail(db: Queries, reference: string, sha256?: string) {
  let query = db
    .selectFrom('outbox')
    .leftJoin('review_terms as terms', 'terms.mail', 'outbox.id')
    .select([
      'outbox.id',
      'outbox.person',
      'outbox.case_id',
      'outbox.contribution',
      'outbox.kind',
      'outbox.reference',
      'outbox.sha256',
      'outbox.state',
      'outbox.not_before',
      'outbox.attempts',
      'outbox.doubted',
      'outbox.queued_at',
      'terms.needed',
      'terms.round',
      'terms.on_hold',
      'terms.closed',
      'terms.decided',
      'terms.if_unreachable',
      'terms.fallback_sha256',
      'terms.fallback_request',
      'terms.alarmed_for',
    ])
    .where('outbox.reference', '=', reference);
  query =
    sha256 === undefined ? query.where('outbox.kind', '!=', 'withdrawal') : query.where('outbox.sha256', '=', sha256);
  return query.orderBy('outbox.position', 'desc').limit(1).executeTakeFirst();
}

/** Different reviewers whose release of exactly this content counts: of this round, and not stepped back. Sorted. */
export async function countingReleases(db: Queries, mail: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('reviews')
    .innerJoin('outbox', 'outbox.id', 'reviews.mail')
    .innerJoin('review_terms as terms', 'terms.mail', 'reviews.mail')
    .select('reviews.reviewer')
    .distinct()
    .where('reviews.mail', '=', mail)
    .where('reviews.act', '=', 'release')
    .where('reviews.reviewer', 'is not', null)
    .whereRef('reviews.sha256', '=', 'outbox.sha256')
    .whereRef('reviews.round', '=', 'terms.round')
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('reviews as back')
            .select('back.id')
            .whereRef('back.case_id', '=', 'outbox.case_id')
            .whereRef('back.reviewer', '=', 'reviews.reviewer')
            .where('back.act', '=', 'step-back'),
        ),
      ),
    )
    .orderBy('reviews.reviewer')
    .execute();
  return rows.flatMap(({ reviewer }) => (reviewer === null ? [] : [reviewer]));
}

/** Which of these mails may leave: those without a review, with all their releases, or by their person's choice for the deadline. */
export async function releasedAmong(db: Queries, mails: readonly string[]): Promise<ReadonlySet<string>> {
  const released = new Set(mails);
  if (mails.length === 0) return released;
  const terms = await db
    .selectFrom('review_terms')
    .innerJoin('outbox', 'outbox.id', 'review_terms.mail')
    .select(['review_terms.mail', 'needed', 'on_hold', 'decided', 'fallback_sha256', 'outbox.sha256'])
    .where('review_terms.mail', 'in', mails)
    .execute();
  for (const one of terms) {
    const byChoice = one.decided === 'confidential' && one.sha256 === one.fallback_sha256;
    if (byChoice) continue;
    const given = (await countingReleases(db, one.mail)).length;
    if (one.on_hold === 1 || given < one.needed) released.delete(one.mail);
  }
  return released;
}

export async function hasSteppedBack(db: Queries, caseId: string, reviewer: string): Promise<boolean> {
  const row = await db
    .selectFrom('reviews')
    .select('id')
    .where('case_id', '=', caseId)
    .where('reviewer', '=', reviewer)
    .where('act', '=', 'step-back')
    .executeTakeFirst();
  return row !== undefined;
}

interface NewAct {
  readonly act: ReviewActKind;
  readonly reviewer: string | null;
  readonly mail: string | null;
  readonly caseId: string | null;
  readonly person: string;
  readonly contribution: string | null;
  readonly sha256: string | null;
  readonly round: number;
  readonly note: string | null;
  readonly at: string;
}

/** Its id. What was said is sealed for the contribution, or for the person where there is none. */
export async function insertAct(context: Context, db: Queries, row: NewAct): Promise<string> {
  const id = context.newId();
  const owner = row.contribution ?? row.person;
  const { caseId, note, ...rest } = row;
  const sealed = note === null ? null : sealValue(await keyOf(context, db, owner), noteContext(owner, id), note);
  await db
    .insertInto('reviews')
    .values({ ...rest, id, case_id: caseId, note: sealed })
    .execute();
  return id;
}

export function noteContext(owner: string, row: string): ValueContext<string> {
  return { table: 'reviews', column: 'note', owner, row };
}

/** Until it begins to leave; a frozen mail is on its way. */
export const STILL_HERE: readonly MailState[] = ['review', 'waiting'];

export async function moveMail(db: Queries, id: string, from: readonly MailState[], to: MailState): Promise<void> {
  const moved = await db
    .updateTable('outbox')
    .set({ state: to })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst();
  if (moved.numUpdatedRows === 0n) throw new MailMovedError();
}

/** It left between our look and our write; the transaction is rolled back. */
export class MailMovedError extends Error {}

/** `a` or `b`, whichever is later; ISO in UTC compares as text. */
export function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}

export async function nextRound(db: Queries, mail: string, onHold: boolean): Promise<void> {
  await db
    .updateTable('review_terms')
    .set({ round: sql<number>`round + 1`, on_hold: onHold ? 1 : 0 })
    .where('mail', '=', mail)
    .execute();
}
