// The Word document. A person's text is inserted as runs of text, never as markup.

import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  type IRunOptions,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx';
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { LANGUAGE_FACTS } from '../../languages.ts';
import { type Block, fileText, type Mark, piecesOf } from '../block.ts';
import { directionOf } from '../direction.ts';
import type { DocumentModel } from '../document-model.ts';
import { type Stretch, stretchesOf } from '../table-plan.ts';
import { asShown } from '../typography.ts';
import { inWord } from './word-fonts.ts';
import { type Shown, within, wordRunsOf } from './word-runs.ts';
import { BLUE, pageOf, QUIET, RULE, STYLE_OF, stylesIn, textWidth } from './docx-style.ts';

// Makes the output of the docx package the same at every run, and adds what it cannot: language and word count.

interface DocxProperties {
  readonly title: string;
  readonly subject: string;
  readonly language: string;
  readonly words: number;
}

/** Constants, so that a file does not reveal its author, place and time. */
const CREATOR = 'Griot';
const FIXED = '2000-01-01T00:00:00Z';

/** Local time, because zip dates are: the bytes are the same in every time zone. The earliest date of zip. */
const ZIP_DATE = new Date(1980, 0, 1);

const RELATIONSHIPS = /^word\/_rels\/(?<part>[^/]+)\.rels$/;

/** Takes and returns a whole .docx. Throws if the bytes are no zip archive. */
function normaliseDocx(bytes: Uint8Array, properties: DocxProperties): Uint8Array {
  const parts = new Map(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
  for (const name of [...parts.keys()]) renumberRelationships(parts, name);
  parts.set('docProps/core.xml', coreXml(properties));
  parts.set('docProps/app.xml', appXml(properties));
  const zip: Zippable = {};
  for (const [name, xml] of [...parts].sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))) {
    zip[name] = [strToU8(xml), { mtime: ZIP_DATE, level: 6 }];
  }
  return zipSync(zip);
}

/** Readers expect the list of content types first. */
function order(name: string): number {
  return name === '[Content_Types].xml' ? 0 : 1;
}

/** The package gives links random ids; here they are numbered in the order of the file. */
function renumberRelationships(parts: Map<string, string>, name: string): void {
  const part = RELATIONSHIPS.exec(name)?.groups?.['part'];
  const relationships = parts.get(name);
  const xml = part === undefined ? undefined : parts.get(`word/${part}`);
  if (part === undefined || relationships === undefined || xml === undefined) return;
  const ids = new Map<string, string>();
  const inXml = [...xml.matchAll(/ r:[a-z]+="([^"]+)"/g)].map(([, id = '']) => id);
  const inRelationships = [...relationships.matchAll(/ Id="([^"]+)"/g)].map(([, id = '']) => id);
  for (const id of [...inXml, ...inRelationships]) if (!ids.has(id)) ids.set(id, `rId${ids.size + 1}`);
  const renamed = (_: string, before: string, id: string): string => `${before}"${ids.get(id) ?? id}"`;
  parts.set(`word/${part}`, xml.replace(/( r:[a-z]+=)"([^"]+)"/g, renamed));
  const items = relationships.replace(/( Id=)"([^"]+)"/g, renamed);
  const sorted = [...items.matchAll(/<Relationship [^<>]*\/>/g)].map(([item]) => item).sort();
  parts.set(
    name,
    items.replace(/<Relationship [^<>]*\/>/g, () => sorted.shift() ?? ''),
  );
}

function coreXml({ title, subject, language }: DocxProperties): string {
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"' +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escaped(title)}</dc:title><dc:subject>${escaped(subject)}</dc:subject>` +
    `<dc:creator>${CREATOR}</dc:creator><cp:lastModifiedBy>${CREATOR}</cp:lastModifiedBy><dc:language>${language}</dc:language>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${FIXED}</dcterms:created>` +
    `<dcterms:modified xsi:type="dcterms:W3CDTF">${FIXED}</dcterms:modified></cp:coreProperties>`
  );
}

function appXml({ words }: DocxProperties): string {
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">' +
    `<Words>${words}</Words><Application>${CREATOR}</Application></Properties>`
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The same model gives the same bytes, at any time and in any time zone. */
export async function writeDocx(approved: DocumentModel): Promise<Uint8Array> {
  const model = asShown(approved);
  const width = textWidth(model.layout);
  const document = new Document({
    styles: stylesIn(LANGUAGE_FACTS[model.language].word, model.layout),
    features: { updateFields: false },
    sections: [
      {
        properties: { page: pageOf(model.layout) },
        footers: { default: footer(model.footer, width) },
        children: stretchesOf(model.blocks).map((one) =>
          one.kind === 'table' ? table(one.rows, width) : paragraph(one.block),
        ),
      },
    ],
  });
  return normaliseDocx(await Packer.toBuffer(document), {
    title: fileText(model.title),
    subject: model.reference,
    language: LANGUAGE_FACTS[model.language].word,
    words: model.words,
  });
}

function paragraph(block: Block, bold = false): Paragraph {
  const pieces = piecesOf(block).map(({ text, mark }) => ({ text: fileText(text), mark }));
  const text = pieces.map((piece) => piece.text).join('');
  const stretches = wordRunsOf(text);
  let start = 0;
  return new Paragraph({
    style: STYLE_OF[block.kind],
    bidirectional: directionOf(text) === 'rtl',
    children: pieces.flatMap((piece) => {
      const from = start;
      start += piece.text.length;
      return children(piece.mark, within(text, stretches, from, start), bold);
    }),
  });
}

/** The first row is repeated on every page. A row may be longer than a page. */
function table(rows: Extract<Stretch, { kind: 'table' }>['rows'], whole: number): Table {
  const columns = rows[0]?.length ?? 1;
  const width = Math.floor(whole / columns);
  return new Table({
    width: { size: width * columns, type: WidthType.DXA },
    columnWidths: Array.from({ length: columns }, () => width),
    rows: rows.map(
      (row, at) =>
        new TableRow({
          tableHeader: at === 0,
          children: row.map(
            (blocks, across) =>
              new TableCell({
                width: { size: width, type: WidthType.DXA },
                margins: { left: 100, right: 100 },
                children: blocks.map((block) => paragraph(block, at === 0 || across === 0)),
              }),
          ),
        }),
    ),
  });
}

function children(mark: Mark | null, runs: readonly Shown[], bold: boolean): readonly (TextRun | ExternalHyperlink)[] {
  switch (mark?.kind) {
    case undefined:
      return runs.flatMap((run) => textRuns(run, bold ? { bold } : {}));
    case 'label':
      return runs.flatMap((run) => textRuns(run, { color: QUIET }));
    case 'link': {
      const look = { color: BLUE, underline: {} };
      return [new ExternalHyperlink({ link: mark.href, children: runs.flatMap((run) => textRuns(run, look)) })];
    }
  }
}

/** A line feed inside a run would be a space in Word: each line is a run, with a break before it. */
function textRuns(
  { text, rightToLeft, language }: Shown,
  look: Pick<IRunOptions, 'bold' | 'color' | 'underline'>,
): readonly TextRun[] {
  const own = language === null ? {} : (inWord(language) ?? {});
  return text
    .split('\n')
    .map((line, index) => new TextRun({ ...look, ...own, rightToLeft, text: line, break: index === 0 ? 0 : 1 }));
}

function footer(text: string, width: number): Footer {
  const run = { color: QUIET, size: 16 };
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.LEFT,
        tabStops: [{ type: TabStopType.RIGHT, position: width }],
        spacing: { before: 0, after: 0 },
        border: { top: { style: BorderStyle.SINGLE, size: 4, space: 6, color: RULE } },
        children: [new TextRun({ ...run, text }), new TextRun({ ...run, children: ['\t', PageNumber.CURRENT] })],
      }),
    ],
  });
}
