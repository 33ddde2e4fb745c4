// The fonts of the PDF, read anew for every document: a parsed font keeps which text its glyphs stood for first, and one
// person's text would come back in another one's file (docs/decisions/0142).

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import type { Font, Glyph } from 'fontkit';

export interface PdfFonts {
  readonly regular: Font;
  readonly bold: Font;
}

const require = createRequire(import.meta.url);
const bytes = new Map<string, Buffer>();

/** DejaVu: its text can be copied and searched right also in Yorùbá, Igbo and Vietnamese. Throws where the package is missing. */
export function pdfFonts(): PdfFonts {
  return { regular: readFont('DejaVuSerifCondensed'), bold: readFont('DejaVuSerifCondensed-Bold') };
}

function readFont(name: string): Font {
  const file = bytes.get(name) ?? readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
  bytes.set(name, file);
  return withOwnMeanings(create(file));
}

/** A glyph for each text that it stands for: the "A" of "À" and a plain "A" look alike, and are copied differently. */
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

/** What pdfkit holds of a font of one document; its types know nothing of it. */
export interface EmbeddedFont {
  readonly subset: { readonly glyphs: number[] };
  readonly widths: number[];
  readonly unicode: (readonly number[])[];
  readonly scale: number;
  layout(text: string, features?: unknown): { readonly glyphs: readonly Glyph[]; readonly positions: unknown };
  encode(text: string, features?: unknown): [readonly string[], unknown];
}

const own = new WeakSet<EmbeddedFont>();

/** pdfkit notes one text for each glyph of a file, the first; here every text that a glyph stands for is a glyph of the file. */
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
