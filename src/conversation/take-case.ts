// Moves a case that was handed over to the person who typed its code and said yes.

import type { Incoming } from '../channels/channel.ts';
import { parseCrockford, RESUME_LENGTH } from '../crockford.ts';
import type { Elsewhere } from '../dialog/engine/event.ts';
import { parseSession, type Session } from '../dialog/engine/session.ts';
import type { Teller } from '../dialog/organiser/gathered.ts';
import { asFound, homeOf } from '../dialog/organiser/gathering.ts';
import { fold } from '../dialog/understanding/fold.ts';
import type { Store } from '../store/open.ts';
import type { OfferedCase } from '../store/organisers/codes.ts';
import type { PendingTurn } from '../store/turns/turn-work.ts';
import { type Given, type OpenCase, putAway } from './open-case.ts';

// A message in a messenger that is only a resume code: the conversation continues there. Its words are never stored.

interface ResumeHereDeps {
  readonly store: Pick<Store, 'resumeHere'>;
  /** Channels on which a code may be typed. */
  readonly on: ReadonlySet<string>;
  /** Days for which a single-use code is valid. */
  readonly days: number;
  readonly now: () => Date;
}

/** In characters: a longer message is no code, however it is spaced. */
const LONGEST = 30;

export function buildResumeHere(deps: ResumeHereDeps): (incoming: Incoming) => Promise<Incoming> {
  const { store, on, days, now } = deps;
  return async (incoming) => {
    const { event, from } = incoming;
    if (event.kind !== 'message' || event.text.length > LONGEST || !on.has(from.channel)) return incoming;
    const code = parseCrockford(event.text, RESUME_LENGTH);
    if (code === null) return incoming;
    const since = new Date(now().getTime() - days * 86_400_000).toISOString();
    const arrived = await store.resumeHere(code, from, since);
    if (arrived === 'unknown') return incoming;
    const what: Elsewhere = { kind: arrived };
    return { ...incoming, event: { id: event.id, at: event.at, kind: 'elsewhere', what } };
  };
}

export interface Come extends OpenCase {
  /** Its former name and number. */
  readonly given: Given;
}

/** `others`: the receiver's other cases. */
function cameOver(receiver: Session, offered: OfferedCase, others: readonly Teller[]): Come {
  const given = parseSession(offered.session);
  const { teller, gathers: _, ...rest } = asFound(given, receiver);
  const place = { row: { other: offered.key }, opens: true, given: calledBy(given) } as const;
  if (teller === undefined) return { ...place, session: rest };
  const { offered: __, closed: ___, ...told } = teller;
  const own = receiver.gathers === undefined && offered.code.to === 'person';
  if (own) return { ...place, session: { ...rest, teller: told } };
  const home = homeOf({ ...receiver, gathers: receiver.gathers ?? 'case' });
  const number = Math.max(0, ...others.map((one) => one.number)) + 1;
  const label = ofTheirOwn(told.label, others);
  const { under } = given;
  // The text rested since the code was made; it goes on at its former prompt.
  const at = under.at(-1) ?? given.at;
  const session: Session = { ...asFound(given, home), gathers: 'case', teller: { ...told, label, number } };
  return { ...place, session: { ...session, at, under: [] } };
}

/** Makes a name unique among the organiser's cases: two organisers may have used the same one. */
function ofTheirOwn(label: string, others: readonly Teller[]): string {
  const taken = new Set(others.map((one) => fold(one.label)));
  for (let count = 2; ; count++) {
    const other = count === 2 && !taken.has(fold(label)) ? label : `${label} ${count}`;
    if (!taken.has(fold(other))) return other;
  }
}

function calledBy({ teller }: Session): Given {
  return teller === undefined ? { name: '' } : { name: teller.label, number: teller.number };
}

/** Returns null if the code is not valid any more. */
export async function comeOver(
  store: Pick<Store, 'offeredCase' | 'sessions'>,
  { person, event }: PendingTurn,
  receiver: Session,
  code: string,
): Promise<Come | null> {
  const offered = await store.offeredCase(code, event.at);
  if (offered === null) return null;
  const others = await putAway(store, person);
  return cameOver(
    receiver,
    offered,
    others.flatMap(({ session }) => session.teller ?? []),
  );
}
