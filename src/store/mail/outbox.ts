// The rows of mails: as turns write them, and as they are read.

import { sql } from 'kysely';
import { sealValue } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { noteWritten, type Queries } from '../db/database.ts';
import { keyOf } from '../encryption/keys.ts';
import {
  type EffectsToSave,
  type MailToQueue,
  type Owner,
  type ReviewTerms,
  StaleTurnError,
  type TurnWork,
} from '../turns/turn-work.ts';
import { livingOf } from '../sealed/sealed-rows.ts';
import { type KnownLater, knownLater, type OutboxItem } from './mail-attempts.ts';
import { decryptItems, outboxContext } from './open-items.ts';

/**
 * Each mail's SHA-256 becomes an approval, and that of its confidential version: the turn says that exactly these were
 * approved.
 */
export async function queueMails(
  work: TurnWork,
  queued: readonly EffectsToSave['approve' | 'withdraw'][],
): Promise<void> {
  const { context, db, at, person } = work;
  for (const { mail } of queued) {
    const { kind, reference, sha256, notBefore } = mail;
    const { contribution, caseId } = await ownerOf(work, mail);
    const id = context.newId();
    for (const approved of new Set([sha256, mail.review?.fallback?.sha256 ?? sha256])) {
      await db
        .insertInto('approvals')
        .values({
          id: context.newId(),
          person,
          contribution: contribution.id,
          reference,
          sha256: approved,
          at,
        })
        .execute();
    }
    await db
      .insertInto('outbox')
      .values({
        id,
        person,
        case_id: caseId,
        contribution: contribution.id,
        kind,
        reference,
        sha256,
        state: mail.review === undefined ? 'waiting' : 'review',
        not_before: notBefore,
        due_at: notBefore,
        reply_token: context.newId(),
        request: sealValue(contribution.key, outboxContext('request', contribution.id, id), mail.request),
        queued_at: at,
      })
      .execute();
    if (mail.review === undefined) noteWritten(db, 'outbox', person);
    else await saveTerms(work, id, contribution, mail.review);
  }
}

/** A withdrawal belongs to the case of the submission that it withdraws, whatever text is open now. */
async function ownerOf(
  { context, db, person, contribution, caseId }: TurnWork,
  { kind, reference }: MailToQueue,
): Promise<{ readonly contribution: Owner; readonly caseId: string }> {
  const sent =
    kind !== 'withdrawal'
      ? undefined
      : await db
          .selectFrom('outbox')
          .select(['contribution', 'case_id'])
          .where('person', '=', person)
          .where('reference', '=', reference)
          .limit(1)
          .executeTakeFirst();
  if (sent !== undefined && sent.contribution !== contribution?.id) {
    const { case_id } = sent;
    const id = await livingOf(db, sent.contribution);
    return { contribution: { id, key: await keyOf(context, db, id) }, caseId: case_id };
  }
  if (contribution === null || caseId === null) throw new Error('A mail belongs to a case.');
  return { contribution, caseId };
}

async function saveTerms(
  { db, person }: TurnWork,
  mail: string,
  { id: contribution, key }: Owner,
  { needed, ifUnreachable, fallback }: ReviewTerms,
): Promise<void> {
  await db
    .insertInto('review_terms')
    .values({
      mail,
      person,
      contribution,
      needed,
      if_unreachable: ifUnreachable,
      fallback_sha256: fallback?.sha256 ?? null,
      fallback_request:
        fallback === null ? null : sealValue(key, fallbackContext(contribution, mail), fallback.request),
    })
    .execute();
}

/** The context of a confidential version: it stays there until it replaces the other version. */
export function fallbackContext(owner: string, row: string) {
  return { table: 'review_terms', column: 'fallback_request', owner, row };
}

/** Cancels mails that have not begun to leave. Stale if one left at this moment: the turn is taken again, and says so. */
export async function cancelMails(
  { db, at, person, cancelled }: TurnWork,
  cancels: readonly EffectsToSave['cancel'][],
): Promise<void> {
  const references = cancels.map(({ reference }) => reference);
  const rows = await db
    .updateTable('outbox')
    .set({ state: 'cancelled', ended_at: at })
    .where('person', '=', person)
    .where('reference', 'in', references)
    .where('state', 'in', ['review', 'given-back', 'waiting', 'frozen', 'held'])
    .where('handed_over', '=', 0)
    .where('attempts', '=', 0)
    .returning('id')
    .execute();
  if (rows.length === 0 && !(await areTakenBack(db, person, references))) throw new StaleTurnError();
  cancelled.push(...rows.map(({ id }) => id));
}

/** Stale if one of them left at this moment. */
export async function doubtMails(
  { db, person }: TurnWork,
  doubted: readonly EffectsToSave['doubt-mail'][],
): Promise<void> {
  for (const { reference } of doubted) {
    const { numUpdatedRows } = await db
      .updateTable('outbox')
      .set({ doubted: 1 })
      .where('person', '=', person)
      .where('reference', '=', reference)
      .where('kind', '!=', 'withdrawal')
      .where('state', 'in', ['review', 'given-back', 'waiting', 'frozen', 'held'])
      .where('handed_over', '=', 0)
      .where('attempts', '=', 0)
      .executeTakeFirst();
    if (numUpdatedRows === 0n && !(await areTakenBack(db, person, [reference]))) throw new StaleTurnError();
  }
}

/** The person wants it sent after all: not before the time that they were told, nor before a release takes effect. */
export async function resumeMails(
  { db, person }: TurnWork,
  resumed: readonly EffectsToSave['resume-mail'][],
): Promise<void> {
  for (const { reference, notBefore } of resumed) {
    await db
      .updateTable('outbox')
      .set((e) => {
        const later = e.case().when('not_before', '>', notBefore).then(e.ref('not_before')).else(notBefore).end();
        return { doubted: 0, not_before: later, due_at: later };
      })
      .where('person', '=', person)
      .where('reference', '=', reference)
      .where('doubted', '=', 1)
      .execute();
    noteWritten(db, 'outbox', person);
  }
}

/** True if others took them back, e.g. at the deadline: the newest mail of each reference is cancelled. */
async function areTakenBack(db: Queries, person: string, references: readonly string[]): Promise<boolean> {
  for (const reference of references) {
    const newest = await db
      .selectFrom('outbox')
      .select('state')
      .where('person', '=', person)
      .where('reference', '=', reference)
      .where('kind', '!=', 'withdrawal')
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (newest?.state !== 'cancelled') return false;
  }
  return true;
}

export async function dueMails(context: Context, now: string, limit: number): Promise<readonly OutboxItem[]> {
  const rows = await context.database.read
    .selectFrom('outbox')
    .selectAll()
    .where(sql<boolean>`state in ('waiting', 'frozen', 'uncertain')`)
    .where('due_at', '<=', now)
    .where('doubted', '=', 0)
    .orderBy('due_at')
    .orderBy('position')
    .limit(limit)
    .execute();
  return decryptItems(context, rows);
}

export async function mail(context: Context, reference: string): Promise<readonly OutboxItem[]> {
  const query = context.database.read.selectFrom('outbox').selectAll();
  return decryptItems(context, await query.where('reference', '=', reference).orderBy('position').execute());
}

/** Of one contribution, oldest first, with their times. */
export async function mailsOf(
  context: Context,
  contribution: string,
): Promise<readonly (OutboxItem & { readonly queuedAt: string; readonly endedAt: string | null })[]> {
  const query = context.database.read.selectFrom('outbox').selectAll();
  const rows = await query.where('contribution', '=', contribution).orderBy('position').execute();
  const times = new Map(rows.map(({ id, queued_at, ended_at }) => [id, { queuedAt: queued_at, endedAt: ended_at }]));
  return (await decryptItems(context, rows)).flatMap((item) => {
    const known = times.get(item.id);
    return known === undefined ? [] : [{ ...item, ...known }];
  });
}

/** Mails that wait for staff, because the database was restored from a backup. */
export async function heldMails(
  context: Context,
): Promise<readonly (OutboxItem & { readonly later: KnownLater | null })[]> {
  const query = context.database.read.selectFrom('outbox').selectAll();
  const items = await decryptItems(context, await query.where('state', '=', 'held').orderBy('position').execute());
  return items.map((item) => ({ ...item, later: knownLater(context, item) }));
}

/** The SHA-256 of approved manifests for a reference. Only these may leave. */
export async function approvals(context: Context, reference: string): Promise<readonly string[]> {
  const rows = await context.database.read
    .selectFrom('approvals')
    .select('sha256')
    .distinct()
    .where('reference', '=', reference)
    .execute();
  return rows.map(({ sha256 }) => sha256);
}
