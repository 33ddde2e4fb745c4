// Words that are also names: months, weekdays, colours, the small words of a language. A text with one of them need not
// speak of the person of that name.

import data from './common-words.json' with { type: 'json' };

const COMMON: ReadonlySet<string> = new Set(Object.values(data.words).flat());
const CAPITAL: ReadonlySet<string> = new Set(data.alwaysCapital);
const TITLES: ReadonlySet<string> = new Set(data.titles);

/** `word`: folded. Checks all four languages, since a name can be in a text of any of them. */
export function isCommonWord(word: string): boolean {
  return COMMON.has(word);
}

/** Has a capital even if it is not a name: "in May", "on Sunday". */
export function isAlwaysCapital(word: string): boolean {
  return CAPITAL.has(word);
}

/** Forms of address that are no first names (not "Don", "Dona"). In any case, with or without accents. */
export function isTitle(word: string): boolean {
  return TITLES.has(word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
}
