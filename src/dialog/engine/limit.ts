// The call's limit and a built document: of words and pages each holds. Nothing over it can be sent.

import { type CallForInputs, limitsOf, wordsPerPage } from '../../calls/call.ts';
import { countWords } from '../../words.ts';
import type { BuiltDocument } from './event.ts';

export interface Excess {
  /** Words that must go; about so many if the pages are too many. */
  readonly words: number;
  /** Null if only the words are too many. */
  readonly pages: { readonly has: number; readonly allowed: number } | null;
}

/** Null if the document is within the limit. */
export function excessOf(
  call: CallForInputs,
  joint: boolean,
  { words, pages }: Pick<BuiltDocument, 'words' | 'pages'>,
): Excess | null {
  const allowed = limitsOf(call, joint);
  const over = allowed.words === null ? 0 : Math.max(0, words - allowed.words);
  if (allowed.pages === null || pages === undefined || pages <= allowed.pages)
    return over === 0 ? null : { words: over, pages: null };
  const lose = Math.ceil(words * (1 - allowed.pages / pages));
  return { words: Math.max(over, lose), pages: { has: Math.ceil(pages), allowed: allowed.pages } };
}

/** The ending of the keys of texts that tell the length of a built document, and what they tell. */
export function lengthIn(
  call: CallForInputs,
  joint: boolean,
  { words, pages }: Pick<BuiltDocument, 'words' | 'pages'>,
): { readonly ending: string; readonly params: Readonly<Record<'words' | 'limit' | 'pages', number>> } {
  const allowed = limitsOf(call, joint);
  if (allowed.pages !== null && pages !== undefined)
    return { ending: '-pages', params: { words, limit: allowed.pages, pages: Math.ceil(pages) } };
  const params = { words, limit: allowed.words ?? 0, pages: 0 };
  if (allowed.words === null) return { ending: '-unlimited', params };
  return { ending: call.limit.counts === 'main-text' ? '-main' : '', params };
}

/** The person's words in the document, without our headings. */
export function toldIn({ sections }: Pick<BuiltDocument, 'sections'>): number {
  return sections.reduce((sum, { paragraphs }) => sum + countWords(paragraphs.join('\n')), 0);
}

/** While nothing is built: about so many pages are these words, and so many are allowed. */
export function aboutPages(call: CallForInputs, words: number): { readonly pages: number; readonly limit: number } {
  return { pages: Math.max(1, Math.ceil(words / wordsPerPage(call))), limit: limitsOf(call).pages ?? 0 };
}
