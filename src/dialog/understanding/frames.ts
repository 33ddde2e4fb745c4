// Frames: patterns of words for what is said in many ways, as they stand in words.json. In a frame `a|b` is one word or the
// other, `_` a space inside one of them, a `?` at the end "or nothing", `.?` any word or none, `..` up to four of any,
// `^` and `$` the beginning and the end of the sentence. A word that is let pass is never a "not".

import { fold } from './fold.ts';

export interface Frame {
  /** Over text that is laid out by `spellOut`. */
  readonly pattern: RegExp;
  /** Whatever it matches has one of these words; null: there are none that it must have. */
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

/** A way that is nothing but words. */
const WORDS = /^(?: [\p{L}\p{N}]+)+$/u;

function wayOf(written: string, short: ReadonlyMap<string, string>): string {
  if (written === '^' || written === '$') return written;
  if (written.endsWith('\\d')) return ` ${written}`;
  return ` ${inFull(spell(written.replaceAll('_', ' ')), short)}`;
}

function inFull(sentence: string, short: ReadonlyMap<string, string>): string {
  return sentence
    .split(' ')
    .map((word) => short.get(word) ?? word)
    .join(' ');
}

/** Folded, English without apostrophes, and letters that are held for long said once: "can't goooo" → "cant go". */
export function spell(text: string): string {
  return fold(text.replace(/(\p{L})['’´`](?=(?:t|s|m|ve|ll|d)(?!\p{L}))/giu, '$1')).replace(/(\p{L})\1{2,}/gu, '$1');
}

/** The sentences of a text, spelt, each once. They are the same in every language. */
export function spelt(text: string): readonly string[] {
  const sentences = new Set(new Set(text.split(/[.!?;…\n]+/u)).values().map(spell));
  sentences.delete('');
  return [...sentences];
}

/** Spelt sentences as frames meet them: a space before every word. `short`: how words are spelt on a phone. */
export function spellOut(sentences: readonly string[], short: ReadonlyMap<string, string>): readonly string[] {
  return sentences.map((sentence) => ` ${inFull(sentence, short)}`);
}

/** Those of the frames that a sentence may match. */
export function framesFor(sentence: string, frames: FrameIndex): readonly Frame[] {
  const found = new Set(frames.others);
  for (const word of new Set(sentence.split(' '))) {
    for (const frame of frames.byWord.get(word) ?? []) found.add(frame);
  }
  return [...found];
}

export interface FrameIndex {
  readonly byWord: ReadonlyMap<string, readonly Frame[]>;
  /** Those that need no word. */
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
