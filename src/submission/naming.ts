// What the choices about names mean for the text and for the lines that say who writes and of whom.

import type { Draft, Naming } from '../dialog/draft.ts';
import { documentName } from './document-text.ts';
import { fold, termPattern } from './folded.ts';
import { firstLetter, initialsOf, nameParts } from './initials.ts';
import type { Labels, Rule } from './withhold.ts';
import { withhold } from './withhold.ts';

type Named = Pick<Draft, 'harmed' | 'author' | 'withheld'>;

/** Parts shorter than this, in letters, are too often ordinary words to go alone; in the full name they go with it. */
const SHORTEST_PART = 3;

/** The rules for every text of the document. Words to withhold weigh more than names, the harmed person's more than the author's. */
export function namingRules(draft: Named, labels: Labels): readonly Rule[] {
  const shown = new Set([draft.harmed, draft.author].filter(isFull).flatMap(partsOf).map(fold));
  const rules: Rule[] = draft.withheld.map((term) => ({ term, becomes: labels.name }));
  for (const naming of [draft.harmed, draft.author]) rules.push(...rulesOf(naming, shown, draft.withheld, labels));
  return rules.filter(({ term }) => term.trim() !== '');
}

/** How the name stands in the line of its own; null where nobody is named. */
export function shownName(naming: Naming, rules: readonly Rule[], labels: Labels): string | null {
  const name = documentName(naming.name ?? '');
  if (name === '' || naming.form === 'none') return null;
  if (naming.form === 'full') return withhold(name, rules, labels);
  const initials = initialsOf(name);
  return initials === '' ? null : initials;
}

/** What must not be found in the document: words withheld, names refused; where no name may be published, all names. */
export function forbiddenTerms(draft: Named & Pick<Draft, 'publication'>): readonly string[] {
  const namings = [draft.harmed, draft.author];
  const unnamed = draft.publication === 'public-unnamed';
  const shown = new Set(unnamed ? [] : namings.filter(isFull).flatMap(partsOf).map(fold));
  const names = namings
    .filter((naming) => unnamed || !isFull(naming))
    .flatMap((naming) => [documentName(naming.name ?? ''), ...loneParts(naming, shown)]);
  return [...new Set([...draft.withheld, ...names])].filter((term) => /[\p{L}\p{N}]/u.test(term));
}

function rulesOf(naming: Naming, shown: ReadonlySet<string>, withheld: readonly string[], labels: Labels): Rule[] {
  const name = documentName(naming.name ?? '');
  switch (naming.form) {
    case 'full':
      return withheld.some((term) => termPattern(term)?.test(fold(name)) === true)
        ? []
        : [{ term: name, becomes: null }];
    case 'initials':
      return [
        { term: name, becomes: initialsOf(name) },
        ...loneParts(naming, shown).map((term) => ({ term, becomes: `${firstLetter(term)}.` })),
      ];
    case 'none':
      return [name, ...loneParts(naming, shown)].map((term) => ({ term, becomes: labels.name }));
  }
}

/** A part that also belongs to a name shown in full was not refused: a mother and her son share one. */
function loneParts(naming: Naming, shown: ReadonlySet<string>): readonly string[] {
  return partsOf(naming).filter((part) => Array.from(fold(part)).length >= SHORTEST_PART && !shown.has(fold(part)));
}

function partsOf(naming: Naming): readonly string[] {
  return nameParts(documentName(naming.name ?? ''));
}

function isFull(naming: Naming): boolean {
  return naming.form === 'full';
}
