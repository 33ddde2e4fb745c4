// "Solo lo del número, quite el número", "…, s'il vous plaît enlevez l'adresse": a wish to hide something, alone or in what is told.

import { LANGUAGES } from '../../../languages.ts';
import { isOfList, wishesToHide } from '../alarm.ts';
import { fold, spell, spellOut } from '../fold.ts';
import type { Lexicon } from '../lexicon.ts';
import { meansThing, ordersToHide, speaksOf } from './hide-order.ts';

export interface HideWish {
  /** The clause that says it. */
  readonly order: string;
  /** Nothing is told with it. */
  readonly isOnly: boolean;
}

/** Words of a clause with such a wish, and of a message that is nothing else. A wish is not looked for in a longer text than that. */
const CLAUSE = { from: 3, to: 12 };
const ONLY_WORDS = 10;
const LONGEST = 4000;

type Frames = Lexicon['alarms'][keyof Lexicon['alarms']];

/** Null if somebody is said to have said it, or if it is told of others: "o laudo não mostra o nome". */
export function hideWishIn(lexicon: Lexicon, text: string): HideWish | null {
  if (text.length > LONGEST) return null;
  const clauses = text.split(/[.!?;:,…؟؛۔\n]+/u).filter((clause) => /\p{L}/u.test(clause));
  const at = clauses.findIndex((clause, index) => {
    return saysWish(lexicon, clause) && !isReported(lexicon, `${clauses[index - 1] ?? ''} ${clause}`);
  });
  const order = clauses[at]?.trim() ?? orderOfThing(lexicon, text);
  if (order === null) return null;
  const isWish = (clause: string, index: number) =>
    index === at || (at === -1 && wishesToHide(lexicon, clause, 'it')) || tellsNothing(lexicon, clause);
  return { order, isOnly: wordsOf(text) <= ONLY_WORDS && clauses.every(isWish) };
}

/** A message that tells nothing: only what shall be hidden. */
export function isOnlyToHide(lexicon: Lexicon, text: string): boolean {
  return ordersToHide(lexicon, text) || hideWishIn(lexicon, text)?.isOnly === true;
}

/** "I fear that they see the address, take it out": with "it", what is meant is named before. */
function orderOfThing(lexicon: Lexicon, text: string): string | null {
  if (speaksOf(lexicon, text).length === 0 || isReported(lexicon, text)) return null;
  return wishesToHide(lexicon, text, 'it') ? text : null;
}

function wordsOf(text: string): number {
  return fold(text).split(' ').length;
}

/** Begins with the wish, with nothing but courtesy before it. */
function saysWish(lexicon: Lexicon, clause: string): boolean {
  const words = wordsOf(clause);
  if (words < CLAUSE.from || words > CLAUSE.to || isOfList(clause)) return false;
  if (lacksThing(lexicon, clause)) return false;
  return spellOut([spell(clause)], Object.values(lexicon.alarms)).some(({ sentence, frames }) =>
    beginsWith(lexicon, sentence, frames),
  );
}

/** "Without a name" is as likely told. */
function lacksThing({ alarms }: Lexicon, clause: string): boolean {
  const first = fold(clause).split(' ')[0] ?? '';
  return LACKING.includes(first) && !LANGUAGES.some((language) => alarms[language].negations.has(first));
}
const LACKING = ['without', 'sans', 'sin', 'sem'];

function beginsWith({ plain }: Lexicon, sentence: string, { hiding }: Frames): boolean {
  return hiding.some(({ pattern, needs }) => {
    // A search for words is much cheaper, and mostly finds none.
    if (needs?.some((word) => sentence.includes(word)) === false) return false;
    const start = sentence.search(pattern);
    if (start === -1) return false;
    const before = sentence
      .slice(0, start)
      .split(' ')
      .filter((word) => word !== '');
    return before.every((word) =>
      LANGUAGES.some((one) => plain[one].around.has(word) || plain[one].hidesWhat.has(word)),
    );
  });
}

/** Somebody else is said to have said it. */
export function isReported({ alarms }: Lexicon, text: string): boolean {
  return spellOut([spell(text)], Object.values(alarms)).some(({ sentence, frames }) =>
    frames.reported.some(({ pattern }) => sentence.search(pattern) !== -1),
  );
}

/** Courtesy, or what the wish is about: "solo lo del número". */
function tellsNothing(lexicon: Lexicon, clause: string): boolean {
  const words = fold(clause).split(' ');
  const isAround = (word: string) => LANGUAGES.some((one) => lexicon.plain[one].around.has(word));
  if (words.every(isAround) || LANGUAGES.some((one) => lexicon.plain[one].around.has(words.join(' ')))) return true;
  return saysWish(lexicon, clause) || (words.length <= ABOUT && meansThing(lexicon, clause) !== null);
}

/** Words of a clause that only says what a wish is about. */
const ABOUT = 4;
