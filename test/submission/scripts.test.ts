import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES as LANGUAGES, type WholeLanguage as Language } from '../../src/languages.ts';
import { directionOf } from '../../src/submission/direction.ts';
import type { DocumentModel } from '../../src/submission/document-model.ts';
import { writeDocx } from '../../src/submission/docx/docx.ts';
import { sha256 } from '../../src/submission/manifest.ts';
import { pagesOf, writePdf } from '../../src/submission/pdf/pdf.ts';
import { chromeText, docxParagraphs, isInstalled, pdfText } from './read-back.ts';
import { modelIn } from './samples.ts';
import { PARAGRAPHS, SIGNS } from './scripts.ts';

const poppler = isInstalled('pdftotext', '-v');
const skipped = poppler ? '' : ' (pdftotext is not installed)';

const SENTENCE: Readonly<Record<Language, (name: string) => string>> = {
  en: (name) => `My brother was called ${name} and he never came home.`,
  fr: (name) => `Mon frère s’appelait ${name} et il n’est jamais rentré.`,
  es: (name) => `Mi hermano se llamaba ${name} y nunca volvió a casa.`,
  pt: (name) => `Meu irmão se chamava ${name} e nunca voltou para casa.`,
};

const told = (language: Language, paragraphs: readonly string[]): DocumentModel =>
  modelIn(language, { sections: [{ slot: 'story', paragraphs: [...paragraphs] }] });

async function pdfOf(model: DocumentModel): Promise<Uint8Array> {
  const pdf = await writePdf(model);
  if (!(pdf instanceof Uint8Array)) throw new Error(`${pdf.why}: ${pdf.characters.join(' ')}`);
  return pdf;
}

/** The marks that pdftotext itself puts around words from right to left. */
const AROUND = /[\u202A-\u202E\u2066-\u2069]/g;

/** In the order of the file, which is that of a screen reader. */
async function written(model: DocumentModel): Promise<string> {
  return pdfText(await pdfOf(model), 'written')
    .replace(AROUND, '')
    .replace(/\s+/g, ' ');
}

/** Words from right to left are each shown at their own place: the spaces between them are seen, and not written. */
const letters = (text: string): string => text.replace(/\s+/g, '');

const isRightToLeft = (text: string): boolean => directionOf(text) === 'rtl';
/**
 * Where the reader, and not the file, does not know the direction: old poppler takes these scripts for left to right;
 * Chrome does not turn a word with points around inside a line from left to right.
 */
const NOT_READ = {
  poppler: /[\p{sc=Thaana}\p{sc=Nko}]/u,
  chrome: /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Thaana}].*\p{Mn}/u,
};

/** A reader may see a mark over a letter before the letter. */
const unmarked = (text: string): string => letters(text).replace(/\p{M}/gu, '');

const signs = Object.entries(SIGNS).flatMap(([writing, all]) => all.map((sign) => [writing, sign] as const));

describe('names and signs of every living script', () => {
  it('are seventy-three and more', () => {
    expect(new Set(signs.map(([, sign]) => sign)).size).toBeGreaterThanOrEqual(73);
  });

  it.skipIf(!poppler).each(LANGUAGES)(`stand in the PDF as they were written (%s)${skipped}`, async (language) => {
    const all = signs.map(([, sign]) => sign).filter((sign) => !NOT_READ.poppler.test(sign));
    const read = await written(told(language, all.map(SENTENCE[language])));
    expect(all.filter((sign) => !read.includes(SENTENCE[language](sign)))).toEqual([]);
  });

  it.each(LANGUAGES)('are found and copied in Chrome (%s)', async (language) => {
    const all = signs.map(([, sign]) => sign).filter((sign) => !NOT_READ.chrome.test(sign));
    const read = letters(await chromeText(await pdfOf(told(language, all.map(SENTENCE[language])))));
    const missing = all.filter((sign) => !read.includes(letters(SENTENCE[language](sign))));
    expect(missing).toEqual([]);
  });

  it.each(LANGUAGES)('stand in the Word file as they were written (%s)', async (language) => {
    const paragraphs = signs.map(([, sign]) => SENTENCE[language](sign));
    const read = await docxParagraphs(await writeDocx(told(language, paragraphs)));
    expect(read.slice(-paragraphs.length).map(({ text }) => text)).toEqual(paragraphs);
  });

  it('that no font has are told, each once', async () => {
    const model = told('en', ['Before \u{13080}\uE123 and \u{13080} after አበበ.']);
    expect(await writePdf(model)).toEqual({
      ...{ kind: 'unsupported', why: 'missing-glyphs' },
      characters: ['\u{13080}', '\uE123'],
    });
    expect(await pagesOf(model)).toBeGreaterThan(0);
  });
});

describe.each(Object.entries(PARAGRAPHS))('a whole paragraph in %s', (_, paragraph) => {
  it.skipIf(!poppler)(`is read in its order from the PDF${skipped}`, async () => {
    for (const language of LANGUAGES) {
      const read = await written(told(language, [paragraph, 'John Smith.']));
      const plain = isRightToLeft(paragraph) ? unmarked : letters;
      expect(plain(read)).toContain(plain(paragraph));
    }
  });

  it('has every word in Chrome', async () => {
    const read = letters(await chromeText(await pdfOf(told('en', [paragraph]))));
    const words = (paragraph.match(/[\p{L}\p{M}\u200C]+/gu) ?? []).filter((word) => !NOT_READ.chrome.test(word));
    expect(words.filter((word) => !read.includes(word))).toEqual([]);
  });

  it('is the same text in the Word file', async () => {
    const read = await docxParagraphs(await writeDocx(told('en', [paragraph])));
    expect(read.at(-1)?.text).toBe(paragraph);
  });
});

describe('sixty documents in one process', () => {
  const texts = Array.from({ length: 60 }, (_, at) => {
    const [[, sign], paragraphs] = [signs[at % signs.length] ?? ['', ''], Object.values(PARAGRAPHS)];
    const language = LANGUAGES[at % LANGUAGES.length] ?? 'en';
    return {
      language,
      paragraphs: [SENTENCE[language](sign), paragraphs[at % paragraphs.length] ?? '', `${at} ﬁlho filho À A`],
    };
  });

  it.skipIf(!poppler)(`in any order hold their own text, and the same bytes every time${skipped}`, async () => {
    const first = new Map<number, string>();
    for (const step of [1, 7, 11, 23, 59]) {
      for (let nth = 0; nth < texts.length; nth++) {
        const at = (nth * step) % texts.length;
        const text = texts[at];
        if (text === undefined) continue;
        const model = told(text.language, text.paragraphs);
        const bytes = await pdfOf(model);
        const hash = sha256(bytes);
        if (!first.has(at)) {
          const read = unmarked(pdfText(bytes, 'written').replace(AROUND, ''));
          for (const paragraph of text.paragraphs.filter((one) => !NOT_READ.poppler.test(one)))
            expect(read).toContain(unmarked(paragraph));
        }
        expect(first.get(at) ?? hash).toBe(hash);
        first.set(at, hash);
      }
    }
    expect(first.size).toBe(60);
  });
});
