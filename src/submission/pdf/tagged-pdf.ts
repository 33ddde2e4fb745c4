import PDFDocument from 'pdfkit';
import { EmbeddedFont } from './embedded-font.ts';
import type { Face, Faces } from './faces.ts';
import { A4, FOOT_SIZE, type PdfStyle, QUIET, RULE, SHADE, type Sheet } from './pdf-style.ts';
import { placed } from './set-lines.ts';
import { setText, type SetText } from './set-text.ts';
import { isOneStretch, signBySign, type Spot, together } from './spots.ts';

/** An arbitrary fixed moment: a document contains no date. */
const FIXED = new Date(Date.UTC(2000, 0, 1));
const CREATOR = 'Griot';

export interface TaggedPdfOptions {
  readonly title: string;
  readonly subject: string;
  readonly lang: string;
  readonly faces: Faces;
  readonly sheet: Sheet;
}

/** A part of a text with its own look. */
export interface Piece {
  readonly text: string;
  readonly color: string;
  readonly href: string | null;
}

/** The left edge and width that a text is written in, in points. */
export interface Area {
  readonly left: number;
  readonly width: number;
}

/** pdfkit for the objects and the structure of a file; the text is set by this program, so that it holds every script. */
export class TaggedPdf extends PDFDocument {
  readonly sheet: Sheet;
  readonly #faces: Faces;
  readonly #lang: string;
  readonly #fonts = new Map<Face, { readonly font: EmbeddedFont; readonly reference: PDFKit.PDFKitReference }[]>();
  #count = 0;
  #chapter: PDFKit.PDFOutline | undefined;

  constructor({ title, subject, lang, faces, sheet }: TaggedPdfOptions) {
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
    this.#faces = faces;
    this.#lang = lang;
    this.sheet = sheet;
  }

  set(pieces: readonly Piece[], { bold, size, lineGap, tag }: PdfStyle, width: number): SetText {
    const parts = pieces.map(({ text }) => ({ text, bold }));
    return setText(parts, this.#faces, this.#lang, {
      ...{ size, lineGap, width, isHeading: tag !== 'P' || bold },
      isPlain: (part) => typeof pieces[part]?.href === 'string',
    });
  }

  /** Writes a set text from the present `y` on, over as many pages as it takes. */
  write(element: PDFKit.PDFStructureElement, text: SetText, pieces: readonly Piece[], area: Area): void {
    const places = this.#placesOf(text);
    const spots = text.lines.flatMap((line, at) =>
      placed(line, text.rightToLeft, text.size, area).map((one): Spot => ({ ...one, line: at })),
    );
    let page = 0;
    const draw = (stretch: readonly Spot[], piece: Piece, link: PDFKit.PDFStructureElement | null): void => {
      for (const some of together(stretch, (one, other) => one.line === other.line)) {
        const place = places[some[0]?.line ?? 0];
        if (place === undefined) continue;
        for (; page < place.page; page++) this.continueOnNewPage();
        this.#drawLine(some, place.baseline, text.size, piece, link);
      }
    };
    for (const stretch of together(spots, (one, other) => one.run.part === other.run.part)) {
      const piece = pieces[stretch[0]?.run.part ?? 0];
      if (piece === undefined) continue;
      const link = piece.href === null ? null : this.struct('Link');
      if (link !== null) element.add(link);
      const within = link ?? element;
      for (const passage of together(stretch, (one, other) => one.run.language === other.run.language)) {
        const lang = passage[0]?.run.language ?? null;
        const holder = lang === null ? within : this.struct('Span', { lang });
        if (lang !== null) within.add(holder);
        holder.add(() => {
          draw(passage, piece, link);
        });
        if (lang !== null) holder.end();
      }
      link?.end();
    }
    const last = places.at(-1);
    for (; page < (last?.page ?? 0); page++) this.continueOnNewPage();
    this.y = last?.bottom ?? this.y;
  }

  /** Never one line of a paragraph alone, at the foot of a page or at the top of the next one. */
  #placesOf({
    lines,
  }: SetText): readonly { readonly page: number; readonly baseline: number; readonly bottom: number }[] {
    const [top, end] = [this.page.margins.top, this.page.maxY()];
    const places: { page: number; baseline: number; bottom: number }[] = [];
    let [page, y, at] = [0, this.y, 0];
    while (at < lines.length) {
      let [fits, next] = [0, y];
      for (let line = lines[at]; line !== undefined && next + line.height <= end + 5; line = lines[at + fits]) {
        next += line.height;
        fits++;
      }
      const left = lines.length - at;
      if (fits < left) {
        if (left - fits === 1) fits--;
        if (fits < 2 && left > 1) fits = 0;
        if (fits <= 0) fits = y > top ? 0 : 1;
      }
      for (const line of lines.slice(at, at + fits)) {
        places.push({ page, baseline: y + line.ascent, bottom: y + line.height });
        y += line.height;
      }
      at += fits;
      if (at < lines.length) [page, y] = [page + 1, top];
    }
    return places;
  }

  #drawLine(
    spots: readonly Spot[],
    baseline: number,
    size: number,
    { color, href, text: written }: Piece,
    link: PDFKit.PDFStructureElement | null,
  ): void {
    this.fillColor(color);
    const stretches = together(
      spots.flatMap((spot) => signBySign(spot, size)),
      (one, other) => isOneStretch(one.run, other.run),
    );
    const text = stretches.map((stretch) => this.#textOf(stretch, baseline, size)).join('');
    if (text !== '') this.addContent(`q 1 0 0 -1 0 ${number(this.page.height)} cm BT ${text}ET Q`);
    if (href === null || link === null) return;
    const left = Math.min(...spots.map(({ x }) => x));
    const right = Math.max(...spots.map(({ run, x }) => x + (run.isSpace ? 0 : run.width * size)));
    if (right <= left) return;
    this.save()
      .lineWidth(size / 20)
      .strokeColor(color);
    this.moveTo(left, baseline + size / 8)
      .lineTo(right, baseline + size / 8)
      .stroke()
      .restore();
    // Screen readers also say the address as it was written. pdfkit takes a String object for text, a primitive for a name.
    const described: object = { structParent: link, Contents: new String(written) };
    this.link(left, baseline - size, right - left, size * 1.3, href, described);
  }

  #textOf(spots: readonly Spot[], baseline: number, size: number): string {
    const [first] = spots;
    if (first === undefined) return '';
    const { face, level } = first.run;
    const clusters = spots.flatMap(({ run }) => run.clusters);
    if (clusters.length === 0) return '';
    const shown: string[] = [];
    let hex = '';
    const { font, reference } = this.#fontOf(face);
    Object.assign(this.page.fonts as object, { [font.id]: reference });
    for (const cluster of level % 2 === 1 ? clusters.toReversed() : clusters) {
      const { number: id, width } = font.numberOf(cluster);
      hex += id.toString(16).padStart(4, '0');
      const back = ((width - cluster.advance) * 1_000) / face.unitsPerEm;
      if (back === 0) continue;
      shown.push(`<${hex}> ${number(back)}`);
      hex = '';
    }
    if (hex !== '') shown.push(`<${hex}>`);
    const at = `1 0 0 1 ${number(first.x)} ${number(this.page.height - baseline)} Tm`;
    return `/${font.id} ${number(size)} Tf ${at} [${shown.join(' ')}] TJ `;
  }

  #fontOf(face: Face): { readonly font: EmbeddedFont; readonly reference: PDFKit.PDFKitReference } {
    const all = this.#fonts.get(face) ?? [];
    this.#fonts.set(face, all);
    let last = all.at(-1);
    if (last === undefined || last.font.isFull) {
      last = { font: new EmbeddedFont(`F${++this.#count}`, face), reference: this.ref({}) };
      all.push(last);
    }
    return last;
  }

  /** After the last text. */
  finish(): void {
    for (const { font, reference } of [...this.#fonts.values()].flat()) font.writeTo(this, reference);
    this.end();
  }

  /** Begins a page if `height` points would not fit on this one. */
  keepTogether(height: number): this {
    if (this.y > this.page.margins.top && this.y + height > this.page.maxY()) this.addPage();
    return this;
  }

  /** Draws the frame around the text that follows, and moves to the beginning of that text. */
  box(height: number): this {
    const { page } = this.sheet;
    const top = this.y;
    this.markContent('Artifact', { type: 'Layout' });
    this.save()
      .lineWidth(1.2)
      .rect(page.left, top, page.width, height + 2 * page.boxPadding);
    this.fillAndStroke(SHADE, RULE).restore();
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
    const { left, width } = this.sheet.page;
    const look: PdfStyle = { tag: 'P', bold: false, size: FOOT_SIZE, color: QUIET, lineGap: 0, before: 0 };
    const baseline = this.page.height - 44;
    this.markContent('Artifact', { type: 'Pagination' });
    this.save().lineWidth(0.5).strokeColor(RULE);
    this.moveTo(left, baseline - 14)
      .lineTo(left + width, baseline - 14)
      .stroke()
      .restore();
    for (const [shown, isRight] of [
      [text, false],
      [page, true],
    ] as const) {
      const piece = { text: shown, color: QUIET, href: null };
      const { lines, rightToLeft } = this.set([piece], look, width);
      const [line] = lines;
      if (line === undefined) continue;
      const area = isRight ? { left: left + width - line.width, width: line.width } : { left, width };
      this.#drawLine(
        placed(line, rightToLeft, FOOT_SIZE, area).map((one) => ({ ...one, line: 0 })),
        baseline,
        FOOT_SIZE,
        piece,
        null,
      );
    }
    this.endMarkedContent();
  }
}

function number(value: number): string {
  return String(Math.round(value * 1_000) / 1_000);
}
