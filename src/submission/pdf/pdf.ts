// The PDF: tagged, so that a screen reader finds headings, paragraphs and links in order.

import { once } from 'node:events';
import { LANGUAGE_FACTS } from '../../languages.ts';
import { type Block, type Piece, piecesOf } from '../block.ts';
import type { DocumentModel } from '../document-model.ts';
import { type PdfFonts, pdfFonts, pdfText, unsupportedInPdf, type UnsupportedPdf } from './pdf-fonts.ts';
import { stretchesOf } from '../table-plan.ts';
import { COLOR_OF, type PdfStyle, sheetOf } from './pdf-style.ts';
import { type Area, writeTable } from './pdf-table.ts';
import { TaggedPdf } from './tagged-pdf.ts';

/** At the end of each line of a word that is longer than a line. URLs are broken without it, so that they can be copied. */
const BROKEN = '\u21A9';

/** The same model gives the same bytes, at any time and in any time zone. A text that would look wrong makes no file. */
export async function writePdf(model: DocumentModel): Promise<Uint8Array | UnsupportedPdf> {
  const fonts = pdfFonts(model.layout);
  return unsupportedInPdf(model, fonts) ?? (await setPdf(model, fonts)).bytes;
}

/** Pages that a model fills, the last one by its filled part: 4.2 is five pages. */
export async function pagesOf(model: DocumentModel): Promise<number> {
  const fonts = pdfFonts(model.layout);
  const { characters } = unsupportedInPdf(model, fonts) ?? { characters: [] };
  return (await setPdf(withStandIns(model, characters), fonts)).pages;
}

/** Characters that the PDF cannot show take a place all the same; only for measuring. */
function withStandIns(model: DocumentModel, characters: readonly string[]): DocumentModel {
  if (characters.length === 0) return model;
  const unknown = new Set(characters);
  const shown = (text: string) => Array.from(text, (one) => (unknown.has(one) ? 'n' : one)).join('');
  const blocks = model.blocks.map(({ marks: _, ...block }) => ({ ...block, text: shown(block.text) }));
  return { ...model, blocks, footer: shown(model.footer) };
}

async function setPdf(model: DocumentModel, fonts: PdfFonts) {
  const sheet = sheetOf(model.layout);
  const pdf = new TaggedPdf({
    title: model.title,
    subject: model.reference,
    lang: LANGUAGE_FACTS[model.language].locale,
    fonts,
    sheet,
  });
  const chunks: Uint8Array[] = [];
  pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = once(pdf, 'end');
  const body = pdf.struct('Document');
  pdf.addStructure(body);
  for (const one of stretchesOf(model.blocks)) {
    if (one.kind === 'block') writeBlock(pdf, body, one.block, one.before);
    else writeTable(pdf, body, one.rows, (element, block, look, area) => writeCell(pdf, element, block, look, area));
  }
  body.end();
  const filled = (pdf.y - sheet.page.top) / (pdf.page.maxY() - sheet.page.top);
  const pages = pdf.bufferedPageRange().count - 1 + Math.min(1, Math.max(0.01, filled));
  writeFooters(pdf, model.footer);
  pdf.end();
  await ended;
  return { bytes: Buffer.concat(chunks), pages };
}

function writeBlock(pdf: TaggedPdf, body: PDFKit.PDFStructureElement, block: Block, before: Block | undefined): void {
  const { page, look: looks } = pdf.sheet;
  const look = looks[block.kind];
  const gap = block.kind === before?.kind && look.gapAmong !== undefined ? look.gapAmong : look.before;
  if (before !== undefined) pdf.y += gap;
  pdf.face(look).keepTogether(pdfText(block.text), look.keepWith ?? 0);
  if (block.kind === 'publication') pdf.box(block.text, look);
  const element = pdf.struct(look.tag);
  body.add(element);
  const inset = block.kind === 'publication' ? page.boxPadding : 0;
  writePieces(pdf, element, block, look, { left: page.left + inset, width: page.width - 2 * inset });
  element.end();
  if (look.outline !== undefined) pdf.outlineAt(look.outline, block.text);
  pdf.y += look.after ?? 0;
}

function writeCell(pdf: TaggedPdf, cell: PDFKit.PDFStructureElement, block: Block, look: PdfStyle, area: Area): void {
  const element = pdf.struct('P');
  cell.add(element);
  pdf.face(look);
  writePieces(pdf, element, block, look, area);
  element.end();
}

function writePieces(
  pdf: TaggedPdf,
  element: PDFKit.PDFStructureElement,
  block: Block,
  look: PdfStyle,
  area: Area,
): void {
  const pieces = piecesOf(block);
  pieces.forEach((piece, index) => {
    const write = (): void => {
      writePiece(pdf, piece, look, area, { first: index === 0, last: index === pieces.length - 1 });
    };
    element.add(piece.mark?.kind === 'link' ? pdf.struct('Link', {}, write) : write);
  });
}

function writePiece(
  pdf: TaggedPdf,
  piece: Piece,
  look: PdfStyle,
  { left, width }: Area,
  place: { readonly first: boolean; readonly last: boolean },
): void {
  const { lineGap, color } = look;
  const link = piece.mark?.kind === 'link' ? piece.mark.href : null;
  const options = { width, lineGap, link, underline: link !== null, continued: !place.last };
  pdf.fillColor(piece.mark === null ? color : COLOR_OF[piece.mark.kind]);
  // The space is for screen readers: without it the words around a line break are read as one.
  const spaced = pdfText(piece.text).replaceAll('\n', ' \n');
  const text = pdf.broken(spaced, look, width, link === null ? BROKEN : '');
  if (place.first) pdf.text(text, left, pdf.y, options);
  else pdf.text(text, options);
}

function writeFooters(pdf: TaggedPdf, footer: string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    pdf.foot(footer, String(page + 1));
  }
}
