// Saves a turn: one transaction, or nothing.

import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import { unwrapKey } from '../vault/keys-of-master.ts';
import { markAddress } from './marks.ts';
import { saveCodes } from './codes.ts';
import { saveCode } from './come-back-codes.ts';
import { saveConsents, saveFlags } from './consents.ts';
import type { Context } from './context.ts';
import type { Queries } from './database.ts';
import { saveDocuments } from './documents.ts';
import { eraseCaseWithin, noteErased } from './erase.ts';
import { takeCase } from './hand-over.ts';
import { saveJoin } from './joints.ts';
import { keyOf, makeKey } from './keys.ts';
import { noteMailsOver } from './mail-ledger.ts';
import { saveHome } from './organisers.ts';
import { cancelMails, doubtMails, queueMails, resumeMails } from './outbox.ts';
import { saveParts } from './parts.ts';
import { saveAnswers } from './review-answers.ts';
import { findReplyAddress, saveReplies } from './replies.ts';
import { prepareQuery } from './prepared-query.ts';
import { saveVoice } from './save-voice.ts';
import { saveSession } from './session-row.ts';
import type { TurnToSave } from './store.ts';
import { saveLines } from './transcript.ts';
import type { Owner, TurnWork } from './turn-work.ts';
import { saveUnsaid } from './unsay.ts';

class StaleTurn extends Error {}

type Before = NonNullable<Awaited<ReturnType<typeof findBefore>>>;

export async function saveTurn(context: Context, turn: TurnToSave): Promise<'saved' | 'stale'> {
  let cancelled: readonly string[];
  try {
    cancelled = await context.database.write((db) => saveWithin(context, db, turn));
  } catch (error) {
    if (error instanceof StaleTurn) return 'stale';
    throw error;
  }
  noteMailsOver(context, cancelled);
  if (turn.eraseCase !== undefined) noteErased(context, 'done', turn.eraseCase);
  if (takesWordsBack(turn)) await context.database.scrub();
  return 'saved';
}

/** What left the tables must not stay readable in the journal either. */
function takesWordsBack(turn: TurnToSave): boolean {
  return (
    turn.eraseCase !== undefined ||
    turn.eraseHeld ||
    turn.redact.length > 0 ||
    turn.removeParts.length > 0 ||
    (turn.unsay ?? []).length > 0 ||
    (turn.eraseVoice ?? []).length > 0
  );
}

/** The ids of the mails that were taken back. */
async function saveWithin(context: Context, db: Queries, turn: TurnToSave): Promise<readonly string[]> {
  const { pending } = turn;
  const before = await findBefore(context, db, turn);
  if (before?.version !== pending.version) throw new StaleTurn();
  await finishEvent(db, turn);
  const work = await beginWork(context, db, turn, before);
  if ((await takeCase(work)) === 'gone') throw new StaleTurn();
  await saveSession(work, before);
  await saveHome(work);
  await saveCase(work, before);
  await saveLines(work);
  await saveParts(work);
  await saveVoice(work);
  await saveConsents(work);
  await saveFlags(work);
  await saveUnsaid(work);
  await saveReplies(work, await findReplyAddress(db, pending.person, before));
  await saveDocuments(work);
  await saveCode(work);
  await queueMails(work);
  await saveJoin(work);
  if ((await saveCodes(work)) === 'taken') throw new StaleTurn();
  await saveAnswers(work);
  if (!(await doubtMails(work))) throw new StaleTurn();
  await resumeMails(work);
  const cancelled = await cancelMails(work);
  // It left in this very moment: the turn is taken again, and says so.
  if (cancelled === null) throw new StaleTurn();
  if (turn.archive !== null) {
    const { hash, callId, text } = turn.archive;
    await db
      .insertInto('calls')
      .values({ hash, call_id: callId, text, at: turn.at })
      .onConflict((c) => c.column('hash').doNothing())
      .execute();
  }
  if (turn.eraseCase !== undefined) await eraseCaseWithin(context, db, turn.eraseCase);
  return cancelled;
}

async function findBefore(context: Context, db: Queries, { pending }: TurnToSave) {
  const address = pending.address === null ? null : markAddress(context.master, pending.address);
  const select = context.database.kind === 'postgres' ? selectAndLock : selectBefore;
  return (await select(db, { person: pending.person, address })).rows[0];
}

const selectBefore = prepareQuery(queryBefore);
/** One turn of a person at a time, whichever process. (SQLite has one writer anyway.) */
const selectAndLock = prepareQuery((db, key: BeforeKey) => queryBefore(db, key).forUpdate('persons'));

interface BeforeKey {
  readonly person: string;
  /** Null for an event from within: then the address that the person wrote from last. */
  readonly address: string | null;
}

function queryBefore(db: Queries, { person, address }: BeforeKey) {
  return db
    .selectFrom('persons')
    .innerJoin('keys as own', 'own.owner', 'persons.id')
    .leftJoin('sessions', 'sessions.id', 'persons.current_session')
    .leftJoin('keys as theirs', 'theirs.owner', 'sessions.contribution')
    .leftJoin('addresses', (join) =>
      join
        .onRef('addresses.person', '=', 'persons.id')
        .on('addresses.mark', '=', sql<string>`coalesce(cast(${address} as text), persons.address_mark)`),
    )
    .select([
      'persons.version',
      'persons.current_session',
      'own.wrapped as own_key',
      'sessions.case_id',
      'sessions.contribution',
      'sessions.reference',
      'theirs.wrapped as contribution_key',
      'addresses.mark as address_mark',
      'addresses.channel',
    ])
    .where('persons.id', '=', person);
}

/** The event's words live on in the transcript and the parts; the inbox keeps its mark. */
async function finishEvent(db: Queries, { pending }: TurnToSave): Promise<void> {
  const { changed } = await emptyEvent(db, { mark: pending.inboxId, person: pending.person });
  if (changed === 0n) throw new StaleTurn();
}

const emptyEvent = prepareQuery((db, { mark, person }: { mark: string; person: string }) =>
  db
    .updateTable('inbox')
    .set({ sealed: null, person: null, address_mark: null })
    .where('mark', '=', mark)
    .where('person', '=', person),
);

async function beginWork(context: Context, db: Queries, turn: TurnToSave, before: Before): Promise<TurnWork> {
  const { person, version } = turn.pending;
  const own: Owner = { id: person, key: unwrapKey(context.master, person, before.own_key) };
  const opened = turn.openCase;
  // Where another case was opened, the one that was open before has no part in this turn.
  const stays = turn.cases === undefined || turn.cases.row === 'open' ? before : null;
  const caseId = opened?.case ?? turn.state.case ?? stays?.case_id ?? null;
  const id = opened?.contribution ?? turn.state.contribution ?? stays?.contribution ?? null;
  if (opened !== null) {
    const { callId, reference } = turn.state;
    await db
      .insertInto('cases')
      .values({ id: opened.case, person, call_id: callId, reference, opened_at: turn.at })
      .execute();
    await db
      .insertInto('contributions')
      .values({ id: opened.contribution, case_id: opened.case, person, opened_at: turn.at })
      .execute();
  }
  const contribution = id === null ? null : { id, key: await contributionKey(context, db, id, turn, before) };
  const speaks = turn.state.contribution !== null && turn.eraseCase === undefined;
  const speaking =
    speaks && contribution !== null
      ? { owner: contribution, contribution: contribution.id }
      : { owner: own, contribution: null };
  return { context, db, turn, person, number: version + 1, own, contribution, caseId, speaking };
}

async function contributionKey(
  context: Context,
  db: Queries,
  id: string,
  turn: TurnToSave,
  before: Before,
): Promise<KeyObject> {
  if (turn.openCase?.contribution === id) return makeKey(context, db, id);
  if (before.contribution === id && before.contribution_key !== null) {
    return unwrapKey(context.master, id, before.contribution_key);
  }
  return keyOf(context, db, id);
}

async function saveCase({ db, turn, caseId }: TurnWork, before: Before): Promise<void> {
  if (caseId === null) return;
  const { reference } = turn.state;
  const renamed = turn.openCase === null && reference !== null && reference !== before.reference;
  if (!renamed && !turn.closeCase) return;
  await db
    .updateTable('cases')
    .set({ ...(renamed && { reference }), ...(turn.closeCase && { closed_at: turn.at }) })
    .where('id', '=', caseId)
    .execute();
}
