// What a PDF of ours cannot hold, found before one is made: a word with holes in it must not leave.

import type { DocumentModel } from '../document-model.ts';
import type { PdfFonts } from './pdf-fonts.ts';

export interface UnsupportedPdf {
  readonly kind: 'unsupported';
  readonly why: 'right-to-left' | 'missing-glyphs';
  /** Each once, in the order of the text. */
  readonly characters: readonly string[];
}

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}\u202B\u202E\u2067]/gu;

/** Of these no glyph is due, and a PDF would say a space where one stands; a soft hyphen and a place to break a word stay. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}--[\u00AD\u200B]]/gv;

/** As it is set: without marks that show nothing, such as those around a copied telephone number. */
export function pdfText(text: string): string {
  return text.replace(INVISIBLE, '');
}

/** Null where a PDF can be made of the model; otherwise it goes as .docx only. */
export function unsupportedInPdf(model: DocumentModel, fonts: PdfFonts): UnsupportedPdf | null {
  const text = [...model.blocks.map((block) => block.text), model.footer].join('\n');
  const rightToLeft = new Set(text.match(RIGHT_TO_LEFT) ?? []);
  if (rightToLeft.size > 0) return { kind: 'unsupported', why: 'right-to-left', characters: [...rightToLeft] };
  const missing = [...new Set(pdfText(text))].filter((one) => one !== '\n' && !hasGlyph(one, fonts));
  return missing.length > 0 ? { kind: 'unsupported', why: 'missing-glyphs', characters: missing } : null;
}

function hasGlyph(character: string, { regular, bold }: PdfFonts): boolean {
  const codePoint = character.codePointAt(0) ?? 0;
  return regular.hasGlyphForCodePoint(codePoint) && bold.hasGlyphForCodePoint(codePoint);
}
