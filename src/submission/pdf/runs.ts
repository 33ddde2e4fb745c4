// A text as runs, each in one direction, font, language and mark, cut at the places that may end a line.

import LineBreaker from 'linebreak';
import { directionOf, levelsOf } from '../direction.ts';
import type { Face, Faces } from './faces.ts';
import { passagesOf } from '../passages.ts';
import type { Cluster } from './cluster.ts';
import { shaped } from './shape.ts';

/** A part of the text with its own look; the parts together are the text. */
export interface Part {
  readonly text: string;
  readonly bold: boolean;
}

export interface Run {
  /** Of the part that it belongs to. */
  readonly part: number;
  readonly face: Face;
  readonly language: string | null;
  /** Odd is right to left. */
  readonly level: number;
  readonly isSpace: boolean;
  /** No letter, in a passage from right to left. */
  readonly isSign: boolean;
  /** In the order of the text. */
  readonly clusters: readonly Cluster[];
  /** For a size of 1. */
  readonly width: number;
  /** Of the line: it may, or must, end after this run. */
  readonly ends: 'may' | 'must' | null;
}

export interface Runs {
  readonly runs: readonly Run[];
  readonly rightToLeft: boolean;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const words = new Intl.Segmenter('th', { granularity: 'word' });

/** Writings without spaces between words: a dictionary finds the places that may end a line. */
const UNSPACED = /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+/gu;

/** A quotation mark and its space never end a line. */
const ALONE = /« /g;

/** Directions are resolved, and not drawn; a sign for the order of bytes is none. */
const UNDRAWN = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** In UTF-16 units: with more accents on one letter it is not writing, and no glyph can hold them. */
const LONGEST = 40;

/** A letter with its accents, and what decides about its run. */
interface Atom extends Omit<Run, 'clusters' | 'width'> {
  readonly end: number;
}

export function runsOf(parts: readonly Part[], faces: Faces, language: string): Runs {
  const text = parts.map((part) => part.text).join('');
  const rightToLeft = directionOf(text) === 'rtl';
  const runs: Run[] = [];
  let start = 0;
  for (const { first, last } of stretchesOf(atomsOf(parts, text, faces))) {
    const own = drawn(text.slice(start, last.end));
    const clusters = own === '' ? [] : clustersOf(own, first, first.language ?? language, faces.shapes);
    const width = clusters.reduce((sum, { advance }) => sum + advance, 0) / first.face.unitsPerEm;
    runs.push({ ...first, clusters, width, ends: last.ends });
    start = last.end;
  }
  return { runs, rightToLeft };
}

function* stretchesOf(atoms: Iterable<Atom>): Generator<{ readonly first: Atom; readonly last: Atom }> {
  let [first, last]: (Atom | undefined)[] = [];
  for (const atom of atoms) {
    if (first !== undefined && last !== undefined && (last.ends !== null || !isSameRun(last, atom))) {
      yield { first, last };
      first = undefined;
    }
    first ??= atom;
    last = atom;
  }
  if (first !== undefined && last !== undefined) yield { first, last };
}

function isSameRun(one: Atom, other: Atom): boolean {
  return (
    one.part === other.part &&
    one.face === other.face &&
    one.language === other.language &&
    one.level === other.level &&
    one.isSpace === other.isSpace &&
    one.isSign === other.isSign
  );
}

function* atomsOf(parts: readonly Part[], text: string, faces: Faces): Generator<Atom> {
  const levels = levelsOf(text);
  const breaks = breaksOf(text);
  const passages = passagesOf(text);
  let face = faces.usual.regular;
  let passage = 0;
  let at = 0;
  for (const [part, { text: own, bold }] of parts.entries()) {
    for (const segment of lettersOf(own, faces)) {
      while ((passages[passage]?.end ?? Infinity) <= at) passage++;
      const here = passages[passage];
      const isSpace = segment === ' ' || segment === '\n';
      const shown = drawn(segment);
      const found = isSpace || shown === '' ? faces.usual[bold ? 'bold' : 'regular'] : faces.for(shown, bold, face);
      face = found ?? face;
      const language = here !== undefined && here.start <= at ? here.language : null;
      const end = at + segment.length;
      const level = levels?.[at] ?? 0;
      const isSign = level % 2 === 1 && !isSpace && !/[\p{L}\p{N}]/u.test(segment);
      yield { part, face, language, level, isSpace, isSign, end, ends: breaks.get(end) ?? null };
      at = end;
    }
  }
}

/** Letters with their accents; one character by one if no font has them all. */
function* lettersOf(text: string, faces: Faces): Generator<string> {
  for (const { segment } of graphemes.segment(text)) {
    const shown = drawn(segment);
    if (segment.length === 1 || shown === '' || faces.for(shown, false, null) !== null) yield segment;
    else yield* segment;
  }
}

/** Characters that no font can show, each once, in the order of the texts. */
export function missingIn(texts: readonly string[], faces: Faces): readonly string[] {
  const all = new Set<string>();
  for (const text of texts) for (const letter of lettersOf(text, faces)) all.add(drawn(letter));
  return [...all].filter((letter) => letter.trim() !== '' && faces.for(letter, false, null) === null);
}

function drawn(text: string): string {
  return text.replaceAll('\n', ' ').replace(UNDRAWN, '');
}

/** After these places a line may, or must, end. */
function breaksOf(text: string): ReadonlyMap<number, 'may' | 'must'> {
  const breaks = new Map<number, 'may' | 'must'>();
  const breaker = new LineBreaker(text);
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    breaks.set(next.position, next.required && text[next.position - 1] === '\n' ? 'must' : 'may');
  }
  for (const { 0: found, index } of text.matchAll(UNSPACED)) {
    for (const { index: at } of words.segment(found)) if (at > 0) breaks.set(index + at, 'may');
  }
  for (const { index } of text.matchAll(ALONE)) breaks.delete(index + 2);
  breaks.delete(text.length);
  return breaks;
}

/** The same word is set many times in a text. */
function clustersOf(
  text: string,
  { face, level }: Pick<Run, 'face' | 'level'>,
  language: string,
  shapes: Map<string, readonly Cluster[]>,
): readonly Cluster[] {
  const key = `${face.name} ${level % 2} ${language} ${text}`;
  const known = shapes.get(key);
  if (known !== undefined) return known;
  const pieces = text.length <= LONGEST ? [text] : cut(text);
  const clusters = pieces.flatMap((piece) => shaped(piece, face, level % 2 === 1, language));
  shapes.set(key, clusters);
  return clusters;
}

/** A letter whose accents are too many for one glyph is several. Everything else stays in one piece. */
function cut(text: string): readonly string[] {
  const pieces: string[] = [''];
  for (const { segment } of graphemes.segment(text)) {
    if (segment.length <= LONGEST) pieces.push(`${pieces.pop() ?? ''}${segment}`);
    else {
      const characters = Array.from(segment);
      for (let at = 0; at < characters.length; at += LONGEST / 2)
        pieces.push(characters.slice(at, at + LONGEST / 2).join(''));
      pieces.push('');
    }
  }
  return pieces.filter((piece) => piece !== '');
}
