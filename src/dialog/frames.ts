// Frames: patterns of words for what is said in many ways, as they stand in words.json. In a frame `a|b` is one word or the
// other, `_` a space inside one of them, a `?` at the end "or nothing", `.?` any word or none, `..` up to four of any,
// `^` and `$` the beginning and the end of the sentence. A word that is let pass is never a "not".

import { fold } from './fold.ts';

/** A pattern over text that is laid out by `spellOut`. */
export type Frame = RegExp;

const ANY = '(?: (?!NEGATION)[^ ]+)';

/** `negations`: folded. */
export function buildFrame(written: string, negations: ReadonlySet<string>, short: ReadonlyMap<string, string>): Frame {
  const any = ANY.replace('NEGATION', `(?:${[...negations].join('|')})(?: |$)`);
  const pieces = written.split(' ').map((piece) => {
    if (piece === '..') return `${any}{0,4}`;
    if (piece === '.?') return `${any}?`;
    const isOptional = piece.endsWith('?');
    const ways = (isOptional ? piece.slice(0, -1) : piece).split('|').map((way) => wayOf(way, short));
    return `(?:${ways.join('|')})${isOptional ? '?' : ''}`;
  });
  return new RegExp(`${pieces.join('')}(?= |$)`, 'gu');
}

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

/** The sentences of a text as frames meet them: a space before every word. `short`: how words are spelt on a phone. */
export function spellOut(text: string, short: ReadonlyMap<string, string>): readonly string[] {
  return text
    .split(/[.!?;…\n]+/u)
    .map(spell)
    .filter((sentence) => sentence !== '')
    .map((sentence) => ` ${inFull(sentence, short)}`);
}
