// What an age leads to where the yes is asked.

import { countWords } from '../../words.ts';
import { holdTestimony, holdWords, yearOf } from '../engine/pending-consent.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { whoseAgeIn } from '../understanding/age.ts';

/** From so many words on a message tells more than an age. */
export const TELLING_WORDS = 6;

/** In the place of a message where an age is asked about: the yes after talk of an age. Ids of messages are longer. */
export const YES = 'yes';

/** What an age, said where the yes is asked, leads to. False where none is said. */
export function takeAge(turn: Turn, said: Said): boolean {
  const { lexicon } = turn.world;
  switch (whoseAgeIn(lexicon, turn.session.language, said.text, yearOf(turn))) {
    case 'own-adult':
      // "I am 47" tells an age, and no yes: the yes is asked by itself.
      if (countWords(said.text) >= TELLING_WORDS) holdTestimony(turn, said);
      turn.go({ prompt: 'keep-yes' });
      return true;
    case 'own-minor':
      turn.go({ prompt: 'minor' });
      return true;
    case 'other':
      if (holdWords(turn, said)) turn.say('keep.other');
      turn.again('short');
      return true;
    case 'unclear':
      holdWords(turn, said);
      turn.aside({ prompt: 'age-whose', of: said.id });
      return true;
    case null:
      return false;
  }
}
