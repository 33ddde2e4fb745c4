// What a draft's choices about names mean for a text: what is looked for in it, and what it gives way to.

import type { Draft, Naming } from '../../engine/draft.ts';
import { fold, termPattern } from './folded.ts';
import { nameParts, peopleIn } from './initials.ts';
import type { Sought } from './places.ts';

export type Named = Pick<Draft, 'harmed' | 'author' | 'withheld'>;

/** Words to withhold before names, the harmed person's name before the author's. */
export function soughtIn({ harmed, author, withheld }: Named): readonly Sought[] {
  const shown = [harmed, author].filter(({ form }) => form === 'full');
  const spared = new Set(shown.flatMap(({ name = '' }) => nameParts(name)).map(fold));
  const words = withheld.map((term): Sought => ({ term, becomes: 'label', spared, isWord: true }));
  const names = [harmed, author].flatMap((naming) => soughtName(naming, spared, withheld));
  return [...words, ...names].filter(({ term }) => /[\p{L}\p{N}]/u.test(term));
}

/** Each person of it for themself. */
function soughtName({ form, name = '' }: Naming, spared: ReadonlySet<string>, withheld: readonly string[]): Sought[] {
  const terms = peopleIn(name);
  switch (form) {
    case 'full':
      return withheld.some((term) => termPattern(term)?.test(fold(name)) === true)
        ? []
        : terms.map((term) => ({ term, becomes: null, spared: new Set() }));
    case 'initials':
      return terms.map((term) => ({ term, becomes: 'initials', spared }));
    case 'none':
      return terms.map((term) => ({ term, becomes: 'label', spared }));
  }
}

/** What must not be found in a text that is public without names. */
export function soughtNames({ harmed, author, withheld }: Named): readonly Sought[] {
  const unnamed = (naming: Naming): Naming => (naming.form === 'full' ? { ...naming, form: 'none' } : naming);
  return soughtIn({ harmed: unnamed(harmed), author: unnamed(author), withheld });
}
