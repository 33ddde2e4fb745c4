// Word files as somebody else's program, or somebody with bad intentions, may have put them together.

import { zipSync, type Zippable } from 'fflate';

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const PACKAGES = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006';
export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

export const utf8 = (text: string) => new TextEncoder().encode(text);

export interface DocxParts {
  /** What stands in `<w:body>`. */
  readonly body: string;
  /** Relations of the document, as XML. */
  readonly relations?: string;
  /** Before `<w:document>`: a DTD. */
  readonly before?: string;
  /** More parts by name. */
  readonly more?: Readonly<Record<string, Uint8Array>>;
}

export function partsOfDocx({ body, relations = '', before = '', more = {} }: DocxParts): Zippable {
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const kinds =
    `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
    `<Override PartName="/word/document.xml" ContentType="${main}"/>`;
  const names = `xmlns:w="${WORD}" xmlns:r="${OFFICE}" xmlns:a="${DRAWING}/main" xmlns:wp="${DRAWING}/wordprocessingDrawing"`;
  return {
    '[Content_Types].xml': utf8(`${DECLARATION}<Types xmlns="${PACKAGES}/content-types">${kinds}</Types>`),
    '_rels/.rels': utf8(
      `${DECLARATION}<Relationships xmlns="${PACKAGES}/relationships">` +
        `<Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    ),
    'word/document.xml': utf8(`${DECLARATION}${before}<w:document ${names}><w:body>${body}</w:body></w:document>`),
    'word/_rels/document.xml.rels': utf8(
      `${DECLARATION}<Relationships xmlns="${PACKAGES}/relationships">${relations}</Relationships>`,
    ),
    ...more,
  };
}

export function docxOf(parts: DocxParts): Uint8Array {
  return zipSync(partsOfDocx(parts), { level: 9 });
}

export function paragraph(text: string): string {
  return `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

export function relation(id: string, kind: string, target: string, external = false): string {
  return `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`;
}

/** A picture of the document, by the id of its relation; linked instead of embedded where `how` says so. */
export function picture(id: string, how: 'embed' | 'link' = 'embed'): string {
  const blip = `<a:blip r:${how}="${id}"/>`;
  const data = `<a:graphic><a:graphicData><pic:pic xmlns:pic="${DRAWING}/picture"><pic:blipFill>${blip}</pic:blipFill></pic:pic></a:graphicData></a:graphic>`;
  return `<w:p><w:r><w:drawing><wp:inline>${data}</wp:inline></w:drawing></w:r></w:p>`;
}
