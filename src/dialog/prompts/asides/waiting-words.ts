// Messages while words wait for their person to say whether they belong to the text.

import type { Turn } from '../../engine/turn.ts';
import { questionIn, typedIn } from '../../understanding/commands.ts';
import { isDone, wantsOut } from '../../understanding/plain-answer.ts';
import { numberIn, perhapsMeant, recognizeChoice } from '../../understanding/recognize.ts';
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
