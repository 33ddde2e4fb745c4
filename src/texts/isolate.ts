// Values in a text of the other direction: a code, an address or a name keeps its own order (Unicode isolates, UAX #9).

import { LANGUAGE_FACTS, type Language } from '../languages.ts';
import { OVERRIDES } from '../overrides.ts';

const [FIRST_STRONG, END] = ['\u2068', '\u2069'];

/** Anything that is read in one direction; digits in groups, as of a telephone, would change places. */
const DIRECTED = /[\p{L}\p{N}]/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

const EMBEDDINGS = /[\u202a-\u202e]/gu;
const ISOLATES = /[\u2066-\u2069]/gu;

/**
 * A value of one line, to be put into a text of this language: no mark in it turns the text around it. Longer values are paragraphs
 * of their own.
 */
export function isolated(language: Language, given: string): string {
  if (given.includes('\n')) return given.replace(OVERRIDES, '');
  const isClosed = given.split(/[\u2066-\u2068]/u).length === given.split(END).length;
  const value = given.replace(EMBEDDINGS, '').replace(isClosed ? '' : ISOLATES, '');
  const turns = LANGUAGE_FACTS[language].direction === 'rtl' ? DIRECTED : RIGHT_TO_LEFT;
  return turns.test(value) ? `${FIRST_STRONG}${value}${END}` : value;
}

/** For a text from a catalogue: only one with Latin letters, as a borrowed text or a name has them, needs it. */
export function isolatedText(language: Language, text: string): string {
  return LANGUAGE_FACTS[language].direction === 'rtl' && !/\p{Script=Latin}/u.test(text)
    ? text
    : isolated(language, text);
}
