// Folds text to recognise commands and choices; stored words are never changed by it.

import { inLatinDigits } from '../../digits.ts';

/** Between files, groups, records and units, as old programs set them. */
const SEPARATORS = '\u001c\u001d\u001e\u001f';

/**
 * The well-formed copy of what a person wrote: NFC, every line break and separator a line feed, no lone surrogates, no other
 * control characters but tabs, no U+FFFE/U+FFFF. Nothing else is touched: right-to-left marks, emoji and odd spelling stay.
 */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/gu, '\n')
    .replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, (found) => (SEPARATORS.includes(found) ? '\n' : ''))
    .normalize('NFC')
    .trim();
}

/** A name on one line, without characters that turn the direction of the text around it. At most 120 characters. */
export function cleanName(text: string): string {
  return clean(text)
    .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 120);
}

/** Letters of other alphabets that look like Latin ones, from autocorrection and copied text. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{ а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', х: 'x', у: 'y', к: 'k', м: 'm', т: 't', н: 'h', в: 'b' },
  ...{ і: 'i', ѕ: 's', ԁ: 'd', ɡ: 'g', α: 'a', ε: 'e', ο: 'o', ρ: 'p', ι: 'i', κ: 'k', τ: 't', ν: 'v', υ: 'u' },
};

/** Arabic letters that are written in several ways, also with a Persian keyboard. NFKD has taken hamza and madda off alef, waw and ya. */
const ARABIC: Readonly<Record<string, string>> = { ٱ: 'ا', ى: 'ي', ی: 'ي', ة: 'ه', ہ: 'ه', ک: 'ك', ـ: '' };

/** Arabic letters in one spelling, without the line that stretches a word, and the digits of Arabic and Persian as 0–9. */
export function plainArabic(text: string): string {
  return inLatinDigits(text.replace(/[\u0621-\u06ff]/gu, (sign) => ARABIC[sign] ?? sign));
}

const NOT_ASCII = /[\u0080-\u{10ffff}]/u;
const OTHER_LETTERS = /[\u0261\u0370-\u06ff]/u;

/** Lower case, without accents, look-alikes, zero-width characters and punctuation; single spaces. "«Próximo!»" → "proximo". */
export function fold(text: string): string {
  // Most of what is folded has neither accents nor letters of other alphabets: every message is folded many times.
  if (!NOT_ASCII.test(text)) {
    return text
      .toLowerCase()
      .replace(/(?!\s)\p{Cc}/gu, '')
      .replace(/[^a-z0-9]+/gu, ' ')
      .trim();
  }
  let plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}\p{Cc}]/gu, (found) => (/\s/u.test(found) ? ' ' : ''));
  if (OTHER_LETTERS.test(plain)) {
    plain = plain
      .replace(/[\u0370-\u04ff\u0500-\u052f\u0261]/gu, (letter) => LOOK_ALIKES[letter] ?? letter)
      .replace(/[\u0621-\u06ff]+/gu, plainArabic);
  }
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Of a folded text. */
export function lastWordOf(folded: string): string {
  return folded.slice(folded.lastIndexOf(' ') + 1);
}

/** A phrase folded, and once more as people write it who leave apostrophes out: "That's all" → "that s all", "thats all". */
export function foldings(phrase: string): readonly string[] {
  const whole = fold(phrase);
  const before = whole.replace(/\b([cdjlmnst]|qu) (?=[aeiouyh])/gu, '$1');
  const behind = whole.replace(/(?<=\p{L}) (s|m|re|ve|ll|t|d)\b/gu, '$1');
  return [...new Set([whole, before, behind])];
}

/** Edit distance with neighbouring letters swapped counting one (optimal string alignment); stops above `limit` and says limit + 1. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + same);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      }
      next.push(cost);
    }
    if (Math.min(...next) > limit) return limit + 1;
    before = last;
    last = next;
  }
  return last[b.length] ?? limit + 1;
}

/** How far a typed word may be from the one that was meant: nothing under four letters, then one, from eight on two. */
export function isNearMiss(typed: string, meant: string): boolean {
  if (meant.length < 4 || typed.length < 3 || typed === meant) return false;
  const limit = meant.length >= 8 ? 2 : 1;
  return distance(typed, meant, limit) <= limit;
}

// Frames: patterns of words for sentences with many forms, as in words.json. `a|b` is one word or the other, `_` a
// space inside one of them, a `?` at the end "or nothing", `.?` any word or none, `..` up to four of any, `^` and `$`
// the beginning and the end of the sentence. Wildcards never match a "not".

export interface Frame {
  /** Matches text prepared by spellOut(). */
  readonly pattern: RegExp;
  /** Every text that it matches has one of these words; null if none is required. */
  readonly needs: readonly string[] | null;
}

const ANY = '(?: (?!NEGATION)[^ ]+)';

/** `negations`: folded. */
export function buildFrame(written: string, negations: ReadonlySet<string>, short: ReadonlyMap<string, string>): Frame {
  const any = ANY.replace('NEGATION', `(?:${[...negations].join('|')})(?: |$)`);
  const needed: (readonly string[])[] = [];
  const pieces = written.split(' ').map((piece) => {
    if (piece === '..') return `${any}{0,4}`;
    if (piece === '.?') return `${any}?`;
    const isOptional = piece.endsWith('?');
    const ways = (isOptional ? piece.slice(0, -1) : piece).split('|').map((way) => wayOf(way, short));
    if (!isOptional && ways.every((way) => WORDS.test(way))) needed.push(ways.map((way) => way.split(' ')[1] ?? ''));
    return `(?:${ways.join('|')})${isOptional ? '?' : ''}`;
  });
  return {
    pattern: new RegExp(`${pieces.join('')}(?= |$)`, 'gu'),
    needs: needed.toSorted((a, b) => a.length - b.length)[0] ?? null,
  };
}

/** An alternative that consists of words only. */
const WORDS = /^(?: [\p{L}\p{N}]+)+$/u;

function wayOf(written: string, short: ReadonlyMap<string, string>): string {
  if (written === '^' || written === '$') return written;
  if (written.endsWith('\\d')) return ` ${written}`;
  return ` ${inFull(spell(written.replaceAll('_', ' ')), short)}`;
}

function inFull(sentence: string, short: ReadonlyMap<string, string>): string {
  const words = sentence.split(' ');
  if (!words.some((word) => short.has(word))) return sentence;
  return words.map((word) => short.get(word) ?? word).join(' ');
}

/** Folded, English without apostrophes, and letters that are held for long said once: "can't goooo" → "cant go". */
export function spell(text: string): string {
  return fold(text.replace(/(\p{L})['’´`](?=(?:t|s|m|ve|ll|d)(?!\p{L}))/giu, '$1')).replace(/(\p{L})\1{2,}/gu, '$1');
}

/** The sentences of a text, spelt, each once. They are the same in every language. */
export function spelt(text: string): readonly string[] {
  const sentences = new Set(new Set(text.split(/[.!?;…؟؛۔\n]+/u)).values().map(spell));
  sentences.delete('');
  return [...sentences];
}

export interface Laid<F> {
  readonly sentence: string;
  readonly words: ReadonlySet<string>;
  readonly frames: F;
}

/**
 * Spelt sentences as the frames of each language meet them: a space before every word, words in full. `short`: how words are
 * spelt on a phone.
 */
export function spellOut<F extends { readonly short: ReadonlyMap<string, string> }>(
  sentences: readonly string[],
  languages: readonly F[],
): readonly Laid<F>[] {
  // Most sentences are the same in all languages.
  const known = new Map<string, ReadonlySet<string>>();
  const laid: Laid<F>[] = [];
  for (const frames of languages) {
    const written = new Set<string>();
    for (const one of sentences) written.add(` ${inFull(one, frames.short)}`);
    for (const sentence of written) {
      let words = known.get(sentence);
      if (words === undefined) known.set(sentence, (words = new Set(sentence.split(' '))));
      laid.push({ sentence, words, frames });
    }
  }
  return laid;
}

export interface FrameIndex {
  readonly byWord: ReadonlyMap<string, readonly Frame[]>;
  /** The frames that need no word. */
  readonly others: readonly Frame[];
}

/** Most sentences have no word of most frames: those are not tried. */
export function indexFrames(frames: readonly Frame[]): FrameIndex {
  const byWord = new Map<string, Frame[]>();
  for (const frame of frames) {
    for (const word of new Set(frame.needs)) byWord.set(word, [...(byWord.get(word) ?? []), frame]);
  }
  return { byWord, others: frames.filter(({ needs }) => needs === null) };
}
