// A person's own sentences or messages as they stand on a numbered list.

import type { Choice } from './reply.ts';

const VALUE = 'number:';

export function numbered(listed: readonly { readonly text: string }[]): readonly Choice[] {
  return listed.map(({ text }, index) => ({
    value: `${VALUE}${index + 1}`,
    label: { key: 'spoken.sentence', params: { said: text.trim() } },
  }));
}

/** The number of such a choice, as it is written; null for any other. */
export function numberOf(value: string): string | null {
  return value.startsWith(VALUE) ? value.slice(VALUE.length) : null;
}
