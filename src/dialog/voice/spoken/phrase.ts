// Two words that are shown and read aloud, another pair every time: a person who says them has heard or read the
// question. A yes in the background, a misheard word, or an old recording cannot match.

import { fold, isNearMiss } from '../../understanding/fold.ts';
import type { Language } from '../../../languages.ts';
import type { Lexicon } from '../../understanding/lexicon.ts';
import { yesOrNo } from './understand.ts';

/** `seed` must be unpredictable; the same seed gives the same phrase. */
export function makePhrase(lexicon: Lexicon, language: Language, seed: string): string {
  const { first, second } = lexicon.words[language].phrase;
  // FNV-1a, mixed once more: its low bits alone repeat.
  let number = 2_166_136_261;
  for (const letter of seed) number = Math.imul(number ^ letter.charCodeAt(0), 16_777_619);
  const mixed = Math.imul(number ^ (number >>> 15), 2_246_822_507) >>> 0;
  return `${first[(mixed >>> 8) % first.length] ?? ''} ${second[(mixed >>> 20) % second.length] ?? ''}`;
}

/** Both words in order, each exact or one letter off, perhaps after a yes. */
export function saysPhrase(lexicon: Lexicon, language: Language, phrase: string, text: string): boolean {
  const wanted = fold(phrase).split(' ');
  const said = fold(text).split(' ');
  const before = said.slice(0, -wanted.length).join(' ');
  if (before !== '' && yesOrNo(lexicon, language, before) !== 'yes') return false;
  const tail = said.slice(-wanted.length);
  return wanted.every((word, index) => tail[index] === word || isNearMiss(tail[index] ?? '', word));
}
