// Splits a text into paragraphs and bubbles, and fingerprints paragraphs to recognise the same text again.

import type { Part } from './effect.ts';
import { fold } from '../understanding/fold.ts';
import type { World } from './world.ts';
import { countWords } from '../../words.ts';

/** Empty lines separate paragraphs; without any, every line is one, but not in a file, which knows its paragraphs. */
export function paragraphsIn(text: string, isFile = false): readonly string[] {
  const cut = isFile || /\n[^\S\n]*\n/u.test(text.trim()) ? /\n(?:[^\S\n]*\n)+/u : /\n/u;
  return text
    .split(cut)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Paragraphs of fewer words may be equal by chance: "Yes." */
const TELLING_WORDS = 5;

/** Returns null if the paragraph is too short to identify a text. */
export function fingerprintOf(paragraph: string, fingerprint: World['fingerprint']): string | null {
  return countWords(paragraph) < TELLING_WORDS ? null : fingerprint(`paragraph ${fold(paragraph)}`);
}

/** Fingerprints of all paragraphs of these answers. */
export function fingerprintsOf(parts: readonly Part[], fingerprint: World['fingerprint']): ReadonlySet<string> {
  const found = parts
    .filter(({ pending }) => pending !== true)
    .flatMap(({ text }) => paragraphsIn(text).map((one) => fingerprintOf(one, fingerprint)));
  return new Set(found.filter((one) => one !== null));
}

export interface Numbered {
  readonly number: number;
  readonly text: string;
}

/** Characters per bubble for paragraphs; leaves room for a line of the bot above them. */
const BUBBLE = 520;

/** Puts several short paragraphs into one bubble; splits a long one between words. */
export function inBubbles(paragraphs: readonly Numbered[]): readonly string[] {
  const bubbles: string[] = [];
  for (const piece of paragraphs.flatMap(({ number, text }) => cut(`(${number}) ${text}`))) {
    const last = bubbles.at(-1);
    const joined = last === undefined ? piece : `${last}\n\n${piece}`;
    if (last !== undefined && joined.length <= BUBBLE) bubbles[bubbles.length - 1] = joined;
    else bubbles.push(piece);
  }
  return bubbles;
}

function cut(text: string): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > BUBBLE) {
    const space = rest.slice(0, BUBBLE + 1).search(/\s\S*$/u);
    // A word longer than a bubble is split between characters, never inside a surrogate pair.
    const end = space > 0 ? space : BUBBLE - (/[\ud800-\udbff]$/.test(rest.slice(0, BUBBLE)) ? 1 : 0);
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...pieces, rest].filter((piece) => piece !== '');
}

/** "1-3, 7" */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && number <= last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}
