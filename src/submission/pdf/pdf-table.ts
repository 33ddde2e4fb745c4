// A table of the PDF, tagged with its headings, so that a screen reader says row and column of every cell.

import type { Block } from '../block.ts';
import { type PdfStyle, RULE, SHADE, TABLE } from './pdf-style.ts';
import type { Area, TaggedPdf } from './tagged-pdf.ts';

/** Writes one block of a cell into an element, from the pdf's present `y` on. */
export type WriteCell = (element: PDFKit.PDFStructureElement, block: Block, look: PdfStyle, area: Area) => void;

type Cells = readonly (readonly Block[])[];

export function writeTable(
  pdf: TaggedPdf,
  body: PDFKit.PDFStructureElement,
  rows: readonly Cells[],
  write: WriteCell,
): void {
  pdf.y += TABLE.gap;
  const table = pdf.struct('Table');
  body.add(table);
  const [head, ...others] = rows;
  for (const [at, cells] of rows.entries()) {
    const row = pdf.struct('TR');
    table.add(row);
    const height = heightOf(pdf, cells, at === 0);
    // The headings are never alone at the foot of a page.
    const next = at === 0 && others[0] !== undefined ? heightOf(pdf, others[0], false) : 0;
    const room = pdf.page.maxY() - pdf.page.margins.top;
    if (height > room) writeLongRow(pdf, row, cells, head ?? cells, write);
    else {
      if (pdf.y + height + (height + next > room ? 0 : next) > pdf.page.maxY()) pdf.addPage();
      writeRow(pdf, row, cells, at === 0, height, write);
    }
    row.end();
  }
  table.end();
  pdf.x = pdf.sheet.page.left;
  pdf.y += TABLE.gap;
}

function areaOf({ sheet: { page } }: TaggedPdf, column: number, columns: number): Area {
  const width = page.width / columns;
  return { left: page.left + column * width + TABLE.padding, width: width - 2 * TABLE.padding };
}

function lookOf({ sheet: { look } }: TaggedPdf, isHead: boolean): PdfStyle {
  return isHead ? { ...look.cell, bold: true } : look.cell;
}

/** The headings and the first row under them, with the space above. */
export function heightOfFirstRows(pdf: TaggedPdf, [head = [], first = []]: readonly Cells[]): number {
  return TABLE.gap + heightOf(pdf, head, true) + heightOf(pdf, first, false);
}

function heightOf(pdf: TaggedPdf, cells: Cells, isHead: boolean): number {
  const heights = cells.map((blocks, column) => {
    const look = lookOf(pdf, isHead || column === 0);
    const { width } = areaOf(pdf, column, cells.length);
    const each = blocks.map(({ text }) =>
      text === '' ? 0 : pdf.set([{ text, color: look.color, href: null }], look, width).height + look.lineGap,
    );
    return each.reduce((sum, one) => sum + one + TABLE.between, -TABLE.between);
  });
  return Math.max(pdf.sheet.look.cell.size, ...heights) + 2 * TABLE.padding;
}

function writeRow(
  pdf: TaggedPdf,
  row: PDFKit.PDFStructureElement,
  cells: Cells,
  isHead: boolean,
  height: number,
  write: WriteCell,
): void {
  const top = pdf.y;
  frame(pdf, cells.length, top, height, isHead);
  cells.forEach((blocks, column) => {
    const element = cellElement(pdf, row, isHead, column);
    pdf.y = top + TABLE.padding;
    for (const block of blocks) {
      write(element, block, lookOf(pdf, isHead || column === 0), areaOf(pdf, column, cells.length));
      pdf.y += TABLE.between;
    }
    element.end();
  });
  pdf.y = top + height;
}

/** A row that no page can hold: its cells below each other, each after the heading of its column. */
function writeLongRow(
  pdf: TaggedPdf,
  row: PDFKit.PDFStructureElement,
  cells: Cells,
  head: Cells,
  write: WriteCell,
): void {
  cells.forEach((blocks, column) => {
    const element = cellElement(pdf, row, false, column);
    const area = pdf.sheet.page;
    const [heading] = column === 0 ? [] : (head[column] ?? []);
    pdf.y += TABLE.between;
    if (heading !== undefined && blocks.some(({ text }) => text !== ''))
      write(element, heading, lookOf(pdf, true), area);
    for (const block of blocks) {
      write(element, block, lookOf(pdf, column === 0), area);
      pdf.y += TABLE.between;
    }
    element.end();
  });
}

function cellElement(
  pdf: TaggedPdf,
  row: PDFKit.PDFStructureElement,
  isHead: boolean,
  column: number,
): PDFKit.PDFStructureElement {
  const scope = isHead ? 'Column' : 'Row';
  // The corner above the rows is empty, and no heading.
  const isHeading = isHead !== (column === 0);
  // The types do not know `scope` yet.
  const options: { readonly title?: string } = {};
  const element = pdf.struct(isHeading ? 'TH' : 'TD', isHeading ? Object.assign(options, { scope }) : options);
  row.add(element);
  return element;
}

function frame(pdf: TaggedPdf, columns: number, top: number, height: number, isHead: boolean): void {
  const { left, width: whole } = pdf.sheet.page;
  const width = whole / columns;
  pdf.markContent('Artifact', { type: 'Layout' });
  pdf.save().lineWidth(0.6);
  for (let column = 0; column < columns; column++) {
    pdf.rect(left + column * width, top, width, height);
    if (isHead) pdf.fillAndStroke(SHADE, RULE);
    else pdf.stroke(RULE);
  }
  pdf.restore();
  pdf.endMarkedContent();
}
