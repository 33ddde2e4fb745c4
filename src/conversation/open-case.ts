// Of several cases of one person one is open at a time. Finds the case that an event is about, and puts sessions away and opens
// others.

import type { CallShelf } from '../calls/call-registry.ts';
import type { ServedCalls } from '../calls/served-calls.ts';
import type { Effect } from '../dialog/engine/effect.ts';
import type { Destination, Event } from '../dialog/engine/event.ts';
import { parseSession, type Session } from '../dialog/engine/session.ts';
import { promptKey } from '../dialog/engine/turn.ts';
import type { PutAway } from '../dialog/engine/world.ts';
import { asFound, homeOf, newCase, newJoint, newOwnText } from '../dialog/organiser/gathering.ts';
import type { Store } from '../store/open.ts';
import type { CasesToSave, PendingTurn, SessionState } from '../store/turns/turn-work.ts';

type Row = CasesToSave['row'];

export interface OpenCase {
  readonly session: Session;
  readonly row: Row;
  /** False if this event concerns a case that is not the open one. */
  readonly opens: boolean;
}

type Sessions = Pick<Store, 'sessions' | 'sessionWithPart'>;

/** Of a person with several cases: the open one, or the one that the event is about. */
export async function caseOf(store: Sessions, pending: PendingTurn, home: Session): Promise<OpenCase> {
  const about = await caseAbout(store, pending);
  if (about !== null) return { session: asFound(about.session, home), row: { other: about.key }, opens: false };
  if (pending.session === null) return { session: home, row: 'home', opens: true };
  const open = asFound(parseSession(pending.session), home);
  // A message for the organiser, about none of the texts.
  if (isToOrganiser(pending, open)) return { session: home, row: 'home', opens: false };
  return { session: open, row: 'open', opens: true };
}

function isToOrganiser({ event }: PendingTurn, open: Session): boolean {
  if (event.kind === 'own-word-reset') return true;
  if (event.kind !== 'staff-words') return false;
  // A person who writes only for themselves is told in the open text.
  return event.case === undefined ? open.drafts !== true : event.case !== open.case;
}

/** Outcomes of mails, results of recordings, edits and deletions belong to their case, whichever is open. */
async function caseAbout(store: Sessions, { person, event }: PendingTurn): Promise<PutAway | null> {
  const key = await keyAbout(store, person, event);
  return key === null ? null : ((await putAway(store, person)).find((one) => one.key === key) ?? null);
}

async function keyAbout(store: Sessions, person: string, event: Event): Promise<string | null> {
  if (event.kind === 'edit' || event.kind === 'deletion') {
    const { target } = event;
    const key = await store.sessionWithPart(person, target);
    if (key !== null || event.kind === 'edit') return key;
    // The parts of an imported message have other ids.
    const all = await putAway(store, person);
    return all.find(({ session }) => session.imported?.includes(target) === true)?.key ?? null;
  }
  if (
    event.kind === 'translated-by-staff' ||
    event.kind === 'withdrawn-by-person' ||
    event.kind === 'member-left' ||
    event.kind === 'staff-words'
  ) {
    if (event.case === undefined) return null;
    return (await putAway(store, person)).find(({ session }) => session.case === event.case)?.key ?? null;
  }
  if (event.kind === 'voice-written' || event.kind === 'voice-failed') {
    const { note } = event;
    const all = await putAway(store, person);
    return all.find(({ session }) => session.voice.notes.some(({ id }) => id === note))?.key ?? null;
  }
  if (event.kind !== 'mail' && event.kind !== 'answered' && event.kind !== 'review') return null;
  const { reference } = event;
  const sent = (await putAway(store, person)).find(({ session }) =>
    session.mails.some((mail) => mail.reference === reference),
  );
  return sent?.key ?? null;
}

/** All cases of a person except the open one. */
export async function putAway(store: Pick<Store, 'sessions'>, person: string): Promise<readonly PutAway[]> {
  const all = await store.sessions(person);
  return all.filter(({ open }) => !open).map(({ key, session }) => ({ key, session: parseSession(session) }));
}

/** The same in the middle of a turn that may have opened another case already. */
export async function othersThan(
  store: Pick<Store, 'sessions'>,
  person: string,
  { row, left }: { readonly row: Row; readonly left: Session | 'dropped' | null },
): Promise<readonly PutAway[]> {
  const all = await store.sessions(person);
  const opened = typeof row === 'object' ? row.other : null;
  return all.flatMap(({ key, open, session }): readonly PutAway[] => {
    if (key === opened) return [];
    if (!open) return [{ key, session: parseSession(session) }];
    if (left === null) return row === 'open' ? [] : [{ key, session: parseSession(session) }];
    return left === 'dropped' ? [] : [{ key, session: left }];
  });
}

/** The session that an `enter` effect opens; the list of cases if the case does not exist any more. */
export function entered(from: Session, to: Destination, others: readonly PutAway[], call: Session['call']): OpenCase {
  const home = homeOf(from);
  const list: OpenCase = {
    session: { ...home, at: { prompt: 'cases' }, trail: [], under: [] },
    row: 'home',
    opens: true,
  };
  switch (to.kind) {
    case 'home':
      return { ...list, session: { ...list.session, at: { prompt: to.at } } };
    case 'joint':
      return { session: newJoint(home, call, to.members, to.publication), row: 'new', opens: true };
    case 'call':
      return { session: newOwnText(from, to.call), row: 'new', opens: true };
    case 'new':
      return { session: newCase(home, call), row: 'new', opens: true };
    case 'case': {
      const found = others.find(({ key }) => key === to.key);
      if (found === undefined) return list;
      return { session: asFound(found.session, home), row: { other: found.key }, opens: true };
    }
    default:
      return to satisfies never;
  }
}

/** The unencrypted columns of a session's row. */
export function stateOf(session: Session): SessionState {
  return {
    step: promptKey(session.at),
    language: session.language,
    reference: session.reference,
    callId: session.call.id,
    case: session.case,
    contribution: session.contribution,
  };
}

/** A case with the name and number that its former organiser gave it. */
export interface Given {
  readonly name: string;
  readonly number?: number;
}

/** The state of a turn that may go from one case into another. */
export interface Moved {
  readonly session: Session;
  readonly row: Row;
  readonly left: Session | 'dropped' | null;
  /** Of a case that came over: its former name. */
  readonly given?: Given;
}

interface MoveDeps {
  readonly store: Pick<Store, 'sessions'>;
  readonly calls: CallShelf;
  readonly served: ServedCalls;
}

/** Effects that do not touch anybody's text: all others belong to the case that is opened. */
const BEFORE_MOVING: readonly Effect['kind'][] = ['enter', 'redact', 'erase', 'flag', 'held.erase', 'voice.erase'];

/** Puts the session away and opens the other one. */
export async function move(
  { store, calls, served }: MoveDeps,
  { person, event }: PendingTurn,
  { session, row }: Moved,
  { to, drop }: Extract<Effect, { kind: 'enter' }>,
  effects: readonly Effect[],
): Promise<Moved> {
  const early = effects.find(({ kind }) => !BEFORE_MOVING.includes(kind));
  if (early !== undefined) throw new Error(`a turn leaves its case after ${early.kind}`);
  if (typeof row === 'object' || row === 'new') throw new Error('a turn opens one case, not two');
  // An organiser's new cases are about the call that their chat began with, while it can be begun.
  const id = served.stateOf(session.call.id, event.at) === 'open' ? session.call.id : served.first;
  const call = { id, hash: calls.current(id).hash };
  const next = entered(session, to, await putAway(store, person), call);
  const left = row === 'home' ? null : drop === true ? 'dropped' : session;
  if (session.drafts !== true) return { session: next.session, row: next.row, left };
  const { cameFrom: _, ...opened } = next.session;
  const before = left === null ? session.cameFrom : left === 'dropped' ? undefined : await openKey(store, person);
  const isOther = before !== undefined && !(typeof next.row === 'object' && next.row.other === before);
  return { session: isOther ? { ...opened, cameFrom: before } : opened, row: next.row, left };
}

async function openKey(store: Pick<Store, 'sessions'>, person: string): Promise<string | undefined> {
  return (await store.sessions(person)).find(({ open }) => open)?.key;
}

/** Null for people with one case at a time. */
export function casesToSave(opens: boolean, { session, row, left }: Moved): CasesToSave | null {
  const put = left === null || left === 'dropped' ? left : { session: left, state: stateOf(left) };
  if ((session.gathers ?? session.drafts) !== undefined) return { row, opens, left: put, home: homeOf(session) };
  return typeof row === 'object' ? { row, opens, left: put } : null;
}

export function enteredEvent({ id, at }: Event, { to }: Extract<Effect, { kind: 'enter' }>): Event {
  const then = to.kind === 'case' && to.then !== undefined ? { then: to.then } : {};
  return { kind: 'entered', id: `${id}/entered`, at, ...then };
}
