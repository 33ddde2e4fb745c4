import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import type { DocumentModel } from '../../src/submission/document-model.ts';
import { pagesOf, writePdf } from '../../src/submission/pdf/pdf.ts';
import { isInstalled, pdfText } from './read-back.ts';
import { modelIn } from './samples.ts';

const poppler = isInstalled('pdftotext', '-v');
const skipped = poppler ? '' : ' (pdftotext is not installed)';

const told = (...paragraphs: string[]): DocumentModel => modelIn('en', { sections: [{ slot: 'story', paragraphs }] });

async function pdfOf(model: DocumentModel): Promise<Uint8Array> {
  const pdf = await writePdf(model);
  if (!(pdf instanceof Uint8Array)) throw new Error(`${pdf.why}: ${pdf.characters.join(' ')}`);
  return pdf;
}

/** Lines are broken by the page, so words are compared. */
const wordsOf = (text: string): string => text.replace(/\s+/g, ' ').trim();

async function readBack(model: DocumentModel): Promise<string> {
  const feet = new RegExp(`${model.footer.replace(/[()]/g, String.raw`\$&`)}\\s+\\d+\\s`, 'g');
  return wordsOf(pdfText(await pdfOf(model)).replace(feet, ''));
}

describe('the PDF', () => {
  it.skipIf(!poppler).each(WHOLE_LANGUAGES)(`read back holds what the model holds (%s)${skipped}`, async (language) => {
    const model = modelIn(language);
    expect(await readBack(model)).toBe(wordsOf(model.blocks.map(({ text }) => text).join('\n')));
  });

  it.skipIf(!poppler).each([
    ['Yorùbá', 'Ẹ kú àárọ̀, ọmọ mi kò padà sílé.'],
    ['Igbo', 'Ha gburu nwa m nwoke ụbọchị ahụ.'],
    ['Tiếng Việt', 'Họ đã giết con trai tôi và không ai trả lời.'],
    ['Română', 'Fiul meu n-a mai ajuns acasă; ștampila și țara.'],
    ['Русский', 'Моего сына убили, и никто не ответил.'],
    ['Hausa', 'Sun kashe ɗana, ba wanda ya ƙara magana.'],
  ])(`can be copied and searched in %s${skipped}`, async (_, text) => {
    expect(await readBack(told(text))).toContain(text);
  });

  it.skipIf(!poppler)(`keeps every word of a long text over many pages${skipped}`, async () => {
    const model = told(
      ...Array.from(
        { length: 120 },
        (_, n) => `Parágrafo ${n}: ninguém nos ligou, ninguém explicou nada.\nE nós esperamos.`,
      ),
    );
    expect(await readBack(model)).toBe(wordsOf(model.blocks.map(({ text }) => text).join('\n')));
  });

  it('has a structure, a language and a title, says what a link is, and no date or person (fault 30)', async () => {
    const raw = Buffer.from(await pdfOf(modelIn('pt'))).toString('latin1');
    expect(raw).toContain('/Lang (pt-BR)');
    expect(raw).toContain('/Marked true');
    expect(raw).toContain('/DisplayDocTitle true');
    for (const tag of ['Document', 'H1', 'H2', 'P']) expect(raw).toMatch(new RegExp(`/S /${tag}\\b`));
    expect(raw).toContain('<rdf:li>Griot</rdf:li>');
    for (const [date] of raw.matchAll(/D:\d{14}|\d{4}-\d\d-\d\dT/g)) expect(date).toMatch(/2000/);
    const linked = Buffer.from(await pdfOf(modelIn('en'))).toString('latin1');
    expect(linked).toContain('/Contents (https://example.com/a-law)');
    expect(linked).toMatch(/\/S \/Link\b/);
  });

  it('is measured as it is written: larger letters fill more, a compact one less', async () => {
    const long = told(
      ...Array.from({ length: 60 }, (_, n) => `Parágrafo ${n}: ninguém nos ligou, ninguém explicou nada.`),
    );
    const usual = await pagesOf(long);
    expect(await pagesOf({ ...long, layout: { size: 14 } })).toBeGreaterThan(usual * 1.1);
    expect(await pagesOf({ ...long, layout: { compact: true } })).toBeLessThan(usual * 0.8);
    const written = Buffer.from(await pdfOf(long))
      .toString('latin1')
      .match(/\/Type \/Page\b(?!s)/gu);
    expect(written).toHaveLength(Math.ceil(usual));
    expect(await pagesOf(told('meu filho \u{13080}'))).toBeLessThan(1);
  });

  it('fault 23: opens with 1,000 combining marks and with a word wider than the page', async () => {
    const pdf = await pdfOf(told(`a${'\u0301'.repeat(1_000)}`, 'x'.repeat(5_000)));
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
  });
});
