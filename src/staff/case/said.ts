// What came of an act stands in the address of the page that follows, by a name of ours: the sentence is looked up.

import type { Context } from 'hono';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/fill.ts';

export function saidIn(c: Context, { said }: StaffTexts['release']): string | null {
  const name = c.req.query('said') ?? '';
  const of = c.req.query('of') ?? '';
  const text = Object.entries(said).find(([known]) => known === name)?.[1];
  return text === undefined ? null : fill(text, { reference: /^[A-Z0-9-]{1,40}$/.test(of) ? of : '' });
}

/** What came of an act, as the next page says it. */
export type Said = keyof StaffTexts['release']['said'];

export function withSaid(path: string, said: Said, of: string): string {
  return `${path}?${new URLSearchParams({ said, of }).toString()}`;
}
