// Which of an organiser's people a sentence is about: by name, by number, or by the place in the order.

import { type Language, LANGUAGES } from '../../languages.ts';
import type { Session } from '../engine/session.ts';
import type { Turn } from '../engine/turn.ts';
import { fold } from '../understanding/fold.ts';
import type { Lexicon } from '../understanding/lexicon.ts';

/** The key of the text that is open. */
export const OPEN = '';

/** One of an organiser's people; `key` as in PutAway, or OPEN. */
export interface OfSomebody {
  readonly key: string;
  readonly session: Session;
}

/** The person whose text is open comes first. */
export function everybody(turn: Turn): readonly OfSomebody[] {
  const others = turn.cases().filter(({ session }) => session.teller !== undefined);
  return turn.session.teller === undefined ? others : [{ key: OPEN, session: turn.session }, ...others];
}

/** The only one whose name, number or place in the order is among the words; null if there is none, or several. `leaves`: they withdraw. */
export function personMeant(turn: Turn, text: string, leaves = false): OfSomebody | null {
  const words = fold(text).split(' ');
  const all = everybody(turn);
  const named = all.filter(({ session }) => saysLabel(turn, words, session.teller?.label ?? ''));
  const number = named.length > 0 ? null : numberSaid(turn, words, leaves);
  const found = number === null ? named : all.filter(({ session }) => session.teller?.number === number);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Letters of a part of a name that alone names somebody. */
const PART = 3;

function saysLabel({ world: { lexicon } }: Turn, words: readonly string[], label: string): boolean {
  const whole = fold(label);
  if (whole !== '' && ` ${words.join(' ')} `.includes(` ${whole} `)) return true;
  const isAround = (word: string) =>
    LANGUAGES.some((one) => lexicon.besideChoice[one].has(word) || isTitle(lexicon, one, word));
  return whole.split(' ').some((part) => part.length >= PART && words.includes(part) && !isAround(part));
}

function isTitle({ words }: Lexicon, language: Language, word: string): boolean {
  return words[language].titles.some((title) => fold(title) === word);
}

const PLACES = ['first', 'second', 'third', 'fourth'] as const;
const NUMBERS = ['one', 'two', 'three', 'four'] as const;

/** "Person 2", "persona dos", "a la segunda", "corrigir a 2", "the second mother’s text"; not "the second part". */
function numberSaid({ world: { lexicon } }: Turn, words: readonly string[], leaves: boolean): number | null {
  for (const [at, word] of words.entries()) {
    const [before, next] = [words[at - 1] ?? '', words[at + 1]];
    for (const language of LANGUAGES) {
      const { person, numbered, ...lists } = lexicon.organiser[language];
      const spelled = NUMBERS.findIndex((one) => lists[one].has(word)) + 1;
      const number = /^\d{1,3}$/u.test(word) ? Number(word) : spelled;
      // "La 1 quiero corregir".
      const isFirst = at === 1 && /^\d{1,3}$/u.test(word);
      const isNumbered = numbered.has(before) && (next === undefined || isFirst);
      if (number > 0 && (person.has(before) || isNumbered)) return number;
      const place = PLACES.findIndex((one) => lists[one].has(word));
      const isOfPerson =
        leaves ||
        next === undefined ||
        person.has(next) ||
        lexicon.ages[language].kin.has(next) ||
        isTitle(lexicon, language, next);
      if (place !== -1 && isOfPerson) return place + 1;
    }
  }
  return null;
}
