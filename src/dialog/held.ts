import { countWords } from '../words.ts';
import type { Turn } from './turning.ts';

/** From so many words on a message that answers nothing may be the beginning of a story. */
const TESTIMONY_WORDS = 4;

/**
 * Before the yes: words that answer nothing are held for a day, sealed, and offered as the beginning of the story after the yes.
 * False where there is nothing to hold, and for people under age, of whom nothing is kept.
 */
export function holdTestimony(turn: Turn, { id, text }: { readonly id: string; readonly text: string }): boolean {
  const words = countWords(text);
  if (turn.session.kept || words < TESTIMONY_WORDS || turn.session.flags.includes('under-age')) return false;
  turn.hold({ id, slot: 'story', text, words });
  turn.say(turn.session.gathers === undefined ? 'held.noted' : 'gathering.noted');
  return true;
}

/** Its author changed a held message, or took it back (`text: null`). False where it is not among those that are held. */
export function changeHeld(turn: Turn, id: string, text: string | null): boolean {
  const { held } = turn.session;
  const { [id]: before, ...others } = held.ids ?? {};
  if (before === undefined) return false;
  if (text === null) {
    turn.effects.push({ kind: 'part.remove', ids: [id] });
    turn.change({ held: { parts: held.parts - 1, words: held.words - before, ids: others } });
    return true;
  }
  const words = countWords(text);
  turn.effects.push({ kind: 'hold', part: { id, slot: 'story', text, words } });
  turn.change({ held: { ...held, words: held.words - before + words, ids: { ...others, [id]: words } } });
  return true;
}
