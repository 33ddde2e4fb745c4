// The acts of reviewers, each one transaction. They lock the mail's person first (review-mail.ts), read the present
// state, and act on exactly the version that the reviewer saw, or not at all.

import type { ReviewNews, StaffQuestion } from '../../dialog/engine/event.ts';
import type { Context } from '../db/context.ts';
import { noteWritten, type Queries } from '../db/database.ts';
import type { ReviewActKind } from '../schema/feature-tables.ts';
import { documentOf } from '../turns/documents.ts';
import { postWithin } from '../turns/inbox.ts';
import type { EffectsToSave, TurnWork } from '../turns/turn-work.ts';
import {
  type Act,
  countingReleases,
  type Done,
  findMail,
  hasSteppedBack,
  insertAct,
  laterOf,
  lockMail,
  MailMovedError,
  moveMail,
  nextRound,
  type NotDone,
  type Released,
  type ReviewedMail,
  STILL_HERE,
} from './review-mail.ts';

// The person's answer to a reviewer's proposal, saved with the turn.

/**
 * Refused: the unchanged submission waits for its reviewers again, who see the refusal. Accepted: the turn itself takes
 * it back.
 */
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

const DONE: Done = { kind: 'done' };

/**
 * Releases exactly this version. The mail leaves after its window once enough different reviewers have released it; the
 * last release makes it due in the same transaction, and not before `leavesFrom` (ISO 8601 UTC; default: at once).
 */
export async function release(context: Context, act: Act & { readonly leavesFrom?: string }): Promise<Released> {
  return actOn(context, act, async (db, mail): Promise<Released> => {
    if (mail.closed === 1) return { kind: 'closed' };
    if (mail.on_hold === 1) return { kind: 'on-hold' };
    const before = await countingReleases(db, mail.id);
    if (before.includes(act.reviewer.id)) return { kind: 'already' };
    await note(context, db, act, mail, 'release', null);
    const needed = mail.needed ?? 0;
    const given = before.length + 1;
    const leaves = given >= needed;
    if (leaves && mail.state === 'review') {
      await moveMail(db, mail.id, ['review'], 'waiting');
      const due = laterOf(mail.not_before, act.leavesFrom ?? act.at);
      await db.updateTable('outbox').set({ due_at: due, not_before: due }).where('id', '=', mail.id).execute();
      noteWritten(db, 'outbox', mail.person);
      await tell(context, db, act, mail, { kind: 'released', ...(due > act.at && { leavesAt: due }) });
    }
    return { kind: 'done', given, needed, leaves };
  });
}

/**
 * Takes one's own release back, as long as the mail has not begun to leave: the case is as it was before it, and earlier
 * releases of others still count.
 */
export async function takeReleaseBack(context: Context, act: Act): Promise<Done | NotDone> {
  return actOn<Done>(context, act, async (db, mail) => {
    const before = await countingReleases(db, mail.id);
    if (!before.includes(act.reviewer.id)) return { kind: 'already' };
    await note(context, db, act, mail, 'take-back', null);
    if (mail.state === 'waiting' && before.length <= (mail.needed ?? 0)) {
      await waitsAgain(context, db, act, mail);
    }
    return DONE;
  });
}

/**
 * Holds the mail until the hold is lifted: neither a release nor the deadline sends it. Earlier releases become
 * invalid. `tell`: words for the person; null tells them nothing.
 */
export async function hold(
  context: Context,
  act: Act & { readonly reason: string; readonly tell: string | null },
): Promise<Done | NotDone> {
  return actOn<Done>(context, act, async (db, mail) => {
    if (mail.on_hold === 1) return { kind: 'already' };
    await note(context, db, act, mail, 'hold', act.reason);
    await waitsAgain(context, db, act, mail);
    await nextRound(db, mail.id, true);
    if (act.tell !== null) await tell(context, db, act, mail, { kind: 'held', words: act.tell });
    return DONE;
  });
}

/** It waits for new releases. Any reviewer may lift a hold. */
export async function liftHold(context: Context, act: Act): Promise<Done | NotDone> {
  return actOn<Done>(context, act, async (db, mail) => {
    if (mail.on_hold !== 1) return { kind: 'already' };
    await note(context, db, act, mail, 'lift-hold', null);
    await nextRound(db, mail.id, false);
    return DONE;
  });
}

/** Asks the person; nothing leaves before they type SEND again, except for their choice at the deadline. */
export async function giveBack(
  context: Context,
  act: Act & { readonly question: StaffQuestion },
): Promise<Done | NotDone> {
  const { question } = act;
  return actOn<Done>(context, act, async (db, mail) => {
    const asked = question.kind === 'ready' ? `ready:${question.id}` : question.text;
    await note(context, db, act, mail, 'give-back', asked);
    await handOver(context, db, act, mail, { kind: 'given-back', question });
    return DONE;
  });
}

/**
 * Asks the person whether these words of the text should be withheld. They accept or refuse. The words are searched in
 * the manifest, which contains them as JSON.
 */
export async function proposeWithholding(
  context: Context,
  act: Act & { readonly words: string },
): Promise<Done | NotDone> {
  const words = act.words.trim();
  const seen = await findMail(context.database.read, act.reference);
  if (seen?.sha256 === act.sha256) {
    const item = { contribution: seen.contribution, reference: seen.reference, sha256: seen.sha256 };
    const manifest = (await documentOf(context, item))?.manifest ?? '';
    if (words === '' || !manifest.includes(JSON.stringify(words).slice(1, -1))) return { kind: 'not-in-text' };
  }
  return actOn<Done>(context, act, async (db, mail) => {
    await note(context, db, act, mail, 'propose-withholding', words);
    await handOver(context, db, act, mail, { kind: 'withholding-proposed', words });
    return DONE;
  });
}

/** From now on this version needs two different reviewers. Never reduces the number. */
export async function askSecond(context: Context, act: Act): Promise<Done | NotDone> {
  return actOn<Done>(context, act, async (db, mail) => {
    if ((mail.needed ?? 0) >= 2) return { kind: 'already' };
    await note(context, db, act, mail, 'ask-second', null);
    await db.updateTable('review_terms').set({ needed: 2 }).where('mail', '=', mail.id).execute();
    if ((await countingReleases(db, mail.id)).length < 2) await waitsAgain(context, db, act, mail);
    return DONE;
  });
}

/** Conflict of interest: this reviewer decides nothing more in this case, and their releases become invalid. */
export async function stepBack(
  context: Context,
  act: Pick<Act, 'reviewer' | 'reference' | 'at'> & { readonly reason: string | null },
): Promise<Done | NotDone> {
  const { reviewer, reference, at } = act;
  return context.database.write(async (db) => {
    const mail = await lockMail(context, db, reference);
    if (mail === undefined) return { kind: 'unknown' };
    if (await hasSteppedBack(db, mail.case_id, reviewer.id)) return { kind: 'already' };
    await note(context, db, { reviewer, at }, mail, 'step-back', act.reason);
    const { needed } = mail;
    if (needed !== null && mail.state === 'waiting' && mail.decided !== 'confidential') {
      if ((await countingReleases(db, mail.id)).length < needed) await waitsAgain(context, db, act, mail);
    }
    return DONE;
  });
}

/** Common to all acts on a version: checks the reviewer, and that the version they saw is still the present one and waits. */
async function actOn<T extends { readonly kind: 'done' }>(
  context: Context,
  { reviewer, reference, sha256 }: Act,
  work: (db: Queries, mail: ReviewedMail) => Promise<T | NotDone>,
): Promise<T | NotDone> {
  if (reviewer.role === 'reader') return { kind: 'not-allowed', why: 'reader' };
  try {
    return await context.database.write(async (db): Promise<T | NotDone> => {
      const mail = await lockMail(context, db, reference);
      if (mail === undefined) return { kind: 'unknown' };
      if (await hasSteppedBack(db, mail.case_id, reviewer.id)) return { kind: 'not-allowed', why: 'stepped-back' };
      if (mail.state === 'cancelled') return { kind: 'taken-back' };
      if (mail.sha256 !== sha256) return { kind: 'changed', sha256: mail.sha256 };
      if (mail.state === 'given-back') return { kind: 'taken-back' };
      if (mail.needed === null || mail.decided === 'confidential' || !STILL_HERE.includes(mail.state)) {
        return { kind: 'left' };
      }
      return work(db, mail);
    });
  } catch (error) {
    if (error instanceof MailMovedError) return { kind: 'left' };
    throw error;
  }
}

/** For releases, even if it had all of them; its person is then told nothing, but their session knows. */
async function waitsAgain(context: Context, db: Queries, act: Pick<Act, 'at'>, mail: ReviewedMail): Promise<void> {
  await moveMail(db, mail.id, STILL_HERE, 'review');
  if (mail.state === 'waiting') await tell(context, db, act, mail, { kind: 'release-taken-back' });
}

/** It waits for its person; earlier releases become invalid. */
async function handOver(context: Context, db: Queries, act: Act, mail: ReviewedMail, news: ReviewNews): Promise<void> {
  await moveMail(db, mail.id, STILL_HERE, 'given-back');
  await nextRound(db, mail.id, false);
  await tell(context, db, act, mail, news);
}

async function note(
  context: Context,
  db: Queries,
  { reviewer, at }: Pick<Act, 'reviewer' | 'at'>,
  mail: ReviewedMail,
  act: ReviewActKind,
  words: string | null,
): Promise<string> {
  return insertAct(context, db, {
    act,
    reviewer: reviewer.id,
    mail: mail.id,
    caseId: mail.case_id,
    person: mail.person,
    contribution: mail.contribution,
    sha256: act === 'step-back' ? null : mail.sha256,
    round: mail.round ?? 0,
    note: words,
    at,
  });
}

async function tell(
  context: Context,
  db: Queries,
  act: Pick<Act, 'at'>,
  mail: ReviewedMail,
  news: ReviewNews,
): Promise<void> {
  const { reference, sha256 } = mail;
  const id = `review/${context.newId()}`;
  await postWithin(context, db, mail.person, { id, at: act.at, kind: 'review', reference, sha256, news });
}
