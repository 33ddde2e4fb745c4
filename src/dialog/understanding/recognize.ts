// Text → choice: by number, by its words, nearly its words, or a sentence that contains them.

import { alarmIn } from './alarm.ts';
import type { Utterance } from './commands.ts';
import { fold, isNearMiss } from './fold.ts';
import type { Lexicon } from './lexicon.ts';
import { LANGUAGE_FACTS, LANGUAGES, type Language } from '../../languages.ts';
import { asksByMark, partsOf, plainAnswerIn } from './plain-answer.ts';

export type Recognized =
  | { readonly kind: 'accepted'; readonly value: string }
  | { readonly kind: 'rejected'; readonly reason: 'out-of-range' | 'not-among' | 'two-at-once' };

const NUMBERED =
  /^(?:option|opcao|opcion|choix|choice|answer|reponse|respuesta|resposta|numero|number|nimewo|chwa|repons|رقم|الرقم|خيار|الخيار|nr|no|n|le|la|el|o|a)? ?(\d{1,4})$/u;

/** "4, all four in one text": a number by itself, and words without another number. */
const LED = /^(?<number>\d{1,2})\s*[,.;:]\s+\p{L}[^\d\n]*$/u;

/** One folded word as a number from one to ten: in this language first, else in any. */
export function spelledNumber(said: string, language: Language): number | null {
  for (const one of [language, ...LANGUAGES.filter((other) => other !== language)]) {
    const found = LANGUAGE_FACTS[one].numbers.findIndex((words) => words.includes(said)) + 1;
    if (found > 0) return found;
  }
  return null;
}

/** A bare number in any usual dress ("1", "1.", "(1)", "nº 1", "opção 1"), else null. */
export function numberIn(text: Utterance): number | null {
  const said = typeof text === 'string' ? fold(text) : text.folded;
  const digits = NUMBERED.exec(said)?.[1];
  if (digits !== undefined) return Number(digits);
  return spelledNumber(said, 'en');
}

const PLACES = ['first', 'second', 'third', 'fourth'] as const;
/** Words of "well, I think I would say the second one, please". */
const MOST_AROUND = 10;

/** The number or the place in a message that says nothing else: "umm I think the second one", "yo diría la 2". */
export function numberAround(lexicon: Lexicon, language: Language, text: string): number | null {
  if (asksByMark(text)) return null;
  const words = fold(text).split(' ');
  // "2.a" is the official number of a question.
  if (words.length > MOST_AROUND || !words.some((word) => /^\p{L}{3}/u.test(word))) return null;
  const said = words.flatMap((word, at) => {
    const place = LANGUAGES.map((one) => PLACES.findIndex((name) => lexicon.organiser[one][name].has(word)) + 1);
    const spelled = spelledNumber(word, language);
    // "One" is an article in other languages.
    const number = /^\d{1,3}$/u.test(word) ? Number(word) : Math.max(...place, spelled !== 1 ? (spelled ?? 0) : 0);
    const isAround = (some: readonly string[]) =>
      some.length === 0 || LANGUAGES.some((one) => partsOf(lexicon, one, some, ['around', 'choosing']) !== null);
    return number > 0 && isAround(words.slice(0, at)) && isAround(words.slice(at + 1)) ? [number] : [];
  });
  return said.length === 1 ? (said[0] ?? null) : null;
}

/** Every number of a list like "1, 3 and 4"; null if it contains other words. */
export function numbersIn(text: string): readonly number[] | null {
  const tokens = fold(text).split(' ');
  const numbers = tokens.filter((token) => /^\d{1,4}$/u.test(token)).map(Number);
  const others = tokens.filter((token) => !/^\d{1,4}$/u.test(token) && token.length > 2);
  return numbers.length === 0 || others.length > 0 ? null : [...new Set(numbers)];
}

/**
 * Finds the one of `values` (in the order of their numbers) that a text selects. `labels` are the words on the list as
 * the person saw them. With `strict`, for consents, only whole phrases and numbers count: no sentence is interpreted,
 * no spelling is guessed. With `plain`, any natural yes or no is as good as the word itself, if a yes or a no is among
 * the choices.
 */
export function recognizeChoice(
  lexicon: Lexicon,
  language: Language,
  text: string,
  values: readonly string[],
  strict: boolean,
  plain = !strict,
): Recognized {
  const number = numberIn(text);
  if (number !== null) {
    const value = values[number - 1];
    return value === undefined ? { kind: 'rejected', reason: 'out-of-range' } : { kind: 'accepted', value };
  }
  const led = strict ? undefined : values[Number(LED.exec(text.trim())?.groups?.['number'] ?? 0) - 1];
  const said = fold(text);
  const isNot = said.split(' ').some((token) => lexicon.negations[language].has(token));
  if (led !== undefined && !isNot) return { kind: 'accepted', value: led };
  const around = strict ? undefined : values[(numberAround(lexicon, language, text) ?? 0) - 1];
  if (around !== undefined) return { kind: 'accepted', value: around };
  // "Yes?" is a question.
  if (asksByMark(text) && plainAnswerIn(lexicon, said) !== null) return { kind: 'rejected', reason: 'not-among' };
  const languages = [language, ...LANGUAGES.filter((other) => other !== language)];
  const phrasesOf = (value: string, among: readonly Language[]) =>
    among.flatMap((one) => lexicon.choices[one].get(value) ?? []);
  for (const one of languages) {
    const exact = values.filter((value) => phrasesOf(value, [one]).includes(said));
    if (exact[0] !== undefined && exact.length === 1) return { kind: 'accepted', value: exact[0] };
  }
  const answer = plain ? plainAnswerIn(lexicon, text) : null;
  const answers = values.filter((value) => answer !== null && saysPlain(lexicon, value, answer));
  if (answers[0] !== undefined && answers.length === 1) return { kind: 'accepted', value: answers[0] };
  // "I can't go on" is the contrary of "go on".
  if (strict || alarmIn(lexicon, text) !== null) return { kind: 'rejected', reason: 'not-among' };
  // "No estoy sola" is no slip in "sí estoy sola".
  const denies = (phrase: string) =>
    said.split(' ').some((token) => lexicon.negations[language].has(token) && !` ${phrase} `.includes(` ${token} `));
  const near = values.filter((value) =>
    phrasesOf(value, languages).some((phrase) => isNearMiss(said, phrase) && !denies(phrase)),
  );
  if (near[0] !== undefined && near.length === 1) return { kind: 'accepted', value: near[0] };
  const read = languages.map((one) =>
    inSentence(lexicon, [language, one], said, values, (value) => phrasesOf(value, [one])),
  );
  return read.find(({ kind }) => kind === 'accepted') ?? read[0] ?? { kind: 'rejected', reason: 'not-among' };
}

/** True if the plain word yes or no, in any language, selects this choice. */
function saysPlain(lexicon: Lexicon, value: string, answer: 'yes' | 'no'): boolean {
  return LANGUAGES.some((language) => {
    const word = lexicon.choices[language].get(answer)?.[0];
    return word !== undefined && lexicon.choices[language].get(value)?.includes(word) === true;
  });
}

/**
 * "sou a mae dele" selects what "mae" does; a sentence of more than twelve words, or with a "not", selects nothing. Nor
 * does a yes or a no in a sentence: "yes they killed him".
 */
function inSentence(
  lexicon: Lexicon,
  languages: readonly Language[],
  said: string,
  values: readonly string[],
  phrasesOf: (value: string) => readonly string[],
): Recognized {
  const tokens = said.split(' ');
  const negated = tokens.some((token) => languages.some((language) => lexicon.negations[language].has(token)));
  if (tokens.length > 12 || negated) return { kind: 'rejected', reason: 'not-among' };
  const padded = ` ${said} `;
  const found = values.filter((value) =>
    phrasesOf(value).some(
      (phrase) => phrase.length > 2 && padded.includes(` ${phrase} `) && plainAnswerIn(lexicon, phrase) === null,
    ),
  );
  if (found[0] !== undefined && found.length === 1) return { kind: 'accepted', value: found[0] };
  return { kind: 'rejected', reason: found.length > 1 ? 'two-at-once' : 'not-among' };
}

/** Words of a message that may mean a choice. */
const MOST_MEANT = 8;

/**
 * The one choice whose words are in a short message that selects nothing by itself: "keep it confidential please",
 * "público mas sem nome". Returns null if there are several or none, or a "not" is near. Good for asking back only.
 */
export function perhapsMeant(
  lexicon: Lexicon,
  spoken: Language,
  text: string,
  values: readonly string[],
  most = MOST_MEANT,
): string | null {
  const said = fold(text);
  const around = values[(numberAround(lexicon, spoken, text) ?? 0) - 1];
  if (around !== undefined) return around;
  if (said.split(' ').length > most || asksByMark(text)) return null;
  const found = LANGUAGES.flatMap((language) =>
    values.flatMap((value) =>
      (lexicon.choices[language].get(value) ?? [])
        .filter((phrase) => phrase.length > 2 && ` ${said} `.includes(` ${phrase} `))
        .filter((phrase) => plainAnswerIn(lexicon, phrase) === null)
        .filter((phrase) => {
          const rest = ` ${said} `.replace(` ${phrase} `, ' ').split(' ');
          return !rest.some((token) => [spoken, language].some((one) => lexicon.negations[one].has(token)));
        })
        .map((phrase) => ({ value, length: phrase.length })),
    ),
  );
  const longest = Math.max(0, ...found.map(({ length }) => length));
  const meant = new Set(found.filter(({ length }) => length === longest).map(({ value }) => value));
  return meant.size === 1 ? ([...meant][0] ?? null) : null;
}

/** Returns true if a text is a choice's number or one of its phrases, letter for letter. */
export function saysExactly(lexicon: Lexicon, text: string, value: string, values: readonly string[]): boolean {
  const number = numberIn(text);
  if (number !== null) return values[number - 1] === value;
  return LANGUAGES.some((language) => lexicon.choices[language].get(value)?.includes(fold(text)) === true);
}

/**
 * Returns true if a sentence selects a choice and tells something in addition: "they killed my son". False for "soy la
 * hermana", for a number, the words of the choice itself, and a natural yes or no. `least`: number of telling words
 * that it needs.
 */
export function saysMoreThan(
  lexicon: Lexicon,
  text: string,
  value: string,
  values: readonly string[],
  least: number,
): boolean {
  if (numberIn(text) !== null || saysExactly(lexicon, text, value, values)) return false;
  if (plainAnswerIn(lexicon, text) !== null || numberAround(lexicon, 'en', text) !== null) return false;
  const said = fold(text);
  return LANGUAGES.every((language) => {
    const chosen = lexicon.choices[language].get(value) ?? [];
    const longest = chosen
      .filter((phrase) => ` ${said} `.includes(` ${phrase} `))
      .sort((a, b) => b.length - a.length)[0];
    const rest = ` ${said} `
      .replace(` ${longest ?? ''} `, ' ')
      .trim()
      .split(' ');
    return rest.filter((token) => !lexicon.besideChoice[language].has(token)).length >= least;
  });
}
