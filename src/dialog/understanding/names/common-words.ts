// Words that are also names: months, weekdays, colours, the small words of a language, what many are called after.
// A text that holds one of them need not speak of the person whose name it is.

import data from './common-words.json' with { type: 'json' };

const COMMON: ReadonlySet<string> = new Set(Object.values(data.words).flat());
const CAPITAL: ReadonlySet<string> = new Set(data.alwaysCapital);
const TITLES: ReadonlySet<string> = new Set(data.titles);

/** `word`: folded. In any of the four languages: a name goes with its person into each of them. */
export function isCommonWord(word: string): boolean {
  return COMMON.has(word);
}

/** Written with a capital also if it names nobody: "in May", "on Sunday". */
export function isAlwaysCapital(word: string): boolean {
  return CAPITAL.has(word);
}

/** Forms of address; none that is also somebody's first name: "Don", "Dona". In any case, with or without accents. */
export function isTitle(word: string): boolean {
  return TITLES.has(word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
}
