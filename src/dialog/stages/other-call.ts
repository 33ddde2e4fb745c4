// Several calls are served at once: a link or a first word says which one somebody comes for.

import type { OpenCall } from '../../calls/served-calls.ts';
import type { Event } from '../engine/event.ts';
import type { Stage, Turn } from '../engine/turn.ts';
import { beginAfresh, beginAnother } from '../prompts/after/after.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { fold } from '../understanding/fold.ts';

/** The id of the call that an event names, by its link, or as a message of nothing but its word or id; null if none. */
export function callMeant(calls: readonly OpenCall[], event: Event): string | null {
  if (event.kind === 'opened') return calls.find(({ id }) => id === event.call)?.id ?? null;
  if (event.kind !== 'message' || event.choice !== undefined) return null;
  const said = fold(event.text);
  const isMeant = ({ id, word }: OpenCall) => said === fold(id) || (word !== null && said === fold(word));
  return calls.find(isMeant)?.id ?? null;
}

/** The word of another call, alone. In the middle of a name it is a name. */
export const otherCall: Stage = (turn) => {
  const named = PROMPT[turn.session.at.prompt].literal === true;
  return !named && beginCall(turn) ? 'done' : 'next';
};

/** Begins the other call that the event names, or says why not now. Returns false if it names none. */
export function beginCall(turn: Turn): boolean {
  const { session, world, event } = turn;
  const { language } = session;
  const id = callMeant(world.calls ?? [], event);
  const wanted = (world.calls ?? []).find((one) => one.id === id);
  if (wanted === undefined || wanted.id === session.call.id || isLocked(turn)) return false;
  const call = { id: wanted.id, hash: wanted.hash };
  if (mayBegin(turn)) {
    const mails = session.mails.map((mail) => ({ call: session.call.hash, ...mail }));
    if (session.kept) beginAnother(turn, { call, mails, at: { prompt: 'hello' } });
    else beginAfresh(turn, { call, at: { prompt: 'hello' } });
    // The new call's own texts are needed to ask: the turn goes on as "entered" (conversation/run-turn.ts).
    turn.toAsk = null;
    return true;
  }
  const ways = session.gathers === undefined ? (turn.facts.channel.wayBack === undefined ? 'open' : 'page') : 'gathers';
  turn.say(`other-call.${ways}`, { wanted: wanted.short[language], present: { key: 'call:short' } });
  turn.again('short');
  return true;
}

/** Somebody else may hold the phone: nothing is said of what is here. */
function isLocked({ session }: Turn): boolean {
  return session.ownWord !== null && session.unlockedAt === null;
}

/** Prompts after a text was sent. */
const SENT: readonly string[] = ['write-back', 'after'];

/** True if nothing is under way here: nothing was kept yet, or all that was sent has left. */
function mayBegin({ session }: Turn): boolean {
  if (session.gathers !== undefined) return false;
  if (!session.kept) return !session.flags.includes('under-age');
  const isOut = ({ outcome }: (typeof session.mails)[number]) => outcome === 'accepted' || outcome === 'written';
  return SENT.includes(session.at.prompt) && session.asked === undefined && session.mails.every(isOut);
}
