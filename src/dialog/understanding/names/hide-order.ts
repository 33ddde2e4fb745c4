// "Cacher les noms de Awa et Ilyes", "hide my number", "Ana, Luís e Rosa": whatever an answer names, one by one.

import { LANGUAGES } from '../../../languages.ts';
import { orderedHidden } from '../commands.ts';
import { cleanName, fold } from '../fold.ts';
import type { Lexicon } from '../lexicon.ts';
import { isCommonWord } from './common-words.ts';

/** Things that an order may hide without saying them: they are found in the text. */
export const THINGS = { phone: 'phoneNumber', address: 'address', email: 'email' } as const;
type Thing = keyof typeof THINGS;
const KINDS = Object.keys(THINGS) as readonly Thing[];

/** "My number", "mon numéro de téléphone", with digits or without, "João's phone", "la dirección". */
export function meansThing({ plain }: Lexicon, words: string): Thing | null {
  const named = fold(words.replace(/\d/gu, ' '));
  const last = named.split(' ').at(-1) ?? '';
  const isNamed = (kind: Thing) =>
    LANGUAGES.some((one) => plain[one][THINGS[kind]].has(named) || plain[one][THINGS[kind]].has(last));
  return KINDS.find(isNamed) ?? null;
}

export function meansNumber(lexicon: Lexicon, words: string): boolean {
  return meansThing(lexicon, words) === 'phone';
}

/** "Don't put my number": what of somebody is named in the sentence. */
export function speaksOf({ plain }: Lexicon, text: string): readonly Thing[] {
  const said = ` ${fold(text)} `;
  const isSaid = (phrase: string) => phrase.includes(' ') && said.includes(` ${phrase} `);
  return KINDS.filter((kind) => LANGUAGES.some((one) => [...plain[one][THINGS[kind]]].some(isSaid)));
}

/** No word of these is one that everybody writes. */
export function namesOnly(order: string): boolean {
  return order.split(/\s+/u).every((word) => !isCommonWord(fold(word)));
}

/** "Cachez mon numéro", "hide João": only what shall be hidden in the text. Not "hide me". */
export function ordersToHide(lexicon: Lexicon, text: string): boolean {
  const order = orderedHidden(lexicon, text);
  if (order === null) return false;
  // "Esconda o João."
  const name = order.replace(/^(?:os?|as?|el|l[aeo]s?)\s+(?=\p{Lu})/u, '');
  return meansThing(lexicon, order) !== null || namesOnly(name);
}

const ABOUT_NAMES = ['names', 'anybody', 'hides', 'hidesWhat', 'hidesFrom'] as const;

/** "No names please", "oculten los nombres", "no quiero poner el nombre de nadie": to hide all; "I hide no names": none. */
export function wishForNames({ plain, negations }: Lexicon, text: string): 'all' | 'none' | null {
  const tokens = fold(text).split(' ');
  const wishes = LANGUAGES.map((one) => {
    const says = (words: ReadonlySet<string>) => tokens.some((token) => words.has(token));
    if (!says(plain[one].names) || says(plain[one].keeps)) return null;
    const known = [...ABOUT_NAMES.map((list) => plain[one][list]), negations[one]];
    // "My name", "my aunt's name": whose it is, nobody here knows.
    if (!tokens.every((token) => known.some((words) => words.has(token)))) return null;
    const [hides, not] = [says(plain[one].hides), says(negations[one])];
    if (hides !== not) return 'all';
    return hides ? 'none' : null;
  });
  return wishes.find((wish) => wish !== null) ?? null;
}

/** All names: "hide all the names except my nephew's", and at the list also "all the names". `but`: of whom it is not said; mostly ''. */
export function wishForAll(lexicon: Lexicon, text: string, atList = false): { readonly but: string } | null {
  const tokens = text.split(/\s+/u);
  const excepts = (token: string) => LANGUAGES.some((one) => lexicon.plain[one].excepts.has(fold(token)));
  const at = tokens.findIndex(excepts);
  const all = at === -1 ? text : tokens.slice(0, at).join(' ');
  const isAll = wishForNames(lexicon, all) === 'all' || (atList && meansAllNames(lexicon, all));
  return isAll ? { but: at === -1 ? '' : tokens.slice(at + 1).join(' ') } : null;
}

/** A wish for no names at all: of several, not of one's own. */
export function isOfSeveral(lexicon: Lexicon, text: string): boolean {
  const tokens = fold(text).split(' ');
  const arePlural = LANGUAGES.some((one) => {
    const { names } = lexicon.plain[one];
    return tokens.some((word) => names.has(word) && (names.has(word.slice(0, -1)) || names.has(word.slice(0, -2))));
  });
  return arePlural && wishForAll(lexicon, text) !== null;
}

/** A wish that all names are hidden, or none. */
export function isAboutNames(lexicon: Lexicon, text: string): boolean {
  return wishForNames(lexicon, text) !== null || wishForAll(lexicon, text) !== null;
}

/** "Todos os nomes", "all of the names please". */
function meansAllNames({ asides, plain }: Lexicon, text: string): boolean {
  const tokens = fold(text).split(' ');
  const isAll = (token: string) => asides.get(token) === 'all';
  return LANGUAGES.some((one) => {
    const { names, hidesWhat, around } = plain[one];
    const isKnown = (token: string) => [names, hidesWhat, around].some((words) => words.has(token)) || isAll(token);
    return tokens.some(isAll) && tokens.some((token) => names.has(token)) && tokens.every(isKnown);
  });
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
