// Hides, in what was said, the words that the person wants withheld and the names that they refused.

import { parseSession } from '../../dialog/session.ts';
import { forbiddenTerms } from '../../submission/naming.ts';
import { withhold } from '../../submission/withhold.ts';

export interface Mask {
  /** `unknown`: the conversation has gone on to something else, and which words they were is no longer kept. */
  readonly kind: 'masked' | 'open' | 'unknown';
  /** There is something to hide. */
  readonly hides: boolean;
  apply(text: string): string;
}

export const OPEN: Mask = { kind: 'open', hides: false, apply: (text) => text };

/** `session`: unparsed, as it was last saved; null where it is about another case. */
export function maskOf(session: unknown, label: string): Mask {
  if (session === null) return { ...OPEN, kind: 'unknown' };
  const { withheld, harmed, author, publication } = parseSession(session);
  const terms = forbiddenTerms({
    withheld,
    harmed: named(harmed),
    author: named(author),
    publication: publication ?? 'confidential',
  });
  const rules = terms.map((term) => ({ term, becomes: label }));
  return {
    kind: 'masked',
    hides: terms.length > 0,
    apply: (text) => (rules.length === 0 ? text : withhold(text, rules, { name: label, link: label })),
  };
}

type Naming = ReturnType<typeof parseSession>['harmed'];

function named({ form, name }: Naming) {
  return name === undefined ? { form } : { form, name };
}
