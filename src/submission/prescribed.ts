// Parts of a document that a call prescribes: its layout, numbered paragraphs, and the words that count.

import { countWords } from '../words.ts';
import type { Block, Layout } from './block.ts';

export interface Prescribed {
  readonly layout?: Layout;
  /** Each paragraph of an answer has a number before it. */
  readonly numbered?: true;
  /** Only the answers count towards the limit: no titles, headings, names, footer. */
  readonly counts?: 'main-text';
}

export function asPrescribed(
  { layout, counts }: Prescribed,
  blocks: readonly Block[],
): { readonly layout?: Layout; readonly counted?: number } {
  const answers = blocks.filter(({ kind, slot, cell }) =>
    cell === undefined ? slot !== undefined && !kind.startsWith('heading') : cell.row > 0 && cell.column > 0,
  );
  return {
    ...(layout === undefined ? {} : { layout }),
    ...(counts === undefined ? {} : { counted: answers.reduce((sum, { text }) => sum + countWords(text), 0) }),
  };
}

/** The numbers are part of the text, so that Word, the PDF and every reader show the same ones. */
export function withNumbers({ numbered }: Prescribed, blocks: readonly Block[]): readonly Block[] {
  let number = 0;
  return blocks.map((block) => {
    if (numbered !== true || block.kind !== 'paragraph' || block.slot === undefined) return block;
    const before = `${++number}. `;
    const { length } = before;
    const marks = (block.marks ?? []).map((mark) => ({ ...mark, start: mark.start + length, end: mark.end + length }));
    return { ...block, text: before + block.text, marks: [{ kind: 'label', start: 0, end: length }, ...marks] };
  });
}
