// Word files of all kinds, read as the channels read them: in a Worker, with little memory and little time.

import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { MOST_WAITING, readDocx } from '../../../src/channels/media/read-docx.ts';
import { DECLARATION, docxOf, paragraph, partsOfDocx, picture, relation, utf8 } from './parts-of-docx.ts';

const STORY = 'Mi hermano salió a comprar pan.';
const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

async function textOf(bytes: Uint8Array): Promise<string> {
  const read = await readDocx(bytes);
  if (!read.ok) throw new Error(read.why);
  return read.text;
}

it('no harm B: so many files wait to be read, and one that comes then is asked for again', async () => {
  const reads = await Promise.all(Array.from({ length: MOST_WAITING + 5 }, () => readDocx(new Uint8Array(3))));
  const why = reads.map((read) => (read.ok ? '' : read.why));
  expect(why).toEqual([...Array<string>(MOST_WAITING + 2).fill('no-docx'), 'busy', 'busy', 'busy']);
  expect(await readDocx(new Uint8Array(3))).toEqual({ ok: false, why: 'no-docx' });
});

describe('the words of a file', () => {
  it('come as they stand: paragraphs, lines, tables, lists', async () => {
    const body =
      paragraph('Aïcha &amp; João &lt;3 “ñ” 你好 שלום') +
      '<w:p><w:r><w:t>first line</w:t><w:br/><w:t>second line</w:t></w:r></w:p>' +
      '<w:tbl><w:tr><w:tc>' +
      paragraph('March') +
      '</w:tc><w:tc>' +
      paragraph('the complaint') +
      '</w:tc></w:tr></w:tbl>';
    const text = await textOf(docxOf({ body }));
    expect(text.split('\n')[0]).toBe('Aïcha & João <3 “ñ” 你好 שלום');
    expect(text).toMatch(/first line\nsecond line/u);
    expect(text.indexOf('March')).toBeLessThan(text.indexOf('the complaint'));
    expect(text).not.toContain('Marchthe');
  });

  it('are those that stand after tracked changes: what was deleted is not read, what was put in is', async () => {
    const by = 'w:id="1" w:author="Invented Author" w:date="2024-01-01T00:00:00Z"';
    const body =
      `<w:p><w:r><w:t xml:space="preserve">They came </w:t></w:r>` +
      `<w:del ${by}><w:r><w:delText>with Officer Secret</w:delText></w:r></w:del>` +
      `<w:ins ${by}><w:r><w:t>at night</w:t></w:r></w:ins></w:p>`;
    const text = await textOf(docxOf({ body }));
    expect(text).toBe('They came at night');
  });

  it('stand once, where they were moved to', async () => {
    const by = 'w:id="1" w:author="Invented Author" w:date="2024-01-01T00:00:00Z"';
    const moved = '<w:r><w:t>He sang.</w:t></w:r>';
    const body =
      `<w:p><w:moveFromRangeStart w:id="3" w:name="m"/><w:moveFrom ${by}>${moved}</w:moveFrom><w:moveFromRangeEnd w:id="3"/></w:p>` +
      `<w:p><w:r><w:t xml:space="preserve">Every Sunday. </w:t></w:r>` +
      `<w:moveToRangeStart w:id="4" w:name="m"/><w:moveTo ${by}>${moved}</w:moveTo><w:moveToRangeEnd w:id="4"/></w:p>`;
    expect(await textOf(docxOf({ body }))).toBe('Every Sunday. He sang.');
  });

  it('fault 30: are without comments, and without who wrote them', async () => {
    const comments =
      `${DECLARATION}<w:comments ${WORD}><w:comment w:id="0" w:author="Invented Lawyer">` +
      `${paragraph('Do not say this in court')}</w:comment></w:comments>`;
    const body = `<w:p><w:r><w:t>${STORY}</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>`;
    const core = utf8('<cp:coreProperties><dc:creator>Invented Author</dc:creator></cp:coreProperties>');
    const text = await textOf(
      docxOf({
        body,
        relations: relation('c', 'comments', 'comments.xml'),
        more: { 'word/comments.xml': utf8(comments), 'docProps/core.xml': core },
      }),
    );
    expect(text).toBe(STORY);
  });

  it('are with their footnotes', async () => {
    const notes = `${DECLARATION}<w:footnotes ${WORD}><w:footnote w:id="2">${paragraph('The file was closed in May.')}</w:footnote></w:footnotes>`;
    const body = `<w:p><w:r><w:t>${STORY}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`;
    const text = await textOf(
      docxOf({
        body,
        relations: relation('f', 'footnotes', 'footnotes.xml'),
        more: { 'word/footnotes.xml': utf8(notes) },
      }),
    );
    expect(text).toContain(STORY);
    expect(text).toContain('The file was closed in May.');
  });

  it('are text also where they look like a page', async () => {
    const text = await textOf(docxOf({ body: paragraph('&lt;img src=x onerror=alert(1)&gt; &amp;amp; {{name}}') }));
    expect(text).toBe('<img src=x onerror=alert(1)> &amp; {{name}}');
  });

  it('are none where there are none: a scan', async () => {
    const png = new Uint8Array(64).fill(7);
    const scan = docxOf({
      body: picture('i1'),
      relations: relation('i1', 'image', 'media/scan.png'),
      more: { 'word/media/scan.png': png },
    });
    expect(await readDocx(scan)).toEqual({ ok: false, why: 'scan' });
  });
});

describe('fault 29: a file that wants to be followed', () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('canary from the network');
  });
  const folder = mkdtempSync(join(tmpdir(), 'griot-docx-'));
  const secret = join(folder, 'secret.txt');
  let origin = '';
  beforeAll(async () => {
    writeFileSync(secret, 'canary from the disk');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  const file = () => pathToFileURL(secret).href;
  test.each([
    [
      'a picture on the network',
      () => ({ body: picture('x', 'link'), relations: relation('x', 'image', `${origin}/a.png`, true) }),
    ],
    ['a picture on the disk', () => ({ body: picture('x', 'link'), relations: relation('x', 'image', file(), true) })],
    [
      'an embedded picture that climbs out',
      () => ({ body: picture('x'), relations: relation('x', 'image', `../../../..${secret}`) }),
    ],
    [
      'a template on the network',
      () => ({ body: '', relations: relation('x', 'attachedTemplate', `${origin}/t.dotm`, true) }),
    ],
    ['styles on the network', () => ({ body: '', relations: relation('x', 'styles', `${origin}/styles.xml`, true) })],
    [
      'a file inside it, by altChunk',
      () => ({ body: '<w:altChunk r:id="x"/>', relations: relation('x', 'aFChunk', `${origin}/c.html`, true) }),
    ],
    [
      'an entity on the disk',
      () => ({ before: `<!DOCTYPE d [<!ENTITY x SYSTEM "${file()}">]>`, body: paragraph('&x;') }),
    ],
    [
      'an entity on the network',
      () => ({ before: `<!DOCTYPE d [<!ENTITY x SYSTEM "${origin}/e">]>`, body: paragraph('&x;') }),
    ],
    ['a DTD on the network', () => ({ before: `<!DOCTYPE d SYSTEM "${origin}/d.dtd">`, body: '' })],
  ])('%s: nothing is fetched and no file is read', async (_, parts) => {
    const { body, ...rest } = parts();
    const read = await readDocx(docxOf({ ...rest, body: paragraph(STORY) + body }));
    // A file whose XML is refused is unreadable; all others give their own words.
    if (read.ok) expect(read.text).toContain(STORY);
    else expect(read.why).toBe('unreadable');
    expect(JSON.stringify(read)).not.toContain('canary');
    expect(asked).toEqual([]);
  });

  it('a macro is not looked at', async () => {
    const macro = { 'word/vbaProject.bin': new Uint8Array(2_000).fill(1), 'word/vbaData.xml': utf8('<a/>') };
    const docm = docxOf({
      body: paragraph(STORY),
      relations: relation('v', 'vbaProject', 'vbaProject.bin'),
      more: macro,
    });
    expect(await textOf(docm)).toBe(STORY);
  });
});

describe('fault 28: a file that wants to break something', () => {
  /** Of the whole process; the Worker has its own limit beside it. */
  const memoryOf = async (work: () => Promise<unknown>) => {
    const before = process.memoryUsage().rss;
    let most = before;
    const look = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    await work();
    clearInterval(look);
    return (Math.max(most, process.memoryUsage().rss) - before) / 2 ** 20;
  };

  const billion = `<!DOCTYPE d [<!ENTITY a "ha">${Array.from({ length: 12 }, (_, index) => {
    const [name, last] = [String.fromCharCode(98 + index), String.fromCharCode(97 + index)];
    return `<!ENTITY ${name} "${`&${last};`.repeat(10)}">`;
  }).join('')}]>`;
  const deep = `${'<w:sdt><w:sdtContent>'.repeat(20_000)}${paragraph('deep')}${'</w:sdtContent></w:sdt>'.repeat(20_000)}`;

  test.each([
    ['nothing', () => new Uint8Array(), 'no-docx'],
    ['a program', () => utf8('MZ this is no document'), 'no-docx'],
    ['a container of something else', () => ole('Workbook'), 'no-docx'],
    ['an old .doc', () => ole('WordDocument'), 'doc'],
    ['a file with a password', () => ole('EncryptedPackage'), 'locked'],
    ['an .odt', () => zipSync({ mimetype: utf8('application/vnd.oasis'), 'content.xml': utf8('<a/>') }), 'odt'],
    ['an .rtf', () => utf8(String.raw`{\rtf1\ansi Mi hermano}`), 'rtf'],
    ['a PDF', () => utf8('%PDF-1.7 '), 'pdf'],
    ['no words', () => docxOf({ body: '<w:p/>' }), 'empty'],
    ['an archive of something else', () => zipSync({ 'a.txt': utf8('a') }), 'no-docx'],
    ['half a file', () => docxOf({ body: paragraph(STORY) }).slice(0, 500), 'no-docx'],
    ['a sheet', () => zipSync({ 'xl/workbook.xml': utf8('<a/>') }), 'no-docx'],
    ['more than 5 MiB', () => new Uint8Array(5 * 2 ** 20 + 1), 'too-large'],
    [
      'a part of 50 MiB',
      () => zipSync({ ...partsOfDocx({ body: '' }), 'word/document.xml': new Uint8Array(50 << 20) }),
      'too-much-in-it',
    ],
    [
      'many parts that are too much together',
      () => {
        const filler = new Uint8Array(2 ** 20).fill(32);
        const more = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`word/p${index}.xml`, filler]));
        return docxOf({ body: paragraph(STORY), more });
      },
      'too-much-in-it',
    ],
    [
      'more than 500 entries',
      () => {
        const more = Object.fromEntries(
          Array.from({ length: 600 }, (_, index) => [`word/media/${index}.png`, utf8('x')]),
        );
        return docxOf({ body: paragraph(STORY), more });
      },
      'too-much-in-it',
    ],
    [
      'a size that is not true',
      () => lyingAboutSizes(docxOf({ body: paragraph('a'.repeat(3 * 2 ** 20)) })),
      'too-much-in-it',
    ],
    ['XML that ends in the middle', () => docxOf({ body: '<w:p><w:r><w:t>Mi her' }), 'unreadable'],
    [
      'the document as a picture',
      () => zipSync({ ...partsOfDocx({ body: '' }), 'word/document.xml': utf8('\u0089PNG') }),
      'unreadable',
    ],
  ])('%s is refused, and said plainly', async (_, bytes, why) => {
    expect(await readDocx(bytes())).toEqual({ ok: false, why });
  });

  test.each([
    ['entities in entities', () => docxOf({ before: billion, body: paragraph('&m;') })],
    ['20,000 levels', () => docxOf({ body: deep })],
    ['100,000 paragraphs', () => docxOf({ body: '<w:p/>'.repeat(100_000) + paragraph(STORY) })],
    ['2 MiB of table', () => docxOf({ body: `<w:tbl>${'<w:tr><w:tc><w:p/></w:tc></w:tr>'.repeat(50_000)}</w:tbl>` })],
    ['a million combining marks', () => docxOf({ body: paragraph(`a${'\u0301'.repeat(900_000)}`) })],
  ])('%s ends, by itself or at the limit of its Worker, and in little memory', async (_, bytes) => {
    const file = bytes();
    let read: unknown;
    const grown = await memoryOf(async () => (read = await readDocx(file)));
    expect(read).toMatchObject({ ok: expect.any(Boolean) as boolean });
    expect(grown).toBeLessThan(600);
  });

  test.each(['../evil.xml', '/etc/evil.xml', 'word\\..\\..\\evil.xml', 'C:/evil.xml'])(
    'a part by the name %s is written nowhere',
    async (name) => {
      const read = await readDocx(docxOf({ body: paragraph(STORY), more: { [name]: utf8('evil') } }));
      expect(JSON.stringify(read)).not.toContain('evil');
    },
  );

  it('a link in the archive is followed nowhere', async () => {
    const target = utf8('/etc/hostname');
    // The upper half of the attributes is the mode on Unix: a symbolic link.
    const linked = zipSync({
      ...partsOfDocx({ body: picture('x') + paragraph(STORY), relations: relation('x', 'image', 'media/link.png') }),
      'word/media/link.png': [target, { os: 3, attrs: 0o120777 << 16 }],
    });
    expect(await textOf(linked)).toBe(STORY);
  });

  it('ten at once are all answered, in the memory of two, and the next one is read as ever', async () => {
    const bomb = docxOf({ before: billion, body: paragraph('&m;') + deep });
    let answers: unknown[] = [];
    const grown = await memoryOf(async () => {
      answers = await Promise.all(Array.from({ length: 10 }, () => readDocx(bomb)));
    });
    expect(answers).toHaveLength(10);
    expect(grown).toBeLessThan(450);
    expect(await textOf(docxOf({ body: paragraph(STORY) }))).toBe(STORY);
  });
});

/** A container of Office before 2007, with a part of this name. */
function ole(name: string): Uint8Array {
  return Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), new Uint8Array(600), Buffer.from(name, 'utf16le')]);
}

/** Says in both places of the archive that every part holds ten bytes. */
function lyingAboutSizes(bytes: Uint8Array): Uint8Array {
  const lying = Buffer.from(bytes);
  for (let at = 0; at < lying.length - 4; at++) {
    const mark = lying.readUInt32LE(at);
    if (mark === 0x04034b50) lying.writeUInt32LE(10, at + 22);
    if (mark === 0x02014b50) lying.writeUInt32LE(10, at + 24);
  }
  return lying;
}
