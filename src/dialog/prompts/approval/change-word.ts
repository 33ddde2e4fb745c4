// "Cambia Dinoes por Diroes", "change X to Y" at a look at the text: the word is changed if the text has it, and both are said back.

import { LANGUAGES } from '../../../languages.ts';
import type { Prompt } from '../../engine/prompt.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { whatStands } from '../../stages/sending-window.ts';
import { fold } from '../../understanding/fold.ts';
import type { Lexicon } from '../../understanding/lexicon.ts';
import { asksByMark, type Correction, corrected } from '../../understanding/plain-answer.ts';
import type { PromptId } from '../prompt-ids.ts';

/** Words of such an order, and of what is changed. */
const LONGEST = 14;
const MOST_WORDS = 5;
const EDGES = /^[\s"“”«»'‘’.,;:]+|[\s"“”«»'‘’.,;:!]{1,8}$/gu;

/** Null if it is no such order: nothing may be before "change" but courtesy. */
export function changeIn({ plain }: Lexicon, text: string): Correction | null {
  const words = text.trim().split(/\s+/u);
  if (words.length > LONGEST || asksByMark(text)) return null;
  for (const language of LANGUAGES) {
    const { changes, changesLead, changesTo, around } = plain[language];
    const from = words.findIndex((word) => changes.has(fold(word)));
    const isLead = (word: string) => around.has(fold(word)) || changesLead.has(fold(word));
    if (from === -1 || !words.slice(0, from).every(isLead)) continue;
    const to = words.findIndex((word, at) => at > from + 1 && changesTo.has(fold(word)));
    if (to === -1) continue;
    // "… por Diroes, por favor".
    const isAround = (rest: readonly string[]) =>
      rest.every((word) => around.has(fold(word))) || around.has(fold(rest.join(' ')));
    const end = words.findIndex((_, at) => at > to + 1 && isAround(words.slice(at)));
    const bare = (part: readonly string[]) => part.join(' ').replace(EDGES, '');
    const [wrong, right] = [bare(words.slice(from + 1, to)), bare(words.slice(to + 1, end === -1 ? undefined : end))];
    if (wrong === '' || right === '' || to - from - 1 > MOST_WORDS || words.length - to - 1 > MOST_WORDS) continue;
    return { wrong, right };
  }
  return null;
}

/** At a part only its own messages; else in all of them. Returns false if nothing is to be changed. */
export function changesWord(turn: Turn, said: Said): boolean {
  const { at, contribution, joint } = turn.session;
  const change = said.tapped === null ? changeIn(turn.world.lexicon, said.text) : null;
  if (change === null || contribution === null || joint !== undefined || whatStands(turn) !== 'open') return false;
  const slot = at.prompt === 'review-part' || at.prompt === 'review-remove' ? at.of : undefined;
  let isFound = false;
  for (const part of turn.parts(slot)) {
    // A translation has its own words.
    const text = part.original === undefined ? corrected(part.text, change) : null;
    if (text === null || text === part.text) continue;
    turn.replacePart(part, text);
    isFound = true;
  }
  if (isFound) turn.change({ built: null });
  const params = { from: change.wrong, to: change.right };
  if (isFound) turn.say('review.changed', params, { commands: ['undo'] });
  else turn.say('review.not-there', { from: change.wrong });
  turn.again(isFound ? 'full' : 'short');
  return true;
}

/** The same prompt, at which such an order is no choice. */
export function withChanges<Id extends PromptId>(prompt: Prompt<Id>): Prompt<Id> {
  return {
    ...prompt,
    answer(turn, said) {
      if (!changesWord(turn, said)) prompt.answer(turn, said);
    },
  };
}
