// A person's words in pieces that can be left out one by one: sentences, and shorter pieces where nothing ends one, as
// people type on a phone. Joined together again they are the text.

import type { Language } from './language.ts';
import { countWords } from '../words.ts';

/** Words from which on a sentence is looked at for places to cut. */
const LONG = 45;

/** The better place to cut first. The standard rule takes a small letter after a full stop for an abbreviation. */
const CUTS: readonly RegExp[] = [/(?<=\n)/u, /(?<=[.!?…;]["”»)]?\s+)/u, /(?<=[,:–—]\s+)/u];

export function sentencesIn(text: string, language: Language): readonly string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  return [...segmenter.segment(text)].flatMap(({ segment }) => cut(segment, CUTS));
}

function cut(text: string, cuts: readonly RegExp[]): readonly string[] {
  if (countWords(text) <= LONG) return [text];
  const [best, ...others] = cuts;
  if (best === undefined) return byWords(text);
  const pieces = text.split(best);
  return pieces.length === 1 ? cut(text, others) : pieces.flatMap((piece) => cut(piece, others));
}

/** Nothing but words: so many at a time. */
function byWords(text: string): readonly string[] {
  const words = text.split(/(?<=\s)(?=\S)/u);
  return Array.from({ length: Math.ceil(words.length / LONG) }, (_, at) =>
    words.slice(at * LONG, (at + 1) * LONG).join(''),
  );
}
