// The middle of the first flow: takeTurn() with the loaded facts, again for every document that it asks for, and the
// data that its effects need before they can be saved. Writes nothing.

import type { CallShelf, ShelvedCall } from '../calls/call-registry.ts';
import type { ServedCalls } from '../calls/served-calls.ts';
import type { Rendered } from '../channels/channel.ts';
import type { Effect, Part } from '../dialog/engine/effect.ts';
import type { Event } from '../dialog/engine/event.ts';
import type { Intake } from '../dialog/engine/intake.ts';
import { partsAfter } from '../dialog/engine/parts.ts';
import type { Params, Reply } from '../dialog/engine/reply.ts';
import type { Session } from '../dialog/engine/session.ts';
import type { ChannelFacts, Facts, Needed, Operator, PutAway, World } from '../dialog/engine/world.ts';
import { takeTurn } from '../dialog/take-turn.ts';
import type { Lexicon } from '../dialog/understanding/lexicon.ts';
import type { Store } from '../store/open.ts';
import type { ConsentRow, DocumentToSave, PendingTurn, TurnToSave } from '../store/turns/turn-work.ts';
import { sayIn, type Translate } from '../texts/translate.ts';
import { buildDocument, builtEvent, type DocumentBuilder, jointDraft, wordsOfText } from './build-document.ts';
import { consentRow } from './consent-row.ts';
import { writeCopy } from './copy.ts';
import { codeFacts, factsOf, fingerprintsIn, saidIn } from './facts-of-turn.ts';
import { casesToSave, enteredEvent, move, type Moved, type OpenCase, othersThan, stateOf } from './open-case.ts';
import { prepareEffects, shownAs } from './prepare-effects.ts';
import { comeOver } from './take-case.ts';

/** The texts by the ids of their parts; null if none came. */
type TranslateWords = (
  asked: Extract<Effect, { kind: 'translate' }>,
) => Promise<Readonly<Record<string, string>> | null>;

export interface TurnDeps {
  readonly store: Store;
  readonly calls: CallShelf;
  readonly served: ServedCalls;
  readonly intake: Intake;
  readonly lexicon: Lexicon;
  readonly operator: Omit<Operator, 'desk'>;
  /** True if staff can write from the desk. */
  readonly deskIsStaffed: () => Promise<boolean>;
  readonly translate: Translate;
  readonly documents: DocumentBuilder;
  /** Replacements for withheld words in a document. */
  readonly labels: World['labels'];
  readonly borrowed: World['borrowed'];
  /** Absent if no service is configured. Resolves to null if no translation came. */
  readonly translateWords?: TranslateWords;
  readonly now: () => Date;
  readonly newId: World['newId'];
  readonly newCode: World['newCode'];
  readonly fingerprint: World['fingerprint'];
  /** Differs at every start of the program. */
  readonly boot: string;
}

/** Most builds in one turn; more would be a fault in the program. */
const BUILDS = 8;

/**
 * Takes one turn of the open case, in the order of this function. Saves nothing. `farewell`: the replies if everything of the person
 * is erased, and nothing is left to save them in.
 */
export async function runTurn(
  deps: TurnDeps,
  pending: PendingTurn,
  { session: before, row, opens }: OpenCase,
  channel: ChannelFacts,
  render: (reply: Reply, session: Session) => Rendered,
): Promise<{ readonly turn: TurnToSave; readonly farewell: readonly Rendered[] | null }> {
  const replies: Reply[] = [];
  const effects: Effect[] = [];
  const consents = new Map<Effect, ConsentRow>();
  const documents: DocumentToSave[] = [];
  const about = { pending, channel, opens };
  let shelved = await callOf(deps, before);
  // The words of another call's body, for news of a text for it.
  const named = [...before.mails, ...(before.notes ?? [])];
  for (const { call } of named) if (call !== undefined) await deps.calls.pinned(call);
  let place: Moved = { session: before, row, left: null };
  let facts: Facts = { ...(await factsOf(deps, about, before)), ...(await codeFacts(deps.store, pending)) };
  let event: Event | null = pending.event;
  for (let rounds = 0; event !== null; rounds++) {
    if (rounds > BUILDS) throw new Error(`a turn goes on without end at ${place.session.at.prompt}`);
    const world = worldOf(deps, shelved, pending.event.at, await deps.deskIsStaffed());
    let outcome = takeTurn(world, facts, place.session, event);
    while (outcome.kind === 'needs') {
      facts = { ...facts, ...(await load(deps, outcome.what, facts, pending.person, place, effects)) };
      outcome = takeTurn(world, facts, place.session, event);
    }
    const { session } = outcome;
    place = { ...place, session };
    replies.push(...outcome.replies);
    effects.push(...outcome.effects);
    let asked: Parameters<TranslateWords>[0] | null = null;
    for (const effect of outcome.effects) {
      if (effect.kind === 'translate') asked = effect;
      if (effect.kind === 'consent') consents.set(effect, consentRow(deps.translate, effect, session, pending.event));
    }
    if (facts.parts !== undefined) facts = { ...facts, parts: partsAfter(facts.parts, outcome.effects) };
    event = null;
    if (session.call.id !== shelved.call.id) {
      shelved = await callOf(deps, session);
      facts = await factsOf(deps, about, session);
      event = { kind: 'entered', id: `${pending.event.id}/begun`, at: pending.event.at };
      continue;
    }
    const enter = outcome.effects.find((effect) => effect.kind === 'enter');
    if (enter?.kind === 'enter') {
      place = await move(deps, pending, place, enter, effects);
      shelved = await callOf(deps, place.session);
      facts = await factsOf(deps, about, place.session);
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
        facts = await factsOf(deps, about, place.session);
      }
      const { id, at } = pending.event;
      event = { kind: come === null ? 'not-taken' : 'taken', id: `${id}/taken`, at };
      continue;
    }
    if (asked !== null) {
      forget(effects, ['translate']);
      const texts = (await deps.translateWords?.(asked)) ?? null;
      event = { kind: 'translated', id: `${pending.event.id}/translated`, at: pending.event.at, texts };
      continue;
    }
    const build = outcome.effects.find((effect) => effect.kind === 'build');
    if (build?.kind !== 'build') continue;
    const parts: readonly Part[] = facts.parts ?? (await partsOf(deps, session, effects));
    facts = { ...facts, parts };
    const given = session.contribution === null ? [] : await deps.store.consents(session.contribution);
    const { kind: _, ...how } = build;
    const joint = session.joint === undefined ? {} : { joint: await jointOf(deps, pending.person, place, shelved) };
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
    ...{ effects, event: pending.event, before, session, shelved, consents },
    ...{ parts: facts.parts ?? [], given: place.given },
    takenOut: () => render({ text: 'voice.taken-out' }, session),
  });
  const rendered = replies.map((reply) => render(reply, session));
  const turn: TurnToSave = {
    ...{ pending, session, effects: prepared, at: deps.now().toISOString() },
    state: stateOf(session),
    cases: casesToSave(opens, place),
    said: saidIn(pending.event),
    replies: replies.map(({ prompt, about, replaces = null, params = {} }, index) => ({
      ...{ body: rendered[index], replaces },
      promptId: prompt?.id ?? (about === undefined ? null : shownAs(about)),
      ...(quotesPerson(params) ? { quotes: true as const } : {}),
    })),
    documents: latest(documents),
    archive: effects.some(({ kind }) => kind === 'open-case')
      ? { hash: session.call.hash, callId: session.call.id, text: shelved.archive }
      : null,
  };
  const erasesPerson = effects.some((effect) => effect.kind === 'erase' && effect.what === 'person');
  return { turn, farewell: erasesPerson ? rendered : null };
}

/** Replaces the reply of a file that could not be made. */
function takeBack(replies: Reply[], file: Reply['file'], instead: Reply): void {
  replies.splice(0, replies.length, ...replies.map((reply) => (reply.file === file ? instead : reply)));
}

/** Loads what the engine asked for; `known`: what it was given. */
async function load(
  deps: TurnDeps,
  what: Needed,
  known: Facts,
  person: string,
  place: Moved,
  effects: readonly Effect[],
): Promise<Pick<Facts, Needed>> {
  if (known[what] !== undefined) throw new Error('the same was asked for twice');
  if (what === 'parts') return { parts: await partsOf(deps, place.session, effects) };
  if (what === 'held') return { held: await deps.store.held(person) };
  const cases = known.cases ?? (await withCalls(deps, await othersThan(deps.store, person, place)));
  return what === 'cases' ? { cases } : { fingerprints: await fingerprintsIn(deps, cases) };
}

/** A person's own texts are named by their calls, also by some that are over. One whose call is gone cannot be opened. */
async function withCalls({ calls }: TurnDeps, cases: readonly PutAway[]): Promise<readonly PutAway[]> {
  const known: PutAway[] = [];
  for (const one of cases) {
    const { drafts, call } = one.session;
    if (drafts !== true) known.push(one);
    const shelved = drafts === true ? ((await calls.pinned(call.hash)) ?? calls.find(call.id)) : null;
    if (shelved === null) continue;
    const session = { ...one.session, call: { ...call, hash: shelved.hash } };
    known.push({ ...one, session, of: { call: shelved.call } });
  }
  return known;
}

async function jointOf(deps: TurnDeps, person: string, place: Moved, shelved: ShelvedCall) {
  return jointDraft(deps, place.session, shelved, await othersThan(deps.store, person, place));
}

function forget(effects: Effect[], kinds: readonly Effect['kind'][]): void {
  effects.splice(0, effects.length, ...effects.filter(({ kind }) => !kinds.includes(kind)));
}

/** The revision of the call that a draft began with; today's if that does not exist any more. */
export async function callOf({ calls }: Pick<TurnDeps, 'calls'>, { call }: Session): Promise<ShelvedCall> {
  return (await calls.pinned(call.hash)) ?? calls.current(call.id);
}

function worldOf(
  { served, documents, intake, lexicon, operator, labels, borrowed, newId, newCode, fingerprint }: TurnDeps,
  shelved: ShelvedCall,
  at: string,
  desk: boolean,
): World {
  const { call, hash, catalogues } = shelved;
  const calls = served.several?.(at) ?? [];
  return {
    call,
    callHash: hash,
    ...(calls.length > 1 ? { calls } : {}),
    intake,
    lexicon,
    operator: { ...operator, desk },
    labels,
    borrowed,
    callTexts: catalogues,
    newId,
    wordsOf: (session, parts) => wordsOfText(documents, shelved, session, parts),
    newCode,
    fingerprint,
  };
}

async function partsOf({ store }: TurnDeps, session: Session, effects: readonly Effect[]): Promise<readonly Part[]> {
  return partsAfter(session.contribution === null ? [] : await store.parts(session.contribution), effects);
}

async function copyOf(
  deps: TurnDeps,
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
      (session.gathers ?? session.drafts) === undefined || session.contribution === null
        ? await deps.store.transcript(person, null)
        : await deps.store.transcriptOfContribution(person, session.contribution),
    say: sayIn(deps.translate, session.language, session.call.hash),
  });
}

/** The last document of a kind counts; earlier builds of the same turn were replaced. */
function latest(documents: readonly DocumentToSave[]): readonly DocumentToSave[] {
  return documents.filter(({ kind }, index) => documents.findLastIndex((other) => other.kind === kind) === index);
}

/** In characters: a longer value is not a name or a number, but words of a person; so is every value `text`. */
const LONGEST_NAME = 40;

/** Some of a reply's values are words that a person told. */
export function quotesPerson(params: Params): boolean {
  return Object.entries(params).some(([name, param]) => {
    if (typeof param === 'string') return name === 'text' || param.length > LONGEST_NAME || param.includes('\n');
    if (typeof param === 'number' || 'at' in param) return false;
    const refs = 'list' in param ? param.list : [param];
    return refs.some((ref) => quotesPerson(ref.params ?? {}));
  });
}
