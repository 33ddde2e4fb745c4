// The style of the Word document. Sizes in half points, lengths in twentieths of a point, as Word stores them.

import { BorderStyle, LineRuleType } from 'docx';
import type { IStylesOptions } from 'docx';
import type { BlockKind } from '../block.ts';

export const INK = '1B1B1B';
export const QUIET = '5C5C5C';
export const BLUE = '1A4480';
const RULE = '8A8A8A';
const SHADE = 'F4F2EE';

/** Part of Word; LibreOffice has Caladea, with the same widths. */
const FONT = 'Cambria';

/** A4 with margins of 30 mm at the sides. */
export const PAGE = {
  size: { width: 11906, height: 16838 },
  margin: { top: 1580, bottom: 1760, left: 1700, right: 1700, header: 700, footer: 900 },
};

/** The right edge of the text, counted from its left one. */
export const FOOT_TAB = PAGE.size.width - 2 * PAGE.margin.left;

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

export function stylesIn(lang: string): IStylesOptions {
  const language = { value: lang, eastAsia: lang, bidirectional: 'ar-SA' };
  const edge = { style: BorderStyle.SINGLE, size: 10, space: 9, color: RULE };
  const auto = LineRuleType.AUTO;
  const heading = { basedOn: 'Normal', next: 'Testimony', quickFormat: true };
  return {
    default: {
      document: {
        run: { font: FONT, size: 23, color: INK, language },
        paragraph: { spacing: { line: 320, lineRule: auto } },
      },
      title: {
        run: { size: 38, bold: true },
        paragraph: { spacing: { before: 480, after: 120, line: 264, lineRule: auto }, keepNext: true },
      },
      heading1: {
        ...heading,
        run: { size: 28, bold: true },
        paragraph: {
          spacing: { before: 560, after: 100, line: 276, lineRule: auto },
          keepNext: true,
          keepLines: true,
          outlineLevel: 0,
        },
      },
      heading2: {
        ...heading,
        run: { size: 23, bold: true },
        paragraph: {
          spacing: { before: 340, after: 80, line: 276, lineRule: auto },
          keepNext: true,
          keepLines: true,
          outlineLevel: 1,
        },
      },
      heading3: {
        ...heading,
        run: { size: 22, bold: true, color: QUIET },
        paragraph: {
          spacing: { before: 240, after: 60, line: 276, lineRule: auto },
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
        run: { size: 24, color: QUIET },
        paragraph: { spacing: { before: 0, after: 320, line: 288, lineRule: auto } },
      },
      {
        id: 'Byline',
        name: 'Byline',
        basedOn: 'Normal',
        run: { size: 21 },
        paragraph: { spacing: { before: 0, after: 40, line: 288, lineRule: auto } },
      },
      {
        id: 'Testimony',
        name: 'Testimony',
        basedOn: 'Normal',
        quickFormat: true,
        paragraph: { spacing: { before: 0, after: 170, line: 320, lineRule: auto } },
      },
      {
        id: 'TableCell',
        name: 'Table Cell',
        basedOn: 'Normal',
        run: { size: 20 },
        paragraph: { spacing: { before: 40, after: 40, line: 264, lineRule: auto } },
      },
      {
        id: 'WebLink',
        name: 'Web Link',
        basedOn: 'Normal',
        run: { size: 21 },
        paragraph: { spacing: { before: 0, after: 100, line: 288, lineRule: auto } },
      },
    ],
  };
}
