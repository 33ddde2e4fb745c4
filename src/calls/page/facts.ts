// A value that a page states, with the sentence that it is based on.

import type { Sentence } from './page.ts';
import type { PageWords } from './page-words.ts';

export interface Fact {
  /** As in the call's file: "limit.words". */
  readonly path: string;
  readonly value: unknown;
  readonly sentence: Sentence;
}

/** Left to a person: something on the page that looks as if it mattered. */
export interface Doubt {
  readonly about: string;
  readonly why: string;
  readonly sentence: Sentence | null;
}

export interface Reading {
  readonly facts: readonly Fact[];
  readonly doubts: readonly Doubt[];
}

export const NOTHING: Reading = { facts: [], doubts: [] };

export const fact = (path: string, value: unknown, sentence: Sentence): Fact => ({ path, value, sentence });

/** True if the folded text has one of these words. */
export function has(plain: string, words: string): boolean {
  return new RegExp(words, 'u').test(plain);
}

/** One expression of all languages. */
export function either(words: readonly PageWords[], key: 'words' | 'pages' | 'atMost' | Words): string {
  return words.map((each) => `(?:${each[key]})`).join('|');
}

type Words = {
  [Key in keyof PageWords]: PageWords[Key] extends string ? Key : never;
}[keyof PageWords];

/** "@" and its replacements on sites that hide addresses. */
export const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\[email[^\]]{0,3}protected\]|\[obfuscated\]/iu;

/** A sentence as a comment or a text: whatever is an address on the page is not repeated. */
export function withoutAddress(text: string): string {
  return text.replace(new RegExp(ADDRESS.source, 'giu'), '[an address]').replace(/\s+/gu, ' ').trim();
}
