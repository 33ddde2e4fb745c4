// The fonts of one file. A glyph of the file is a cluster: a shape with two texts is two glyphs, so that each is copied as
// it was written, and only this document is in it (docs/decisions/0142, 0195).

import type PDFDocument from 'pdfkit';
import type { Face } from './faces.ts';
import { type Outline, trueTypeOf } from './glyph-file.ts';
import type { Cluster } from './cluster.ts';

interface Entry extends Outline {
  readonly text: string;
}

/** Numbers of glyphs have two bytes. */
const MOST = 60_000;

/** One font of the file. */
export class EmbeddedFont {
  readonly id: string;
  readonly face: Face;
  readonly #entries: Entry[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #paths = new Map<number, string>();

  constructor(id: string, face: Face) {
    this.id = id;
    this.face = face;
  }

  get isFull(): boolean {
    return this.#entries.length >= MOST;
  }

  /** The number of a cluster, and its width in the file, in the font's units. */
  numberOf({ text, glyphs, advance }: Cluster): { readonly number: number; readonly width: number } {
    const key = `${text}\0${glyphs.map(({ id, x, y }) => `${id},${x},${y}`).join(';')}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return { number: known, width: this.#entries[known - 1]?.advance ?? 0 };
    this.#entries.push({ text, advance, paths: glyphs.map(({ id, x, y }) => ({ path: this.#pathOf(id), x, y })) });
    const number = this.#entries.length;
    this.#numbers.set(key, number);
    return { number, width: advance };
  }

  #pathOf(id: number): string {
    const path = this.#paths.get(id) ?? this.face.font.glyphToPath(id);
    this.#paths.set(id, path);
    return path;
  }

  /** Writes the objects of this font into the reference under which pages know it. */
  writeTo(pdf: InstanceType<typeof PDFDocument>, reference: PDFKit.PDFKitReference): void {
    const { unitsPerEm, ascent, descent, name } = this.face;
    const scale = 1_000 / unitsPerEm;
    const file = pdf.ref({});
    file.end(Buffer.from(trueTypeOf(this.#entries, this.face)));
    const fontName = `${TAG}+${name}`;
    const descriptor = pdf.ref({
      ...{ Type: 'FontDescriptor', FontName: fontName, Flags: 4, ItalicAngle: 0, StemV: 0 },
      FontBBox: [-1_000, -Math.ceil(descent * 1_000), 2_000, Math.ceil(ascent * 1_000)],
      ...{ Ascent: Math.round(ascent * 1_000), Descent: -Math.round(descent * 1_000), CapHeight: 700 },
      FontFile2: file,
    });
    descriptor.end(undefined);
    const widths = this.#entries.map(({ advance }) => Math.round(advance * scale * 100) / 100);
    const descendant = pdf.ref({
      ...{
        Type: 'Font',
        Subtype: 'CIDFontType2',
        BaseFont: fontName,
        CIDToGIDMap: 'Identity',
        FontDescriptor: descriptor,
      },
      CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
      DW: 0,
      W: [1, widths],
    });
    descendant.end(undefined);
    const toUnicode = pdf.ref({});
    toUnicode.end(Buffer.from(this.#toUnicode(), 'latin1'));
    Object.assign(reference.data, {
      ...{ Type: 'Font', Subtype: 'Type0', BaseFont: fontName, Encoding: 'Identity-H' },
      DescendantFonts: [descendant],
      ToUnicode: toUnicode,
    });
    reference.end(undefined);
  }

  #toUnicode(): string {
    const lines = this.#entries.map(({ text }, at) => `<${hex(at + 1)}> <${unicodeOf(text)}>`);
    const blocks: string[] = [];
    for (let at = 0; at < lines.length; at += 100) {
      const some = lines.slice(at, at + 100);
      blocks.push(`${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`);
    }
    return [
      '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
      '/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def',
      '1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange',
      ...blocks,
      'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend',
    ].join('\n');
  }
}

/** Says that a font is only a part of itself. */
const TAG = 'GRIOTT';

function hex(number: number): string {
  return number.toString(16).padStart(4, '0');
}

function unicodeOf(text: string): string {
  return Array.from({ length: text.length }, (_, at) => hex(text.charCodeAt(at))).join('');
}
