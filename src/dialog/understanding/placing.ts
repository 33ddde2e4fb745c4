// "1-3 A", "4, 7 and 9 to the story", "leave out 5", "the rest B": which paragraphs go where, by the person's own word.

import { fold } from './fold.ts';
import type { Lexicon } from './lexicon.ts';
import { LANGUAGES } from '../../languages.ts';

export interface Placing {
  readonly what: readonly number[] | 'rest';
  /** A letter on the list; '0': left out. */
  readonly to: string;
}

const NUMBERS = /\d{1,4}(?:\s*(?:[-–—]|(?<!\p{L})(?:to|until|à|au|a|al|até|hasta)(?!\p{L}))\s*\d{1,4})?/giu;
/** Letters of a little word between numbers and place: "to", "dans", "para". */
const LITTLE = 4;

/** Null where a message does not say both clearly. A single letter at its end is a place; nothing is taken for one that is not. */
export function placingIn(lexicon: Lexicon, text: string, letters: readonly string[]): Placing | null {
  if (text.length > 400) return null;
  const numbers = numbersOf(text);
  let rest = ` ${fold(text.replace(NUMBERS, ' '))} `;
  const says = (value: string) => {
    const phrases = LANGUAGES.flatMap((language) => lexicon.choices[language].get(value) ?? []);
    const found = phrases.toSorted((a, b) => b.length - a.length).find((phrase) => rest.includes(` ${phrase} `));
    if (found !== undefined) rest = rest.replace(` ${found} `, ' ');
    return found !== undefined;
  };
  const [out, all, story] = [says('import-out'), says('import-rest'), says('import-story')];
  const tokens = rest.trim().split(' ');
  const last = tokens.at(-1)?.toUpperCase() ?? '';
  // "1, 2 e 3": a letter between numbers joins them, and is no place.
  const words = fold(text).split(' ');
  const atEdge = words[0]?.toUpperCase() === last || words.at(-1)?.toUpperCase() === last;
  const letter = !story && !out && atEdge && letters.includes(last) ? last : null;
  const others = letter === null ? tokens : tokens.slice(0, -1);
  if (others.some((token) => token.length > LITTLE) || (out && story)) return null;
  const to = out ? '0' : story ? letters[0] : letter;
  if (to === null || to === undefined || all === numbers.length > 0) return null;
  return { what: all ? 'rest' : numbers, to };
}

/** As they were said, each once; a range from the greater to the smaller is one, too. */
function numbersOf(text: string): readonly number[] {
  const found = [...text.matchAll(NUMBERS)].flatMap(([range]) => {
    const [a = 0, b = a] = (range.match(/\d+/gu) ?? []).map(Number);
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return [...new Set(found)];
}
