// Saves a turn: one transaction, or nothing. Every effect has one handler, in the file that owns its rows.

import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import type { Effect } from '../dialog/engine/effect.ts';
import { unwrapKey } from '../vault/seal.ts';
import type { Context } from './db/context.ts';
import { prepareQuery, type Queries } from './db/database.ts';
import { keyOf, makeKey } from './encryption/keys.ts';
import { eraseCases, noteErased } from './erasure/erase.ts';
import { noteMailsOver } from './mail/mail-attempts.ts';
import { cancelMails, doubtMails, queueMails, resumeMails } from './mail/outbox.ts';
import { countWrongTries, endCode, makeCodes, renewCodes, tellHolders } from './organisers/codes.ts';
import { takeCases } from './organisers/hand-over.ts';
import { joinTexts } from './organisers/joints.ts';
import { redirectBlocked } from './people/move-address.ts';
import { giveResumeCode } from './people/resume-codes.ts';
import { answerProposals } from './reviews/review-acts.ts';
import { archiveCall } from './turns/calls.ts';
import { closeCase, openCase, renameCase } from './turns/cases.ts';
import { addConsents, addFlags, removeFlags } from './turns/consents.ts';
import { saveDocuments } from './turns/documents.ts';
import { eraseHeld, holdParts, putParts, removeParts, useHeld } from './turns/parts.ts';
import { saveHome, saveSession } from './turns/pending.ts';
import { findReplyAddress, redactReplies, saveReplies } from './turns/replies.ts';
import { redactLines, saveLine } from './turns/transcript.ts';
import { type EffectsToSave, type Owner, StaleTurnError, type TurnToSave, type TurnWork } from './turns/turn-work.ts';
import { eraseRecordings, queueRecordings } from './voice/save-voice.ts';

type Kind = Effect['kind'];
type Handler<K extends Kind> = (work: TurnWork, effects: readonly EffectsToSave[K][]) => Promise<void>;

/**
 * The handler of each kind of effect. Called once for all effects of a kind in a turn, in the order of this table,
 * wherever in the turn they were emitted.
 */
const APPLY: { readonly [K in Kind]: Handler<K> } = {
  // The case that the turn is in, before anything is saved in it.
  'open-case': openCase,
  'take-case': takeCases,
  'close-case': closeCase,
  // After the line of this turn, which may be redacted at once.
  redact: redactLines,
  // Old held parts go before parts that are held, added or replaced now; removals go last.
  'held.erase': eraseHeld,
  'held.use': useHeld,
  hold: holdParts,
  'part.add': putParts,
  'part.replace': putParts,
  'part.remove': removeParts,
  'voice.queue': queueRecordings,
  'voice.erase': eraseRecordings,
  consent: addConsents,
  unflag: removeFlags,
  flag: addFlags,
  // Before the replies of this turn, which may show the redacted words again.
  unsay: redactReplies,
  redirect: redirectBlocked,
  code: giveResumeCode,
  approve: queueMails,
  withdraw: queueMails,
  join: joinTexts,
  'code.wrong': countWrongTries,
  // An earlier code ends before its replacement is made.
  'code.end': endCode,
  'code.renew': renewCodes,
  'code.make': makeCodes,
  'withdraw-by-code': tellHolders,
  // A proposal is answered on the mail that waits for it, before the turn takes that mail back.
  'answer-proposal': answerProposals,
  'doubt-mail': doubtMails,
  'resume-mail': resumeMails,
  cancel: cancelMails,
  // After everything that the turn itself saves in the case.
  erase: eraseCases,
  // Answered within the turn: their results are its documents and sessions.
  build: answered,
  translate: answered,
  copy: answered,
  enter: answered,
};

/** Before the session: the former holder must not have the case open any more. */
const FIRST: readonly Kind[] = ['open-case', 'take-case'];
/** After the replies. */
const LAST: readonly Kind[] = ['erase'];
const BETWEEN = (Object.keys(APPLY) as Kind[]).filter((kind) => !FIRST.includes(kind) && !LAST.includes(kind));

/** Effects whose words must also be scrubbed from the journal. */
const TAKES_WORDS_BACK: readonly Kind[] = ['erase', 'held.erase', 'redact', 'part.remove', 'unsay', 'voice.erase'];

/** 'stale': another process was faster; load again. */
export async function saveTurn(context: Context, turn: TurnToSave): Promise<'saved' | 'stale'> {
  let cancelled: readonly string[];
  try {
    cancelled = await context.database.write((db) => saveWithin(context, db, turn));
  } catch (error) {
    if (error instanceof StaleTurnError) return 'stale';
    throw error;
  }
  if (cancelled.length > 0) noteMailsOver(context, cancelled);
  for (const effect of turn.effects) if (effect.kind === 'erase') noteErased(context, 'done', effect.case);
  if (turn.effects.some(({ kind }) => TAKES_WORDS_BACK.includes(kind))) await context.database.scrub();
  return 'saved';
}

/** Returns the ids of the cancelled mails. */
async function saveWithin(context: Context, db: Queries, turn: TurnToSave): Promise<readonly string[]> {
  const { pending, cases, effects, state } = turn;
  const before = await findBefore(context, db, turn);
  if (before?.version !== pending.version) throw new StaleTurnError();
  await finishEvent(db, turn);
  const work = await beginWork(context, db, turn, before);
  for (const kind of FIRST) await apply(work, APPLY, kind, effects);
  await saveSession(work, turn, before);
  if (cases?.home !== undefined) await saveHome(work, cases.home);
  const isNamed = state.reference !== null && state.reference !== before.reference;
  if (isNamed && !effects.some(({ kind }) => kind === 'open-case')) await renameCase(work, state.reference);
  if (turn.said !== null) await saveLine(work, turn.said);
  if (turn.documents.length > 0) await saveDocuments(work, turn.documents);
  if (turn.archive !== null) await archiveCall(work, turn.archive);
  for (const kind of BETWEEN) await apply(work, APPLY, kind, effects);
  await saveReplies(work, turn, await findReplyAddress(db, pending.person, before));
  for (const kind of LAST) await apply(work, APPLY, kind, effects);
  return work.cancelled;
}

async function apply<K extends Kind>(
  work: TurnWork,
  handlers: { readonly [P in K]: Handler<P> },
  kind: K,
  effects: TurnToSave['effects'],
): Promise<void> {
  const ofKind = effects.filter((effect): effect is EffectsToSave[K] => effect.kind === kind);
  if (ofKind.length > 0) await handlers[kind](work, ofKind);
}

function answered(): Promise<void> {
  return Promise.resolve();
}

type Before = NonNullable<Awaited<ReturnType<typeof findBefore>>>;

async function findBefore(context: Context, db: Queries, { pending }: TurnToSave) {
  const select = context.database.kind === 'postgres' ? selectAndLock : selectBefore;
  return (await select(db, { person: pending.person, address: pending.addressMark })).rows[0];
}

const selectBefore = prepareQuery(queryBefore);
/** One turn of a person at a time, across processes. (SQLite has one writer anyway.) */
const selectAndLock = prepareQuery((db, key: BeforeKey) => queryBefore(db, key).forUpdate('persons'));

interface BeforeKey {
  readonly person: string;
  /** Null for an internal event: then the address that the person last wrote from is used. */
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

/** The event's words are in the transcript and the parts; the inbox keeps its hash. */
async function finishEvent(db: Queries, { pending }: TurnToSave): Promise<void> {
  const { changed } = await emptyEvent(db, { mark: pending.inboxId, person: pending.person });
  if (changed === 0n) throw new StaleTurnError();
}

const emptyEvent = prepareQuery((db, { mark, person }: { mark: string; person: string }) =>
  db
    .updateTable('inbox')
    .set({ sealed: null, person: null, address_mark: null })
    .where('mark', '=', mark)
    .where('person', '=', person),
);

async function beginWork(context: Context, db: Queries, turn: TurnToSave, before: Before): Promise<TurnWork> {
  const { pending, state, effects, at } = turn;
  const { person, version } = pending;
  const own: Owner = { id: person, key: unwrapKey(context.master, person, before.own_key) };
  const opened = effects.find((effect) => effect.kind === 'open-case');
  // If another case was opened, the former one has no part in this turn.
  const stays = turn.cases === null || turn.cases.row === 'open' ? before : null;
  const caseId = opened?.case ?? state.case ?? stays?.case_id ?? null;
  const id = opened?.contribution ?? state.contribution ?? stays?.contribution ?? null;
  const contribution = id === null ? null : { id, key: await contributionKey(context, db, id, opened, before) };
  const speaks = state.contribution !== null && !effects.some(({ kind }) => kind === 'erase');
  const speaking =
    speaks && contribution !== null
      ? { owner: contribution, contribution: contribution.id }
      : { owner: own, contribution: null };
  return {
    ...{ context, db, at, person, number: version + 1, own, contribution, caseId, speaking },
    ...{ event: pending.event, language: state.language, cancelled: [] },
  };
}

async function contributionKey(
  context: Context,
  db: Queries,
  id: string,
  opened: EffectsToSave['open-case'] | undefined,
  before: Before,
): Promise<KeyObject> {
  if (opened?.contribution === id) return makeKey(context, db, id);
  if (before.contribution === id && before.contribution_key !== null) {
    return unwrapKey(context.master, id, before.contribution_key);
  }
  return keyOf(context, db, id);
}
