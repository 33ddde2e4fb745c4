import PDFDocument from 'pdfkit';
import { copyAsWritten, type EmbeddedFont, type PdfFonts } from './pdf-fonts.ts';
import { A4, FOOT_SIZE, type PdfStyle, QUIET, RULE, SHADE, type Sheet } from './pdf-style.ts';

// Words wider than a line: a picture pasted as base64, an endless URL. Each is broken into lines once, so that the time
// to set a text grows linearly with its length.

interface Breaking {
  /** Of a line, in the unit of `widthOf`. */
  readonly width: number;
  readonly widthOf: (character: string) => number;
  /** Inserted before each break; may be empty. */
  readonly mark: string;
}

/** Share of a line's width to fill: glyphs next to each other can be wider than each alone. */
const FILLED = 0.98;

/**
 * Inserts `mark` and a line feed wherever a word exceeds its line; removing both gives the text again. A character is
 * never broken, nor separated from its accents if a line can hold them.
 */
export function breakLongWords(text: string, { width, widthOf, mark }: Breaking): string {
  const most = width * FILLED - Array.from(mark).reduce((sum, character) => sum + widthOf(character), 0);
  return text.replace(WORD, (word) => {
    const lines: string[] = [];
    let line = '';
    let [filled, marks] = [0, 0];
    for (const character of word) {
      marks = /\p{M}/u.test(character) ? marks + 1 : 0;
      const wide = widthOf(character);
      const isFull = filled + wide > most || marks > MARKS;
      if (isFull && line !== '' && (marks === 0 || marks > MARKS)) {
        lines.push(line);
        [line, filled, marks] = ['', 0, 0];
      }
      line += character;
      filled += wide;
    }
    return [...lines, line].join(`${mark}\n`);
  });
}

/** No-break spaces do not end it: the library breaks no line there. */
const WORD = /[^ \n\u200B]{20,}/gu;

/** With this many accents on one letter it is not real writing. */
const MARKS = 60;

/** An arbitrary fixed moment: a document contains no date. */
const FIXED = new Date(Date.UTC(2000, 0, 1));
const CREATOR = 'Griot';

export interface TaggedPdfOptions {
  readonly title: string;
  readonly subject: string;
  readonly lang: string;
  readonly fonts: PdfFonts;
  readonly sheet: Sheet;
}

/** pdfkit with missing parts: link descriptions, decoration marked as such, an outline with two levels. */
export class TaggedPdf extends PDFDocument {
  readonly sheet: Sheet;
  readonly #fonts: PdfFonts;
  #chapter: PDFKit.PDFOutline | undefined;

  constructor({ title, subject, lang, fonts, sheet }: TaggedPdfOptions) {
    const { left, top, bottom } = sheet.page;
    const size: [number, number] = [...A4];
    const options: PDFKit.PDFDocumentOptions = {
      ...{ size, margins: { left, right: left, top, bottom }, bufferPages: true, compress: true },
      ...{ tagged: true, pdfVersion: '1.7', lang, displayTitle: true },
      info: {
        Title: title,
        Subject: subject,
        Author: CREATOR,
        Creator: CREATOR,
        Producer: CREATOR,
        CreationDate: FIXED,
        ModDate: FIXED,
      },
    };
    // The types do not know PDF/UA yet; `font: ''` keeps the built-in Helvetica out of the file.
    super(Object.assign(options, { subset: 'PDF/UA', font: '' }));
    this.#fonts = fonts;
    this.sheet = sheet;
  }

  /**
   * Screen readers also say the URL, which pdfkit would leave empty. It takes a String object for text, a primitive for
   * a name.
   */
  override link(x: number, y: number, w: number, h: number, url: string, options?: object): this {
    const described: object = { ...options, Contents: new String(url) };
    return super.link(x, y, w, h, url, described);
  }

  face({ bold, size, color }: Pick<PdfStyle, 'bold' | 'size' | 'color'>): this {
    // pdfkit accepts a parsed font; its types allow only bytes and paths.
    const font = this.#fonts[bold ? 'bold' : 'regular'] as unknown as Uint8Array;
    this.font(font);
    // The types do not include it.
    copyAsWritten(Reflect.get(this, '_font') as EmbeddedFont);
    return this.fontSize(size).fillColor(color);
  }

  /** The text with every word that is wider than `width` (points) broken: pdfkit would measure such a word again and again. */
  broken(text: string, { bold, size }: Pick<PdfStyle, 'bold' | 'size'>, width: number, mark: string): string {
    const font = this.#fonts[bold ? 'bold' : 'regular'];
    const widthOf = (character: string) =>
      (font.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth * size) / font.unitsPerEm;
    return breakLongWords(text, { width, widthOf, mark });
  }

  /** Begins a page if `text` and `more` points under it would not fit on this one. Only for short text. */
  keepTogether(text: string, more: number): this {
    if (more > 0 && this.y + this.heightOfString(text, { width: this.sheet.page.width }) + more > this.page.maxY())
      this.addPage();
    return this;
  }

  /** Draws the frame around the text that follows, and moves to the beginning of that text. */
  box(text: string, { lineGap }: Pick<PdfStyle, 'lineGap'>): this {
    const { page } = this.sheet;
    const width = page.width - 2 * page.boxPadding;
    const height = this.heightOfString(text, { width, lineGap }) - lineGap + 2 * page.boxPadding;
    const top = this.y;
    this.markContent('Artifact', { type: 'Layout' });
    this.save().lineWidth(1.2).rect(page.left, top, page.width, height).fillAndStroke(SHADE, RULE).restore();
    this.endMarkedContent();
    this.y = top + page.boxPadding;
    return this;
  }

  outlineAt(depth: 0 | 1, title: string): void {
    if (depth === 1 && this.#chapter !== undefined) this.#chapter.addItem(title);
    else this.#chapter = this.outline.addItem(title);
  }

  /** The line at the foot of the current page, outside the reading order. */
  foot(text: string, page: string): void {
    const { bottom } = this.page.margins;
    this.page.margins.bottom = 0;
    const y = this.page.height - 52;
    const one = { lineBreak: false, width: this.sheet.page.width };
    this.markContent('Artifact', { type: 'Pagination' });
    this.face({ bold: false, size: FOOT_SIZE, color: QUIET });
    this.text(text, this.sheet.page.left, y, one);
    this.text(page, this.sheet.page.left, y, { ...one, align: 'right' });
    this.endMarkedContent();
    this.page.margins.bottom = bottom;
  }
}
