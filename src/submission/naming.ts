// Names in a document: removes them as the person decided, and finds what is left.

import type { Draft, Naming } from '../dialog/engine/draft.ts';
import { initialsOf, squash } from '../dialog/understanding/names/folded.ts';
import { placesOf, type Sought } from '../dialog/understanding/names/places.ts';
import {
  applied,
  type Decided,
  type Labels,
  type Named,
  settled,
  soughtIn,
  soughtNames,
} from '../dialog/understanding/names/settle.ts';
import { WITHHELD_KINDS } from '../dialog/understanding/names/withheld-kind.ts';
import { documentName } from './block.ts';

/** The words that are removed from a text. */
export interface Withholding {
  readonly sought: readonly Sought[];
  readonly decided: Decided;
  readonly labels: Labels;
}

export function withholdingOf(draft: Named & Pick<Draft, 'places'>, labels: Labels): Withholding {
  return { sought: soughtIn(draft), decided: draft.places ?? {}, labels };
}

/** The same label for words of every kind. */
export function labelledAlike(label: string): Labels {
  return Object.fromEntries(WITHHELD_KINDS.map((kind) => [kind, label])) as Labels;
}

/** Only the found words change; all other bytes stay. Replaced text is not searched again. */
export function withhold(text: string, { sought, decided, labels }: Withholding): string {
  return applied(text, settled(text, sought, decided), labels);
}

/** The name in its own line; null if nobody is named. */
export function shownName(naming: Naming, withholding: Withholding): string | null {
  const name = documentName(naming.name ?? '');
  if (name === '' || naming.form === 'none') return null;
  if (naming.form === 'full') return withhold(name, withholding);
  const initials = initialsOf(name);
  return initials === '' ? null : initials;
}

/** The role in the person's own words, without the names that they withhold; null if they took a word of the list. */
export function shownRole({ ownRole = '' }: Pick<Draft, 'ownRole'>, withholding: Withholding): string | null {
  const role = documentName(ownRole);
  return role === '' ? null : withhold(role, withholding);
}

/** Words that must not be in the document: withheld words and refused names; if no name may be published, all names. */
export function forbidden(draft: Named & Pick<Draft, 'publication'>): readonly Sought[] {
  const all = draft.publication === 'public-unnamed' ? soughtNames(draft) : soughtIn(draft);
  return all.filter(({ becomes }) => becomes !== null);
}

/**
 * Finds such words that are still there: in `texts`, as the person wrote them, places that are not removed and that the
 * person did not declare an ordinary word; in `finished`, as it will leave, every full name.
 */
export function unredacted(
  draft: Named & Pick<Draft, 'publication' | 'places'>,
  texts: readonly string[],
  finished: string,
): readonly string[] {
  const terms = forbidden(draft);
  const shown = soughtIn(draft).filter(({ becomes }) => becomes === null);
  const decided = draft.places ?? {};
  const left = texts.flatMap((text) =>
    settled(text, [...terms, ...(draft.publication === 'public-unnamed' ? [] : shown)], decided)
      .filter(({ changes, isOpen }) => !changes && isOpen)
      .map(({ place }) => text.slice(place.start, place.end)),
  );
  const whole = placesOf(terms, finished).filter((place) => place.whole);
  const all = [...new Set([...left, ...whole.map(({ start, end }) => finished.slice(start, end))])];
  return all.filter(
    (one, index) => !all.some((other, at) => covers(other, one) && (at < index || !covers(one, other))),
  );
}

function covers(longer: string, term: string): boolean {
  return longer !== term && squash(longer).includes(squash(term));
}
