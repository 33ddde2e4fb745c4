// "They never called us. Somebody's at the door": said to the bot in a message that tells. What is told is kept, and the screen is
// emptied first.

import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { orderToLeave, saysSomebodyComes } from '../understanding/alarm.ts';
import type { Lexicon } from '../understanding/lexicon.ts';
import { isReported } from '../understanding/names/hide-wish.ts';
import { emptyScreen } from './care.ts';

/** The clauses of a message, each with the mark behind it. */
const CLAUSES = /[^.!?;:,…\n]+[.!?;:,…\n]*/gu;
/** Words that tell before the clause; with fewer, all of it stays in the text. */
const TOLD_WORDS = 3;
/** Words at the end of a message, without a mark before them. */
const RUN_ON = { from: 2, to: 9 };

/** Returns false if no clause of the message says so, the prompt takes no testimony, or the words are for staff. */
export function hidesAmong(turn: Turn, { id, text }: Said): boolean {
  const { lexicon } = turn.world;
  const { slot } = PROMPT[turn.session.at.prompt];
  if (!turn.session.kept || turn.answersStaff || slot === undefined || turn.here.takes === 'link') return false;
  const clauses = text.match(CLAUSES) ?? [];
  const [from, to] = placeOf(lexicon, clauses);
  const told = clauses.slice(0, from).join('').trim();
  if (from === -1 ? !comesAtEnd(lexicon, text) : isReported(lexicon, told)) return false;
  turn.addPart(slot(turn), id, text);
  emptyScreen(turn);
  const part = turn.parts().find((one) => one.id === id);
  const isLast = clauses.slice(to).every((clause) => orderToLeave(lexicon, clause.trim()) !== null);
  if (from === -1 || !isLast || part === undefined || told.split(/\s+/u).length < TOLD_WORDS) return true;
  turn.replacePart(part, told.replace(/[,;:]$/u, ''));
  turn.say('talk.wish-out', { text: clauses.slice(from).join('').trim() }, { commands: ['undo'] });
  return true;
}

/** The first and the next clause after those that say it, together with "wait" before them; -1 if there is none. */
function placeOf(lexicon: Lexicon, clauses: readonly string[]): readonly [from: number, to: number] {
  const says = (from: number, to: number) => saysSomebodyComes(lexicon, clauses.slice(from, to).join(' ').trim());
  const last = clauses.findLastIndex((_, at) => says(at, at + 1));
  let from = last;
  while (from > 0 && says(from - 1, last + 1)) from--;
  return [from, last + 1];
}

/** "… and never called us somebody's at the door". */
function comesAtEnd(lexicon: Lexicon, text: string): boolean {
  if (isReported(lexicon, text)) return false;
  const words = text.trim().split(/\s+/u);
  for (let count = RUN_ON.from; count <= Math.min(RUN_ON.to, words.length - 1); count++) {
    if (saysSomebodyComes(lexicon, words.slice(-count).join(' '))) return true;
  }
  return false;
}
