// Whole messages about words that were said before: "put it back", "never mind", "no, don't put that".

import { LANGUAGES } from '../../languages.ts';
import { takesOutBefore, wishes } from './alarm.ts';
import type { Utterance } from './commands.ts';
import { fold, isNearMiss } from './fold.ts';
import type { Lexicon } from './lexicon.ts';
import { asksByMark, partsOf, saysErase, tokensOf, wantsOut } from './plain-answer.ts';
import type { PlainList } from './word-lists.ts';

/** Characters of such a message; a longer one is told. */
const LONGEST = 60;

const textOf = (said: Utterance) => (typeof said === 'string' ? said : said.text);

/** *undo* in other words: "devuélvalo", "remets ça". `nearly`: with an error of typing that is on no list. */
export function bringsBack(lexicon: Lexicon, said: Utterance): 'plainly' | 'nearly' | null {
  const tokens = textOf(said).length > LONGEST ? null : tokensOf(said);
  if (tokens === null) return null;
  const lists = ['bringsBack', 'yes', 'maybeYes', 'no', 'around'] as const;
  if (LANGUAGES.some((one) => partsOf(lexicon, one, tokens, lists)?.has('bringsBack') === true)) return 'plainly';
  const isNear = LANGUAGES.some((language) => {
    const { bringsBack: phrases, around, no } = lexicon.plain[language];
    const rest = tokens.filter((token) => !around.has(token) && !no.has(token)).join(' ');
    return [...phrases].some((phrase) => phrase.length >= LEAST && isNearMiss(rest, phrase));
  });
  return isNear ? 'nearly' : null;
}

/** Letters of a phrase that may be guessed from another spelling. */
const LEAST = 8;

/** "Leave it", "non laisse": a no, and nothing else. */
export function letsBe(lexicon: Lexicon, said: Utterance): boolean {
  return consistsOf(lexicon, said, 'letBe', ['no', 'maybeYes', 'around']);
}

/** "Confidencial", "sans nom", "no wait, public": a wish about what is asked at the end, and nothing else. */
export function wishForEnd(lexicon: Lexicon, said: Utterance): 'confidential' | 'public' | null {
  const beside = ['atEndBefore', 'yes', 'around'] as const;
  if (consistsOf(lexicon, said, 'atEnd', ['atEndPublic', ...beside])) return 'confidential';
  return consistsOf(lexicon, said, 'atEndPublic', beside) ? 'public' : null;
}

/** "J'ai peur, est-ce que la police peut lire ?" */
export function speaksOfFear(lexicon: Lexicon, text: string): boolean {
  const said = ` ${fold(text)} `;
  return LANGUAGES.some((language) => [...lexicon.plain[language].afraid].some((one) => said.includes(` ${one} `)));
}

/** "Bon", "bueno": neither a yes to anything nor told. */
export function saysNothing(lexicon: Lexicon, said: Utterance): boolean {
  return consistsOf(lexicon, said, 'maybeYes', ['around']);
}

/** A short message, no question, of phrases of `list`, alone or together with those of `more`. */
function consistsOf(lexicon: Lexicon, said: Utterance, list: PlainList, more: readonly PlainList[]): boolean {
  const tokens = textOf(said).length > LONGEST || asksByMark(textOf(said)) ? null : tokensOf(said);
  if (tokens === null) return false;
  return LANGUAGES.some((language) => partsOf(lexicon, language, tokens, [list, ...more])?.has(list) === true);
}

/** "No, don't put that", "ignore that": of the words that are asked about. */
export function leavesOut(lexicon: Lexicon, said: Utterance): boolean {
  return wantsOut(lexicon, said) || (textOf(said).length <= LONGEST && takesOutBefore(lexicon, said));
}

/** The word that erases, at the beginning of a sentence: "yes erase it all I want nothing to stay". */
export function saysEraseFirst(lexicon: Lexicon, text: string): boolean {
  const words = text.split(/\s+/u).slice(0, ERASE_WORDS);
  return words.some((_, at) => saysErase(lexicon, words.slice(0, at + 1).join(' ')));
}
const ERASE_WORDS = 5;

/** "Não, meu nome não", "leave mine out"; or of somebody else: "not his name". The whole message. */
export function nameLeftOut(lexicon: Lexicon, said: Utterance): 'own' | 'theirs' | null {
  if (textOf(said).length > LONGEST) return null;
  if (wishes(lexicon, said, 'ownNameOut')) return 'own';
  return wishes(lexicon, said, 'theirNameOut') ? 'theirs' : null;
}
