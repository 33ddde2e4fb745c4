// The middle of the first flow: takeTurn() with the loaded facts, again for every document that it asks for, and the
// data that its effects need before they can be saved. Writes nothing.

import type { CallShelf, ShelvedCall } from '../calls/call-registry.ts';
import type { Rendered } from '../channels/channel.ts';
import type { Effect, Part } from '../dialog/engine/effect.ts';
import type { Event } from '../dialog/engine/event.ts';
import type { Intake } from '../dialog/engine/intake.ts';
import { partsAfter } from '../dialog/engine/parts.ts';
import type { Reply } from '../dialog/engine/reply.ts';
import type { Session } from '../dialog/engine/session.ts';
import type { ChannelFacts, Facts, Needed, Operator, World } from '../dialog/engine/world.ts';
import { takeTurn } from '../dialog/take-turn.ts';
import type { Lexicon } from '../dialog/understanding/lexicon.ts';
import type { Store } from '../store/open.ts';
import type { ConsentRow, DocumentToSave, PendingTurn, ReplyToSave, TurnToSave } from '../store/turns/turn-work.ts';
import { sayIn, type Translate } from '../texts/translate.ts';
import { buildDocument, builtEvent, type DocumentBuilder, jointDraft } from './build-document.ts';
import { consentRow } from './consent-row.ts';
import { writeCopy } from './copy.ts';
import { codeFacts, factsOf, fingerprintsIn, saidIn } from './facts-of-turn.ts';
import { casesToSave, enteredEvent, move, type Moved, type OpenCase, othersThan, stateOf } from './open-case.ts';
import { prepareEffects, shownAs } from './prepare-effects.ts';
import { comeOver } from './take-case.ts';

export interface WorkDeps {
  readonly store: Store;
  readonly calls: CallShelf;
  /** The call for new conversations. */
  readonly callId: string;
  readonly intake: Intake;
  readonly lexicon: Lexicon;
  readonly operator: Omit<Operator, 'desk'>;
  /** True if staff can write from the desk. */
  readonly deskIsStaffed: () => Promise<boolean>;
  readonly translate: Translate;
  readonly documents: DocumentBuilder;
  /** Replacements for withheld words in a document. */
  readonly labels: World['labels'];
  readonly now: () => Date;
  readonly newId: World['newId'];
  readonly newCode: World['newCode'];
  readonly fingerprint: World['fingerprint'];
  /** Differs at every start of the program. */
  readonly boot: string;
}

export interface Work {
  readonly pending: PendingTurn;
  readonly before: Session;
  readonly shelved: ShelvedCall;
  readonly channel: ChannelFacts;
  readonly row: OpenCase['row'];
  readonly opens: boolean;
  readonly render: (reply: Reply, session: Session) => Rendered;
}

/** A turn with all data that its effects need before they can be saved. */
export interface Worked extends Pick<
  TurnToSave,
  'session' | 'state' | 'cases' | 'said' | 'effects' | 'documents' | 'archive'
> {
  readonly replies: readonly (ReplyToSave & { readonly body: Rendered })[];
  /** Everything of this person is erased: the turn is not saved. */
  readonly erasesPerson: boolean;
}

/** Most builds in one turn; more would be a fault in the program. */
const BUILDS = 8;

export async function runTurn(deps: WorkDeps, work: Work): Promise<Worked> {
  const { pending } = work;
  const replies: Reply[] = [];
  const effects: Effect[] = [];
  const consents = new Map<Effect, ConsentRow>();
  const documents: DocumentToSave[] = [];
  let { shelved } = work;
  let place: Moved = { session: work.before, row: work.row, left: null };
  let facts: Facts = { ...(await factsOf(deps, work, work.before)), ...(await codeFacts(deps.store, pending)) };
  let event: Event | null = pending.event;
  for (let rounds = 0; event !== null; rounds++) {
    if (rounds > BUILDS) throw new Error(`a turn goes on without end at ${place.session.at.prompt}`);
    const taken = await takeWithFacts(deps, { work, shelved, facts, place, event, effects });
    const { outcome } = taken;
    facts = taken.facts;
    const { session } = outcome;
    place = { ...place, session };
    replies.push(...outcome.replies);
    effects.push(...outcome.effects);
    for (const effect of outcome.effects) {
      if (effect.kind === 'consent') consents.set(effect, consentRow(deps.translate, effect, session, pending.event));
    }
    if (facts.parts !== undefined) facts = { ...facts, parts: partsAfter(facts.parts, outcome.effects) };
    event = null;
    const enter = outcome.effects.find((effect) => effect.kind === 'enter');
    if (enter?.kind === 'enter') {
      place = await move(deps, pending, place, enter, effects);
      shelved = await callOf(deps, place.session);
      facts = await factsOf(deps, work, place.session);
      event = enteredEvent(pending.event, enter);
      continue;
    }
    const taking = outcome.effects.find((effect) => effect.kind === 'take-case');
    if (taking?.kind === 'take-case') {
      const come = await comeOver(deps.store, pending, session, taking.code);
      if (come === null) forget(effects, ['take-case', 'erase']);
      else {
        place = { ...come, left: place.row === 'home' ? null : 'dropped' };
        shelved = await callOf(deps, place.session);
        facts = await factsOf(deps, work, place.session);
      }
      const { id, at } = pending.event;
      event = { kind: come === null ? 'not-taken' : 'taken', id: `${id}/taken`, at };
      continue;
    }
    const build = outcome.effects.find((effect) => effect.kind === 'build');
    if (build?.kind !== 'build') continue;
    const parts: readonly Part[] = facts.parts ?? (await partsOf(deps, session, effects));
    facts = { ...facts, parts };
    const given = session.contribution === null ? [] : await deps.store.consents(session.contribution);
    const { kind: _, ...how } = build;
    const joint = session.joint === undefined ? {} : { joint: await jointOf(deps, work, place, shelved) };
    const request = { session, parts, shelved, consents: [...given, ...consents.values()], ...joint, ...how };
    const { document, save } = await buildDocument(deps.documents, request);
    documents.push(...save);
    event = builtEvent(pending.event, document, rounds);
  }
  const { session } = place;
  if (effects.some(({ kind }) => kind === 'copy')) {
    const copy = await copyOf(deps, pending, session, shelved);
    if (copy !== null) documents.push(copy);
    else takeBack(replies, 'copy', { text: 'copy.too-much', params: { org: deps.operator.name } });
  }
  const prepared = await prepareEffects(deps, {
    ...{ effects, event: pending.event, before: work.before, session, shelved, consents },
    ...{ parts: facts.parts ?? [], given: place.given },
    takenOut: () => work.render({ text: 'voice.taken-out' }, session),
  });
  const opens = effects.some(({ kind }) => kind === 'open-case');
  return {
    session,
    state: stateOf(session),
    cases: casesToSave(work.opens, place),
    said: saidIn(pending.event),
    effects: prepared,
    replies: replies.map((reply) => replyToSave(reply, work.render(reply, session))),
    documents: latest(documents),
    archive: opens ? { hash: session.call.hash, callId: session.call.id, text: shelved.archive } : null,
    erasesPerson: effects.some((effect) => effect.kind === 'erase' && effect.what === 'person'),
  };
}

function replyToSave({ prompt, about, replaces }: Reply, body: Rendered): Worked['replies'][number] {
  return { body, promptId: prompt?.id ?? (about === undefined ? null : shownAs(about)), replaces: replaces ?? null };
}

/** Replaces the reply of a file that could not be made. */
function takeBack(replies: Reply[], file: Reply['file'], instead: Reply): void {
  replies.splice(0, replies.length, ...replies.map((reply) => (reply.file === file ? instead : reply)));
}

interface Taking {
  readonly work: Work;
  readonly shelved: ShelvedCall;
  readonly facts: Facts;
  readonly place: Moved;
  readonly event: Event;
  readonly effects: readonly Effect[];
}

/** Loads the facts that the engine asks for, once each. */
async function takeWithFacts(deps: WorkDeps, { work, shelved, facts: known, place, event, effects }: Taking) {
  const { session } = place;
  const world = worldOf(deps, shelved, await deps.deskIsStaffed());
  let facts = known;
  const others = async () => facts.cases ?? othersThan(deps.store, work.pending.person, place);
  const load: { readonly [K in Needed]: () => Promise<Facts[K]> } = {
    parts: () => partsOf(deps, session, effects),
    held: () => deps.store.held(work.pending.person),
    cases: others,
    fingerprints: async () => fingerprintsIn(deps, await others()),
  };
  for (;;) {
    const outcome = takeTurn(world, facts, session, event);
    if (outcome.kind === 'taken') return { outcome, facts };
    const { what } = outcome;
    if (facts[what] !== undefined) throw new Error('the same was asked for twice');
    facts = { ...facts, [what]: await load[what]() };
  }
}

async function jointOf(deps: WorkDeps, { pending }: Work, place: Moved, shelved: ShelvedCall) {
  return jointDraft(deps, place.session, shelved, await othersThan(deps.store, pending.person, place));
}

function forget(effects: Effect[], kinds: readonly Effect['kind'][]): void {
  effects.splice(0, effects.length, ...effects.filter(({ kind }) => !kinds.includes(kind)));
}

/** The revision of the call that a draft began with; today's if that does not exist any more. */
export async function callOf({ calls }: Pick<WorkDeps, 'calls'>, { call }: Session): Promise<ShelvedCall> {
  return (await calls.pinned(call.hash)) ?? calls.current(call.id);
}

function worldOf(
  { intake, lexicon, operator, labels, newId, newCode, fingerprint }: WorkDeps,
  { call, hash }: ShelvedCall,
  desk: boolean,
): World {
  return {
    call,
    callHash: hash,
    intake,
    lexicon,
    operator: { ...operator, desk },
    labels,
    newId,
    newCode,
    fingerprint,
  };
}

async function partsOf({ store }: WorkDeps, session: Session, effects: readonly Effect[]): Promise<readonly Part[]> {
  return partsAfter(session.contribution === null ? [] : await store.parts(session.contribution), effects);
}

async function copyOf(
  deps: WorkDeps,
  { person }: PendingTurn,
  session: Session,
  shelved: ShelvedCall,
): Promise<DocumentToSave | null> {
  return writeCopy({
    session,
    shelved,
    parts: await partsOf(deps, session, []),
    consents: session.contribution === null ? [] : await deps.store.consents(session.contribution),
    transcript:
      session.gathers === undefined || session.contribution === null
        ? await deps.store.transcript(person, null)
        : await deps.store.transcriptOfContribution(person, session.contribution),
    say: sayIn(deps.translate, session.language, session.call.hash),
  });
}

/** The last document of a kind counts; earlier builds of the same turn were replaced. */
function latest(documents: readonly DocumentToSave[]): readonly DocumentToSave[] {
  return documents.filter(({ kind }, index) => documents.findLastIndex((other) => other.kind === kind) === index);
}
