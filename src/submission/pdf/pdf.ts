// The PDF: tagged, so that a screen reader finds headings, paragraphs and links in order.

import { once } from 'node:events';
import { LANGUAGE_FACTS } from '../../languages.ts';
import { type Block, piecesOf } from '../block.ts';
import type { DocumentModel } from '../document-model.ts';
import { type Stretch, stretchesOf } from '../table-plan.ts';
import { asShown } from '../typography.ts';
import { Faces } from './faces.ts';
import { COLOR_OF, type PdfStyle, sheetOf } from './pdf-style.ts';
import { heightOfFirstRows, writeTable } from './pdf-table.ts';
import { missingIn } from './runs.ts';
import { type Area, type Piece, TaggedPdf } from './tagged-pdf.ts';

export interface UnsupportedPdf {
  readonly kind: 'unsupported';
  readonly why: 'missing-glyphs';
  /** Each once, in the order of the text. */
  readonly characters: readonly string[];
}

/** The same model gives the same bytes, at any time and in any time zone. A text that would look wrong makes no file. */
export async function writePdf(model: DocumentModel): Promise<Uint8Array | UnsupportedPdf> {
  const shown = asShown(model);
  const faces = await facesOf(shown);
  return unsupportedIn(shown, faces) ?? (await setPdf(shown, faces)).bytes;
}

/** Null if a PDF can be made of the model; otherwise only the .docx is sent: a word with gaps must not leave. */
export async function unsupportedInPdf(model: DocumentModel): Promise<UnsupportedPdf | null> {
  return unsupportedIn(model, await facesOf(model));
}

/** Pages that a model fills, the last one by its filled part: 4.2 is five pages. */
export async function pagesOf(approved: DocumentModel): Promise<number> {
  const model = asShown(approved);
  const faces = await facesOf(model);
  const { characters } = unsupportedIn(model, faces) ?? { characters: [] };
  return (await setPdf(withStandIns(model, characters), faces)).pages;
}

function facesOf(model: DocumentModel): Promise<Faces> {
  return Faces.of(textsOf(model).join('\n'), model.layout);
}

function textsOf({ blocks, footer }: DocumentModel): readonly string[] {
  return [...blocks.map(({ text }) => text), footer];
}

function unsupportedIn(model: DocumentModel, faces: Faces): UnsupportedPdf | null {
  const characters = missingIn(textsOf(model), faces);
  return characters.length === 0 ? null : { kind: 'unsupported', why: 'missing-glyphs', characters };
}

/** Characters that the PDF cannot show take a place all the same; only for measuring. */
function withStandIns(model: DocumentModel, characters: readonly string[]): DocumentModel {
  if (characters.length === 0) return model;
  const unknown = new Set(characters);
  const shown = (text: string) => Array.from(text, (one) => (unknown.has(one) ? 'n' : one)).join('');
  const blocks = model.blocks.map(({ marks: _, ...block }) => ({ ...block, text: shown(block.text) }));
  return { ...model, blocks, footer: shown(model.footer) };
}

async function setPdf(model: DocumentModel, faces: Faces) {
  const sheet = sheetOf(model.layout);
  const lang = LANGUAGE_FACTS[model.language].locale;
  const pdf = new TaggedPdf({ title: model.title, subject: model.reference, lang, faces, sheet });
  const chunks: Uint8Array[] = [];
  pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = once(pdf, 'end');
  const body = pdf.struct('Document');
  pdf.addStructure(body);
  const stretches = stretchesOf(model.blocks);
  stretches.forEach((one, at) => {
    if (one.kind === 'block') writeBlock(pdf, body, one.block, one.before, stretches.slice(at + 1, at + 5));
    else writeTable(pdf, body, one.rows, (element, block, look, area) => writeCell(pdf, element, block, look, area));
  });
  body.end();
  const filled = (pdf.y - sheet.page.top) / (pdf.page.maxY() - sheet.page.top);
  const pages = pdf.bufferedPageRange().count - 1 + Math.min(1, Math.max(0.01, filled));
  writeFooters(pdf, model.footer);
  pdf.finish();
  await ended;
  return { bytes: Buffer.concat(chunks), pages };
}

function writeBlock(
  pdf: TaggedPdf,
  body: PDFKit.PDFStructureElement,
  block: Block,
  before: Block | undefined,
  following: readonly Stretch[],
): void {
  const { page, look: looks } = pdf.sheet;
  const look = looks[block.kind];
  if (before !== undefined) pdf.y += gapBetween(pdf, before, block);
  const inset = block.kind === 'publication' ? page.boxPadding : 0;
  const area = { left: page.left + inset, width: page.width - 2 * inset };
  const pieces = piecesIn(block, look);
  const text = pdf.set(pieces, look, area.width);
  if (look.keepWithNext === true)
    pdf.keepTogether(text.height + (look.after ?? 0) + beginningOf(pdf, block, following));
  if (block.kind === 'publication') pdf.box(text.height);
  const element = pdf.struct(look.tag);
  body.add(element);
  pdf.write(element, text, pieces, area);
  element.end();
  if (look.outline !== undefined) pdf.outlineAt(look.outline, block.text);
  if (block.kind === 'publication') pdf.y += page.boxPadding - look.lineGap;
  pdf.y += look.after ?? 0;
}

function gapBetween({ sheet: { look } }: TaggedPdf, before: Block, block: Block): number {
  const { gapAmong, before: gap } = look[block.kind];
  return block.kind === before.kind && gapAmong !== undefined ? gapAmong : gap;
}

/** The height of what a heading must not be parted from: headings under it, and the beginning of the text after them. */
function beginningOf(pdf: TaggedPdf, heading: Block, [next, ...others]: readonly Stretch[]): number {
  if (next === undefined) return 0;
  if (next.kind === 'table') return heightOfFirstRows(pdf, next.rows);
  const look = pdf.sheet.look[next.block.kind];
  const { lines, height } = pdf.set(piecesIn(next.block, look), look, pdf.sheet.page.width);
  const gap = gapBetween(pdf, heading, next.block);
  if (look.keepWithNext === true) return gap + height + (look.after ?? 0) + beginningOf(pdf, next.block, others);
  const first = lines.length <= 3 ? lines : lines.slice(0, 2);
  return gap + first.reduce((sum, line) => sum + line.height, 0) - look.lineGap;
}

function writeCell(pdf: TaggedPdf, cell: PDFKit.PDFStructureElement, block: Block, look: PdfStyle, area: Area): void {
  const element = pdf.struct('P');
  cell.add(element);
  const pieces = piecesIn(block, look);
  pdf.write(element, pdf.set(pieces, look, area.width), pieces, area);
  element.end();
}

function piecesIn(block: Block, { color }: PdfStyle): readonly Piece[] {
  return piecesOf(block).map(({ text, mark }) => ({
    text,
    color: mark === null ? color : COLOR_OF[mark.kind],
    href: mark?.kind === 'link' ? mark.href : null,
  }));
}

function writeFooters(pdf: TaggedPdf, footer: string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    pdf.foot(footer, String(page + 1));
  }
}
