// The middle of the first flow: takeTurn over what is loaded, again for every document that it asks for, and what its
// effects need before they can be saved. Nothing is written here.

import { createHash } from 'node:crypto';
import type { Effect, Part } from '../dialog/effect.ts';
import type { Event } from '../dialog/event.ts';
import type { Intake } from '../dialog/intake.ts';
import type { Lexicon } from '../dialog/lexicon.ts';
import { partsAfter } from '../dialog/parts.ts';
import type { Reply } from '../dialog/reply.ts';
import type { Session } from '../dialog/session.ts';
import { takeTurn } from '../dialog/turn.ts';
import type { ChannelFacts, Facts, Operator, World } from '../dialog/world.ts';
import type { Translate } from '../i18n.ts';
import type { ConsentRow, DocumentToSave, PendingTurn, Store } from '../store/store.ts';
import { buildDocument, builtEvent, type DocumentBuilder } from './build-document.ts';
import type { ShelvedCall } from './call-shelf.ts';
import { writeCopy } from './copy.ts';
import { mailsToQueue } from './mails-to-queue.ts';
import type { Taken } from './turn-to-save.ts';

export interface WorkDeps {
  readonly store: Store;
  readonly intake: Intake;
  readonly lexicon: Lexicon;
  readonly operator: Operator;
  readonly translate: Translate;
  readonly documents: DocumentBuilder;
  readonly now: () => Date;
  readonly newId: World['newId'];
  readonly fingerprint: World['fingerprint'];
  /** Differs at every start of the program. */
  readonly boot: string;
}

export interface Work {
  readonly pending: PendingTurn;
  readonly before: Session;
  readonly shelved: ShelvedCall;
  readonly channel: ChannelFacts;
}

/** A turn as taken, with what came of its effects, before it is saved. */
export interface Worked extends Pick<Taken, 'session' | 'effects' | 'consents' | 'documents' | 'mails'> {
  readonly replies: readonly Reply[];
}

/** A document is built at most so often in one turn; more would be a fault of ours. */
const BUILDS = 8;

export async function workTurn(deps: WorkDeps, work: Work): Promise<Worked> {
  const { pending, shelved } = work;
  const world = worldOf(deps, shelved);
  const replies: Reply[] = [];
  const effects: Effect[] = [];
  const consents: ConsentRow[] = [];
  const documents: DocumentToSave[] = [];
  let facts = await factsOf(deps, work);
  let session = work.before;
  let event: Event | null = pending.event;
  for (let builds = 0; event !== null; builds++) {
    if (builds > BUILDS) throw new Error(`documents are built without end at ${session.at.prompt}`);
    let outcome = takeTurn(world, facts, session, event);
    if (outcome.kind === 'needs-parts') {
      facts = { ...facts, parts: await partsOf(deps, session, effects) };
      outcome = takeTurn(world, facts, session, event);
    }
    if (outcome.kind === 'needs-parts') throw new Error('answers were asked for twice');
    session = outcome.session;
    replies.push(...outcome.replies);
    effects.push(...outcome.effects);
    consents.push(...consentsIn(deps, outcome.effects, session, pending.event));
    if (facts.parts !== undefined) facts = { ...facts, parts: partsAfter(facts.parts, outcome.effects) };
    event = null;
    const build = outcome.effects.find((effect) => effect.kind === 'build');
    if (build?.kind !== 'build') continue;
    const parts: readonly Part[] = facts.parts ?? (await partsOf(deps, session, effects));
    facts = { ...facts, parts };
    const given = session.contribution === null ? [] : await deps.store.consents(session.contribution);
    const { kind: _, ...how } = build;
    const request = { session, parts, shelved, consents: [...given, ...consents], ...how };
    const { document, save } = await buildDocument(deps.documents, request);
    documents.push(...save);
    event = builtEvent(pending.event, document, builds);
  }
  if (effects.some(({ kind }) => kind === 'copy')) documents.push(await copyOf(deps, pending, session, shelved));
  const mails = await mailsToQueue(deps, { session, effects, shelved, parts: facts.parts ?? [] });
  return { session, effects, replies, consents, documents: latest(documents), mails };
}

function worldOf({ intake, lexicon, operator, newId, fingerprint }: WorkDeps, { call, hash }: ShelvedCall): World {
  return { call, callHash: hash, intake, lexicon, operator, newId, fingerprint };
}

async function factsOf({ store, boot }: WorkDeps, { before, channel }: Work): Promise<Facts> {
  return { boot, channel, mailLeft: await hasLeft(store, before) };
}

/** Asked of the outbox, not of the clock: *stop* must not be answered by a guess. */
async function hasLeft(store: Store, session: Session): Promise<boolean> {
  const open = session.mails.findLast((mail) => mail.mail !== 'withdrawal' && mail.outcome === 'waiting');
  if (open === undefined) return false;
  const items = await store.mail(open.reference);
  const stays = ['review', 'given-back', 'waiting', 'frozen', 'held', 'cancelled'];
  return items.some((item) => item.kind === open.mail && (item.attempts > 0 || !stays.includes(item.state)));
}

async function partsOf({ store }: WorkDeps, session: Session, effects: readonly Effect[]): Promise<readonly Part[]> {
  return partsAfter(session.contribution === null ? [] : await store.parts(session.contribution), effects);
}

/** The words that were said yes or no to are hashed as they were shown. */
function consentsIn(
  { translate }: WorkDeps,
  effects: readonly Effect[],
  { language, call }: Session,
  event: Event,
): readonly ConsentRow[] {
  return effects.flatMap((effect) => {
    if (effect.kind !== 'consent') return [];
    const { purpose, subject, value, wording } = effect;
    const wordingHash = createHash('sha256')
      .update(translate(language, wording, call.hash))
      .digest('hex');
    return [{ purpose, subject, value, wordingHash, language, messageId: event.id, at: event.at }];
  });
}

async function copyOf(
  deps: WorkDeps,
  { person }: PendingTurn,
  session: Session,
  shelved: ShelvedCall,
): Promise<DocumentToSave> {
  return writeCopy({
    session,
    shelved,
    parts: await partsOf(deps, session, []),
    consents: session.contribution === null ? [] : await deps.store.consents(session.contribution),
    transcript: await deps.store.transcript(person, null),
    say: (ref) => deps.translate(session.language, ref, session.call.hash),
  });
}

/** The last of a kind is the one that counts; earlier builds of the same turn were superseded. */
function latest(documents: readonly DocumentToSave[]): readonly DocumentToSave[] {
  return documents.filter(({ kind }, index) => documents.findLastIndex((other) => other.kind === kind) === index);
}
