// Finds whose age somebody writes. An age is the writer's only if it is said of the writer ("I am 47", "tengo quince
// años"), or is a bare number. "Mi hijo tenía 16" is somebody else's; an unclear one is asked about. The words are in
// words.json.

import { fold } from './fold.ts';
import { LANGUAGES, type Language } from '../../languages.ts';
import type { AgeWords, Lexicon } from './lexicon.ts';

export type WhoseAge = 'own-adult' | 'own-minor' | 'other' | 'unclear';

const ADULT = 18;
/** Characters; a longer message is a story. */
const LONGEST_TEXT = 200;
const LONGEST = 25;
/** In messages of up to this many words, a number alone may be an age. */
const SHORT = 6;

/** Finds an age or a birth year in a text, and whose it is. Returns null if there is none. `year`: the present one, for years of birth. */
export function whoseAgeIn(lexicon: Lexicon, language: Language, text: string, year: number): WhoseAge | null {
  if (text.length > LONGEST_TEXT) return null;
  const tokens = fold(text)
    .split(' ')
    .filter((token) => token !== '');
  if (tokens.length > LONGEST) return null;
  const read = [language, ...LANGUAGES.filter((one) => one !== language)].map((one) =>
    readIn(lexicon.ages[one], tokens, year, one === language),
  );
  // A minor of this language is no "other" of another one.
  if (read[0] === 'unclear') return 'unclear';
  return read.find((found) => found !== null && found !== 'unclear') ?? read.find((found) => found !== null) ?? null;
}

/** "No no, yo soy la mamá": said by a person who was taken for a minor. */
export function deniesBeingMinor(lexicon: Lexicon, language: Language, text: string, year: number): boolean {
  const whose = whoseAgeIn(lexicon, language, text, year);
  if (whose === 'other' || whose === 'own-adult') return true;
  if (text.length > 2 * LONGEST_TEXT) return false;
  const said = ` ${fold(text)} `;
  return LANGUAGES.some((one) => [...lexicon.ages[one].denial].some((phrase) => said.includes(` ${phrase} `)));
}

/** The single words that are said around an age of the writer, with those of `more` phrases. */
export function wordsOfAges(
  { own, years, around, numbers }: AgeWords,
  ...more: readonly Iterable<string>[]
): ReadonlySet<string> {
  const phrases = [own, years, around, numbers.keys(), ...more].flatMap((list) => [...list]);
  return new Set(phrases.flatMap((phrase) => phrase.split(' ')));
}

/**
 * True if a message says of its writer an age under 18, or to be a minor, and nothing else: "actually I'm 16". A bare number may
 * answer something, and "I was 16" is told.
 */
export function isOwnMinority(
  { ages, choices, besideChoice }: Lexicon,
  language: Language,
  text: string,
  year: number,
): boolean {
  const said = fold(text);
  const tokens = said.split(' ');
  return LANGUAGES.some((one) => {
    const { own, notYet } = ages[one];
    const minor = choices[one].get('keep-minor') ?? [];
    const known = wordsOfAges(ages[one], notYet, minor);
    const isKnown = (token: string) => /^\d{1,2}$/u.test(token) || known.has(token) || besideChoice[one].has(token);
    if (!tokens.every(isKnown)) return false;
    const has = (phrase: string) => ` ${said} `.includes(` ${phrase} `);
    const isOfWriter = [...own].some(has);
    if (minor.some((phrase) => has(phrase) && (isOfWriter || phrase.includes(' ')))) return true;
    return isOfWriter && readIn(ages[one], tokens, year, one === language) === 'own-minor';
  });
}

interface Found {
  readonly value: number;
  readonly from: number;
  /** Index after its last token. */
  readonly to: number;
  readonly ordinal: boolean;
}

/** `here`: true for the language of the conversation; in other languages more evidence is needed. */
function readIn(words: AgeWords, tokens: readonly string[], year: number, here: boolean): WhoseAge | null {
  const numbers = numbersOf(words, tokens);
  const others = (from: number, to: number) =>
    tokens.some(
      (token, at) =>
        (at < from || at >= to) &&
        (words.kin.has(token) || (words.other.has(token) && (here || !words.been.has(token)))),
    );
  const born = bornIn(words, tokens, year);
  if (born !== null) return others(born.from, born.to) ? 'other' : ofAge(born.age);
  if (numbers.length === 0) {
    const studies = tokens.length <= LONGEST / 2 && phraseAnywhere(words.school, tokens);
    return studies && !others(0, 0) ? 'unclear' : null;
  }
  // "No tengo 18", "not yet 18".
  const denied = numbers.filter(({ from }) => deniedBefore(words, tokens, from));
  if (denied.length > 0) {
    return denied.length === 1 && denied[0]?.value === ADULT && !others(0, denied[0].from) ? 'own-minor' : 'unclear';
  }
  const own = numbers.flatMap((found) => {
    const start = ownBefore(words, tokens, found.from);
    return start === null ? [] : [{ ...found, start }];
  });
  const [mine, second] = own;
  if (mine !== undefined && second === undefined) return ownAge(words, tokens, mine, others(mine.start, mine.to));
  if (mine !== undefined) return 'unclear';
  const [only] = numbers;
  if (only === undefined) return null;
  if (numbers.length === 1 && !only.ordinal && tokens.every((_, at) => isBare(words, tokens, at, only))) {
    return ofAge(only.value);
  }
  const like = numbers.some((found) => isLikeAge(words, tokens, found));
  if (others(0, 0)) return like || (here && numbers.length === 1 && tokens.length <= SHORT) ? 'other' : null;
  return like || phraseAnywhere(words.school, tokens) || tokens.length <= SHORT ? 'unclear' : null;
}

/**
 * Said of the writer; if the text also speaks of others, a minor's age is asked about, and so is an 18 that may be in
 * the future.
 */
function ownAge(
  words: AgeWords,
  tokens: readonly string[],
  mine: Found & { readonly start: number },
  others: boolean,
): WhoseAge {
  const said = tokens.every((_, at) => (at >= mine.start && at < mine.to) || isBare(words, tokens, at, mine));
  if (mine.value === ADULT && !said) return 'unclear';
  return mine.value < ADULT && others ? 'unclear' : ofAge(mine.value);
}

function ofAge(age: number | null): WhoseAge {
  if (age === null) return 'unclear';
  return age >= ADULT ? 'own-adult' : 'own-minor';
}

/** Index of the "I am" right before a number; null if there is none. */
function ownBefore(words: AgeWords, tokens: readonly string[], number: number): number | null {
  for (let end = number; end > 0; end--) {
    const start = endsWith(words.own, tokens, end);
    if (start !== null) return start;
    const before = tokens[end - 1] ?? '';
    if (!words.around.has(before)) return null;
  }
  return null;
}

/** True for a "not" of several words right before a number; a single one denies an age of the writer. */
function deniedBefore(words: AgeWords, tokens: readonly string[], number: number): boolean {
  const denies = (end: number) => {
    const start = endsWith(words.notYet, tokens, end);
    return start !== null && end - start > 1;
  };
  if (denies(number)) return true;
  const own = ownBefore(words, tokens, number);
  return own !== null && endsWith(words.notYet, tokens, own) !== null;
}

/** Index of the longest of these phrases that ends before `end`; null if there is none. */
function endsWith(phrases: ReadonlySet<string>, tokens: readonly string[], end: number): number | null {
  for (let start = Math.max(0, end - 5); start < end; start++) {
    if (phrases.has(tokens.slice(start, end).join(' '))) return start;
  }
  return null;
}

function phraseAnywhere(phrases: ReadonlySet<string>, tokens: readonly string[]): boolean {
  return tokens.some((_, at) => endsWith(phrases, tokens, at + 1) !== null);
}

/** "only 16 years": nothing here says more than the number. */
function isBare(words: AgeWords, tokens: readonly string[], at: number, { from, to }: Found): boolean {
  if (at >= from && at < to) return true;
  const token = tokens[at] ?? '';
  if (words.around.has(token) || words.years.has(token)) return true;
  return ['own', 'years', 'around'].some((list) => {
    const phrases = words[list as 'own' | 'years' | 'around'];
    return [...phrases].some((phrase) => {
      const parts = phrase.split(' ');
      return parts.some((_, offset) => parts.every((part, index) => tokens[at - offset + index] === part));
    });
  });
}

/** "16 años", "was only 17", "her 18th": an age of somebody, by the words around it. */
function isLikeAge(words: AgeWords, tokens: readonly string[], { from, to, ordinal }: Found): boolean {
  if (ordinal) return true;
  for (let end = to + 1; end <= to + 2; end++) if (words.years.has(tokens.slice(to, end).join(' '))) return true;
  const before = tokens.slice(Math.max(0, from - 3), from);
  return before.some((token) => words.been.has(token)) || words.other.has(before.at(-1) ?? '');
}

const DIGITS = /^(\d{1,3})(th|st|nd|rd|yo|yrs?|ans|anos)?$/u;

function numbersOf(words: AgeWords, tokens: readonly string[]): readonly Found[] {
  const found: Found[] = [];
  for (let from = 0; from < tokens.length; from++) {
    const [, digits, behind] = DIGITS.exec(tokens[from] ?? '') ?? [];
    if (digits !== undefined) {
      const value = Number(digits);
      if (value >= 5 && value <= 110)
        found.push({ value, from, to: from + 1, ordinal: behind?.length === 2 && behind !== 'yo' && behind !== 'yr' });
      continue;
    }
    for (let to = Math.min(tokens.length, from + 4); to > from; to--) {
      const value = words.numbers.get(tokens.slice(from, to).join(' '));
      if (value === undefined) continue;
      found.push({ value, from, to, ordinal: false });
      from = to - 1;
      break;
    }
  }
  return found;
}

/** "nací en 1978", "1978": the age of that year, null if it may be 17 or 18. */
function bornIn(
  words: AgeWords,
  tokens: readonly string[],
  year: number,
): { readonly age: number | null; readonly from: number; readonly to: number } | null {
  for (const [at, token] of tokens.entries()) {
    if (!/^(?:\d{2}|(?:19|20)\d{2})$/u.test(token)) continue;
    const born = yearOf(token, year);
    const whole = token.length === 4;
    if (whole && tokens.length === 1 && year - born >= 5 && year - born <= 110) return { age: null, from: 0, to: 1 };
    const starts = [0, 1, 2, 3, 4].map((between) => endsWith(words.born, tokens, at - between));
    const from = starts.find((start, between) => start !== null && (whole || between === 0)) ?? null;
    if (from === null) continue;
    const age = year - born;
    return { age: age === ADULT ? null : age, from, to: at + 1 };
  }
  return null;
}

function yearOf(token: string, year: number): number {
  const number = Number(token);
  if (token.length === 4) return number;
  return number > year % 100 ? 1900 + number : 2000 + number;
}

/** "La mama", "mom", "o meu filho": only who it is to the writer, in small letters. No name. */
export function isKinOnly({ ages, besideChoice, choices }: Lexicon, text: string): boolean {
  if (/.\p{Lu}/u.test(text)) return false;
  const words = fold(text).split(' ');
  return LANGUAGES.some((language) => {
    const family = choices[language].get('family') ?? [];
    const isKin = (word: string) => ages[language].kin.has(word) || family.includes(word);
    return words.some(isKin) && words.every((word) => isKin(word) || besideChoice[language].has(word));
  });
}
