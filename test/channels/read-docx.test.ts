// Word files as people send them, and as nobody should: what is read, what is left, what it may cost.

import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocx } from '../../src/channels/read-docx/read-docx.ts';
import { aDocx, docxOf, partsOf, relsOf, wordPart } from './whatsapp/a-docx.ts';

const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const deleted = (text: string) => `<w:r><w:delText xml:space="preserve">${text}</w:delText></w:r>`;
const by = 'w:id="1" w:author="Somebody" w:date="2026-03-01T12:00:00Z"';
const textOf = async (bytes: Uint8Array) => {
  const read = await readDocx(bytes);
  return read.ok ? read.text : read.why;
};

describe('what is read', () => {
  it('paragraphs, with every letter as it is', async () => {
    const words = ['Mataram o João à noite.', 'Son dossier « perdu » — l’été.', 'أخي مات في المخفر', 'Ọ̀rọ̀ ìyá mi'];
    expect(await textOf(aDocx(...words))).toBe(words.join('\n'));
  });

  it('words on two lines stay two words; a table is read cell by cell', async () => {
    const cell = (text: string) => `<w:tc><w:p>${run(text)}</w:p></w:tc>`;
    const table = `<w:tbl><w:tr>${cell('2021')}${cell('nothing')}</w:tr></w:tbl>`;
    const text = await textOf(docxOf(`<w:p>${run('Nobody')}<w:r><w:br/></w:r>${run('came')}</w:p>${table}`));
    expect(text.split(/\s+/u)).toEqual(['Nobody', 'came', '2021', 'nothing']);
  });

  it('a footnote at the end', async () => {
    const notes = wordPart('footnotes', `<w:footnote w:id="2"><w:p>${run('File 12 of 2021.')}</w:p></w:footnote>`);
    const body = `<w:p>${run('They closed it.')}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>`;
    const more = {
      'word/footnotes.xml': notes,
      'word/_rels/document.xml.rels': relsOf(['footnotes', 'footnotes.xml']),
    };
    expect(await textOf(docxOf(body, more))).toMatch(/^They closed it\.[^]*File 12 of 2021\./u);
  });

  it('of tracked changes what would stand there if all were accepted: put in, not taken out, moved once', async () => {
    const body =
      `<w:p>${run('My son was ')}<w:ins ${by}>${run('seventeen')}</w:ins><w:del ${by}>${deleted('sixteen')}</w:del>${run('.')}</w:p>` +
      `<w:p><w:moveFromRangeStart w:id="3" w:name="m"/><w:moveFrom ${by}>${run('He sang.')}</w:moveFrom><w:moveFromRangeEnd w:id="3"/></w:p>` +
      `<w:p>${run('Every Sunday. ')}<w:moveToRangeStart w:id="4" w:name="m"/><w:moveTo ${by}>${run('He sang.')}</w:moveTo><w:moveToRangeEnd w:id="4"/></w:p>`;
    expect((await textOf(docxOf(body))).split(/\n+/u)).toEqual(['My son was seventeen.', 'Every Sunday. He sang.']);
  });

  it('no comment, header or footer: what others wrote beside it is not the text', async () => {
    const comment = `<w:comment w:id="5" w:author="Lawyer"><w:p>${run('Do not say this.')}</w:p></w:comment>`;
    const more = {
      'word/comments.xml': wordPart('comments', comment),
      'word/header1.xml': wordPart('hdr', `<w:p>${run('Office of somebody')}</w:p>`),
      'word/_rels/document.xml.rels': relsOf(['comments', 'comments.xml'], ['header', 'header1.xml']),
    };
    const body =
      `<w:p><w:commentRangeStart w:id="5"/>${run('Nobody told us.')}<w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r></w:p>` +
      `<w:sectPr><w:headerReference w:type="default" r:id="r2"/></w:sectPr>`;
    expect(await textOf(docxOf(body, more))).toBe('Nobody told us.');
  });

  it('a long one whole', async () => {
    const words = Array.from({ length: 4_000 }, (_, at) => `Linha ${at} do que contamos à defensoria.`);
    expect(await textOf(aDocx(...words))).toBe(words.join('\n'));
  });
});

describe('what leads elsewhere', () => {
  let server: Server;
  let asked = 0;
  let site = '';
  beforeAll(async () => {
    server = createServer((_, response) => {
      asked += 1;
      response.end('x');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  it.each([
    ['a picture from the network', 'image', 'picture.png'],
    ['a template from the network', 'attachedTemplate', 'template.dotm'],
    ['a frame from the network', 'frame', 'frame.html'],
    ['an object from the network', 'oleObject', 'object.bin'],
  ])('%s is not fetched', async (_, type, name) => {
    const drawing =
      '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic ' +
      'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">' +
      '<pic:blipFill><a:blip r:link="r1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>';
    const more = {
      'word/_rels/document.xml.rels': relsOf([type, `${site}/${name}`]),
      'word/settings.xml': wordPart('settings', ''),
      'word/_rels/settings.xml.rels': relsOf([type, `${site}/${name}`]),
    };
    expect(await textOf(docxOf(`<w:p>${run('Words.')}${drawing}</w:p>`, more))).toBe('Words.');
    expect(asked).toBe(0);
  });

  it.each([['file:///etc/passwd'], ['../../../../../../etc/passwd'], ['/etc/passwd']])(
    'a picture at %s is not read',
    async (target) => {
      const picture =
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:id="r1"/></v:shape></w:pict></w:r>';
      const more = { 'word/_rels/document.xml.rels': relsOf(['image', target]) };
      const text = await textOf(docxOf(`<w:p>${run('Words.')}${picture}</w:p>`, more));
      expect(text).not.toContain('root:');
      expect(['Words.', 'unreadable']).toContain(text);
    },
  );

  it('a document type with entities, of a file or of themselves, gives none of what they stand for', async () => {
    const parts = partsOf('');
    const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('');
    const xml =
      `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">${laughs}]>` +
      `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>${run('&f;&e9;')}</w:p></w:body></w:document>`;
    const began = performance.now();
    const text = await textOf(zipSync({ ...parts, 'word/document.xml': new TextEncoder().encode(xml) }));
    expect(text).not.toMatch(/root:|haha/u);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('macros and other strange parts are not looked at', async () => {
    const more = {
      'word/vbaProject.bin': new Uint8Array(1 << 20),
      'customXml/item1.xml': '<x/>',
      '../evil.xml': '<x/>',
    };
    expect(['Words.', 'no-docx']).toContain(await textOf(docxOf(`<w:p>${run('Words.')}</w:p>`, more)));
  });
});

describe('what would cost too much', () => {
  const words = `<w:p>${run('Words.')}</w:p>`;
  const huge = new Uint8Array(50 << 20);

  it.each([
    ['more than 5 MB', () => new Uint8Array((5 << 20) + 1), 'too-large'],
    ['nothing', () => new Uint8Array(0), 'no-docx'],
    ['a PDF', () => new TextEncoder().encode('%PDF-1.7'), 'no-docx'],
    ['an archive of something else', () => zipSync({ 'a.txt': new Uint8Array(3) }), 'no-docx'],
    ['half of a file', () => docxOf(words).subarray(0, 300), 'no-docx'],
    ['a part that inflates to 50 MB', () => docxOf(words, { 'word/styles.xml': huge }), 'too-much-in-it'],
    ['a text that inflates to 50 MB', () => zipSync({ ...partsOf(''), 'word/document.xml': huge }), 'too-much-in-it'],
    [
      'a thousand parts',
      () => docxOf(words, Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`word/p${at}.xml`, '<x/>']))),
      'too-much-in-it',
    ],
    ['no XML', () => zipSync({ ...partsOf(''), 'word/document.xml': new TextEncoder().encode('<w:p') }), 'unreadable'],
  ])('%s is refused', async (_, make, why) => {
    const began = performance.now();
    expect(await readDocx(make())).toEqual({ ok: false, why });
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('sizes that are not true are found while inflating', async () => {
    const bytes = zipSync({ ...partsOf(words), 'word/styles.xml': huge });
    // The size of every part, in its own head and in the list of all: one byte.
    for (let at = 0; at < bytes.length - 30; at++) {
      const kind = Buffer.from(bytes.buffer, bytes.byteOffset + at, 4).readUInt32LE(0);
      if (kind === 0x04_03_4b_50) Buffer.from(bytes.buffer, bytes.byteOffset + at + 22, 4).writeUInt32LE(1);
      if (kind === 0x02_01_4b_50) Buffer.from(bytes.buffer, bytes.byteOffset + at + 24, 4).writeUInt32LE(1);
    }
    expect(await readDocx(bytes)).toEqual({ ok: false, why: 'too-much-in-it' });
  });

  it('tables in tables in tables end in time, and take nobody with them', async () => {
    const deep = 3_000;
    const open = '<w:tbl><w:tr><w:tc><w:p/>'.repeat(deep);
    const close = '</w:tc></w:tr></w:tbl>'.repeat(deep);
    const began = performance.now();
    const read = await readDocx(docxOf(open + close));
    expect(performance.now() - began).toBeLessThan(12_000);
    expect(read.ok ? read.text.trim() : read.ok).toBe(read.ok ? '' : false);
    expect(await textOf(docxOf(words))).toBe('Words.');
  });
});
