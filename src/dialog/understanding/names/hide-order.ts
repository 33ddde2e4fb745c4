// "Cacher les noms de Awa et Ilyes", "hide my number", "Ana, Luís e Rosa": whatever an answer names, one by one.

import { LANGUAGES } from '../../../languages.ts';
import { orderedHidden } from '../commands.ts';
import { cleanName, fold } from '../fold.ts';
import type { Lexicon } from '../lexicon.ts';
import { isCommonWord } from './common-words.ts';

/** "My number", "mon numéro de téléphone", with digits or without, or "João's phone". */
export function meansNumber({ plain }: Lexicon, words: string): boolean {
  const named = fold(words.replace(/\d/gu, ' '));
  const last = named.split(' ').at(-1) ?? '';
  return LANGUAGES.some((language) => plain[language].phoneNumber.has(named) || plain[language].phoneNumber.has(last));
}

/** "Don't put my number": a number of somebody is named in the sentence. */
export function speaksOfNumber({ plain }: Lexicon, text: string): boolean {
  const said = ` ${fold(text)} `;
  const isSaid = (phrase: string) => phrase.includes(' ') && said.includes(` ${phrase} `);
  return LANGUAGES.some((language) => [...plain[language].phoneNumber].some(isSaid));
}

/** No word of these is one that everybody writes. */
export function namesOnly(order: string): boolean {
  return order.split(/\s+/u).every((word) => !isCommonWord(fold(word)));
}

/** "Cachez mon numéro", "hide João": only what shall be hidden in the text. Not "hide me". */
export function ordersToHide(lexicon: Lexicon, text: string): boolean {
  const order = orderedHidden(lexicon, text);
  return order !== null && (meansNumber(lexicon, order) || namesOnly(order));
}

/** Split at commas, lines, "&" and words for "and". */
export function namesApart({ words }: Lexicon, text: string): readonly string[] {
  const and = new Set(LANGUAGES.flatMap((language) => words[language].ranges.and.map(fold)));
  const parts = text.split(/[,;&\n]+/u).flatMap((part) => {
    const names: string[][] = [[]];
    for (const word of part.split(/\s+/u)) {
      if (and.has(fold(word))) names.push([]);
      else names.at(-1)?.push(word);
    }
    return names.map((name) => name.join(' '));
  });
  return parts.map(cleanName).filter((part) => part !== '');
}
