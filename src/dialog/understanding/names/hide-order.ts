// "Cacher les noms de Awa et Ilyes", "Ana, Luís e Rosa": the names of an answer, one by one.

import { LANGUAGES } from '../../../languages.ts';
import { cleanName, fold } from '../fold.ts';
import type { Lexicon } from '../lexicon.ts';

/** The words behind an order to hide something; null if the text is no such order. */
export function orderedHidden({ plain }: Lexicon, text: string): string | null {
  const words = text.trim().split(/\s+/u);
  for (const language of LANGUAGES) {
    const { hides, hidesWhat } = plain[language];
    const from = words.findIndex((word) => !hides.has(fold(word)) && !hidesWhat.has(fold(word)));
    if (from > 0 && words.slice(0, from).some((word) => hides.has(fold(word)))) return words.slice(from).join(' ');
  }
  return null;
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
