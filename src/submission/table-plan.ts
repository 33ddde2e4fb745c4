// The table that a call asks for: its cells row by row, as a person hears them, those without an answer too.

import type { DraftSection } from '../dialog/engine/draft.ts';
import type { Block, Cell } from './block.ts';

interface Headed {
  readonly id: string;
  readonly heading: string;
}

/** A call with a table: `topics` are its rows. */
interface TableCall {
  readonly topics: readonly Headed[];
  readonly columns?: readonly Headed[];
}

interface CellSection {
  readonly heading: string;
  readonly before: readonly Block[];
  readonly section: DraftSection;
  readonly cell: Cell;
  readonly after?: readonly Block[];
}

/** The answers that are cells of the call's table. */
export function isCell(slot: string, call: TableCall): boolean {
  return cellOf(slot, call) !== null;
}

/** Row 0 and column 0 are the headings. Null for any other slot. */
function cellOf(slot: string, { topics, columns = [] }: TableCall): Pick<Cell, 'row' | 'column'> | null {
  const [kind, row, column] = slot.split('/');
  const [at, across] = [topics.findIndex(({ id }) => id === row), columns.findIndex(({ id }) => id === column)];
  return kind !== 'topic' || at < 0 || across < 0 ? null : { row: at + 1, column: across + 1 };
}

/** One section for each answered cell; the cells around it are before it, and after the last one. */
export function planTable(sections: readonly DraftSection[], call: TableCall): readonly CellSection[] {
  const { topics, columns = [] } = call;
  const size = { rows: topics.length + 1, columns: columns.length + 1 };
  const first = sections[0]?.slot ?? '';
  const planned: CellSection[] = [];
  let waiting: Block[] = [];
  const put = (row: number, column: number, text: string) => {
    waiting.push({ kind: 'cell', text, slot: planned.at(-1)?.section.slot ?? first, cell: { row, column, ...size } });
  };
  ['', ...columns.map(({ heading }) => heading)].forEach((heading, column) => {
    put(0, column, heading);
  });
  topics.forEach((topic, at) => {
    put(at + 1, 0, topic.heading);
    columns.forEach(({ id, heading }, across) => {
      const section = sections.find(({ slot }) => slot === `topic/${topic.id}/${id}`);
      if (section === undefined) return put(at + 1, across + 1, '');
      const cell = { row: at + 1, column: across + 1, ...size };
      planned.push({ heading: `${topic.heading} · ${heading}`, before: waiting, section, cell });
      waiting = [];
    });
  });
  const last = planned.at(-1);
  return last === undefined ? [] : planned.with(-1, { ...last, after: waiting });
}

/** Stretches of blocks: a table is all its cells together, each cell as its blocks. */
export type Stretch =
  | { readonly kind: 'block'; readonly block: Block; readonly before: Block | undefined }
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Block[])[])[] };

export function stretchesOf(blocks: readonly Block[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at];
    if (block === undefined) continue;
    if (block.cell === undefined) {
      stretches.push({ kind: 'block', block, before: blocks[at - 1] });
      continue;
    }
    const cells: Block[] = [];
    // Another table begins with its first cell.
    const goesOn = ({ cell }: Block) => cell !== undefined && (cells.length === 0 || cell.row > 0 || cell.column > 0);
    for (let next: Block | undefined = block; next !== undefined && goesOn(next); next = blocks[++at]) cells.push(next);
    at--;
    stretches.push({ kind: 'table', rows: rowsOf(cells, block.cell) });
  }
  return stretches;
}

function rowsOf(cells: readonly Block[], { rows, columns }: Cell): readonly (readonly (readonly Block[])[])[] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) =>
      cells.filter(({ cell }) => cell?.row === row && cell.column === column),
    ),
  );
}
