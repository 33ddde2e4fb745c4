// Comments, material, a table and an open letter: from the chat to Word and PDF.

import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { describe, expect, it, test } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { docxParagraphs, isInstalled, pdfText } from '../submission/read-back.ts';
import { atQuestions, filesOf, freeFixture, goTo, servedFixture, word } from '../support/forms.ts';
import { type Player, texts } from '../support/player.ts';

async function linesOf(docx: Uint8Array): Promise<readonly string[]> {
  return (await docxParagraphs(docx)).map(({ tag, text }) => `${tag} ${text}`);
}

const next = async (player: Player) => player.read(await player.says(word(player, 'next')));

describe('a table', () => {
  const table = freeFixture('invented-table');

  it.each(WHOLE_LANGUAGES)('is asked row by row and field by field, in %s', async (language) => {
    const player = await atQuestions(table, { language, role: '3' });
    const say = (key: string, params = {}) => texts.translate(language, { key, params }, table.hash);
    const field = (row: string, question: string) => say('topics.cell', { row, question }).split('\n').slice(0, 2);
    expect(
      player
        .read(await player.says('1'))
        .split('\n')
        .slice(0, 2),
    ).toEqual(field('year 2023', 'complaints made'));
    await player.says('23');
    expect((await next(player)).split('\n').slice(0, 2)).toEqual(field('year 2023', 'complaints upheld'));
    await player.says('2 https://example.org/figures');
    expect((await next(player)).split('\n').slice(0, 2)).toEqual(field('year 2024', 'complaints made'));
    await player.says(word(player, 'skip-all'));
    expect(player.session.at.prompt).toBe('topics');
  });

  async function filled(): Promise<Player> {
    const player = await atQuestions(table, { role: '3' });
    for (const text of ['1', '23', 'next', '2, see https://example.org/figures', 'next', 'skip', '31', 'next'])
      await player.says(text);
    expect(player.session.at.prompt).toBe('topics');
    return player;
  }

  it('is a table in Word, with its headings and its empty fields', async () => {
    const { docx } = await filesOf(await filled());
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(docx) });
    const rows = [...value.matchAll(/<tr>(.*?)<\/tr>/gsu)].map(([, row = '']) =>
      [...row.matchAll(/<t[dh]>(.*?)<\/t[dh]>/gsu)].map(([, cell = '']) => cell.replace(/<[^>]*>/gu, '')),
    );
    expect(rows).toEqual([
      ['', 'complaints made', 'complaints upheld'],
      ['year 2023', '23', '2, see https://example.org/figures'],
      ['year 2024', '', '31'],
    ]);
    expect(value).toContain('<a href="https://example.org/figures">');
    expect(strFromU8(unzipSync(docx)['word/document.xml'] ?? new Uint8Array())).toContain('<w:tblHeader/>');
  });

  it('is a tagged table in the PDF', async () => {
    const { pdf } = await filesOf(await filled());
    const raw = Buffer.from(pdf).toString('latin1');
    expect([...raw.matchAll(/\/S \/(Table|TR|TH|TD)\b/gu)].map(([, tag]) => tag).sort()).toEqual(
      ['Table', 'TD', 'TD', 'TD', 'TD', 'TD', 'TH', 'TH', 'TH', 'TH', 'TR', 'TR', 'TR'].sort(),
    );
    expect(raw).toMatch(/\/Scope \/Column/u);
    expect(raw).toMatch(/\/Scope \/Row/u);
    if (!isInstalled('pdftotext', '-v')) return;
    expect(pdfText(pdf, 'written').replace(/\s+/gu, ' ')).toContain(
      'complaints made complaints upheld year 2023 23 2, see https://example.org/ figures year 2024 31',
    );
  });

  it('holds every word of a field that no page can hold', async () => {
    const player = await atQuestions(table, { role: '3' });
    const long = Array.from({ length: 900 }, (_, n) => `word${n}`).join(' ');
    for (const text of ['1', long, 'next', 'A second field.', 'next']) await player.says(text);
    const { pdf, docx } = await filesOf(player);
    expect((await linesOf(docx)).join('\n')).toContain(long);
    if (!isInstalled('pdftotext', '-v')) return;
    const read = pdfText(pdf);
    for (const one of ['word0 ', 'word450', 'word899', 'A second field.']) expect(read).toContain(one);
  });

  it('names each field by its row as well', async () => {
    const list = (await filled()).says('review');
    const read = (await filled()).read(await list);
    expect(read).toContain('year 2023: complaints made: 1 word');
    expect(read).toContain('year 2024: complaints upheld: 1 word');
  });

  it('goes on to the empty fields of a row under review, and back', async () => {
    const player = await atQuestions(table, { role: '3' });
    const list = player.read(await player.says('review'));
    const number = /(\d+)\D+Tell something more/u.exec(list)?.[1] ?? '';
    const rows = player.read(await player.says(number));
    const row = /(\d+)\D+year 2024/u.exec(rows)?.[1] ?? '';
    expect(player.read(await player.says(row))).toContain('year 2024: complaints made');
    await player.says('8');
    expect(await next(player)).toContain('year 2024: complaints upheld');
    await next(player);
    expect(player.session.at.prompt).toBe('review');
  });
});

describe('comments on a draft', () => {
  const { response } = servedFixture('pfpad-2022-declaration').call;
  if (response.kind !== 'comments') throw new Error('another fixture');
  const call = servedFixture('pfpad-2022-declaration', {
    response: {
      ...response,
      draft: { title: 'Draft declaration', url: 'https://example.org/draft' },
      paragraphs: ['12', 'preamble'],
    },
  });

  it.each(WHOLE_LANGUAGES)('show the draft with its address before the list, in %s', async (language) => {
    const player = await atQuestions(call, { language });
    const shown = player.read(await player.says(word(player, 'back')));
    expect(shown).not.toContain('https://example.org/draft');
    expect(await goTo(player, 'topics')).toMatch(/Draft declaration.*\nhttps:\/\/example\.org\/draft/u);
  });

  it('stand under the number of their paragraph, below the draft’s title', async () => {
    const player = await atQuestions(call);
    for (const text of ['2', 'Say who pays for it.', 'next', '1', 'Delete the word “may”.', 'next'])
      await player.says(text);
    const { docx, pdf } = await filesOf(player);
    const lines = await linesOf(docx);
    expect(lines).toContain('p Comments on: Draft declaration https://example.org/draft');
    expect(lines.slice(lines.indexOf('h1 Comments on the draft') + 1)).toEqual([
      'h2 12',
      'p Delete the word “may”.',
      'h2 preamble',
      'p Say who pays for it.',
    ]);
    if (isInstalled('pdftotext', '-v')) expect(pdfText(pdf)).toContain('https://example.org/draft');
  });

  it('on the draft as a whole are asked without a list, and lead on', async () => {
    const whole = servedFixture('achpr-2019-rules');
    const player = await atQuestions(whole, { upTo: 'topic' });
    expect(player.session.at).toEqual({ prompt: 'topic', of: 'contribution' });
    await player.says('Rule 4 forgets families.');
    await next(player);
    expect(player.session.at.prompt).toBe('asks-government');
    await player.says('back');
    expect(player.session.at.prompt).toBe('topic');
    await player.says('back');
    expect(player.session.at.prompt).toBe('own-word');
  });
});

test('material is asked by its own words, and heads its answers', async () => {
  const player = await atQuestions(servedFixture('iachr-2024-slapps'));
  expect(player.read(await player.says('repeat'))).toContain('ask for these things.');
  expect(player.read(await player.says('1'))).not.toContain('one by one');
  await player.says('A judge ordered silence.');
  const { docx } = await filesOf(player);
  const lines = await linesOf(docx);
  expect(lines.slice(lines.indexOf('h1 On what was asked for') + 1)).toEqual([
    'h2 answers',
    'p A judge ordered silence.',
  ]);
});

test('an open letter is one chapter after the story, without a list', async () => {
  const player = await atQuestions(servedFixture('ohchr-2020-res43-1'), { upTo: 'topic' });
  await player.says('We ask that you come.');
  await next(player);
  expect(player.session.at.prompt).toBe('asks-government');
  const { docx } = await filesOf(player);
  expect((await linesOf(docx)).slice(-4)).toEqual([
    'h1 What we lived through',
    'p They never came to our door.',
    'h1 contribution',
    'p We ask that you come.',
  ]);
});
