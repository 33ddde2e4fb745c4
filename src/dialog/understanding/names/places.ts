// Finds the places of a name in a text, in any form: in full, a part alone, with initials, as a plural, run together,
// without accents or apostrophes. The full name is certain; all others are shown to the person first.

import { isAlwaysCapital, isCommonWord } from './common-words.ts';
import { foldName, foldWithPositions, type GluedWord, gluedWords, squash, termPattern } from './folded.ts';
import type { WithheldKind } from './withheld-kind.ts';
import { type Key, type Match, matchAt, type Piece, piecesIn, type Search, searchFor, SHORTEST } from './search.ts';

/** The name that is looked for. */
export interface Sought {
  /** As the person wrote it. */
  readonly term: string;
  /** The replacement; null: it stays as it was written, even if a shorter name inside it would be replaced. */
  readonly becomes: 'label' | 'initials' | null;
  /** Folded words that it shares with a name that is shown in full: those are not withheld. */
  readonly spared: ReadonlySet<string>;
  /** A word that the person chose, not a name that they gave. */
  readonly isWord?: true;
  /** Default: a name. */
  readonly kind?: WithheldKind;
}

export interface NamePlace {
  readonly sought: Sought;
  readonly start: number;
  readonly end: number;
  /** The full name, or an address or number as it was given. */
  readonly whole: boolean;
  /** Covers all words of the name, even if there is only one. */
  readonly covers: boolean;
  /** Our guess until the person has decided: true for the name, false for an ordinary word. */
  readonly proposed: boolean;
  /** The words of the name at this place, as the person wrote them in the name. */
  readonly parts: readonly string[];
  /** Equal for the same name between the same words; the key reveals neither. */
  readonly key: string;
  readonly glued?: GluedWord['kind'];
}

/** Of every term; places of different terms may overlap. */
export function placesOf(all: readonly Sought[], text: string): readonly NamePlace[] {
  if (all.length === 0) return [];
  const glued = gluedWords(text);
  const isGlued = new Uint8Array(text.length);
  for (const { start, text: word } of glued) isGlued.fill(1, start, start + word.length);
  const within: Within = { text, pieces: apart(piecesIn(text), glued), hasCapitals: /\p{Lu}/u.test(text) };
  return all.flatMap((sought) => {
    const search = isName(sought.term) ? searchFor(sought.term, sought.spared) : null;
    const exact = { pattern: termPattern(sought.term), letters: squash(sought.term) };
    const found = search === null ? exactPlaces(sought, exact.pattern, text) : namePlaces(sought, search, within);
    return [
      ...found.filter(({ start }) => isGlued[start] !== 1),
      ...glued.flatMap((word) => gluedPlace(sought, search ?? exact, word, within) ?? []),
    ];
  });
}

/** No name begins in an address and ends after it. */
function apart(pieces: readonly Piece[], glued: readonly GluedWord[]): readonly Piece[] {
  if (glued.length === 0) return pieces;
  const edges = new Set(glued.flatMap(({ start, text }) => [start, start + text.length]));
  let from = 0;
  return pieces.map((piece) => {
    let crosses = false;
    for (let at = from; at <= piece.start; at++) crosses ||= edges.has(at);
    from = piece.start + 1;
    return crosses ? { ...piece, before: '|' } : piece;
  });
}

interface Within {
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** False if the writer uses no capitals at all; then names have none either. */
  readonly hasCapitals: boolean;
}

const WITHOUT_SPACES =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;

/** Addresses, numbers and names in scripts without spaces are found only as they are. */
function isName(term: string): boolean {
  return !/[\p{N}@]/u.test(term) && !WITHOUT_SPACES.test(term);
}

// — a name —

interface Run {
  readonly first: number;
  readonly last: number;
  readonly keys: readonly Key[];
  readonly isPlural: boolean;
  readonly lead: number;
  /** Words of the name whose initial is before it. */
  readonly initials: readonly string[];
}

function namePlaces(sought: Sought, search: Search, within: Within): readonly NamePlace[] {
  const places: NamePlace[] = [];
  let behind = -1;
  for (let first = 0; first < within.pieces.length; first++) {
    const match = matchAt(search, within.pieces, first);
    if (match === null) continue;
    const run = grow(search, within.pieces, first, match, behind);
    const place = placeOf(sought, run, within);
    if (place !== null) places.push(place);
    behind = run.last;
    first = run.last;
  }
  return places;
}

/** Includes neighbouring parts and initials of the same name: "J. Okafor", "Julio Paz". */
function grow(search: Search, pieces: readonly Piece[], at: number, match: Match, behind: number): Run {
  const keys = [match.key];
  let [first, last, isPlural] = [at, match.last, match.isPlural];
  for (let next = last + 1; next < pieces.length && next <= last + 3; next++) {
    const piece = pieces[next];
    if (piece === undefined || !/^ {1,2}$|^-$/u.test(piece.before)) break;
    const more = matchAt(search, pieces, next);
    if (more?.key.parts.some((part) => !keys.some(({ parts }) => parts.includes(part))) === true) {
      keys.push(more.key);
      [last, isPlural] = [more.last, isPlural || more.isPlural];
      next = last;
    } else if (!search.between.has(piece.folded)) break;
  }
  const initials: string[] = [];
  while (first - 1 > behind) {
    const [before, here] = [pieces[first - 1], pieces[first]];
    const isInitial = before?.folded.length === 1 && before.isCapital;
    const of = isInitial ? search.parts.find((part) => squash(part).startsWith(before.folded)) : undefined;
    if (of === undefined || !/^\. {0,2}$|^ {1,2}$|^-$/u.test(here?.before ?? '')) break;
    initials.unshift(of);
    first -= 1;
  }
  return { first, last, keys, isPlural, lead: first === at ? match.lead : 0, initials };
}

/** Returns null if it is an everyday word in small letters. */
function placeOf(sought: Sought, run: Run, { text, pieces, hasCapitals }: Within): NamePlace | null {
  const { first, last, keys, isPlural, lead, initials } = run;
  const start = (pieces[first]?.start ?? 0) + lead;
  const end = pieces[last]?.end ?? start;
  const parts = [...initials, ...keys.flatMap((key) => key.parts)];
  const isCapital = pieces[first]?.isCapital === true;
  const common = parts.every((part) => squash(part).length < SHORTEST || isCommonWord(squash(part)));
  const covers = keys.some((key) => key.covers);
  const asGiven = covers && text.slice(start, end) === sought.term;
  if (!isCapital && common && hasCapitals && !asGiven) return null;
  const isWhole = keys.some((key) => key.whole) && (isCapital || !common);
  const whole = !isPlural && (isWhole || (asGiven && !common));
  const isLikely = common
    ? isCapital && (parts.length > 1 || isNameHere(run, parts, text, pieces))
    : isCapital || asGiven || !hasCapitals || parts.length > 1 || (covers && sought.isWord === true);
  const proposed = whole || isLikely || (asGiven && sought.isWord === true);
  return { sought, start, end, whole, covers, proposed, parts, key: keyOf(sought, pieces, first, last) };
}

/** A capital in the middle of a sentence makes a name of an ordinary word; not of a month, nor next to a number. */
function isNameHere({ first, last }: Run, parts: readonly string[], text: string, pieces: readonly Piece[]): boolean {
  const start = pieces[first]?.start ?? 0;
  const before = /(\S?)[\s"“«'‘¿¡([]*$/u.exec(text.slice(Math.max(0, start - 12), start))?.[1] ?? '';
  const begins = before === '' || /[.!?؟…:;؛\-–—*•]/u.test(before);
  const isDate = [pieces[first - 1], pieces[last + 1]].some((piece) => /\p{N}/u.test(piece?.folded ?? ''));
  return !begins && !isDate && !parts.some((part) => isAlwaysCapital(squash(part)));
}

// — as it was given, and in one word with others —

function exactPlaces(sought: Sought, pattern: RegExp | null, text: string): readonly NamePlace[] {
  if (pattern === null) return [];
  const folded = foldWithPositions(text);
  return [...folded.text.matchAll(pattern)].map(({ 0: found, index }) => {
    const start = folded.starts[index] ?? 0;
    const end = folded.ends[index + found.length - 1] ?? start;
    return { sought, start, end, ...EXACT, parts: [sought.term] };
  });
}

/** Built once per term: a text may contain thousands of addresses. */
interface Exact {
  readonly pattern: RegExp | null;
  readonly letters: string;
}

const EXACT = { whole: true, covers: true, proposed: true, key: '' } as const;

/** Letters that a part must have to be found inside another word. */
const INSIDE = { address: 5, mail: 4, handle: 4 } as const;
const WHOLE_INSIDE = 6;

/** A page address, #tag or @handle is replaced as a whole. */
function gluedPlace(sought: Sought, search: Search | Exact, word: GluedWord, { pieces }: Within): NamePlace | null {
  const open = decoded(word.text);
  const letters = squash(open);
  const at = { sought, start: word.start, end: word.start + word.text.length, glued: word.kind };
  if ('pattern' in search) {
    const { pattern, letters: term } = search;
    const isFound = pattern !== null && foldName(open).search(pattern) !== -1;
    const stands = isFound || (term.length >= 5 && letters.includes(term));
    return stands ? { ...at, ...EXACT, parts: [sought.term] } : null;
  }
  const inside = piecesIn(open);
  const keys = [
    ...inside.flatMap((_, index) => matchAt(search, inside, index)?.key ?? []),
    ...[...search.keys].flatMap(([joined, key]) => {
      const least = key.whole ? WHOLE_INSIDE : INSIDE[word.kind];
      return joined.length >= least && letters.includes(joined) ? [key] : [];
    }),
  ];
  if (keys.length === 0) return null;
  const parts = [...new Set(keys.flatMap((key) => key.parts))];
  // "#JusticeForGrace": an ordinary word with its own capital is a name there.
  const capitals = word.kind !== 'address' ? (open.match(/\p{Lu}\p{M}*(?:\p{Ll}\p{M}*)+/gu) ?? []).map(squash) : [];
  const likely = parts.some((part) => {
    const letters = squash(part);
    const isName = !isCommonWord(letters) || (capitals.includes(letters) && !isAlwaysCapital(letters));
    return letters.length >= SHORTEST && isName;
  });
  const first = howMany(pieces, ({ end }) => end <= word.start);
  const last = howMany(pieces, ({ start }) => start < at.end) - 1;
  const [whole, covers] = [likely && keys.some((key) => key.whole), keys.some((key) => key.covers)];
  // Ordinary words next to each other, in the order of the name, are the name.
  const proposed = likely || keys.some((key) => key.whole);
  return { ...at, whole, covers, proposed, parts, key: keyOf(sought, pieces, first, last) };
}

/** Number of leading pieces for which the predicate is true; it must not be true after the first false. */
function howMany(pieces: readonly Piece[], isTrue: (piece: Piece) => boolean): number {
  let [from, to] = [0, pieces.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const piece = pieces[middle];
    if (piece !== undefined && isTrue(piece)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

/** Words on either side that identify a place. */
const AROUND = 6;

function keyOf({ term }: Sought, pieces: readonly Piece[], first: number, last: number): string {
  const words = (from: number, to: number) => pieces.slice(Math.max(0, from), to).map(({ folded }) => folded);
  const here = [words(first - AROUND, first), words(first, last + 1), words(last + 1, last + 1 + AROUND)];
  return marked(JSON.stringify([foldName(term), ...here, pieces[first]?.isCapital]));
}

/** FNV-1a, twice: collisions are once in 10^18. */
function marked(text: string): string {
  const hash = (seed: number) => {
    let number = seed;
    for (let at = 0; at < text.length; at++) number = Math.imul(number ^ text.charCodeAt(at), 16_777_619);
    return Math.imul(number ^ (number >>> 15), 2_246_822_507) >>> 0;
  };
  return hash(2_166_136_261).toString(36) + hash(84_696_351).toString(36);
}
