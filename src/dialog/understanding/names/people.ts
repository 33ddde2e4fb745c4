// Finds names of people, also in small letters as people type on a phone: by common given names and surnames, by the
// words before ("se llamaba"), and by word pairs that are repeated. Precise enough for showing only, not for changing a
// text.

import { fold, lastWordOf } from '../fold.ts';
import { LANGUAGES } from '../../../languages.ts';
import type { Lexicon } from '../lexicon.ts';
import { isAlwaysCapital, isCommonWord } from './common-words.ts';
import data from './given-names.json' with { type: 'json' };

const setOf = (...lists: readonly string[]) => new Set(lists.flatMap((list) => list.split(' ')));
const GIVEN = setOf(...Object.values(data.given));
/** Names that are also ordinary words. */
const ALSO_WORDS = setOf(data.alsoWords);
const SURNAMES = setOf(data.surnames);
/** Of places: "San Pedro". */
const SAINTS = setOf('san sao santa santo saint sainte st');
const PARTICLES = setOf('da das de del do dos la los');

/** A common given name or surname. `word`: folded. */
export function isKnownName(word: string): boolean {
  return GIVEN.has(word) || SURNAMES.has(word);
}

interface Word {
  readonly start: number;
  readonly end: number;
  readonly folded: string;
  readonly isCapital: boolean;
  /** No sentence and no part of one ended before it. */
  readonly goesOn: boolean;
}

/** As in the texts, one entry per occurrence. `known`: names that the person typed when asked for. */
export function peopleNamedIn(lexicon: Lexicon, texts: readonly string[], known: readonly string[]): readonly string[] {
  const words = texts.map(wordsOf);
  const pairs = pairsOf(words);
  const language: Reading = {
    lexicon,
    mine: new Set(known.flatMap((name) => fold(name).split(' ')).filter((part) => part.length > 2)),
    isPair: (first, second) => (pairs.get(`${first.folded} ${second.folded}`)?.size ?? 0) > 1,
  };
  return texts.flatMap((text, at) => namesIn(language, text, words[at] ?? []));
}

/** Pairs of neighbouring words, with the words around them: a text that was sent twice counts once. */
function pairsOf(texts: readonly (readonly Word[])[]): ReadonlyMap<string, ReadonlySet<string>> {
  const pairs = new Map<string, Set<string>>();
  for (const words of texts) {
    for (const [index, { folded, goesOn }] of words.entries()) {
      if (!goesOn) continue;
      const pair = `${words[index - 1]?.folded ?? ''} ${folded}`;
      const around = `${words[index - 2]?.folded ?? ''} ${words[index + 1]?.folded ?? ''}`;
      pairs.set(pair, (pairs.get(pair) ?? new Set()).add(around));
    }
  }
  return pairs;
}

interface Reading {
  readonly lexicon: Lexicon;
  readonly mine: ReadonlySet<string>;
  readonly isPair: (first: Word, second: Word) => boolean;
}

function wordsOf(text: string): readonly Word[] {
  let before = 0;
  return [...text.matchAll(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu)].map(({ 0: word, index }) => {
    const goesOn = before > 0 && /^[\p{Zs}\t]*$/u.test(text.slice(before, Math.min(index, before + 4)));
    before = index + word.length;
    return { start: index, end: before, folded: fold(word), isCapital: /^\p{Lu}/u.test(word), goesOn };
  });
}

function namesIn(reading: Reading, text: string, words: readonly Word[]): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const end = endOfName(reading, words, at);
    if (end === null) continue;
    found.push(text.slice(words[at]?.start, words[end]?.end));
    at = end;
  }
  return found;
}

/** Index of the last word of the name that begins here; null if none does. */
function endOfName(reading: Reading, words: readonly Word[], at: number): number | null {
  const word = words[at];
  if (word === undefined || isStop(reading, word.folded)) return null;
  const before = word.goesOn ? words[at - 1] : undefined;
  if (before !== undefined && SAINTS.has(before.folded)) return null;
  const called = word.goesOn && isCalled(reading, words, at);
  const kin = before !== undefined && LANGUAGES.some((one) => reading.lexicon.ages[one].kin.has(before.folded));
  const second = words[at + 1];
  const again = kin && second?.goesOn === true && !isStop(reading, second.folded) && reading.isPair(word, second);
  if (!called && !again && !isGiven(reading, word, kin)) return null;
  return lastOf(reading, words, at, called);
}

function isGiven({ mine }: Reading, { folded, isCapital, goesOn }: Word, kin: boolean): boolean {
  const isWord = ALSO_WORDS.has(folded) || isCommonWord(folded);
  if (!isWord) return GIVEN.has(folded) || mine.has(folded);
  if (!GIVEN.has(folded) && !ALSO_WORDS.has(folded) && !mine.has(folded)) return false;
  return kin || (isCapital && goesOn && !isAlwaysCapital(folded));
}

/** Adds surnames, further given names and repeated words; after "se llamaba" also the next word. */
function lastOf(reading: Reading, words: readonly Word[], first: number, called: boolean): number {
  let last = first;
  for (let at = first + 1; at < words.length && at <= first + MOST; at++) {
    const [word, before] = [words[at], words[last]];
    if (word?.goesOn !== true || before === undefined) break;
    if (PARTICLES.has(word.folded)) continue;
    const isNext = at === last + 1;
    const isName = SURNAMES.has(word.folded) || GIVEN.has(word.folded) || reading.mine.has(word.folded);
    const ends = words[at + 1]?.goesOn !== true || isStop(reading, words[at + 1]?.folded ?? '');
    // After a name with a capital, a word without one is a verb.
    const again = reading.isPair(before, word) && (word.isCapital || !before.isCapital);
    const isRest = isNext && !isStop(reading, word.folded) && (again || (called && ends));
    if (!isName && !isRest && !(word.isCapital && before.isCapital && !isStop(reading, word.folded))) break;
    last = at;
  }
  return last;
}

/** Words of the longest name, without its first. */
const MOST = 5;

/** "Se llamaba", "his name was": whatever comes next is a name. */
function isCalled({ lexicon }: Reading, words: readonly Word[], at: number): boolean {
  const leads = lexicon.calledBy.get(lastWordOf(words[at - 1]?.folded ?? ''));
  if (leads === undefined) return false;
  const before = words
    .slice(Math.max(0, at - 4), at)
    .map(({ folded }) => folded)
    .join(' ');
  return leads.some((lead) => ` ${before}`.endsWith(` ${lead}`));
}

/** The small words of a language and common words of sentences: not names. */
function isStop({ lexicon }: Reading, folded: string): boolean {
  if (folded.length < 2 || PARTICLES.has(folded)) return true;
  if (GIVEN.has(folded) || ALSO_WORDS.has(folded)) return false;
  return LANGUAGES.some((one) => {
    const { plain, besideChoice, negations, common, ages } = lexicon;
    return (
      plain[one].sentenceWords.has(folded) ||
      besideChoice[one].has(folded) ||
      negations[one].has(folded) ||
      common[one].has(folded) ||
      ages[one].kin.has(folded) ||
      ages[one].been.has(folded) ||
      ages[one].other.has(folded) ||
      lexicon.questionWords.has(folded)
    );
  });
}
