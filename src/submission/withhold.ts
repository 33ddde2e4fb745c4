// Takes names out of a text, and says which ones still stand in it. Only what is found changes; the rest stays to the byte.

import { fold, foldWithPositions, spacedPattern, squash, termPattern } from './folded.ts';
import type { Folded } from './folded.ts';
import { gluedWords } from './glued-words.ts';
import type { GluedWord } from './glued-words.ts';

/** What becomes of a term. Where two rules meet in one place the longer term wins, of equal ones the earlier rule. */
export interface Rule {
  readonly term: string;
  /** null: the term stays as it was written, also where a shorter one inside it would go. */
  readonly becomes: string | null;
}

export interface Labels {
  /** "[name withheld]" */
  readonly name: string;
  /** "[link withheld]" */
  readonly link: string;
}

interface Change {
  readonly start: number;
  readonly end: number;
  /** null: nothing changes here, and nothing else may. */
  readonly becomes: string | null;
  readonly weight: number;
}

/**
 * Replaces every term: whole words, whatever their case, accents, apostrophes and line breaks ("João’s", "d'Amadou").
 * A page address, #tag or @handle that holds a term goes as a whole. Replaced text is not searched again.
 */
export function withhold(text: string, rules: readonly Rule[], labels: Labels): string {
  const folded = foldWithPositions(text);
  const changes = [...gluedChanges(text, rules, labels), ...rules.flatMap((rule) => ruleChanges(folded, rule))];
  changes.sort((a, b) => b.weight - a.weight);
  const isTaken = new Uint8Array(text.length);
  const taken = changes.filter(({ start, end }) => {
    const isFree = !isTaken.subarray(start, end).includes(1);
    if (isFree) isTaken.fill(1, start, end);
    return isFree;
  });
  taken.sort((a, b) => a.start - b.start);
  let out = '';
  let at = 0;
  for (const { start, end, becomes } of taken) {
    if (becomes === null) continue;
    out += text.slice(at, start) + oneFullStop(becomes, text.slice(end));
    at = end;
  }
  return out + text.slice(at);
}

/** The terms that can still be found in `text`, also spaced out, run together or inside an address. */
export function standing(text: string, terms: readonly string[]): readonly string[] {
  const folded = fold(text);
  const glued = gluedWords(text);
  const runTogether = text.split(/\s+/).map(squash);
  const found = terms.filter(
    (term) =>
      termPattern(term)?.test(folded) === true ||
      spacedPattern(term)?.test(folded) === true ||
      (/\P{L}/u.test(fold(term)) &&
        squash(term).length >= 6 &&
        runTogether.some((word) => word.includes(squash(term)))) ||
      glued.some((word) => holds(word, term)),
  );
  return found.filter(
    (term, index) => !found.some((other, at) => covers(other, term) && (at < index || !covers(term, other))),
  );
}

function covers(longer: string, term: string): boolean {
  return longer !== term && squash(longer).includes(squash(term));
}

function ruleChanges(folded: Folded, { term, becomes }: Rule): readonly Change[] {
  const pattern = termPattern(term);
  if (pattern === null) return [];
  return [...folded.text.matchAll(pattern)].map((match) => ({
    start: folded.starts[match.index] ?? 0,
    end: folded.ends[match.index + match[0].length - 1] ?? 0,
    becomes,
    weight: match[0].length,
  }));
}

function gluedChanges(text: string, rules: readonly Rule[], labels: Labels): readonly Change[] {
  const terms = rules.filter(({ becomes }) => becomes !== null).map(({ term }) => term);
  return gluedWords(text)
    .filter((word) => terms.some((term) => holds(word, term)))
    .map(({ kind, start, text: word }) => ({
      start,
      end: start + word.length,
      becomes: kind === 'address' ? labels.link : labels.name,
      weight: Number.MAX_SAFE_INTEGER,
    }));
}

/** As a word of its own, or run together with others where it is long enough not to be found by chance. */
function holds({ kind, text }: GluedWord, term: string): boolean {
  const open = decoded(text);
  if (termPattern(term)?.test(fold(open)) === true) return true;
  const least = kind === 'address' ? 5 : 4;
  return squash(term).length >= least && squash(open).includes(squash(term));
}

function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

/** "João." at the end of a sentence becomes "J.", not "J..". */
function oneFullStop(replacement: string, after: string): string {
  return replacement.endsWith('.') && /^\.(?!\.)/.test(after) ? replacement.slice(0, -1) : replacement;
}
