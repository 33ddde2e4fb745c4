// Several calls are served at once: a link or a first word says which one somebody comes for.

import type { CallForInputs } from '../../calls/call.ts';
import type { OpenCall } from '../../calls/served-calls.ts';
import type { Event } from '../engine/event.ts';
import type { Stage, Turn } from '../engine/turn.ts';
import type { PutAway } from '../engine/world.ts';
import { openNew, openOwn, stay, titleOf } from '../organiser/own-texts.ts';
import { beginAfresh, beginAnother } from '../prompts/after/after.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { fold } from '../understanding/fold.ts';

type Named = Pick<OpenCall, 'id' | 'word'>;

/** The id of the call that an event names, by its link, or as a message of nothing but its word or id; null if none. */
export function callMeant(calls: readonly Named[], event: Event): string | null {
  if (event.kind === 'opened') return calls.find(({ id }) => id === event.call)?.id ?? null;
  if (event.kind !== 'message' || event.choice !== undefined) return null;
  const said = fold(event.text);
  const isMeant = ({ id, word }: Named) => said === fold(id) || (word !== null && said === fold(word));
  return calls.find(isMeant)?.id ?? null;
}

/** The word of another call, alone. In the middle of a name it is a name. */
export const otherCall: Stage = (turn, { command }) => {
  if (command !== 'undo') stay(turn);
  const named = PROMPT[turn.session.at.prompt].literal === true;
  return !named && beginCall(turn) ? 'done' : 'next';
};

/** Opens the text for the other call that the event names, or begins one. Returns false if it names none. */
export function beginCall(turn: Turn): boolean {
  const { session, event } = turn;
  const { language, gathers, drafts } = session;
  const wanted = wantedIn(turn);
  const own = ownText(turn, wanted);
  if (wanted === undefined && own === undefined) return false;
  if (isLocked(turn)) return askForWord(turn);
  if (gathers !== undefined && drafts !== true) {
    if (wanted === undefined || wanted.id === session.call.id) return false;
    turn.say('other-call.gathers', { wanted: wanted.short[language], present: { key: 'call:short' } });
    turn.again('short');
    return true;
  }
  if (gathers === undefined && (own ?? wanted)?.id === session.call.id) {
    if (event.kind === 'opened' || !session.kept) return false;
    turn.say('drafts.open', { name: titleOf(session) });
    turn.again('short');
    return true;
  }
  if (own !== undefined) openOwn(turn, own.text);
  else if (wanted !== undefined) beginFor(turn, wanted);
  return true;
}
function beginFor(turn: Turn, wanted: OpenCall): void {
  const { session } = turn;
  const call = { id: wanted.id, hash: wanted.hash };
  if (session.kept && (session.drafts === true || !isOver(turn))) return openNew(turn, call);
  const mails = session.mails.map((mail) => ({ call: session.call.hash, ...mail }));
  if (session.kept) beginAnother(turn, { call, mails, at: { prompt: 'hello' } });
  else beginAfresh(turn, { call, at: { prompt: 'hello' } });
  // The new call's own texts are needed to ask: the turn goes on as "entered" (conversation/run-turn.ts).
  turn.toAsk = null;
}

function wantedIn({ world, event, session }: Turn): OpenCall | undefined {
  const id = callMeant(world.calls ?? [], event);
  // Nothing is kept of somebody under age, for any call.
  const isMinor = !session.kept && session.flags.includes('under-age');
  return isMinor ? undefined : (world.calls ?? []).find((one) => one.id === id);
}

/** Longer messages are no word of a call. */
const WORD = 60;

/** A text of the same person for that call, which may be over. */
function ownText(
  turn: Turn,
  wanted: OpenCall | undefined,
): { readonly id: string; readonly text: PutAway } | undefined {
  const { session, event } = turn;
  if (session.drafts !== true || (event.kind === 'message' && event.text.length > WORD)) return undefined;
  const all = turn.cases().flatMap((text) => (text.of === undefined ? [] : [{ text, ...calledBy(text.of.call) }]));
  const id = wanted?.id ?? callMeant(all, event);
  if (id === null || (id === session.call.id && session.gathers === undefined)) return undefined;
  const found = all.filter((one) => one.id === id);
  return found.find(({ text }) => text.session.mails.length === 0) ?? found.at(-1);
}

function calledBy({ id, word }: Pick<OpenCall, 'id' | 'word'> | CallForInputs): Named {
  return { id, word: word ?? null };
}

/** Does not say that there are texts here. */
function askForWord(turn: Turn): boolean {
  if (turn.event.kind === 'opened' || !turn.session.kept) return false;
  if (turn.session.at.prompt === 'locked') return false;
  turn.aside({ prompt: 'locked' });
  return true;
}

/** Somebody else may hold the phone: nothing is said of what is here. */
function isLocked({ session }: Turn): boolean {
  return session.ownWord !== null && session.unlockedAt === null;
}

/** Prompts after a text was sent. */
const SENT: readonly string[] = ['write-back', 'after'];

/** True if all that was sent has left: nothing is under way. */
function isOver({ session }: Turn): boolean {
  const isOut = ({ outcome }: (typeof session.mails)[number]) => outcome === 'accepted' || outcome === 'written';
  return SENT.includes(session.at.prompt) && session.asked === undefined && session.mails.every(isOut);
}
