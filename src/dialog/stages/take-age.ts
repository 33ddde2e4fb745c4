// An age that is mentioned at the question for consent.

import { countWords } from '../../words.ts';
import { holdTestimony, holdWords, yearOf } from '../engine/pending-consent.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { whoseAgeIn } from '../understanding/age.ts';

/** A message of this many words tells more than an age. */
export const TELLING_WORDS = 6;

/** Instead of a message id if the age is asked after a bare yes. Ids of messages are longer. */
export const YES = 'yes';

/** Handles an age of a minor, or one that may be, that is mentioned after an adult's. Returns false if there is none. */
export function takeMinorAge(turn: Turn, said: Said): boolean {
  const whose = whoseAgeIn(turn.world.lexicon, turn.session.language, said.text, yearOf(turn));
  return (whose === 'own-minor' || whose === 'unclear') && takeAge(turn, said);
}

/** Handles an age mentioned at the question for consent. Returns false if there is none. */
export function takeAge(turn: Turn, said: Said): boolean {
  const { lexicon } = turn.world;
  switch (whoseAgeIn(lexicon, turn.session.language, said.text, yearOf(turn))) {
    case 'own-adult':
      // "I am 47" tells an age but is not a yes: the consent is asked by itself.
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
