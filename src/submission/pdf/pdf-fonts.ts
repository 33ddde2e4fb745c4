// The fonts of the PDF, loaded again for every document: a parsed font remembers the first text of its glyphs, so one
// person's text would appear in another one's file (docs/decisions/0142).

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font, type Glyph } from 'fontkit';
import type { Layout } from '../block.ts';
import type { DocumentModel } from '../document-model.ts';

export interface PdfFonts {
  readonly regular: Font;
  readonly bold: Font;
}

const require = createRequire(import.meta.url);
const bytes = new Map<string, Buffer>();

/** Names of fonts without serifs, as calls prescribe them. */
const SANS = /arial|helvetica|calibri|verdana|tahoma|segoe|aptos|univers|roboto|sans/i;

/**
 * DejaVu: its text can be copied and searched correctly, even in Yorùbá, Igbo and Vietnamese. With serifs, unless the
 * call prescribes a font without. Throws if the package is missing.
 */
export function pdfFonts({ font = '' }: Layout = {}): PdfFonts {
  const name = SANS.test(font) ? 'DejaVuSansCondensed' : 'DejaVuSerifCondensed';
  return { regular: readFont(name), bold: readFont(`${name}-Bold`) };
}

function readFont(name: string): Font {
  const file = bytes.get(name) ?? readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
  bytes.set(name, file);
  return withOwnMeanings(create(file));
}

/** One glyph per text that it represents: the "A" of "À" and a plain "A" look alike, but are copied differently. */
function withOwnMeanings(font: Font): Font {
  const glyphs = new Map<string, Glyph>();
  const glyphOf = font.getGlyph.bind(font);
  font.getGlyph = (id, codePoints = []) => {
    const key = `${id} ${codePoints.join(' ')}`;
    const glyph = glyphs.get(key) ?? standingFor(glyphOf(id), codePoints);
    glyphs.set(key, glyph);
    return glyph;
  };
  return font;
}

function standingFor(glyph: Glyph, codePoints: readonly number[]): Glyph {
  return Object.create(glyph, { codePoints: { value: codePoints } }) as Glyph;
}

/** pdfkit's data about a font of one document, which its types do not include. */
export interface EmbeddedFont {
  readonly subset: { readonly glyphs: number[] };
  readonly widths: number[];
  readonly unicode: (readonly number[])[];
  readonly scale: number;
  layout(text: string, features?: unknown): { readonly glyphs: readonly Glyph[]; readonly positions: unknown };
  encode(text: string, features?: unknown): [readonly string[], unknown];
}

const own = new WeakSet<EmbeddedFont>();

/** pdfkit stores only the first text of each glyph; here every text of a glyph becomes a separate glyph of the file. */
export function copyAsWritten(font: EmbeddedFont): void {
  if (own.has(font)) return;
  own.add(font);
  const ids = new Map<Glyph, number>();
  font.encode = (text, features) => {
    const { glyphs, positions } = font.layout(text, features);
    const encoded = glyphs.map((glyph) => {
      const id = ids.get(glyph) ?? font.subset.glyphs.push(glyph.id) - 1;
      ids.set(glyph, id);
      font.widths[id] = glyph.advanceWidth * font.scale;
      font.unicode[id] = glyph.codePoints;
      return id.toString(16).padStart(4, '0');
    });
    return [encoded, positions];
  };
}

// Finds characters that our PDF cannot show, before it is made: a word with gaps must not leave.

export interface UnsupportedPdf {
  readonly kind: 'unsupported';
  readonly why: 'right-to-left' | 'missing-glyphs';
  /** Each once, in the order of the text. */
  readonly characters: readonly string[];
}

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}\u202B\u202E\u2067]/gu;

/**
 * Invisible characters need no glyph, but a PDF would contain a space for them; a soft hyphen and a word break
 * opportunity stay.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}--[\u00AD\u200B]]/gv;

/** The text as it is set: without invisible marks, such as those around a copied phone number. */
export function pdfText(text: string): string {
  return text.replace(INVISIBLE, '');
}

/** Null if a PDF can be made of the model; otherwise only the .docx is sent. */
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
