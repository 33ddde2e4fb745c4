// The texts of a draft, in the page's language; what only a person can write is left empty.

import type { Table } from '../csv.ts';
import { BODY_PARTS, headOf, shortened } from '../texts-sheet.ts';
import { type Fact, withoutAddress } from './facts.ts';
import { fold } from './page.ts';
import type { CallPage } from './read-call-page.ts';

/** A text of a call has at most so many characters, so that it fits into a bubble. */
const BUBBLE = 500;

/** `languages`: of the columns; the page's own one first. */
export function draftTexts({ facts }: CallPage, languages: readonly string[]): Table {
  const value = (path: string) => facts.find((each) => each.path === path)?.value;
  const text = (path: string) => {
    const found = value(path);
    return plainText(Array.isArray(found) ? found.join(' · ') : typeof found === 'string' ? found : '');
  };
  const others = languages.slice(1).flatMap(() => ['', '']);
  const row = (type: string, name: string, label = '', hint = '') => [type, name, '', '', label, hint, ...others];
  const note = (name: string, label = '') => row('note', name, label);
  const points = facts.filter(({ path }) => path === 'point');
  const ids = idsOf(points);
  const lenses = value('lenses');
  return [
    headOf(languages),
    note('official', 'no'),
    note('reviewed', 'no'),
    note('title', text('title')),
    note('short', shortened(text('title'))),
    note('issuer', text('issuers')),
    ...BODY_PARTS.map((part) => note(`body.${part}`)),
    note('stem', fitted(text('stem'))),
    ...(Array.isArray(lenses) ? lenses.map((lens) => note(`lens.${String(lens)}`)) : []),
    note('how-used', fitted(text('how-used'))),
    ...points.flatMap((point, index) => {
      const [id, said] = [ids[index] ?? '', plainText(String(point.value))];
      const title = said.replace(/[.;]$/u, '');
      return [
        row('begin group', id, title, fitted(said)),
        note(`${id}.short`, shortened(title)),
        row('text', id, fitted(said)),
        row('end group', id),
      ];
    }),
    ...(points.length > 0
      ? []
      : [
          row('begin group', 'contribution'),
          note('contribution.short'),
          row('text', 'contribution'),
          row('end group', 'contribution'),
        ]),
  ];
}

/** In texts, braces would be places to fill in. */
export function plainText(text: string): string {
  return withoutAddress(text).replaceAll('{', '(').replaceAll('}', ')').replaceAll('$t(', '$ t(');
}

/** Whole sentences, as many as fit; of a longer first one its beginning. */
export function fitted(text: string): string {
  if (text.length <= BUBBLE) return text;
  const end = Math.max(...[...text.slice(0, BUBBLE).matchAll(/[.?!](?=\s)/gu)].map(({ index }) => index + 1), 0);
  return end > 0 ? text.slice(0, end) : `${text.slice(0, BUBBLE - 1).replace(/\s+\S*$/u, '')}…`;
}

/** An id of at most three words for each point, all different. */
export function idsOf(points: readonly Fact[]): readonly string[] {
  const ids: string[] = [];
  for (const [index, { value }] of points.entries()) {
    const words = (fold(String(value)).match(/[a-z0-9]+/gu) ?? []).filter((word) => word.length > 3);
    const id = words.slice(0, 3).join('-') || `point-${index + 1}`;
    ids.push(ids.includes(id) ? `${id}-${index + 1}` : id);
  }
  return ids;
}
