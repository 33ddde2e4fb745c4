// "Acho que estão vigiando meu celular", "uso el celular de mi cuñada, ¿es peligroso?": who can read what is written here, said of this channel.

import type { Stage, Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { speaksOfFear } from '../understanding/about-words.ts';
import { saidOfPhone } from '../understanding/of-phone.ts';
import { asksByMark } from '../understanding/plain-answer.ts';
import { hearOnce, TOLD } from '../understanding/talk/hear.ts';
import { sayWhoReadsHere } from './answer-alarm.ts';
import { leaveOut } from './care.ts';
import { ask } from './talk.ts';

export const watchedPhone: Stage = (turn, message) => {
  const { at, kept } = turn.session;
  const { literal, slot } = PROMPT[at.prompt];
  if (literal === true || turn.here.takesWords === true || !isOfSafety(turn, message)) return 'next';
  sayWhoReadsHere(turn);
  if (slot === undefined) {
    if (kept) leaveOut(turn, message);
    turn.again(at.prompt === 'safety' ? 'full' : 'short');
  } else if (speaksOfFear(turn.world.lexicon, message.text)) PROMPT[at.prompt].answer(turn, message);
  else ask(turn, { kind: 'question', question: 'other', id: message.id, text: message.text });
  return 'done';
};

/** A question, or fear that is said now; "they tapped my phone for months" is told, and "a code for my sister's phone" is another wish. */
function isOfSafety(turn: Turn, { text }: Said): boolean {
  const { lexicon } = turn.world;
  const found = saidOfPhone(lexicon, text);
  if (turn.session.at.prompt === 'safety') return found !== null && found !== 'unwatched';
  const { heard, talk } = hearOnce(turn, text) ?? { heard: null, talk: TOLD };
  if (found === 'asked') return asksByMark(text) || talk >= 0;
  if (found !== 'watched' || heard?.kind === 'command') return false;
  if (asksByMark(text)) return heard?.kind !== 'question' || heard.question === 'other';
  return speaksOfFear(lexicon, text) && talk >= 0;
}
