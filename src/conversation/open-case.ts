// Somebody with many cases has one of them open at a time. Which one an event is about, and what is put away for another.

import type { Event } from '../dialog/event.ts';
import { asFound, homeOf, newCase } from '../dialog/gathering.ts';
import type { Place } from '../dialog/place.ts';
import type { PutAway } from '../dialog/world.ts';
import { parseSession, type Session } from '../dialog/session.ts';
import type { CasesToSave } from '../store/organiser-port.ts';
import type { PendingTurn, Store } from '../store/store.ts';

type Row = CasesToSave['row'];

export interface OpenCase {
  readonly session: Session;
  readonly row: Row;
  /** False for what happens to a case while another one stays open. */
  readonly opens: boolean;
}

type Sessions = Pick<Store, 'sessions' | 'sessionWithPart'>;

/** Of an organiser: the case that is open, or the one that the event is about. */
export async function caseOf(store: Sessions, pending: PendingTurn, home: Session): Promise<OpenCase> {
  const about = await caseAbout(store, pending);
  if (about !== null) return { session: asFound(about.session, home), row: { other: about.key }, opens: false };
  if (pending.session === null) return { session: home, row: 'home', opens: true };
  return { session: asFound(parseSession(pending.session), home), row: 'open', opens: true };
}

/** How a mail ended, what came of a recording, and what somebody changes in a message, belong to their case, whichever is open. */
async function caseAbout(store: Sessions, { person, event }: PendingTurn): Promise<PutAway | null> {
  const key = await keyAbout(store, person, event);
  return key === null ? null : ((await putAway(store, person)).find((one) => one.key === key) ?? null);
}

async function keyAbout(store: Sessions, person: string, event: Event): Promise<string | null> {
  if (event.kind === 'edit' || event.kind === 'deletion') return store.sessionWithPart(person, event.target);
  if (event.kind === 'withdrawn-by-person') {
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

/** All cases of a person but the open one. */
export async function putAway(store: Pick<Store, 'sessions'>, person: string): Promise<readonly PutAway[]> {
  const all = await store.sessions(person);
  return all.filter(({ open }) => !open).map(({ key, session }) => ({ key, session: parseSession(session) }));
}

/** Where an `enter` effect leads; to the list where the case is not there any more. */
export function entered(from: Session, to: Place, others: readonly PutAway[], call: Session['call']): OpenCase {
  const home = homeOf(from);
  const list: OpenCase = {
    session: { ...home, at: { prompt: 'cases' }, trail: [], under: [] },
    row: 'home',
    opens: true,
  };
  switch (to.kind) {
    case 'home':
      return to.list ? list : { ...list, session: { ...list.session, at: { prompt: 'home' } } };
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
