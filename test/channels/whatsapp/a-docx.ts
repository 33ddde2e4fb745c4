import { zipSync } from 'fflate';

const utf8 = (xml: string) => new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>${xml}`);
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const PACKAGES = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The smallest Word file: nothing but paragraphs. */
export function aDocx(...paragraphs: readonly string[]): Buffer {
  return docxOf(paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join(''));
}

/** A Word file of this body; `more`: other parts by their names, `.rels` of the document among them. */
export function docxOf(body: string, more: Readonly<Record<string, string | Uint8Array>> = {}): Buffer {
  return Buffer.from(zipSync(partsOf(body, more)));
}

/** What stands in such a file, before it is made into one. */
export function partsOf(
  body: string,
  more: Readonly<Record<string, string | Uint8Array>> = {},
): Record<string, Uint8Array> {
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const rels = 'application/vnd.openxmlformats-package.relationships+xml';
  return {
    '[Content_Types].xml': utf8(
      `<Types xmlns="${PACKAGES}/content-types"><Default Extension="rels" ContentType="${rels}"/>` +
        `<Default Extension="xml" ContentType="application/xml"/>` +
        `<Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    ),
    '_rels/.rels': relsOf(['officeDocument', 'word/document.xml']),
    'word/document.xml': utf8(
      `<w:document xmlns:w="${WORD}" xmlns:r="${OFFICE}"><w:body>${body}</w:body></w:document>`,
    ),
    ...Object.fromEntries(
      Object.entries(more).map(([name, part]) => [name, typeof part === 'string' ? utf8(part) : part]),
    ),
  };
}

/** Relations r1, r2 …: their kind, and where they lead; to the network where that is an address. */
export function relsOf(...relations: readonly (readonly [string, string])[]): Uint8Array {
  const all = relations.map(
    ([type, target], at) =>
      `<Relationship Id="r${at + 1}" Type="${OFFICE}/${type}" Target="${target}"` +
      `${target.includes('://') ? ' TargetMode="External"' : ''}/>`,
  );
  return utf8(`<Relationships xmlns="${PACKAGES}/relationships">${all.join('')}</Relationships>`);
}

/** A part of a Word file with what it is called inside. */
export function wordPart(tag: string, content: string): string {
  return `<w:${tag} xmlns:w="${WORD}">${content}</w:${tag}>`;
}
