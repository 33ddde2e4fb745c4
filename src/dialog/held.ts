import { countWords } from '../words.ts';
import type { Said } from './prompt.ts';
import type { Turn } from './turning.ts';

/** From so many words on a message that answers nothing may be the beginning of a story. */
const TESTIMONY_WORDS = 4;

/**
 * Before the yes: words that answer nothing are held for a day, sealed, and offered as the beginning of the story after the yes.
 * False where there is nothing to hold, and for people under age, of whom nothing is kept.
 */
export function holdTestimony(turn: Turn, { id, text }: Pick<Said, 'id' | 'text'>): boolean {
  const words = countWords(text);
  if (turn.session.kept || words < TESTIMONY_WORDS || turn.session.flags.includes('under-age')) return false;
  const { held } = turn.session;
  turn.effects.push({ kind: 'hold', part: { id, slot: 'story', text, words } });
  turn.change({ held: { parts: held.parts + 1, words: held.words + words } });
  turn.say('held.noted');
  return true;
}
