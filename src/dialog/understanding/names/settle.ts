// Applies the choices about names to a text: which words are searched for, and what happens to each place: certain, as
// the person decided, or as proposed until they have.

import type { Draft, Naming } from '../../engine/draft.ts';
import { firstLetter, foldName, initialsOf, nameParts, peopleIn, termPattern } from './folded.ts';
import { type NamePlace, placesOf, type Sought } from './places.ts';
import { kindByForm, type WithheldKind } from './withheld-kind.ts';

export type Named = Pick<Draft, 'harmed' | 'author' | 'withheld' | 'withheldAs'>;

/** Words to withhold before names, the harmed person's name before the author's. */
export function soughtIn({ harmed, author, withheld, withheldAs = {} }: Named): readonly Sought[] {
  const shown = [harmed, author].filter(({ form }) => form === 'full');
  const spared = new Set(shown.flatMap(({ name = '' }) => nameParts(name)).map(foldName));
  const words = withheld.map((term): Sought => {
    const kind = withheldAs[term] ?? kindByForm(term) ?? 'name';
    return { term, becomes: 'label', spared, isWord: true, kind };
  });
  const names = [harmed, author].flatMap((naming) => soughtName(naming, spared, withheld));
  return [...words, ...names].filter(({ term }) => /[\p{L}\p{N}]/u.test(term));
}

/** Each person of it separately. */
function soughtName({ form, name = '' }: Naming, spared: ReadonlySet<string>, withheld: readonly string[]): Sought[] {
  const terms = peopleIn(name);
  switch (form) {
    case 'full':
      return hidingIn(name, withheld).length > 0
        ? []
        : terms.map((term) => ({ term, becomes: null, spared: new Set() }));
    case 'initials':
      return terms.map((term) => ({ term, becomes: 'initials', spared }));
    case 'none':
      return terms.map((term) => ({ term, becomes: 'label', spared }));
  }
}

/** The withheld words that hide a name or a part of it: they count everywhere, also in the line of the name itself. */
export function hidingIn(name: string, withheld: readonly string[]): readonly string[] {
  return withheld.filter((term) => termPattern(term)?.test(foldName(name)) === true);
}

/** The form in which the document has a name: one that is hidden in the text is hidden in its own line, too. */
export function formShown({ form, name = '' }: Naming, withheld: readonly string[]): Naming['form'] {
  return form === 'full' && hidingIn(name, withheld).length > 0 ? 'none' : form;
}

/** Names that must not be found in a text that is public without names. */
export function soughtNames({ harmed, author, ...words }: Named): readonly Sought[] {
  const unnamed = (naming: Naming): Naming => (naming.form === 'full' ? { ...naming, form: 'none' } : naming);
  return soughtIn({ ...words, harmed: unnamed(harmed), author: unnamed(author) });
}

/** "[name withheld]", "[phone number withheld]" */
export type Labels = Readonly<Record<WithheldKind, string>>;

/** By the key of the place: true if it is replaced, false if it stays. */
export type Decided = Readonly<Record<string, boolean>>;

export interface Settled {
  readonly place: NamePlace;
  /** True if it is replaced; false if it stays. */
  readonly changes: boolean;
  /** Not certain, and not decided yet. */
  readonly isOpen: boolean;
}

/** Every place that is not under another one, in the order of the text: of two the longer, of equal ones the certain, else the earlier term. */
export function settled(text: string, sought: readonly Sought[], decided: Decided): readonly Settled[] {
  const all = placesOf(sought, text).flatMap((place): readonly Settled[] => {
    const said = place.whole ? true : decided[place.key];
    const shown = place.sought.becomes === null;
    // A partial match of a name that is shown does not protect other names.
    if (shown && !place.covers) return [];
    return [{ place, changes: !shown && (said ?? place.proposed), isOpen: !shown && said === undefined }];
  });
  const weight = ({ place, changes }: Settled) =>
    (place.whole ? 0.5 : 0) +
    (place.glued === undefined ? place.end - place.start : text.length + 1) +
    (changes || place.sought.becomes === null ? 2 * text.length + 2 : 0);
  const ordered = all.toSorted((a, b) => weight(b) - weight(a));
  const isTaken = new Uint8Array(text.length);
  const free = ordered.filter(({ place: { start, end } }) => {
    const isFree = !isTaken.subarray(start, end).includes(1);
    if (isFree) isTaken.fill(1, start, end);
    return isFree;
  });
  return free.filter(({ place }) => place.sought.becomes !== null).toSorted((a, b) => a.place.start - b.place.start);
}

/** The text with the replacements; all other bytes are unchanged. */
export function applied(text: string, places: readonly Settled[], labels: Labels): string {
  let out = '';
  let at = 0;
  for (const { place, changes } of places) {
    if (!changes) continue;
    out += text.slice(at, place.start) + oneFullStop(replacement(place, labels), text.slice(place.end));
    at = place.end;
  }
  return out + text.slice(at);
}

/** The replacement of a place. */
export function replacement({ sought, whole, parts, glued }: NamePlace, labels: Labels): string {
  if (glued === 'address') return labels.link;
  if (glued === 'mail') return labels.email;
  if (glued === 'handle' || sought.becomes !== 'initials') return labels[sought.kind ?? 'name'];
  return whole ? initialsOf(sought.term) : parts.map((part) => `${firstLetter(part)}.`).join(' ');
}

/** "João." at the end of a sentence becomes "J.", not "J..". */
function oneFullStop(becomes: string, after: string): string {
  return becomes.endsWith('.') && /^\.(?!\.)/.test(after) ? becomes.slice(0, -1) : becomes;
}

/** A place in one message of the person. */
export interface Standing {
  readonly text: string;
  readonly one: Settled;
  /** All places in the same message. */
  readonly all: readonly Settled[];
}

/** Characters on either side of a place that are shown with it. */
const AROUND = 70;

/** The range in which a place is shown with the words around it. */
function shownAround({ text, one: { place } }: Standing): { readonly from: number; readonly to: number } {
  const from = text.lastIndexOf(' ', Math.max(0, place.start - AROUND)) + 1;
  const next = text.indexOf(' ', Math.min(text.length, place.end + AROUND));
  const to = next === -1 ? text.length : next;
  return {
    from: place.start - from > 2 * AROUND ? place.start : from,
    to: to - place.end > 2 * AROUND ? place.end : to,
  };
}

/** The words around a place as they would read with `changing` replaced, on one line. */
export function excerpt(standing: Standing, changing: readonly Settled[], labels: Labels): string {
  const { text } = standing;
  const { from, to } = shownAround(standing);
  const inside = changing
    .filter(({ place }) => place.start >= from && place.end <= to)
    .map((each) => ({ ...each, place: { ...each.place, start: each.place.start - from, end: each.place.end - from } }));
  const read = applied(text.slice(from, to), inside, labels).replace(/\s+/gu, ' ').trim();
  return `${from > 0 ? '… ' : ''}${read}${to < text.length ? ' …' : ''}`;
}

/** One of each stretch of text: a place that is shown with another one is not shown again. */
export function eachOnce(these: readonly Standing[]): readonly Standing[] {
  return these.filter(
    ({ text, one: { place } }, index) =>
      !these.slice(0, index).some((other) => {
        const { from, to } = shownAround(other);
        return other.text === text && place.start >= from && place.end <= to;
      }),
  );
}
