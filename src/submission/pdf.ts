// The PDF: tagged, so that a screen reader meets headings, paragraphs and links in order.

import { once } from 'node:events';
import type { Language } from '../dialog/language.ts';
import type { Block, DocumentModel } from './document-model.ts';
import { pdfFonts } from './pdf-fonts.ts';
import { BLUE, INK, LOOK, PAGE, QUIET } from './pdf-look.ts';
import type { UnsupportedPdf } from './pdf-support.ts';
import { unsupportedInPdf } from './pdf-support.ts';
import { TaggedPdf } from './tagged-pdf.ts';

/** BCP 47, for readers aloud. */
const LANG: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR', es: 'es-419', pt: 'pt-BR' };

/** The same model is the same bytes, at any time and in any time zone. Text that would come out wrong makes no file. */
export async function writePdf(model: DocumentModel): Promise<Uint8Array | UnsupportedPdf> {
  const fonts = pdfFonts();
  const unsupported = unsupportedInPdf(model, fonts);
  if (unsupported !== null) return unsupported;

  const pdf = new TaggedPdf({ title: model.title, subject: model.reference, lang: LANG[model.language], fonts });
  const chunks: Uint8Array[] = [];
  pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = once(pdf, 'end');
  const body = pdf.struct('Document');
  pdf.addStructure(body);
  model.blocks.forEach((block, index) => {
    writeBlock(pdf, body, block, model.blocks[index - 1]);
  });
  body.end();
  writeFooters(pdf, model.footer);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

function writeBlock(pdf: TaggedPdf, body: PDFKit.PDFStructureElement, block: Block, before: Block | undefined): void {
  const look = LOOK[block.kind];
  const gap = block.kind === before?.kind && look.gapAmong !== undefined ? look.gapAmong : look.before;
  if (before !== undefined) pdf.y += gap;
  pdf.face(look).keepTogether(block.text, look.keepWith ?? 0);
  if (block.kind === 'publication') pdf.box(block.text, look);
  const write = (): void => {
    writeText(pdf, block);
  };
  if (block.kind === 'link') {
    const paragraph = pdf.struct('P');
    body.add(paragraph);
    paragraph.add(pdf.struct('Link', {}, write));
    paragraph.end();
  } else {
    body.add(pdf.struct(look.tag, {}, write));
  }
  if (look.outline !== undefined) pdf.outlineAt(look.outline, block.text);
  pdf.y += look.after ?? 0;
}

function writeText(pdf: TaggedPdf, { text, label, href, kind }: Block): void {
  const look = LOOK[kind];
  const options = { width: PAGE.width, lineGap: look.lineGap };
  if (href !== undefined) {
    pdf.fillColor(BLUE).text(text, PAGE.left, pdf.y, { ...options, link: href, underline: true });
  } else if (label !== undefined) {
    pdf.fillColor(QUIET).text(text.slice(0, label), PAGE.left, pdf.y, { ...options, continued: true });
    pdf.fillColor(INK).text(text.slice(label), { ...options, continued: false });
  } else if (kind === 'publication') {
    pdf.text(text, PAGE.left + PAGE.boxPadding, pdf.y, { ...options, width: PAGE.width - 2 * PAGE.boxPadding });
  } else {
    pdf.text(text, PAGE.left, pdf.y, options);
  }
}

function writeFooters(pdf: TaggedPdf, footer: string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    pdf.foot(footer, String(page + 1));
  }
}
