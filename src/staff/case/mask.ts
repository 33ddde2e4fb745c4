// Hides, in what was said, the words that the person wants withheld and the names that they refused.

import { ZodError } from 'zod';
import { parseSession } from '../../dialog/engine/session.ts';
import { forbidden, withhold } from '../../submission/naming.ts';

export interface Mask {
  /** `unknown`: which words they were is no longer kept, so all of a text is hidden. */
  readonly kind: 'masked' | 'open' | 'unknown';
  /** There is something to hide. */
  readonly hides: boolean;
  apply(text: string): string;
}

export const OPEN: Mask = { kind: 'open', hides: false, apply: (text) => text };

/** `session`: unparsed, as it was last saved; null where it is about another case. */
export function maskOf(session: unknown, label: string): Mask {
  const known = session === null ? null : parsed(session);
  if (known === null) return { kind: 'unknown', hides: true, apply: () => label };
  const { withheld, harmed, author, publication, places = {} } = known;
  const terms = forbidden({
    withheld,
    harmed: named(harmed),
    author: named(author),
    publication: publication ?? 'confidential',
  });
  const sought = terms.map((term) => ({ ...term, becomes: 'label' as const }));
  const withholding = { sought, decided: places, labels: { name: label, link: label } };
  return {
    kind: 'masked',
    hides: terms.length > 0,
    apply: (text) => (terms.length === 0 ? text : withhold(text, withholding)),
  };
}

/** Null for what another version of the program wrote: a page must not fail for it, nor show what it should hide. */
function parsed(session: unknown) {
  try {
    return parseSession(session);
  } catch (error) {
    if (error instanceof ZodError) return null;
    throw error;
  }
}

type Naming = ReturnType<typeof parseSession>['harmed'];

function named({ form, name }: Naming) {
  return name === undefined ? { form } : { form, name };
}
