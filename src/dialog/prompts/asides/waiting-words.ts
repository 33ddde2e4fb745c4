// Messages while words wait for their person to say whether they belong to the text.

import type { Session } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { orderToLeave, wishesToGoOn } from '../../understanding/alarm.ts';
import { questionIn, typedIn } from '../../understanding/commands.ts';
import { isDone, plainAnswerIn, wantsOut } from '../../understanding/plain-answer.ts';
import { numberIn, perhapsMeant, recognizeChoice } from '../../understanding/recognize.ts';
import { hearOnce, TOLD } from '../../understanding/talk/hear.ts';
import { sayKnownAnswer } from '../opening/wants.ts';

/** How the question about stray words ends in the person's words: "take that out" leaves them out, "that is all" goes on. */
export function closingOf({ world: { lexicon } }: Turn, text: string): 'done' | 'not-text' | null {
  if (wantsOut(lexicon, text)) return 'not-text';
  return isDone(lexicon, text) ? 'done' : null;
}

/** SEND or a question to the bot does not join the waiting words: it is answered, and the open question repeated. */
export function isAnsweredAside(turn: Turn, text: string): boolean {
  const { lexicon } = turn.world;
  const question = questionIn(lexicon, text);
  if (question === null && typedIn(lexicon, text) === null) return false;
  if (question === null) turn.say('typed-not-here');
  else sayKnownAnswer(turn, question);
  turn.again('short');
  return true;
}

/** Handles "3" if the prompt below has a third choice: it does not join the waiting words, which are settled first. */
export function answersBelow(turn: Turn, text: string): boolean {
  const below = turn.session.under.at(-1);
  const values = below === undefined ? [] : turn.choicesAt(below).map(({ value }) => value);
  const { lexicon } = turn.world;
  const { language } = turn.session;
  const chosen = recognizeChoice(lexicon, language, text, values, true).kind === 'accepted';
  if (!chosen && numberIn(text) === null && perhapsMeant(lexicon, language, text, values) === null) return false;
  turn.say('doubt.first');
  turn.again('short');
  return true;
}

type Heard = Extract<NonNullable<Session['doubt']>, { readonly kind: 'heard' }>;

/** "Arrête tout" is an order, and joins no text unless its person says so. */
export function isOrderToLeave({ world }: Turn, { as, text }: Heard): boolean {
  return (as === 'stop' || as === 'pause') && orderToLeave(world.lexicon, text) !== null;
}

/** A plain "no" to "Stop here?" goes on; only the whole choice, or its number, makes the order a part of the story. */
export function declinesOrder(turn: Turn, { text, tapped }: Said): boolean {
  const { doubt } = turn.session;
  if (doubt?.kind !== 'heard' || tapped !== null || !isOrderToLeave(turn, doubt)) return false;
  return plainAnswerIn(turn.world.lexicon, text) === 'no';
}

/** More words are told; so few are too few to tell from their words what they are. */
const UNCLEAR_WORDS = 6;
const FEW_WORDS = 2;

/** The meaning of words said to "Stop here? Or is this part of your story?". A question is none of it. */
export function answerToLeaving(turn: Turn, open: Heard, said: Said): 'stop' | 'pause' | 'on' | 'unclear' | 'told' {
  const { lexicon } = turn.world;
  if (open.as !== 'stop' && open.as !== 'pause') return 'told';
  const order = orderToLeave(lexicon, said);
  if (order !== null) return order;
  if (wishesToGoOn(lexicon, said)) return 'on';
  if (questionIn(lexicon, said) !== null) return 'told';
  const words = said.text.split(/\s+/u).length;
  if (words <= FEW_WORDS) return 'unclear';
  return words <= UNCLEAR_WORDS && (hearOnce(turn, said.text)?.talk ?? TOLD) >= TOLD ? 'unclear' : 'told';
}
