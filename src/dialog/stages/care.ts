// Messages to the bot that ask for nothing: thanks, a greeting, a goodbye, small talk, anger, "it is too much". They are
// answered, and followed by no question. docs/decisions/0177-grief-is-answered.md.

import { holdWords, keptUntil } from '../engine/pending-consent.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { supportList } from '../prompts/opening/opening.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { givesUp, isEnoughForNow, saysSomebodyComes, wishes, wishesToAsk } from '../understanding/alarm.ts';
import { isCourtesy, isFarewell, questionIn } from '../understanding/commands.ts';
import { letsBe, saysNothing } from '../understanding/about-words.ts';
import { fold } from '../understanding/fold.ts';
import { type Heard, hearOnce } from '../understanding/talk/hear.ts';
import { rest } from './way-back.ts';

/** Thanks and greetings of more words may be more than that. */
const COURTESY_WORDS = 8;
/** Share of the kind from which distress is answered: an answer too many asks for nothing and takes nothing out. */
export const LIKELY = 0.15;

export type Courtesy = 'thanks' | 'greeting' | 'smalltalk';
export type Distress = 'overwhelmed' | 'anger' | 'giving-up';

export const isDistress = (kind: Heard['kind']): kind is 'overwhelmed' | 'anger' =>
  kind === 'overwhelmed' || kind === 'anger';

export function isLong({ text }: Said): boolean {
  return text.split(/\s+/u).length > COURTESY_WORDS;
}

/** At a free answer. Long thanks stay in the text; a few words stay out of it, and *undo* asks about them. */
export function answerCourtesy(turn: Turn, said: Said, kind: Courtesy): void {
  if (isLong(said)) keepInText(turn, said);
  else leaveOut(turn, said);
  turn.say(`talk.${kind}`, undefined, { replaces: 'talk' });
}

/** The words stay in the text as they are told, or are kept aside if the prompt takes none, and only the care is said. */
export function answerDistress(turn: Turn, said: Said, kind: Distress): void {
  const isKept = keepInText(turn, said);
  if (!isKept) leaveOut(turn, said);
  sayCare(turn, kind, isKept ? '' : '-here');
}

/** A goodbye, "sorry", and a plain "ok" in the story, as it answers nothing there. Returns false if it is none of them. */
export function answerShort(turn: Turn, said: Said): boolean {
  if (answerFarewell(turn, said) || goAhead(turn, said) || answerGivingUp(turn, said)) return true;
  const { lexicon } = turn.world;
  const sorry = lexicon.apologies.has(fold(said.text));
  const plain =
    isInStory(turn) &&
    [isCourtesy(lexicon, said.text), letsBe(lexicon, said), saysNothing(lexicon, said)].includes(true);
  if (!sorry && (!plain || hearOnce(turn, said.text)?.heard.kind === 'thanks')) return false;
  leaveOut(turn, said);
  turn.say(sorry ? 'talk.sorry' : 'talk.greeting', undefined, { replaces: 'talk' });
  return true;
}

/** "I give up": rest and people first; erasing only if it is asked for. Returns false for anything else. */
export function answerGivingUp(turn: Turn, said: Said): boolean {
  const isShort = said.text.split(/\s+/u).length <= COURTESY_WORDS;
  // "Laisse tomber" is about what was just said.
  if (!isShort || !givesUp(turn.world.lexicon, said.text) || letsBe(turn.world.lexicon, said)) return false;
  if (isEnoughForNow(turn.world.lexicon, said)) return false;
  leaveOut(turn, said);
  sayCare(turn, 'giving-up', PROMPT[turn.session.at.prompt].slot === undefined ? '-here' : '');
  return true;
}

/** "Answer me, stupid machine": at a list, or told to the bot while telling. It is no testimony. Returns false for anything else. */
export function answerScolding(turn: Turn, said: Said): boolean {
  if (!wishes(turn.world.lexicon, said, 'scolding')) return false;
  const isTelling = PROMPT[turn.session.at.prompt].slot !== undefined;
  if (turn.session.kept) leaveOut(turn, said);
  turn.say('talk.scolded', undefined, { commands: ['person'], replaces: 'care' });
  if (isTelling && turn.session.kept) turn.say('doubt.left-out', undefined, { commands: ['undo'] });
  else turn.again('short');
  return true;
}

/** "Stop, somebody is coming": the words are left out, and nothing more is asked. Returns false for anything else. */
export function hidesScreen(turn: Turn, said: Said): boolean {
  if (!turn.session.kept || !saysSomebodyComes(turn.world.lexicon, said)) return false;
  leaveOut(turn, said);
  emptyScreen(turn);
  return true;
}

export function emptyScreen(turn: Turn): void {
  turn.say('pause.hidden', keptUntil(turn));
  turn.change({ paused: true, unlockedAt: null });
}

/** "I can't go on today": the rest begins at once, since any message ends it. The words are left out. */
export function restsNow(turn: Turn, said: Said): boolean {
  if (hidesScreen(turn, said)) return true;
  const isRest = turn.session.kept && turn.here.atRest !== true && isEnoughForNow(turn.world.lexicon, said);
  if (!isRest) return false;
  leaveOut(turn, said);
  rest(turn);
  turn.change({ tooMuch: true });
  return true;
}

/** "I have a question": it may be asked. Returns false for anything else, also for the question itself. */
export function goAhead(turn: Turn, said: Said): boolean {
  const { lexicon } = turn.world;
  const isShort = said.text.split(/\s+/u).length <= COURTESY_WORDS;
  if (!isShort || !wishesToAsk(lexicon, said.text) || questionIn(lexicon, said.text) !== null) return false;
  const { slot } = PROMPT[turn.session.at.prompt];
  if (slot !== undefined) leaveOut(turn, said);
  turn.say('questions.go-ahead', undefined, { commands: ['person'], replaces: 'talk' });
  if (slot === undefined) turn.again('short');
  return true;
}

function isInStory(turn: Turn): boolean {
  return PROMPT[turn.session.at.prompt].slot?.(turn) === 'story';
}

/** A goodbye: a rest, and who can listen meanwhile; after SEND a farewell. Returns false if it is none. */
export function answerFarewell(turn: Turn, said: Said): boolean {
  if (!turn.session.kept || !isFarewell(turn.world.lexicon, said.text)) return false;
  if (turn.here.atRest === true) {
    turn.say('ending.goodbye', { support: supportList(turn, 'later') }, { replaces: 'ending' });
    return true;
  }
  if (turn.session.doubt === null) leaveOut(turn, said);
  turn.say('ending.meanwhile', { support: supportList(turn, 'later') }, { replaces: 'ending' });
  if (!turn.session.paused) rest(turn);
  return true;
}

/** At a prompt that takes no testimony. Decides nothing; the open question is repeated, but not at the end. */
export function answerCourtesyAside(turn: Turn, kind: Courtesy): void {
  const ends = kind === 'thanks' && turn.here.atRest === true && turn.session.at.prompt !== 'hold';
  const text = ends ? 'ending.trust' : `talk.${kind === 'thanks' ? 'thanks-here' : kind}`;
  turn.say(text, undefined, { replaces: 'talk' });
  // A greeting goes on, and "we stop here" does not go with it.
  if (kind === 'greeting' && turn.session.at.prompt === 'stop') turn.resume('full');
  else if (!ends) turn.again('short');
}

/** Returns false if the open prompt takes no words of a story: then they are in no text yet. */
function keepInText(turn: Turn, { id, text }: Said): boolean {
  const { slot } = PROMPT[turn.session.at.prompt];
  if (slot === undefined || turn.here.takes === 'link') return false;
  turn.addPart(slot(turn), id, text);
  return true;
}

/** Kept aside: *undo* asks about them. Before the consent they are held; a name or a secret word is not kept at all. */
export function leaveOut(turn: Turn, { id, text }: Said): void {
  const { at, flags, doubt, kept } = turn.session;
  if (PROMPT[at.prompt].literal === true || flags.includes('under-age') || holdWords(turn, { id, text })) return;
  if (doubt?.kind === 'stray') return turn.change({ doubt: { ...doubt, more: [...doubt.more, { id, text }] } });
  if (!kept) return;
  turn.leaveOut({ doubt: { kind: 'stray', id, text, more: [] } });
}

/** An answer to danger or despair (answer-alarm.ts) is care enough for one turn. */
const ALARM = /^(?:danger|despair)\./u;

function sayCare(turn: Turn, kind: Distress, here: '' | '-here'): void {
  const isAnswered = turn.replies.some(({ text }) => ALARM.test(text));
  const params = { ...keptUntil(turn), org: turn.world.operator.name, support: supportList(turn, 'listen') };
  if (!isAnswered) turn.say(`talk.${kind}${here}`, params, { commands: ['pause', 'person'], replaces: 'care' });
  if (kind !== 'anger') turn.change({ tooMuch: true });
}
