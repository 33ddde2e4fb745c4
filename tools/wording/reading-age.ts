// How easily a text reads, by the formula of each language, from two ratios: words a sentence and syllables a word.

import type { WholeLanguage } from '../../src/languages.ts';

interface Ratios {
  readonly wordsASentence: number;
  readonly syllablesAWord: number;
}

const WORD = /[\p{L}\p{M}]+(?:[’'-][\p{L}\p{M}]+)*/gu;

/** By vowels that are written together; rough for one word, and good enough for thousands. */
export function syllablesIn(word: string, language: WholeLanguage): number {
  const low = word.toLowerCase();
  return low
    .split(/[’'-]/u)
    .filter((part) => part !== '')
    .reduce((sum, part) => sum + SYLLABLES[language](part), 0);
}

const groups = (part: string, pattern: RegExp): number => part.match(pattern)?.length ?? 0;

const SYLLABLES: Readonly<Record<WholeLanguage, (part: string) => number>> = {
  en(part) {
    // "I’m" and "don’t" end in no vowel of their own.
    if (/^(?:m|s|t|ll|d|re|ve)$/u.test(part)) return 0;
    const silent = /(?:[^aeiouyl]e|[^aeiou]le(?=x)|[^aeioudt]ed|[^aeiouscgxz]es)$/u.test(part) ? 1 : 0;
    return Math.max(1, groups(part, /[aeiouyáéèêö]+/gu) - silent);
  },
  fr(part) {
    if (!/[aeiouyàâéèêëîïôûùœ]/u.test(part)) return 0;
    // The e at the end is not heard.
    const silent = /(?:e|es|ent)$/u.test(part) ? 1 : 0;
    return Math.max(1, groups(part, /eau|[aeiouyàâéèêîôûùœ]+|[ëïü]/gu) - silent);
  },
  es(part) {
    // Two strong vowels, or a stressed weak one, are two syllables.
    const apart = groups(part, /[aeoáéó](?=[aeoáéóíú])|[íú](?=[aeoáéó])/gu);
    return Math.max(1, groups(part.replace(/([qg])u(?=[eiéí])/gu, '$1'), /[aeiouáéíóúüy]+/gu) + apart);
  },
  pt(part) {
    const apart = groups(part, /[aeoáéóâêô](?=[aeoáéóâêôíú])|[íú](?=[aeoáéóâêô])/gu);
    return Math.max(1, groups(part.replace(/([qg])u(?=[eiéêí])/gu, '$1'), /[aeiouáéíóúâêôãõàü]+/gu) + apart);
  },
};

export function ratiosOf(texts: readonly string[], language: WholeLanguage): Ratios {
  const sentences = texts.flatMap((text) => text.split(/[.?!…\n]+/u)).filter((one) => /\p{L}{2}/u.test(one));
  const words = sentences.flatMap((sentence) => sentence.match(WORD) ?? []);
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word, language), 0);
  return { wordsASentence: words.length / sentences.length, syllablesAWord: syllables / words.length };
}

/**
 * Ease from 0 to 100, as each language's own formula has it: Flesch (en), Kandel and Moles (fr), Fernández Huerta (es), and
 * Martins and others for Brazil (pt).
 */
export function easeOf({ wordsASentence: words, syllablesAWord: syllables }: Ratios, language: WholeLanguage): number {
  switch (language) {
    case 'en':
      return 206.835 - 1.015 * words - 84.6 * syllables;
    case 'fr':
      return 207 - 1.015 * words - 73.6 * syllables;
    case 'es':
      return 206.84 - 1.02 * words - 60 * syllables;
    case 'pt':
      return 248.835 - 1.015 * words - 84.6 * syllables;
  }
}
