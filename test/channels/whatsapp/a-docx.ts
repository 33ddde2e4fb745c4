import { zipSync } from 'fflate';

/** The smallest Word file: nothing but paragraphs. */
export function aDocx(...paragraphs: readonly string[]): Buffer {
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('');
  const utf8 = (xml: string) => new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>${xml}`);
  const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const packages = 'http://schemas.openxmlformats.org/package/2006';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const xml = 'application/vnd.openxmlformats-package.relationships+xml';
  return Buffer.from(
    zipSync({
      '[Content_Types].xml': utf8(
        `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="${xml}"/>` +
          `<Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
      ),
      '_rels/.rels': utf8(
        `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}" Target="word/document.xml"/></Relationships>`,
      ),
      'word/document.xml': utf8(`<w:document xmlns:w="${word}"><w:body>${body}</w:body></w:document>`),
    }),
  );
}
