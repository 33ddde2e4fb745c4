import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import type { DocumentModel } from '../../src/submission/document-model.ts';
import { writePdf } from '../../src/submission/pdf/pdf.ts';
import { asShown, typeset } from '../../src/submission/typography.ts';
import { PdfObjects, type Value } from './pdf-objects.ts';
import { isInstalled } from './read-back.ts';
import { modelIn } from './samples.ts';

describe('our own lines', () => {
  it('have the spaces of French', () => {
    expect(typeset('Référence : « oui » ; non ? Si !')).toBe(
      'Référence\u00A0: «\u202Foui\u202F»\u202F; non\u202F? Si\u202F!',
    );
  });

  it.each(WHOLE_LANGUAGES)('change nothing that a person wrote, and no length (%s)', (language) => {
    const model = modelIn(language, { sections: [{ slot: 'story', paragraphs: ['Qui ? « Personne » : voilà !'] }] });
    const shown = asShown(model);
    expect(shown.blocks.at(-1)).toEqual(model.blocks.at(-1));
    expect(shown.blocks.map(({ text }) => text.length)).toEqual(model.blocks.map(({ text }) => text.length));
    expect(shown.blocks.some(({ text }) => /[\u00A0\u202F]/u.test(text))).toBe(language === 'fr');
  });
});

/** The kinds of elements with the lines that each has on each page, in reading order. */
function linesOf(pdf: PdfObjects): readonly { readonly type: string; readonly lines: ReadonlyMap<number, number> }[] {
  const drawn = pdf.pages.map(({ content }) => {
    const marked = content.matchAll(/<<\s*\/MCID (\d+)\s*>> BDC\n(.*?)\nEMC/gs);
    return new Map([...marked].map(([, id = '', text = '']) => [Number(id), text.match(/\bBT\b/g)?.length ?? 0]));
  });
  const pages = new Map(pdf.references.map((reference, at) => [reference, at]));
  const elements: { type: string; lines: Map<number, number> }[] = [];
  const [root] = pdf.list(pdf.dictionary(pdf.catalogue['/StructTreeRoot'])['/K']);
  for (const kid of pdf.list(pdf.dictionary(root)['/K'])) {
    const lines = new Map<number, number>();
    const walk = (value: Value, page: Value | undefined): void => {
      const dictionary = pdf.dictionary(value);
      const here = dictionary['/Pg'] ?? page;
      const id = typeof value === 'number' ? value : dictionary['/MCID'];
      const at = typeof here === 'string' ? pages.get(here) : undefined;
      if (typeof id === 'number' && at !== undefined) lines.set(at, (lines.get(at) ?? 0) + (drawn[at]?.get(id) ?? 0));
      for (const one of pdf.list(dictionary['/K'])) walk(one, here);
    };
    walk(kid, undefined);
    const type = pdf.dictionary(kid)['/S'];
    elements.push({ type: typeof type === 'string' ? type : '', lines });
  }
  return elements;
}

const qpdf = isInstalled('qpdf', '--version');

describe.skipIf(!qpdf)(`pages${qpdf ? '' : ' (qpdf is not installed)'}`, () => {
  const words = 'Ninguém nos ligou, ninguém explicou nada, e nós esperamos. ';
  /** Of every length, so that headings and ends of paragraphs come to the foot of a page. */
  const long = (length: number): DocumentModel =>
    modelIn('pt', {
      sections: Array.from({ length: 14 }, (_, at) => [
        {
          slot: `topic/${at % 2 === 0 ? 'investigation' : 'families'}/q${at}`,
          paragraphs: [words.repeat(length + (at % 5))],
        },
        {
          slot: `topic/${at % 2 === 0 ? 'families' : 'investigation'}`,
          paragraphs: [words.repeat(3), words.repeat(7 + at)],
        },
      ]).flat(),
    });

  it.each([4, 5, 6, 7, 9, 11])('never leave a heading or one line alone (%i)', async (length) => {
    const bytes = await writePdf(long(length));
    if (!(bytes instanceof Uint8Array)) throw new Error('no PDF');
    const pdf = new PdfObjects(bytes);
    expect(pdf.pages.length).toBeGreaterThan(2);
    const elements = linesOf(pdf);
    const first = (lines: ReadonlyMap<number, number>) => Math.min(...lines.keys());
    const last = (lines: ReadonlyMap<number, number>) => Math.max(...lines.keys());
    let over = 0;
    elements.forEach(({ type, lines }, at) => {
      const next = elements[at + 1];
      if (/^\/H[2-4]$/.test(type) && next !== undefined) expect(first(next.lines)).toBe(last(lines));
      if (lines.size < 2) return;
      over++;
      for (const [page, count] of lines) expect(count, `page ${page + 1}`).toBeGreaterThan(1);
    });
    expect(over).toBeGreaterThan(0);
  });
});
