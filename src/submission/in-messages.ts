// A document as messages show it: every line of the file in its order, so that nothing leaves that was not shown.

import type { BuiltDocument } from '../dialog/engine/event.ts';
import type { Block } from './block.ts';
import { stretchesOf } from './table-plan.ts';

type Shown = BuiltDocument['shown'][number];

interface Open {
  readonly headings: string[];
  readonly lines: string[];
}

/** The lines before the first heading, then each heading with what is below it; the foot of the pages last. */
export function inMessages(blocks: readonly Block[], footer: string): readonly Shown[] {
  let open: Open = { headings: [], lines: [] };
  const passages: Shown[] = [open];
  for (const stretch of stretchesOf(blocks)) {
    if (stretch.kind === 'table') {
      passages.push(...cellByCell(stretch.rows), (open = { headings: [], lines: [] }));
    } else if (!stretch.block.kind.startsWith('heading')) open.lines.push(stretch.block.text);
    // Headings in a row are above the same words.
    else if (open.lines.length === 0 && open !== passages[0]) open.headings.push(stretch.block.text);
    else passages.push((open = { headings: [stretch.block.text], lines: [] }));
  }
  const filled = passages.filter(({ headings, lines }) => headings.length > 0 || lines.length > 0);
  return [...filled, { headings: [], lines: [footer] }];
}

/** The headings of the columns, then each row: its heading, and each answer below that of its column. */
function cellByCell(rows: readonly (readonly (readonly Block[])[])[]): readonly Shown[] {
  const texts = rows.map((row) => row.map((cell) => cell.map(({ text }) => text).filter((text) => text !== '')));
  const [columns = [], ...others] = texts;
  const answered = others.flatMap(([heading = [], ...cells]) => {
    const given = cells.flatMap((lines, at) => (lines.length === 0 ? [] : [{ lines, above: columns[at + 1] ?? [] }]));
    if (given.length === 0) return [{ headings: heading, lines: [] }];
    return given.map(({ lines, above }, at) => ({ headings: at === 0 ? [...heading, ...above] : above, lines }));
  });
  return [{ headings: columns.flat(), lines: [] }, ...answered];
}
