// "Actually I'm 16", while a text is told: nobody under 18 tells here, so it is asked about. The words are in the text meanwhile.

import { yearOf } from '../engine/pending-consent.ts';
import { acknowledge } from '../engine/prompt.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { isOwnMinority } from '../understanding/age.ts';
import { fold } from '../understanding/fold.ts';
import { reportedIn } from '../understanding/reported-answer.ts';
import { remember, wasHeard } from './answer-alarm.ts';

/** Asked once. Returns false for anything but an age under 18 by itself: of the writer, or of the person whose text is open. */
export function askOfMinor(turn: Turn, said: Said): boolean {
  const { at, gathers, kept, language, teller } = turn.session;
  const { slot } = PROMPT[at.prompt];
  if (slot === undefined || !kept || wasHeard(turn, said.text)) return false;
  const { lexicon } = turn.world;
  const isOwn = isOwnMinority(lexicon, language, said.text, yearOf(turn));
  const names = fold(teller?.label ?? '').split(' ');
  const isOfTeller = gathers === 'case' && reportedIn(lexicon, language, said.text, names)?.age === 'minor';
  if (!isOwn && !isOfTeller) return false;
  remember(turn, said.text);
  turn.addPart(slot(turn), said.id, said.text);
  acknowledge(turn);
  turn.aside({ prompt: gathers === 'case' ? 'teller-age' : 'age-whose' });
  return true;
}
