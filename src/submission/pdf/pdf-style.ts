// The style of the PDF, with space around the text. All lengths in points (1/72 inch).

import type { BlockKind, Layout, Mark } from '../block.ts';

const INK = '#1b1b1b';
export const QUIET = '#5c5c5c';
const BLUE = '#1a4480';
export const COLOR_OF: Readonly<Record<Mark['kind'], string>> = { label: QUIET, link: BLUE };
export const RULE = '#8a8a8a';
export const SHADE = '#f4f2ee';

export const A4: readonly [number, number] = [595.28, 841.89];
export const FOOT_SIZE = 8;

/** With the same left edge for everything. */
export interface Page {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
  readonly boxPadding: number;
}

const PAGE: Page = { left: 85, top: 79, bottom: 88, width: A4[0] - 2 * 85, boxPadding: 12 };
const COMPACT_PAGE: Page = { left: 71, top: 66, bottom: 74, width: A4[0] - 2 * 71, boxPadding: 8 };

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
  /** A heading is never parted from the beginning of the text under it. */
  readonly keepWithNext?: true;
  /** Depth in the outline. */
  readonly outline?: 0 | 1;
}

const TEXT = { tag: 'P', bold: false, size: 11, color: INK, lineGap: 4.5 } as const;

const LOOK: Readonly<Record<BlockKind, PdfStyle>> = {
  publication: { tag: 'P', bold: true, size: 10.5, color: INK, lineGap: 3, before: 0, after: 12 },
  title: { tag: 'H1', bold: true, size: 17, color: INK, lineGap: 3, before: 26, keepWithNext: true },
  subtitle: { ...TEXT, size: 10.5, color: QUIET, lineGap: 2.5, before: 6 },
  byline: { ...TEXT, size: 10, lineGap: 2, before: 18, gapAmong: 3 },
  heading1: {
    tag: 'H2',
    bold: true,
    size: 13.5,
    color: INK,
    lineGap: 2,
    before: 28,
    after: 1,
    keepWithNext: true,
    outline: 0,
  },
  heading2: { tag: 'H3', bold: true, size: 11, color: INK, lineGap: 2, before: 18, keepWithNext: true, outline: 1 },
  heading3: { tag: 'H4', bold: true, size: 10.5, color: QUIET, lineGap: 2, before: 12, keepWithNext: true },
  paragraph: { ...TEXT, before: 7, gapAmong: 8 },
  link: { ...TEXT, size: 10, lineGap: 2, before: 7, gapAmong: 5 },
  cell: { ...TEXT, size: 9.5, lineGap: 2, before: 0 },
};

/** Of a table: space above and below it, and inside each cell. */
export const TABLE = { gap: 10, padding: 5, between: 3 } as const;

/** All measures of one document. */
export interface Sheet {
  readonly page: Page;
  readonly look: Readonly<Record<BlockKind, PdfStyle>>;
}

/** The kinds whose size a call may prescribe: the text, not the headings. */
const TEXTS: readonly BlockKind[] = ['byline', 'paragraph', 'link', 'cell'];

/** Share of the usual space between paragraphs and lines in a compact document. */
const TIGHTER = 0.55;

export function sheetOf({ size, compact }: Layout = {}): Sheet {
  const entries = Object.entries(LOOK).map(([kind, style]) => {
    const isText = TEXTS.some((one) => one === kind);
    const sized = size === undefined || !isText ? style : { ...style, size };
    return [kind, compact === true ? tightened(sized, isText) : sized];
  });
  const look = { ...LOOK, ...(Object.fromEntries(entries) as Partial<Record<BlockKind, PdfStyle>>) };
  return { page: compact === true ? COMPACT_PAGE : PAGE, look };
}

function tightened(style: PdfStyle, isText: boolean): PdfStyle {
  const { lineGap, before, gapAmong, after } = style;
  return {
    ...style,
    lineGap: isText ? lineGap / 3 : lineGap,
    before: before * TIGHTER,
    ...(gapAmong === undefined ? {} : { gapAmong: gapAmong * TIGHTER }),
    ...(after === undefined ? {} : { after: after * TIGHTER }),
  };
}
