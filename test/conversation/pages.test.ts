// A limit of pages is that of the built file; what a call prescribes about the text's looks is in Word and in the PDF.

import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { wordLimitOf } from '../../src/calls/call.ts';
import { looksAt } from '../../src/calls/looks.ts';
import { toldIn } from '../../src/dialog/engine/limit.ts';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { docxParagraphs } from '../submission/read-back.ts';
import { atQuestions, filesOf, goTo, servedFixture, word } from '../support/forms.ts';
import { type Player, texts } from '../support/player.ts';

/** Two pages at most, in the shape of a call that once said five. */
const pages = servedFixture('ohchr-2016-women', {
  limit: { words: 'not-stated', pages: 2, counts: 'not-stated' },
  languages: ['en', 'fr', 'es', 'pt'],
});

const SENTENCE = 'Nobody came to our door, and nobody called. ';

async function told(player: Player, times: number): Promise<void> {
  for (let left = times; left > 0; left -= 20) await player.says(SENTENCE.repeat(Math.min(left, 20)));
}

/** Pages in the file itself. */
function pagesIn(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b(?!s)/gu)?.length ?? 0
  );
}

describe('a limit of pages', () => {
  it.each(WHOLE_LANGUAGES)(
    'is told as "about" while telling, and from the built file before sending, in %s',
    async (language) => {
      const player = await atQuestions(pages, { language, upTo: 'topic' });
      await told(player, 100);
      const say = (key: string, params: object) =>
        texts.translate(language, { key, params: { ...params } }, pages.hash);
      expect(player.read(await player.says('Samuel 2019.'))).toContain(say('saved.pages', { pages: 2, limit: 2 }));
      expect(player.read(await player.says(word(player, 'words')))).toMatch(ABOUT[language]);
      const read = await goTo(player, 'read-back');
      const { pdf, document } = await filesOf(player);
      expect(Math.ceil(document.pages ?? 0)).toBe(pagesIn(pdf));
      const length = say('read-back.ask-pages', {
        pages: pagesIn(pdf),
        limit: 2,
        told: toldIn(document),
        recipient: '§',
      });
      expect(read).toContain(length.split('\n')[1]?.split('§')[0] ?? 'nothing');
    },
  );

  const ABOUT: Readonly<Record<WholeLanguage, RegExp>> = {
    en: /about 2 of 2 pages/u,
    fr: /environ 2 pages sur 2/u,
    es: /unas 2 de 2 páginas/u,
    pt: /cerca de 2 de 2 páginas/u,
  };

  it('lets nothing over it pass, however few words it has, and a cut is measured again', async () => {
    const player = await atQuestions(pages, { upTo: 'topic' });
    // One word a line: few words, many pages.
    await player.says('No\n'.repeat(120));
    await told(player, 1);
    const read = await goTo(player, 'over-limit');
    expect(player.session.built).toBeNull();
    expect(read).toContain('Pages: 3; allowed: 2.');
    expect(read).toMatch(/About \d+ words must go\./u);
    await player.says('1');
    await player.says('ERASE');
    expect(player.session.at.prompt).toBe('read-back');
    const { pdf } = await filesOf(player);
    expect(pagesIn(pdf)).toBe(1);
  });

  it('of words and pages both hold', async () => {
    const both = servedFixture('ohchr-2016-women', {
      limit: { words: 40, pages: 2, counts: 'not-stated' },
      languages: ['en'],
    });
    const player = await atQuestions(both, { upTo: 'topic' });
    await told(player, 10);
    expect(await goTo(player, 'over-limit')).toContain('40 are allowed');
  });

  it('is measured although a PDF cannot show a letter', async () => {
    const player = await atQuestions(pages, { upTo: 'topic' });
    await player.says(`Ela dizia: \u{13080}. ${SENTENCE.repeat(80)}`);
    const { document } = await filesOf(player);
    expect(document.files).toEqual(['docx']);
    expect(document.pages).toBeGreaterThan(1);
  });

  it('the estimate follows a prescribed size, and a file may say its own', () => {
    const { limit, layout } = pages.call;
    expect(wordLimitOf(pages.call)).toBe(1000);
    expect(wordLimitOf({ ...pages.call, layout: { ...layout, 'font-size': 12 } })).toBe(840);
    expect(wordLimitOf({ ...pages.call, limit: { ...limit, 'assume-words-per-page': 300 } })).toBe(600);
  });
});

test('where only the main text counts, the frame does not', async () => {
  const nested = servedFixture('invented-nested');
  const player = await atQuestions(nested);
  for (const text of ['2', 'An apology.', 'next']) await player.says(text);
  // "They never came to our door." and "An apology."
  expect(await goTo(player, 'read-back')).toContain('8 words of your own, 10000 allowed.');
  const whole = servedFixture('invented-nested', { limit: { words: 10000, pages: 'none', counts: 'whole-file' } });
  const other = await atQuestions(whole);
  for (const text of ['2', 'An apology.', 'next']) await other.says(text);
  expect(await goTo(other, 'read-back')).toMatch(/[4-9]\d with headings, 10000 allowed\./u);
});

describe('the looks that a call prescribes', () => {
  const { layout } = servedFixture('invented-nested').call;
  const files = async (change: Partial<typeof layout>) => {
    const player = await atQuestions(servedFixture('invented-nested', { layout: { ...layout, ...change } }));
    for (const text of ['2', 'An apology.', 'And the truth: https://example.org/a', 'next']) await player.says(text);
    return filesOf(player);
  };
  const styles = (docx: Uint8Array) => strFromU8(unzipSync(docx)['word/styles.xml'] ?? new Uint8Array());
  const raw = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1');

  it('the font and its size', async () => {
    const { docx, pdf } = await files({ font: 'Times New Roman', 'font-size': 12 });
    expect(styles(docx)).toMatch(/w:ascii="Times New Roman"/u);
    expect(styles(docx)).toMatch(/<w:docDefaults>.*<w:sz w:val="24"\/>/su);
    expect(raw(pdf)).toMatch(/DejaVuSerifCondensed/u);
    expect(raw(pdf)).not.toMatch(/DejaVuSansCondensed/u);
  });

  it('a font without serifs is one of ours without serifs in the PDF', async () => {
    const { docx, pdf } = await files({ font: 'Arial' });
    expect(styles(docx)).toMatch(/w:ascii="Arial"/u);
    expect(raw(pdf)).toMatch(/DejaVuSansCondensed/u);
  });

  it('an operator is told which font a PDF cannot have', () => {
    const { call } = servedFixture('invented-nested', { layout: { ...layout, font: 'Arial' } });
    expect(looksAt(call, {}, []).filter((look) => look.includes('Arial'))).toHaveLength(1);
    expect(looksAt({ ...call, layout }, {}, []).filter((look) => look.includes('font'))).toEqual([]);
  });

  it('numbered paragraphs, the same in both files, with links where they were', async () => {
    const { docx } = await files({ 'numbered-paragraphs': 'yes' });
    const lines = (await docxParagraphs(docx)).map(({ text }) => text);
    expect(lines.filter((line) => /^\d+\. [A-Z]/u.test(line))).toEqual([
      '1. They never came to our door.',
      '2. An apology.',
      '3. And the truth: https://example.org/a',
    ]);
    const document = strFromU8(unzipSync(docx)['word/document.xml'] ?? new Uint8Array());
    expect(document).toMatch(/<w:hyperlink[^>]*>.{0,400}https:\/\/example\.org\/a</su);
  });

  it('none, and the files are as ever', async () => {
    const { docx, pdf } = await files({});
    expect(styles(docx)).toMatch(/w:ascii="Cambria"/u);
    expect(raw(pdf)).toMatch(/DejaVuSerifCondensed/u);
  });
});
