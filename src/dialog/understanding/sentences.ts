// Splits a person's words into pieces that can be left out: sentences, or shorter pieces if nothing ends one, as people
// type on a phone. Joined together they are the text.

import type { Language } from '../../languages.ts';
import { countWords } from '../../words.ts';

/** A sentence of this many words is split further. */
const LONG = 45;

/** In the order of preference. The standard rule takes a small letter after a full stop for an abbreviation. */
const CUTS: readonly RegExp[] = [/\n/gu, /[.!?…;؟؛]["”»)]?\s+/gu, /[,،:–—]\s+/gu];

export function sentencesIn(text: string, language: Language): readonly string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  return [...segmenter.segment(text)].flatMap(({ segment }) => cut(segment, CUTS));
}

function cut(text: string, cuts: readonly RegExp[]): readonly string[] {
  if (countWords(text) <= LONG) return [text];
  const [best, ...others] = cuts;
  if (best === undefined) return byWords(text);
  const pieces = cutBehind(text, best);
  return pieces.length === 1 ? cut(text, others) : pieces.flatMap((piece) => cut(piece, others));
}

/** Scans once: a look-behind would go back over the same spaces from each of them. */
function cutBehind(text: string, end: RegExp): readonly string[] {
  const ends = [...text.matchAll(end)].map(({ 0: found, index }) => index + found.length);
  return [...ends, text.length].map((to, at) => text.slice(ends[at - 1] ?? 0, to)).filter((piece) => piece !== '');
}

/** Splits a text without any ends after a number of words. */
function byWords(text: string): readonly string[] {
  const words = text.split(/(?<=\s)(?=\S)/u);
  return Array.from({ length: Math.ceil(words.length / LONG) }, (_, at) =>
    words.slice(at * LONG, (at + 1) * LONG).join(''),
  );
}

/** The text without some of its sentences, counted from 0; only those with words count. Paragraphs are kept. */
export function withoutSentences(text: string, language: Language, gone: ReadonlySet<number>): string {
  let kept = '';
  /** Spaces and line breaks since the last sentence that stays, separate if a sentence was taken out between them. */
  let gaps = [''];
  let index = 0;
  for (const piece of sentencesIn(text, language)) {
    const body = piece.trim();
    const before = body === '' ? piece : piece.slice(0, piece.length - piece.trimStart().length);
    gaps.push(`${gaps.pop() ?? ''}${before}`);
    if (body === '') continue;
    const after = piece.slice(piece.trimEnd().length);
    if (gone.has(index++)) {
      gaps.push(after);
      continue;
    }
    kept += kept === '' ? body : `${widest(gaps)}${body}`;
    gaps = [after];
  }
  return kept;
}

/** The widest gap: an empty line, else a line break, else a space. */
function widest(gaps: readonly string[]): string {
  const lines = (gap: string) => gap.split('\n').length;
  return gaps.reduce((best, gap) => (best === '' || lines(gap) > lines(best) ? gap : best));
}

/** Number of words that identify a text. */
const TELLING = 6;

/** The first and last words of a text, to identify it; both are the whole of a short one. */
export function endsOf(text: string): { readonly first: string; readonly last: string } {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  return { first: words.slice(0, TELLING).join(' '), last: words.slice(-TELLING).join(' ') };
}
