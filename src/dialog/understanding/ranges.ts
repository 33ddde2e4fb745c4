// The numbers of a list that a message names: "3, 5, 9-12", "150–240", "120-", "from 120 on", "everything after
// sentence 120".

import { inLatinDigits } from '../../digits.ts';
import { LANGUAGES, type Language } from '../../languages.ts';
import { fold } from './fold.ts';
import { type Lexicon } from './lexicon.ts';
import { spelledNumber } from './recognize.ts';
import { RANGE_WORDS, type RangeWord } from './word-lists.ts';

// "1-3 A", "4, 7 and 9 to the story", "leave out 5", "the rest B": the person's placing of paragraphs.

export interface Placing {
  readonly what: readonly number[] | 'rest';
  /** A letter on the list; '0': left out. */
  readonly to: string;
}

const NUMBERS =
  /\d{1,4}(?:\s*(?:[-–—]|(?<!\p{L})(?:to|until|à|au|a|al|até|hasta|rive|إلى|الى)(?!\p{L}))\s*\d{1,4})?/giu;
/** Letters of a little word between numbers and place: "to", "dans", "para". */
const LITTLE = 4;

/** Returns null if a message does not say both clearly. A single letter at its end is a place. */
export function placingIn(lexicon: Lexicon, text: string, letters: readonly string[]): Placing | null {
  if (text.length > 400) return null;
  const written = inLatinDigits(text);
  const numbers = numbersOf(written);
  let rest = ` ${fold(written.replace(NUMBERS, ' '))} `;
  const says = (value: string) => {
    const phrases = LANGUAGES.flatMap((language) => lexicon.choices[language].get(value) ?? []);
    const found = phrases.toSorted((a, b) => b.length - a.length).find((phrase) => rest.includes(` ${phrase} `));
    if (found !== undefined) rest = rest.replace(` ${found} `, ' ');
    return found !== undefined;
  };
  const [out, all, story] = [says('import-out'), says('import-rest'), says('import-story')];
  const tokens = rest.trim().split(' ');
  const last = tokens.at(-1)?.toUpperCase() ?? '';
  // "1, 2 e 3": a letter between numbers is a conjunction, not a place.
  const words = fold(text).split(' ');
  const atEdge = words[0]?.toUpperCase() === last || words.at(-1)?.toUpperCase() === last;
  const letter = !story && !out && atEdge && letters.includes(last) ? last : null;
  const others = letter === null ? tokens : tokens.slice(0, -1);
  if (others.some((token) => token.length > LITTLE) || (out && story)) return null;
  const to = out ? '0' : story ? letters[0] : letter;
  if (to === null || to === undefined || all === numbers.length > 0) return null;
  return { what: all ? 'rest' : numbers, to };
}

/** In the order of the text, each once; a descending range counts as a range. */
function numbersOf(text: string): readonly number[] {
  const found = [...text.matchAll(NUMBERS)].flatMap(([range]) => {
    const [a = 0, b = a] = (range.match(/\d+/gu) ?? []).map(Number);
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return [...new Set(found)];
}

/** Words of an order with numbers; more are told. */
const ORDER_WORDS = 8;
/** So many words of it may be in no list. */
const UNKNOWN_WORDS = 1;

/** "1 take it out", "quita el 1", "o 2 era para você": the numbers. Null if something shall stay, or is told. */
export function numbersTakenOut(lexicon: Lexicon, text: string): readonly number[] | null {
  return numbersOrdered(lexicon, text, (language) => lexicon.choices[language].get('doubt-for-you') ?? []);
}

/** "Esconde o 1 e o 2", "hide 1 and 3": the numbers. Null if something shall stay, or is told. */
export function numbersHidden(lexicon: Lexicon, text: string): readonly number[] | null {
  const said = fold(text).split(' ');
  const isOrder = said.some((word) => LANGUAGES.some((language) => lexicon.plain[language].hides.has(word)));
  if (!isOrder) return null;
  return numbersOrdered(lexicon, text, (language) => {
    const { hides, hidesWhat } = lexicon.plain[language];
    return [...hides, ...hidesWhat];
  });
}

/** `more`: words of the order, in addition to those that take something out. */
function numbersOrdered(
  lexicon: Lexicon,
  text: string,
  more: (language: Language) => readonly string[],
): readonly number[] | null {
  const said = fold(text);
  const tokens = said.split(' ').filter((token) => !/^\d+$/u.test(token));
  const numbers = numbersOf(inLatinDigits(text));
  if (numbers.length === 0 || tokens.length > ORDER_WORDS) return null;
  const known = LANGUAGES.some((language) => {
    const { plain, besideChoice, words } = lexicon;
    const { takeOut, erases, around, yes, maybeYes } = plain[language];
    const lists = [takeOut, erases, around, yes, maybeYes, more(language)];
    const inOrder = new Set(
      [...lists, words[language].ranges.filler.map(fold)].flatMap((list) => [...list].join(' ').split(' ')),
    );
    const others = tokens.filter(
      (token) => token.length > 1 && !inOrder.has(token) && !besideChoice[language].has(token),
    );
    return others.length <= UNKNOWN_WORDS;
  });
  const stays = LANGUAGES.some(
    (language) =>
      tokens.some((token) => lexicon.negations[language].has(token)) ||
      [...lexicon.plain[language].keeps].some((phrase) => ` ${said} `.includes(` ${phrase} `)),
  );
  return known && !stays ? numbers : null;
}

export type Ranges =
  | { readonly kind: 'numbers'; readonly numbers: readonly number[] }
  /** From a greater number to a smaller one. */
  | { readonly kind: 'reversed' }
  | { readonly kind: 'out-of-range' };

/** In characters: a longer message is no list of numbers. */
const LONGEST = 2000;

/** Returns null if the message says anything but numbers of a list from 1 to `last`: no word is guessed at. */
export function rangesIn(lexicon: Lexicon, text: string, last: number): Ranges | null {
  if (text.length > LONGEST) return null;
  const tokens = tokensOf(lexicon, withEnds(lexicon, text, last));
  const numbers: number[] = [];
  for (let at = 0; at < tokens.length;) {
    const found = rangeAt(tokens, at, last);
    if (found === null) return null;
    const { from, to } = found;
    if (Math.min(from, to) < 1 || Math.max(from, to) > last) return { kind: 'out-of-range' };
    if (from > to) return { kind: 'reversed' };
    for (let number = from; number <= to; number++) numbers.push(number);
    at += found.length;
    while (tokens[at] === 'and') at += 1;
  }
  return numbers.length === 0 ? null : { kind: 'numbers', numbers: [...new Set(numbers)].sort((a, b) => a - b) };
}

type Token = number | 'dash' | Exclude<RangeWord, 'filler'>;

interface Range {
  readonly from: number;
  readonly to: number;
  /** Number of tokens in it. */
  readonly length: number;
}

const isTo = (token: Token | undefined) => token === 'dash' || token === 'to' || token === 'until';

/** "The last three", "os dois primeiros", "el último": as the numbers of the list. */
function withEnds({ plain }: Lexicon, text: string, last: number): string {
  const said = text.split(' ');
  const isOf = (word: string | undefined, list: 'lastOnes' | 'firstOnes') =>
    word !== undefined && LANGUAGES.some((language) => plain[language][list].has(fold(word)));
  const isEnd = (word: string | undefined) => isOf(word, 'lastOnes') || isOf(word, 'firstOnes');
  const numberOf = (word = '') => (/^\d{1,4}$/u.test(word) ? Number(word) : spelledNumber(fold(word), 'en'));
  return said
    .map((word, at) => {
      const [before, behind] = [said[at - 1], said[at + 1]];
      // The number itself: its "last" says which it is.
      if (numberOf(word) !== null && (isEnd(before) || isEnd(behind))) return '';
      const count = numberOf(behind) ?? numberOf(before);
      if (isOf(word, 'firstOnes') && count !== null) return `1-${count}`;
      if (!isOf(word, 'lastOnes')) return word;
      return count !== null && count > last ? `${last + 1}` : `${last - (count ?? 1) + 1}-${last}`;
    })
    .join(' ');
}

/** "Take out", "borre", "enlevez" is among the words. */
function saysOut({ plain }: Lexicon, words: readonly string[]): boolean {
  const said = new Set(words.map(fold));
  return LANGUAGES.some((language) => {
    const { takeOut, erases, hides } = plain[language];
    return [...takeOut, ...erases, ...hides].some((phrase) => said.has(phrase.split(' ')[0] ?? phrase));
  });
}

/** "Quiero borrar el 1 2 3 4 y 5 que son míos": an order about messages by their numbers, and no bare number. */
export function takesOutNumbers(lexicon: Lexicon, text: string, last: number): boolean {
  if (!saysOut(lexicon, text.split(/\s+/u))) return false;
  return (rangesIn(lexicon, text, last) ?? rangesWithReason(lexicon, text, last)) !== null;
}

/** Words of a reason behind an order. */
const REASON_WORDS = 10;

/** "Take out 3 to 6, they aint my story": the numbers of the order. Null if the words behind it may change it, or no word takes out. */
export function rangesWithReason(lexicon: Lexicon, text: string, last: number): Ranges | null {
  const words = text.trim().split(/\s+/u);
  const mayChange = (word: string) =>
    /\d/u.test(word) ||
    LANGUAGES.some((language) => {
      const { keeps, excepts } = lexicon.plain[language];
      return keeps.has(fold(word)) || excepts.has(fold(word));
    });
  for (let count = words.length - 1; count > 1 && words.length - count <= REASON_WORDS; count--) {
    if (words.slice(count).some(mayChange)) return null;
    const order = words.slice(0, count);
    const found = saysOut(lexicon, order) ? rangesIn(lexicon, order.join(' '), last) : null;
    if (found !== null) return found;
  }
  return null;
}

function rangeAt(tokens: readonly Token[], at: number, last: number): Range | null {
  const [first, second, third, fourth] = tokens.slice(at, at + 4);
  if (typeof first === 'number') {
    if (isTo(second) && typeof third === 'number') return { from: first, to: third, length: 3 };
    // "120-"
    if (second === 'on' || second === 'dash') return { from: first, to: last, length: 2 };
    return { from: first, to: first, length: 1 };
  }
  if (typeof second !== 'number') return null;
  switch (first) {
    case 'dash':
    case 'until':
      return { from: 1, to: second, length: 2 };
    case 'before':
      return { from: 1, to: second - 1, length: 2 };
    case 'after':
      return { from: second + 1, to: last, length: third === 'on' ? 3 : 2 };
    case 'between':
      if ((third !== 'and' && !isTo(third)) || typeof fourth !== 'number') return null;
      return { from: second, to: fourth, length: 4 };
    case 'from':
      if (isTo(third) && typeof fourth === 'number') return { from: second, to: fourth, length: 4 };
      return { from: second, to: last, length: third === 'on' || third === 'dash' ? 3 : 2 };
    default:
      return null;
  }
}

/** Filler words are left out; any other word makes it no list. */
function tokensOf(lexicon: Lexicon, text: string): readonly Token[] {
  const marked = text.replace(/[-‐‑‒–—−]/gu, ' rangedash ').replace(/[,،;؛.&+\n]/gu, ' rangeand ');
  let rest = ` ${fold(marked)} `;
  const phrases = RANGE_WORDS.flatMap((kind) =>
    LANGUAGES.flatMap((language) =>
      lexicon.words[language].ranges[kind].map((phrase) => [fold(phrase), kind] as const),
    ),
  );
  for (const [phrase, kind] of phrases.toSorted((a, b) => b[0].length - a[0].length)) {
    while (rest.includes(` ${phrase} `)) rest = rest.replace(` ${phrase} `, ` range${kind} `);
  }
  const tokens: Token[] = [];
  for (const word of rest.trim().split(' ')) {
    if (/^\d{1,4}$/u.test(word)) tokens.push(Number(word));
    else if (word === 'rangefiller') continue;
    else if (TOKENS.has(word)) tokens.push(TOKENS.get(word) ?? 'and');
    else return [];
  }
  // A comma before "and"; "a 20", which is an article if nothing is before it.
  return tokens.filter((token, index) => {
    const before = index === 0 ? 'and' : tokens[index - 1];
    return (token !== 'and' && token !== 'to') || before !== 'and';
  });
}

const TOKENS: ReadonlyMap<string, Exclude<Token, number>> = new Map([
  ['rangedash', 'dash' as const],
  ...RANGE_WORDS.flatMap((kind) => (kind === 'filler' ? [] : [[`range${kind}`, kind] as const])),
]);
