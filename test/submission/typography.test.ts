import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import type { DocumentModel } from '../../src/submission/document-model.ts';
import { Faces } from '../../src/submission/pdf/faces.ts';
import { writePdf } from '../../src/submission/pdf/pdf.ts';
import { runsOf } from '../../src/submission/pdf/runs.ts';
import { linesOf } from '../../src/submission/pdf/set-lines.ts';
import { setText } from '../../src/submission/pdf/set-text.ts';
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
function linesIn(pdf: PdfObjects): readonly { readonly type: string; readonly lines: ReadonlyMap<number, number> }[] {
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

describe('the lines of a text', () => {
  const SETTING = { size: 11, lineGap: 4.5, width: 425, isPlain: () => false };
  const words = 'Ninguém nos ligou e ninguém explicou nada mas nós esperamos perto da porta até a noite'.split(' ');
  const told = (length: number) => Array.from({ length }, (_, at) => words[(at * 7) % words.length] ?? '').join(' ');

  it('are as many as they must be, and the last one is no single short word', async () => {
    const faces = await Faces.of('');
    for (let length = 1; length < 90; length++) {
      const parts = [{ text: told(length), bold: false }];
      const least = linesOf(runsOf(parts, faces, 'pt').runs, { ...SETTING, mark: () => null });
      const { lines } = setText(parts, faces, 'pt', { ...SETTING, isHeading: false });
      expect(lines).toHaveLength(least.length);
      expect(lines.flatMap(({ runs }) => runs).length).toBe(least.flatMap(({ runs }) => runs).length);
      if (lines.length > 1) expect(lines.at(-1)?.width).toBeGreaterThan(0.14 * SETTING.width);
    }
  });

  it('of a heading are of nearly one length', async () => {
    const faces = await Faces.of('');
    const wide = (length: number) =>
      setText([{ text: told(length), bold: true }], faces, 'pt', { ...SETTING, isHeading: true });
    for (const { lines } of [15, 16, 17, 19].map(wide)) {
      const [first = 0, last = 0] = lines.map(({ width }) => width);
      expect(lines).toHaveLength(2);
      expect(Math.abs(first - last)).toBeLessThan(80);
    }
  });

  it('break where their person broke them', async () => {
    const text = `${told(13)}\n${told(3)}\n\n${told(5)}`;
    const { lines } = setText([{ text, bold: false }], await Faces.of(''), 'pt', { ...SETTING, isHeading: false });
    const breaks = lines.flatMap(({ runs }) => (runs.at(-1)?.ends === 'must' ? [1] : []));
    expect(breaks.length).toBeGreaterThanOrEqual(3);
  });
});

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
    const elements = linesIn(pdf);
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
