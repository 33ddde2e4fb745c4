// The style of the Word document. Sizes in half points, lengths in twentieths of a point, as Word stores them.

import { BorderStyle, LineRuleType } from 'docx';
import type { IStylesOptions } from 'docx';
import type { BlockKind, Layout } from '../block.ts';

export const INK = '1B1B1B';
export const QUIET = '5C5C5C';
export const BLUE = '1A4480';
export const RULE = '8A8A8A';
const SHADE = 'F4F2EE';

/** Part of Word; LibreOffice has Caladea, with the same widths. */
const FONT = 'Cambria';

const A4 = { width: 11906, height: 16838 };
const MARGIN = { top: 1580, bottom: 1760, left: 1700, right: 1700, header: 700, footer: 900 };
const COMPACT_MARGIN = { top: 1320, bottom: 1480, left: 1420, right: 1420, header: 600, footer: 700 };

/** A4 with margins of 30 mm at the sides; of 25 mm if pages are counted. */
export function pageOf({ compact }: Layout = {}) {
  return { size: A4, margin: compact === true ? COMPACT_MARGIN : MARGIN };
}

/** The right edge of the text, counted from its left one. */
export function textWidth(layout: Layout = {}): number {
  return A4.width - 2 * pageOf(layout).margin.left;
}

export const STYLE_OF: Readonly<Record<BlockKind, string>> = {
  publication: 'Publication',
  title: 'Title',
  subtitle: 'Subtitle',
  byline: 'Byline',
  heading1: 'Heading1',
  heading2: 'Heading2',
  heading3: 'Heading3',
  paragraph: 'Testimony',
  link: 'WebLink',
  cell: 'TableCell',
};

/** The size of the text may be prescribed, not that of the headings. Compact lines are no longer than those of the PDF. */
export function stylesIn(lang: string, { font = FONT, size, compact }: Layout = {}): IStylesOptions {
  const sized = (usual: number) => (size === undefined ? usual : Math.round(size * 2));
  const spaced = (usual: number) => (compact === true ? Math.round(usual * 0.55) : usual);
  const line = compact === true ? 250 : 320;
  const language = { value: lang, eastAsia: lang, bidirectional: 'ar-SA' };
  const edge = { style: BorderStyle.SINGLE, size: 10, space: 9, color: RULE };
  const auto = LineRuleType.AUTO;
  const heading = { basedOn: 'Normal', next: 'Testimony', quickFormat: true };
  return {
    default: {
      document: {
        run: { font, size: sized(23), color: INK, language },
        paragraph: { spacing: { line, lineRule: auto } },
      },
      title: {
        run: { size: 35, bold: true },
        paragraph: { spacing: { before: spaced(480), after: 120, line: 264, lineRule: auto }, keepNext: true },
      },
      heading1: {
        ...heading,
        run: { size: 28, bold: true },
        paragraph: {
          spacing: { before: spaced(560), after: 100, line: 276, lineRule: auto },
          keepNext: true,
          keepLines: true,
          outlineLevel: 0,
        },
      },
      heading2: {
        ...heading,
        run: { size: 23, bold: true },
        paragraph: {
          spacing: { before: spaced(340), after: 80, line: 276, lineRule: auto },
          keepNext: true,
          keepLines: true,
          outlineLevel: 1,
        },
      },
      heading3: {
        ...heading,
        run: { size: 22, bold: true, color: QUIET },
        paragraph: {
          spacing: { before: spaced(240), after: 60, line: 276, lineRule: auto },
          keepNext: true,
          keepLines: true,
          outlineLevel: 2,
        },
      },
    },
    paragraphStyles: [
      {
        id: 'Publication',
        name: 'Publication',
        basedOn: 'Normal',
        run: { bold: true, size: 22 },
        paragraph: {
          spacing: { before: 0, after: 200, line: 288, lineRule: auto },
          // The frame is outside the text; the indent keeps it within the page's text edges.
          indent: { left: 200, right: 200 },
          border: { top: edge, bottom: edge, left: edge, right: edge },
          shading: { fill: SHADE },
        },
      },
      {
        id: 'Subtitle',
        name: 'Subtitle',
        basedOn: 'Normal',
        run: { size: 22, color: QUIET },
        paragraph: { spacing: { before: 0, after: spaced(320), line: 288, lineRule: auto } },
      },
      {
        id: 'Byline',
        name: 'Byline',
        basedOn: 'Normal',
        run: { size: sized(21) },
        paragraph: { spacing: { before: 0, after: 40, line: 288, lineRule: auto } },
      },
      {
        id: 'Testimony',
        name: 'Testimony',
        basedOn: 'Normal',
        quickFormat: true,
        paragraph: { spacing: { before: 0, after: spaced(170), line, lineRule: auto } },
      },
      {
        id: 'TableCell',
        name: 'Table Cell',
        basedOn: 'Normal',
        run: { size: sized(20) },
        paragraph: { spacing: { before: 40, after: 40, line: 264, lineRule: auto } },
      },
      {
        id: 'WebLink',
        name: 'Web Link',
        basedOn: 'Normal',
        run: { size: sized(21) },
        paragraph: { spacing: { before: 0, after: 100, line: 288, lineRule: auto } },
      },
    ],
  };
}
