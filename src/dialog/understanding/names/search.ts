// Matches the words of a text with the words of a name in any spelling.

import { foldWithPositions, names } from './folded.ts';

/** A run of letters or of digits. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly folded: string;
  /** Folded, between the piece before and this one. */
  readonly before: string;
  /** True also for scripts without small letters. */
  readonly isCapital: boolean;
}

/** A run of the words of a name. */
export interface Key {
  /** Its significant words, as they were written. */
  readonly parts: readonly string[];
  /** All of them, if there are several. */
  readonly whole: boolean;
  /** True if it covers all of them, even if there is only one. */
  readonly covers: boolean;
  /** Positions at which a space may be: numbers of letters. */
  readonly bounds: ReadonlySet<number>;
}

export interface Search {
  /** By letters alone, so that no hyphen, apostrophe or space hides a name. */
  readonly keys: ReadonlyMap<string, Key>;
  readonly longest: number;
  readonly parts: readonly string[];
  /** Folded: the small words between them. */
  readonly between: ReadonlySet<string>;
}

export interface Match {
  readonly last: number;
  readonly key: Key;
  readonly isPlural: boolean;
  /** Letters of the first piece that are no part of the name: "ومحمد" has one. */
  readonly lead: number;
}

export function piecesIn(text: string): readonly Piece[] {
  const folded = foldWithPositions(text);
  let at = 0;
  return [...folded.text.matchAll(/\p{L}+|\p{N}+/gu)].map(({ 0: piece, index }) => {
    const start = folded.starts[index] ?? 0;
    const end = folded.ends[index + piece.length - 1] ?? start;
    const before = folded.text.slice(at, index);
    at = index + piece.length;
    return { start, end, folded: piece, before, isCapital: /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(text.slice(start, end)) };
  });
}

/** `spared`: folded words that are not searched for alone. */
export function searchFor(name: string, spared: ReadonlySet<string>): Search {
  const pieces = piecesIn(name).map(({ start, end, folded }, index, { length }) => {
    const written = name.slice(start, end);
    return { folded, written, names: names(written, index, length), bounds: boundsIn(written) };
  });
  const naming = pieces.filter(({ names }) => names);
  const keys = new Map<string, Key>();
  const add = (run: typeof pieces) => {
    const parts = run.filter(({ names }) => names);
    const covers = parts.length === naming.length;
    const joined = run.map(({ folded }) => folded).join('');
    if (parts.length === 0 || joined.length < 2 || keys.get(joined)?.covers === true) return;
    if (!covers && parts.every(({ folded }) => spared.has(folded))) return;
    const written = parts.map((part) => part.written);
    keys.set(joined, { parts: written, whole: covers && naming.length > 1, covers, bounds: boundsOf(run) });
  };
  for (let from = 0; from < pieces.length; from++) {
    for (let to = from + 1; to <= pieces.length; to++) add(pieces.slice(from, to));
  }
  add(naming);
  const longest = Math.max(0, ...[...keys.keys()].map(({ length }) => length));
  const between = new Set(pieces.filter(({ names }) => !names).map(({ folded }) => folded));
  return { keys, longest, parts: naming.map(({ written }) => written), between };
}

/** "NDiaye", "McDonald": a space is possible before a capital. */
function boundsIn(word: string): readonly number[] {
  return [...word.matchAll(/(?<=\p{L})\p{Lu}(?=\p{Ll})/gu)].map(({ index }) => index);
}

function boundsOf(run: readonly { readonly folded: string; readonly bounds: readonly number[] }[]) {
  const bounds = new Set<number>();
  let length = 0;
  for (const { folded, bounds: inside } of run) {
    for (const bound of inside) bounds.add(length + bound);
    length += folded.length;
    bounds.add(length);
  }
  return bounds;
}

/** The longest run of the name that begins with this piece of a text. */
export function matchAt(search: Search, pieces: readonly Piece[], first: number): Match | null {
  const begin = pieces[first]?.folded ?? '';
  for (const { lead, rest } of [{ lead: 0, rest: begin }, ...withoutLead(begin)]) {
    const match = matchFrom(search, pieces, first, rest);
    if (match !== null) return { ...match, lead };
  }
  return null;
}

/** Small words that Arabic writes together with the next one: "and", "so", "in", "for", "like". */
const MAY_LEAD = /^[وفبلك]/u;
const LEAD = /^(?:[وف]|[وف]?[بلك])$/u;
const ARTICLE = 'ال';

/** A word of Arabic without the small words at its beginning; "لل" is "for" and the article. */
function withoutLead(word: string): readonly { readonly lead: number; readonly rest: string }[] {
  if (!MAY_LEAD.test(word)) return [];
  return [1, 2].flatMap((lead) => {
    const [before, rest] = [word.slice(0, lead), word.slice(lead)];
    if (rest.length < SHORTEST || !LEAD.test(before)) return [];
    const isJoined = before.endsWith('ل') && rest.startsWith('ل');
    return [{ lead, rest }, ...(isJoined ? [{ lead, rest: `${ARTICLE}${rest.slice(1)}` }] : [])];
  });
}

/** `begin`: the first piece, or a part of it. */
function matchFrom(
  { keys, longest }: Search,
  pieces: readonly Piece[],
  first: number,
  begin: string,
): Omit<Match, 'lead'> | null {
  let joined = '';
  let best: Omit<Match, 'lead'> | null = null;
  const spaces: number[] = [];
  for (let last = first; last < pieces.length; last++) {
    const piece = pieces[last];
    if (piece === undefined || (last > first && !joins(pieces[last - 1], piece.before))) break;
    if (last > first && piece.before.includes(' ')) spaces.push(joined.length);
    joined += last === first ? begin : piece.folded;
    if (joined.length > longest + PLURAL) break;
    const isSpelled = joined.length >= SPELLED && joined.length === last - first + 1;
    const found = keyOf(keys, joined, piece.folded.length);
    if (found === null || !(isSpelled || spaces.every((at) => found.key.bounds.has(at)))) continue;
    best = { last, ...found };
  }
  return best;
}

/** Of the longest ending that is added to a name of several people: "the Okafors". */
const PLURAL = 2;
/** "S o u z a": the number of single letters that count as a spelled name. */
const SPELLED = 4;
/** Shorter parts are too often words of the language. */
export const SHORTEST = 3;

/** `own`: letters of its last piece; an ending after an apostrophe is not part of the name. */
function keyOf(keys: ReadonlyMap<string, Key>, joined: string, own: number): Pick<Match, 'key' | 'isPlural'> | null {
  const key = keys.get(joined);
  if (key !== undefined) return { key, isPlural: false };
  for (const ending of ['s', 'es']) {
    const one = joined.endsWith(ending) && own > ending.length ? joined.slice(0, -ending.length) : '';
    const many = one.length < SHORTEST ? undefined : keys.get(one);
    if (many !== undefined) return { key: many, isPlural: true };
  }
  return null;
}

/** A full stop ends a sentence, except after an initial. */
function joins(before: Piece | undefined, separator: string): boolean {
  if (/^(?: {0,4}| ?[-'_*] ?|\.)$/u.test(separator)) return true;
  return before?.folded.length === 1 && /^\. {0,2}$/u.test(separator);
}
