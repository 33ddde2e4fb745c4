// A mail for the acts of reviewers: its row in the outbox, the terms agreed at SEND, and the valid releases.

import { sql } from 'kysely';
import { sealValue, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { keyOf } from '../encryption/keys.ts';
import { livingOf } from '../sealed/sealed-rows.ts';
import type { MailState, ReviewActKind } from '../schema/feature-tables.ts';
import type { StaffRole } from '../schema/staff-columns.ts';

/** A signed-in member of staff, as far as it matters for acts. */
export interface Reviewer {
  /** Of their account. */
  readonly id: string;
  readonly role: StaffRole;
}

/** An act on one version of a submission, and who does it. */
export interface Act {
  readonly reviewer: Reviewer;
  readonly reference: string;
  /** Hex, of the manifest that the reviewer saw. */
  readonly sha256: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** Why nothing was done. The page has a sentence for each. */
export type NotDone =
  /** There is another version now; look again. */
  | { readonly kind: 'changed'; readonly sha256: string }
  /** Its person took it back, or it was given back to them. */
  | { readonly kind: 'taken-back' }
  /** It has left, or is leaving. */
  | { readonly kind: 'left' }
  /** This reviewer has done this act already: it counts once. */
  | { readonly kind: 'already' }
  /** A reviewer holds it; the hold must be lifted first. */
  | { readonly kind: 'on-hold' }
  /** The deadline is over, and late texts are not accepted. */
  | { readonly kind: 'closed' }
  /** Readers only read; a reviewer who stepped back does not decide in the case. */
  | { readonly kind: 'not-allowed'; readonly why: 'reader' | 'stepped-back' }
  /** The ledger knows more of it than the restored backup: it may have left, or been stopped. */
  | { readonly kind: 'known-later' }
  /** The words are not in the approved text. */
  | { readonly kind: 'not-in-text' }
  /** Nothing has that reference: it never existed, or was erased. */
  | { readonly kind: 'unknown' };

export interface Done {
  readonly kind: 'done';
}

/** `leaves`: there are enough releases; it leaves when its window has closed. */
export type Released =
  { readonly kind: 'done'; readonly given: number; readonly needed: number; readonly leaves: boolean } | NotDone;

export type ReviewedMail = NonNullable<Awaited<ReturnType<typeof findMail>>>;

/**
 * The newest submission or correction of a reference; with `sha256`, the newest mail of any kind with exactly this
 * content. Locks its person first, as every turn does, so that two acts, or an act and a turn, never decide
 * concurrently.
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

/**
 * Different reviewers with a valid release of exactly this content: of this round, not taken back, and not stepped back.
 * Sorted.
 */
export async function countingReleases(db: Queries, mail: string): Promise<readonly string[]> {
  const rows = await validReleases(db, { mail });
  return rows.flatMap(({ reviewer }) => (reviewer === null ? [] : [reviewer]));
}

/** The same of one mail, of the mails of one case, or of all; each reviewer once for each mail, sorted. */
export async function validReleases(db: Queries, of: { readonly mail?: string; readonly case?: string }) {
  return db
    .selectFrom('reviews')
    .innerJoin('outbox', 'outbox.id', 'reviews.mail')
    .innerJoin('review_terms as terms', 'terms.mail', 'reviews.mail')
    .select(['reviews.mail', 'reviews.reviewer'])
    .distinct()
    .$if(of.mail !== undefined, (q) => q.where('reviews.mail', '=', of.mail ?? ''))
    .$if(of.case !== undefined, (q) => q.where('outbox.case_id', '=', of.case ?? ''))
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
            .where((b) =>
              b.or([
                b('back.act', '=', 'step-back'),
                b.and([
                  b('back.act', '=', 'take-back'),
                  b('back.mail', '=', b.ref('reviews.mail')),
                  b('back.position', '>', b.ref('reviews.position')),
                ]),
              ]),
            ),
        ),
      ),
    )
    .orderBy('reviews.reviewer')
    .execute();
}

/**
 * Which of these mails may leave: those without a review, with all their releases, or by their person's choice for the
 * deadline.
 */
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

/** Returns its id. Its note is sealed for the contribution, or for the person if there is none. */
export async function insertAct(context: Context, db: Queries, row: NewAct): Promise<string> {
  const id = context.newId();
  const contribution = row.contribution === null ? null : await livingOf(db, row.contribution);
  const owner = contribution ?? row.person;
  const { caseId, note, ...rest } = row;
  const sealed = note === null ? null : sealValue(await keyOf(context, db, owner), noteContext(owner, id), note);
  await db
    .insertInto('reviews')
    .values({ ...rest, contribution, id, case_id: caseId, note: sealed })
    .execute();
  return id;
}

export function noteContext(owner: string, row: string): ValueContext<string> {
  return { table: 'reviews', column: 'note', owner, row };
}

/** Until it begins to leave; a frozen mail counts as leaving. */
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

/** It left between our read and our write; the transaction is rolled back. */
export class MailMovedError extends Error {}

/** The later of the two; ISO in UTC compares as text. */
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
