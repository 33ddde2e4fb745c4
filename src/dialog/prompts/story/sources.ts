// Questions whose answer is expected to be a link: a figure without a source is asked for one, once.

import type { Slot } from '../../engine/effect.ts';
import { acknowledge } from '../../engine/prompt.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { tellOtherLanguageOnce } from '../../stages/other-language.ts';
import { linksIn, withoutTracking } from '../../understanding/links.ts';
import { plainAnswerIn } from '../../understanding/plain-answer.ts';

/** Takes a link as the links at the end are taken; asks for one after the first answer without. Returns false for signs alone. */
export function takeSource(turn: Turn, slot: Slot, said: Said): boolean {
  if (!/[\p{L}\p{N}]/u.test(said.text)) return false;
  const isFirst = turn.session.counts[slot] === undefined;
  const found = linksIn(said.text);
  turn.addPart(slot, said.id, said.text);
  const isPlain = plainAnswerIn(turn.world.lexicon, said.text) !== null;
  if (found.length > 0 || !isFirst || isPlain) acknowledge(turn);
  else turn.say('topics.source', undefined, { replaces: 'saved', commands: ['next', 'skip'] });
  tellOtherLanguageOnce(turn, said.text);
  if (found.some((link) => withoutTracking(link) !== link)) turn.aside({ prompt: 'link-tracking', of: said.id });
  return true;
}
