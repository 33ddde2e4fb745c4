// The style of the PDF, with space around the text. All lengths in points (1/72 inch).

import type { BlockKind, Mark } from '../block.ts';

const INK = '#1b1b1b';
export const QUIET = '#5c5c5c';
const BLUE = '#1a4480';
export const COLOR_OF: Readonly<Record<Mark['kind'], string>> = { label: QUIET, link: BLUE };
export const RULE = '#8a8a8a';
export const SHADE = '#f4f2ee';

/** A4, with the same left edge for everything. */
export const PAGE = {
  size: [595.28, 841.89] as [number, number],
  left: 85,
  top: 79,
  bottom: 88,
  width: 595.28 - 2 * 85,
  boxPadding: 12,
  footSize: 8,
} as const;

export interface PdfStyle {
  /** Tag in the structure tree, for screen readers. */
  readonly tag: 'H1' | 'H2' | 'H3' | 'H4' | 'P';
  readonly bold: boolean;
  readonly size: number;
  readonly color: string;
  readonly lineGap: number;
  readonly before: number;
  /** Instead of `before` if the paragraph above is of the same kind. */
  readonly gapAmong?: number;
  readonly after?: number;
  /** A heading moves to the next page if less than this is left under it. */
  readonly keepWith?: number;
  /** Depth in the outline. */
  readonly outline?: 0 | 1;
}

const TEXT = { tag: 'P', bold: false, size: 11, color: INK, lineGap: 4.5 } as const;

export const LOOK: Readonly<Record<BlockKind, PdfStyle>> = {
  publication: { tag: 'P', bold: true, size: 10.5, color: INK, lineGap: 3, before: 0, after: 12 },
  title: { tag: 'H1', bold: true, size: 18, color: INK, lineGap: 3, before: 26 },
  subtitle: { ...TEXT, size: 11.5, color: QUIET, lineGap: 3, before: 8 },
  byline: { ...TEXT, size: 10, lineGap: 2, before: 18, gapAmong: 3 },
  heading1: {
    tag: 'H2',
    bold: true,
    size: 13.5,
    color: INK,
    lineGap: 2,
    before: 28,
    after: 1,
    keepWith: 60,
    outline: 0,
  },
  heading2: { tag: 'H3', bold: true, size: 11, color: INK, lineGap: 2, before: 18, keepWith: 44, outline: 1 },
  heading3: { tag: 'H4', bold: true, size: 10.5, color: QUIET, lineGap: 2, before: 12, keepWith: 40 },
  paragraph: { ...TEXT, before: 7, gapAmong: 8 },
  link: { ...TEXT, size: 10, lineGap: 2, before: 7, gapAmong: 5 },
  cell: { ...TEXT, size: 9.5, lineGap: 2, before: 0 },
};

/** Of a table: space above and below it, and inside each cell. */
export const TABLE = { gap: 10, padding: 5, between: 3 } as const;
