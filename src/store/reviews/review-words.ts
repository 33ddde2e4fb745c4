// Acts that are not about a release: words of staff to a person, a passphrase reset, and mails that are tried again.

import type { Event } from '../../dialog/engine/event.ts';
import type { Context } from '../db/context.ts';
import { noteWritten, type Queries } from '../db/database.ts';
import { knownLater, newestAttempt, noteMailAgain } from '../mail/mail-attempts.ts';
import type { MailState } from '../schema/feature-tables.ts';
import { postWithin } from '../turns/inbox.ts';
import {
  type Act,
  type Done,
  hasSteppedBack,
  insertAct,
  lockMail,
  type NotDone,
  releasedAmong,
  type Reviewer,
} from './review-mail.ts';

/**
 * The receiver of the words: the person of a submission, of a text without a reference yet, or without any text (e.g.
 * under age).
 */
export type Addressee =
  { readonly reference: string } | { readonly contribution: string } | { readonly person: string };

/** How staff verified who asked for the reset. A fixed list, so that the audit log contains no words about anybody. */
export const OWN_WORD_REASONS = ['called-back', 'in-person', 'vouched-for'] as const;

export type OwnWordReason = (typeof OWN_WORD_REASONS)[number];

/** Words to the person, marked as from staff; delivered at once only if they allowed it, else with their next message. */
export async function say(
  context: Context,
  words: { readonly reviewer: Reviewer; readonly to: Addressee; readonly text: string; readonly at: string },
): Promise<Done | NotDone> {
  const { text, at } = words;
  return tell(context, { ...words, act: 'say', note: text }, (id, { caseId }) => {
    const about = caseId === null ? {} : { case: caseId };
    return { id, at, kind: 'staff-words', text, ...about };
  });
}

/** The passphrase becomes invalid; its person is told. `reason`: a fixed word. Changes nothing if there is none. */
export async function setOwnWordBack(
  context: Context,
  given: { readonly reviewer: Reviewer; readonly to: Addressee; readonly reason: OwnWordReason; readonly at: string },
): Promise<Done | NotDone> {
  const { reason, at } = given;
  return tell(context, { ...given, act: 'own-word', note: reason }, (id) => ({ id, at, kind: 'own-word-reset' }));
}

interface Telling {
  readonly reviewer: Reviewer;
  readonly to: Addressee;
  readonly act: 'say' | 'own-word';
  readonly note: string;
  readonly at: string;
}

/** The act, and in the same transaction its event for the person. */
async function tell(
  context: Context,
  { reviewer, to, act, note, at }: Telling,
  eventOf: (id: string, found: Found) => Event,
): Promise<Done | NotDone> {
  if (reviewer.role === 'reader') return { kind: 'not-allowed', why: 'reader' };
  return context.database.write(async (db): Promise<Done | NotDone> => {
    const found = await findAddressee(context, db, to);
    if (found === null) return { kind: 'unknown' };
    if (found.caseId !== null && (await hasSteppedBack(db, found.caseId, reviewer.id))) {
      return { kind: 'not-allowed', why: 'stepped-back' };
    }
    const id = await insertAct(context, db, { act, reviewer: reviewer.id, sha256: null, round: 0, note, at, ...found });
    await postWithin(context, db, found.person, eventOf(`staff/${id}`, found));
    return { kind: 'done' };
  });
}

interface Found {
  readonly person: string;
  readonly caseId: string | null;
  readonly contribution: string | null;
  readonly mail: string | null;
}

/** Null if nobody is found, or they were erased. */
async function findAddressee(context: Context, db: Queries, to: Addressee): Promise<Found | null> {
  if ('person' in to) {
    const person = await db.selectFrom('persons').select('id').where('id', '=', to.person).executeTakeFirst();
    return person === undefined ? null : { person: person.id, caseId: null, contribution: null, mail: null };
  }
  if ('contribution' in to) {
    const own = await db
      .selectFrom('contributions')
      .select(['id', 'person', 'case_id'])
      .where('id', '=', to.contribution)
      .executeTakeFirst();
    return own === undefined ? null : { person: own.person, caseId: own.case_id, contribution: own.id, mail: null };
  }
  const mail = await lockMail(context, db, to.reference);
  if (mail !== undefined) {
    return { person: mail.person, caseId: mail.case_id, contribution: mail.contribution, mail: mail.id };
  }
  // A draft has a reference from its read-back on, before it has a mail.
  const draft = await db
    .selectFrom('cases')
    .innerJoin('contributions', 'contributions.case_id', 'cases.id')
    .select(['cases.id', 'cases.person', 'contributions.id as contribution'])
    .where('cases.reference', '=', to.reference)
    .whereRef('contributions.person', '=', 'cases.person')
    .executeTakeFirst();
  if (draft === undefined) return null;
  return { person: draft.person, caseId: draft.id, contribution: draft.contribution, mail: null };
}

const STUCK: readonly MailState[] = ['refused', 'uncertain', 'held'];

/**
 * Sends the same bytes again, or the same approved content if none were frozen: for refused, uncertain or held mails. A
 * mail without its releases goes back to its reviewers instead. `knows`: the reviewer has read that a backup was restored,
 * and that the mail may have left since, or been stopped by its person.
 */
export async function retry(context: Context, act: Act & { readonly knows?: boolean }): Promise<Done | NotDone> {
  const { reviewer, reference, sha256, at } = act;
  if (reviewer.role === 'reader') return { kind: 'not-allowed', why: 'reader' };
  return context.database.write(async (db): Promise<Done | NotDone> => {
    const mail = await lockMail(context, db, reference, sha256);
    if (mail === undefined) {
      const now = await lockMail(context, db, reference);
      return now === undefined ? { kind: 'unknown' } : { kind: 'changed', sha256: now.sha256 };
    }
    if (await hasSteppedBack(db, mail.case_id, reviewer.id)) return { kind: 'not-allowed', why: 'stepped-back' };
    if (mail.state === 'cancelled') return { kind: 'taken-back' };
    if (!STUCK.includes(mail.state)) return { kind: 'already' };
    const released = (await releasedAmong(db, [mail.id])).has(mail.id);
    const later = mail.state === 'held' ? knownLater(context, mail) : null;
    if (later !== null && act.knows !== true) return { kind: 'known-later' };
    // Counted as the ledger counts: the next start would hold it again.
    const attempts = later === null ? mail.attempts : newestAttempt(context, mail);
    if (mail.state === 'refused' || later !== null) noteMailAgain(context, mail.id, attempts);
    await db
      .updateTable('outbox')
      .set((e) => ({
        state: released
          ? e
              .case()
              .when('bytes', 'is', null)
              .then('waiting' as const)
              .when('handed_over', '=', 1)
              .then('uncertain' as const)
              .else('frozen' as const)
              .end()
          : ('review' as const),
        due_at: at > mail.not_before ? at : mail.not_before,
        attempts,
        ended_at: null,
      }))
      .where('id', '=', mail.id)
      .where('state', 'in', STUCK)
      .execute();
    if (released) noteWritten(db, 'outbox', mail.person);
    await insertAct(context, db, {
      act: 'retry',
      reviewer: reviewer.id,
      mail: mail.id,
      caseId: mail.case_id,
      person: mail.person,
      contribution: mail.contribution,
      sha256,
      round: mail.round ?? 0,
      note: null,
      at,
    });
    return { kind: 'done' };
  });
}
