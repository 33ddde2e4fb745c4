// What stands in a Word file comes as it was written: by paragraphs, with the numbers of lists, the cells of tables, the
// addresses of links, the results of fields and the footnotes. What was taken out stays out, and is told.

import {
  Document,
  ExternalHyperlink,
  FootnoteReferenceRun,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import { describe, expect, it, test } from 'vitest';
import { type DocxText, fileEvent, readDocx } from '../../../src/channels/media/read-docx.ts';
import { unusableByName } from '../../../src/channels/media/other-file.ts';
import { DECLARATION, docxOf, type DocxParts, paragraph, picture, relation, utf8 } from './parts-of-docx.ts';

type Read = DocxText & { readonly ok: true };

async function read(parts: DocxParts | Uint8Array): Promise<Read> {
  const found = await readDocx(parts instanceof Uint8Array ? parts : docxOf(parts));
  if (!found.ok) throw new Error(found.why);
  return found;
}

const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const run = (text: string, look = '') =>
  `<w:r>${look === '' ? '' : `<w:rPr>${look}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const BY = 'w:id="1" w:author="Invented Author" w:date="2024-01-01T00:00:00Z"';

describe('an interview from a word processor', () => {
  const item = (text: string, level = 0) => new Paragraph({ text, numbering: { reference: 'questions', level } });
  const cell = (...texts: string[]) => new TableCell({ children: texts.map((text) => new Paragraph(text)) });
  const interview = async () => {
    const document = new Document({
      numbering: {
        config: [
          {
            reference: 'questions',
            levels: [
              { level: 0, format: LevelFormat.DECIMAL, text: '%1.' },
              { level: 1, format: LevelFormat.LOWER_LETTER, text: '%1.%2)' },
            ],
          },
        ],
      },
      footnotes: { 1: { children: [new Paragraph('The file was closed in May.')] } },
      sections: [
        {
          children: [
            new Paragraph('Interview with Amina'),
            new Paragraph(''),
            item('Who came?'),
            new Paragraph({
              children: [new TextRun('Four men'), new FootnoteReferenceRun(1), new TextRun(' in plain clothes.')],
            }),
            item('When?'),
            item('At night or by day?', 1),
            item('Before or after the call?', 1),
            item('Who saw it?'),
            new Table({
              rows: [
                new TableRow({ children: [cell('Date'), cell('What happened')] }),
                new TableRow({ children: [cell('3 March'), cell('The complaint.', 'Nobody wrote it down.')] }),
              ],
            }),
            new Paragraph({
              children: [
                new TextRun('The newspaper wrote about it: '),
                new ExternalHyperlink({
                  link: 'https://news.example/a?b=1',
                  children: [new TextRun('the '), new TextRun({ text: 'article', color: 'FF0000' })],
                }),
                new TextRun(', and '),
                new ExternalHyperlink({ link: 'https://radio.example/', children: [new TextRun('radio.example')] }),
                new TextRun('.'),
              ],
            }),
          ],
        },
      ],
    });
    return new Uint8Array(await Packer.toBuffer(document));
  };

  it('keeps its paragraphs, numbers, cells, links and footnotes', async () => {
    const { text, left, footnotes } = await read(await interview());
    expect(text.split('\n\n')).toEqual([
      'Interview with Amina',
      '1. Who came?',
      'Four men[1] in plain clothes.\n[1] The file was closed in May.',
      '2. When?',
      '2.a) At night or by day?',
      '2.b) Before or after the call?',
      '3. Who saw it?',
      'Date\nWhat happened',
      '3 March\nThe complaint.\nNobody wrote it down.',
      'The newspaper wrote about it: the article (https://news.example/a?b=1), and radio.example.',
    ]);
    expect([left, footnotes]).toEqual([[], true]);
  });

  it('is one line for each paragraph where the page of a call is read, with bullets and without addresses', async () => {
    const found = await readDocx(await interview(), { forCall: true });
    expect(found.ok && found.text).toContain('\n• When?\n• At night or by day?');
    expect(found.ok && found.text).toContain('about it: the article, and');
  });
});

it('lists count as Word counts: letters, Roman numbers, a new beginning, bullets without a number', async () => {
  const level = (at: number, format: string, text: string, start = 1) =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
  const kind = (id: number, ...levels: string[]) =>
    `<w:abstractNum w:abstractNumId="${id}">${levels.join('')}</w:abstractNum>`;
  const numbering =
    `${DECLARATION}<w:numbering ${WORD}>` +
    kind(0, level(0, 'upperRoman', '%1.', 4), level(1, 'lowerLetter', '(%2)'), level(2, 'decimal', '%1-%3')) +
    kind(1, level(0, 'bullet', '')) +
    `<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>` +
    `<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>` +
    `</w:numbering>`;
  const item = (text: string, list: number, at = 0) =>
    `<w:p><w:pPr><w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${list}"/></w:numPr></w:pPr>${run(text)}</w:p>`;
  const body =
    item('a', 1) +
    item('b', 1, 1) +
    item('c', 1, 1) +
    item('d', 1, 2) +
    item('e', 1) +
    item('f', 1, 1) +
    paragraph('between') +
    item('g', 2) +
    item('h', 3) +
    item('i', 3) +
    item('j', 0);
  const { text } = await read({
    body,
    relations: relation('n', 'numbering', 'numbering.xml'),
    more: { 'word/numbering.xml': utf8(numbering) },
  });
  expect(text.split('\n\n')).toEqual([
    ...['IV. a', '(a) b', '(b) c', 'IV-1 d', 'V. e', '(a) f', 'between', 'g', 'IX. h', 'X. i', 'j'],
  ]);
});

describe('words that stand in something', () => {
  test.each([
    ['the result of a simple field', `<w:fldSimple w:instr="DATE">${run('3 March')}</w:fldSimple>`, '3 March'],
    [
      'the result of a field',
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>` +
        `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('page 3')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
      'page 3',
    ],
    [
      'a link that is a field',
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://a.example/b" </w:instrText></w:r>` +
        `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('the ')}${run('law')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
      'the law (https://a.example/b)',
    ],
    ['another direction', `<w:bdo w:val="rtl">${run('محمد')}</w:bdo>`, 'محمد'],
    [
      'a reading beside a sign',
      `<w:r><w:ruby><w:rt>${run('de')}</w:rt><w:rubyBase>${run('的')}</w:rubyBase></w:ruby></w:r>`,
      '的',
    ],
    ['a line that ends', '<w:r><w:t>one</w:t><w:cr/><w:t>two</w:t></w:r>', 'one\ntwo'],
  ])('%s', async (_, inside, text) => {
    expect(await read({ body: `<w:p>${inside}</w:p>` })).toEqual({ ok: true, text, left: [], footnotes: false });
  });

  it('a place in the file and a program are no addresses; a mail address is one', async () => {
    const link = (id: string, text: string) => `<w:hyperlink r:id="${id}">${run(text)}</w:hyperlink>`;
    const { text } = await read({
      body: `<w:p>${link('m', 'write to us')} ${link('j', ' here')}<w:hyperlink w:anchor="x">${run(' above')}</w:hyperlink></w:p>`,
      relations:
        relation('m', 'hyperlink', 'mailto:us@a.example?subject=x', true) +
        relation('j', 'hyperlink', 'javascript:alert(1)', true),
    });
    expect(text).toBe('write to us (us@a.example) here above');
  });
});

describe('words that were taken out', () => {
  const whole = (inside: string) => `${paragraph('First.')}<w:p>${run('They came ')}${inside}${run('at night.')}</w:p>`;

  test.each([
    ['deleted', `<w:del ${BY}><w:r><w:delText>with Secret </w:delText></w:r></w:del>`],
    ['struck', run('with Secret ', '<w:strike/>')],
    ['struck', run('with Secret ', '<w:dstrike w:val="true"/>')],
    ['hidden', run('with Secret ', '<w:vanish/>')],
    ['hidden', `<w:ins ${BY}>${run('with Secret ', '<w:vanish/>')}</w:ins>`],
  ])('are %s, are not read, and that is told with the paragraph', async (what, inside) => {
    const found = await read({ body: whole(inside) });
    expect([found.text, found.left]).toEqual(['First.\n\nThey came at night.', [{ what, at: [2] }]]);
  });

  it('are those that stand so by a style, and not those that a style hides and they show', async () => {
    const styles =
      `${DECLARATION}<w:styles ${WORD}><w:style w:type="character" w:styleId="Out"><w:rPr><w:strike/></w:rPr></w:style>` +
      `<w:style w:type="character" w:styleId="Too"><w:basedOn w:val="Out"/></w:style></w:styles>`;
    const inside =
      run('with Secret ', '<w:rStyle w:val="Too"/>') + run('again ', '<w:rStyle w:val="Too"/><w:strike w:val="0"/>');
    const found = await read({
      body: whole(inside),
      relations: relation('s', 'styles', 'styles.xml'),
      more: { 'word/styles.xml': utf8(styles) },
    });
    expect([found.text, found.left]).toEqual(['First.\n\nThey came again at night.', [{ what: 'struck', at: [2] }]]);
  });

  it('stand as they are now where only their look changed', async () => {
    const changed = `<w:r><w:rPr><w:b/><w:rPrChange ${BY}><w:rPr><w:strike/></w:rPr></w:rPrChange></w:rPr><w:t>still </w:t></w:r>`;
    const found = await read({ body: whole(changed) });
    expect([found.text, found.left]).toEqual(['First.\n\nThey came still at night.', []]);
  });

  it('are told also if all of their paragraph is gone', async () => {
    const body = `${paragraph('First.')}<w:p>${run('Secret.', '<w:strike/>')}</w:p>${paragraph('Last.')}`;
    const found = await read({ body });
    expect([found.text, found.left]).toEqual(['First.\n\nLast.', [{ what: 'struck', at: [1] }]]);
  });
});

describe('what cannot be text is told with its paragraph', () => {
  const MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"';
  const MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';
  const box = (inside: string) =>
    `<w:p><w:r><mc:AlternateContent ${MC}><mc:Choice Requires="wps"><w:drawing><w:txbxContent>${paragraph('In a box.')}</w:txbxContent></w:drawing></mc:Choice>${inside}</mc:AlternateContent></w:r></w:p>`;

  test.each([
    ['picture', picture('i1'), 'First.'],
    ['formula', `<w:p><m:oMath ${MATH}><m:r><m:t>x</m:t></m:r></m:oMath></w:p>`, 'First.'],
    ['sign', '<w:p><w:r><w:t>a</w:t><w:sym w:font="Unknown" w:char="F0FF"/></w:r></w:p>', 'First.\n\na'],
    ['inserted', '<w:altChunk r:id="x"/>', 'First.'],
    ['box', box(''), 'First.'],
    ['other', '<w:p><w:unheardOf/></w:p>', 'First.'],
  ])('%s', async (what, inside, text) => {
    const found = await read({
      body: paragraph('First.') + inside,
      relations: relation('i1', 'image', 'media/a.png'),
    });
    expect(found.text).toBe(text);
    expect(found.left).toEqual([{ what, at: { inserted: [], sign: [2] }[what] ?? [1] }]);
  });

  it('a box of words that is there in the older form too is read', async () => {
    const older = `<mc:Fallback><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>${paragraph('In a box.')}</w:txbxContent></v:textbox></w:pict></mc:Fallback>`;
    const found = await read({ body: paragraph('First.') + box(older) });
    expect([found.text, found.left]).toEqual(['First.\n\nIn a box.', []]);
  });

  it('comments, headers and footers, but no page number', async () => {
    const part = (name: string, text: string) =>
      [`word/${name}.xml`, utf8(`${DECLARATION}<w:a ${WORD}>${paragraph(text)}</w:a>`)] as const;
    const more = Object.fromEntries([part('comments', 'Do not say this in court'), part('footer1', 'Page 3')]);
    expect((await read({ body: paragraph('First.'), more })).left).toEqual([{ what: 'comments', at: [] }]);
    const headed = Object.fromEntries([part('header1', 'Confidential draft')]);
    expect((await read({ body: paragraph('First.'), more: headed })).left).toEqual([{ what: 'margins', at: [] }]);
  });
});

it('a conversation hears what a file that cannot be read is', () => {
  const unread = (why: (DocxText & { readonly ok: false })['why']) => fileEvent({ ok: false, why });
  expect([unread('doc'), unread('locked'), unread('scan'), unread('unreadable')]).toEqual(
    ['file-doc', 'file-locked', 'file-scan', 'file'].map((what) => ({ kind: 'unusable', what })),
  );
  expect(['a.DOC', 'b.odt', 'c.rtf', 'd.pdf', 'e.pages'].map((name) => unusableByName(name))).toEqual([
    ...['file-doc', 'file-odt', 'file-rtf', 'file-pdf', 'file'],
  ]);
  expect(unusableByName('', 'application/msword')).toBe('file-doc');
});
