// PDF/UA-1 (ISO 14289-1), by those conditions of the Matterhorn Protocol that a program can check and that can occur here.

import { describe, expect, it } from 'vitest';
import { buildModel, type DocumentModel } from '../../src/submission/document-model.ts';
import { writePdf } from '../../src/submission/pdf/pdf.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { SUBMISSIONS } from '../../tools/gallery/submissions.ts';
import { type Dictionary, PdfObjects, textOf, type Value } from './pdf-objects.ts';
import { isInstalled } from './read-back.ts';
import { modelIn } from './samples.ts';

const qpdf = isInstalled('qpdf', '--version');
const skipped = qpdf ? '' : ' (qpdf is not installed)';

const models: readonly (readonly [string, DocumentModel])[] = [
  ...SUBMISSIONS.map(
    ({ name, draft, call }) => [name, buildModel(draft, call, loadCatalogue('document')[draft.language])] as const,
  ),
  ...WHOLE_LANGUAGES.map((language) => [`sample in ${language}`, modelIn(language)] as const),
];

interface Element {
  readonly type: string;
  readonly dictionary: Dictionary;
  readonly parent: string;
}

/** Of a reference, a name or a number. */
function nameOf(value: Value | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}

/** Elements in reading order, and the marked content and annotations that they hold. */
function structureOf(pdf: PdfObjects) {
  const elements: Element[] = [];
  const held: string[] = [];
  const annotations: { readonly within: string; readonly annotation: Dictionary }[] = [];
  const walk = (value: Value, page: Value | undefined, parent: string): void => {
    if (typeof value === 'number') {
      held.push(`${nameOf(page)} ${value}`);
      return;
    }
    const dictionary = pdf.dictionary(value);
    if (dictionary['/Type'] === '/MCR') held.push(`${nameOf(dictionary['/Pg'])} ${nameOf(dictionary['/MCID'])}`);
    else if (dictionary['/Type'] === '/OBJR') {
      annotations.push({ within: parent, annotation: pdf.dictionary(dictionary['/Obj']) });
    } else {
      const type = nameOf(dictionary['/S']);
      elements.push({ type, dictionary, parent });
      for (const kid of pdf.list(dictionary['/K'])) walk(kid, dictionary['/Pg'] ?? page, type);
    }
  };
  for (const root of pdf.list(pdf.dictionary(pdf.catalogue['/StructTreeRoot'])['/K'])) walk(root, undefined, '');
  return { elements, held, annotations };
}

const STANDARD = ['/Document', '/H1', '/H2', '/H3', '/H4', '/P', '/Span', '/Link', '/Table', '/TR', '/TH', '/TD'];

/** Strings and dictionaries out of the way, so that operators are words. */
function tokensOf(content: string): readonly string[] {
  return content
    .replace(/<[0-9a-f]*>/g, '()')
    .replace(/\((?:[^()\\]|\\.)*\)/g, '()')
    .replace(/<<[^<>]*>>/g, (one) => (one.includes('/MCID') ? '/MCID' : '/PLAIN'))
    .split(/\s+/);
}

/** What is drawn without being a part of the structure or marked as decoration. */
function unmarked(content: string): readonly string[] {
  const open: ('real' | 'artifact' | 'other')[] = [];
  const found: string[] = [];
  const tokens = tokensOf(content);
  tokens.forEach((token, at) => {
    if (token === 'BDC' && tokens[at - 1] === '/MCID') open.push('real');
    else if (token === 'BDC' || token === 'BMC') {
      open.push(tokens[at - (token === 'BDC' ? 2 : 1)] === '/Artifact' ? 'artifact' : 'other');
    } else if (token === 'EMC') {
      if (open.pop() === undefined) found.push('EMC without a beginning');
    } else if (['TJ', 'Tj', 'S', 's', 'f', 'F', 'B', 'b', 'Do', 'sh'].includes(token)) {
      if (!open.includes('real') && !open.includes('artifact')) found.push(token);
      if (open.includes('real') && open.includes('artifact')) found.push(`${token} in both`);
    }
  });
  return [...found, ...open.map((one) => `${one} without an end`)];
}

const built = new Map<string, PdfObjects>();

async function objectsOf(name: string, model: DocumentModel): Promise<PdfObjects> {
  const known = built.get(name);
  if (known !== undefined) return known;
  const bytes = await writePdf(model);
  if (!(bytes instanceof Uint8Array)) throw new Error(bytes.characters.join(' '));
  const pdf = new PdfObjects(bytes);
  built.set(name, pdf);
  return pdf;
}

describe.skipIf(!qpdf).each(models)(`PDF/UA-1: %s${skipped}`, (name, model) => {
  it('says what it is: title, language, standard, and that it is tagged', async () => {
    const pdf = await objectsOf(name, model);
    const { catalogue } = pdf;
    expect(pdf.dictionary(catalogue['/MarkInfo'])).toEqual({ '/Marked': true });
    expect(pdf.dictionary(catalogue['/ViewerPreferences'])['/DisplayDocTitle']).toBe(true);
    expect(textOf(catalogue['/Lang'])).toMatch(new RegExp(`^${model.language}(-|$)`));
    const metadata = Buffer.from(pdf.data(catalogue['/Metadata']), 'latin1').toString('utf8');
    expect(metadata).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(/<dc:title>.*?<rdf:li[^>]*>([^<]*)/s.exec(metadata)?.[1]).toBe(model.title);
  });

  it('marks all of every page as text in the structure or as decoration', async () => {
    const pdf = await objectsOf(name, model);
    const { held } = structureOf(pdf);
    expect(new Set(held).size).toBe(held.length);
    let marked = 0;
    for (const { page, content } of pdf.pages) {
      expect(page['/Tabs']).toBe('/S');
      expect(unmarked(content)).toEqual([]);
      expect(content).toContain('/Artifact <<\n/Type /Pagination');
      marked += content.match(/\/MCID/g)?.length ?? 0;
    }
    expect(held).toHaveLength(marked);
  });

  it('is made of standard elements, with headings in levels that are never left out', async () => {
    const pdf = await objectsOf(name, model);
    const { elements } = structureOf(pdf);
    expect(elements[0]?.type).toBe('/Document');
    expect(elements.filter(({ type }) => !STANDARD.includes(type))).toEqual([]);
    expect(pdf.dictionary(pdf.catalogue['/StructTreeRoot'])['/RoleMap']).toBeUndefined();
    const levels = elements.flatMap(({ type }) => /^\/H(\d)$/.exec(type)?.[1] ?? []).map(Number);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, at) => {
      expect(level).toBeLessThanOrEqual((levels[at - 1] ?? 0) + 1);
    });
    for (const { type, parent, dictionary } of elements) {
      if (type === '/TR') expect(parent).toBe('/Table');
      if (type === '/TH' || type === '/TD') expect(parent).toBe('/TR');
      if (type === '/Table') {
        const rows = pdf.list(dictionary['/K']).map((row) => pdf.list(pdf.dictionary(row)['/K']).length);
        expect(new Set(rows).size).toBe(1);
      }
      if (type === '/TH') expect((dictionary['/A'] as Dictionary)['/Scope']).toMatch(/^\/(Row|Column)$/);
      if (type === '/Span') expect(textOf(dictionary['/Lang'])).toMatch(/^[a-z]{2,3}$/);
    }
  });

  it('describes every link, and holds it in a link element', async () => {
    const pdf = await objectsOf(name, model);
    const { annotations, elements } = structureOf(pdf);
    const drawn = pdf.pages.flatMap(({ page }) => pdf.list(page['/Annots']));
    expect(annotations).toHaveLength(drawn.length);
    for (const { within, annotation } of annotations) {
      expect(within).toBe('/Link');
      expect(annotation['/Subtype']).toBe('/Link');
      expect(textOf(pdf.dictionary(annotation['/A'])['/URI'])).toMatch(/^https?:\/\/[\x21-\x7e]+$/);
      expect(typeof annotation['/StructParent']).toBe('number');
    }
    const links = model.blocks.flatMap(({ text, marks = [] }) =>
      marks.flatMap(({ kind, start, end }) => (kind === 'link' ? [text.slice(start, end)] : [])),
    );
    // As it was written, also with letters that an address of a computer has not.
    const described = annotations.map(({ annotation }) => textOf(annotation['/Contents']));
    expect([...new Set(described)].toSorted()).toEqual([...new Set(links)].toSorted());
    expect(elements.filter(({ type }) => type === '/Link')).toHaveLength(links.length);
  });

  it('finds the element of each piece of a page by its number', async () => {
    const pdf = await objectsOf(name, model);
    const tree = pdf.list(pdf.dictionary(pdf.dictionary(pdf.catalogue['/StructTreeRoot'])['/ParentTree'])['/Nums']);
    const parentOf = (key: Value | undefined): Value | undefined => {
      const at = tree.findIndex((one, index) => index % 2 === 0 && one === key);
      return at < 0 ? undefined : tree[at + 1];
    };
    pdf.references.forEach((reference) => {
      const page = pdf.dictionary(reference);
      const parents = pdf.list(parentOf(page['/StructParents']));
      parents.forEach((parent, mcid) => {
        const held = pdf.list(pdf.dictionary(parent)['/K']).map((one) => {
          return typeof one === 'number' ? one : pdf.dictionary(one)['/MCID'];
        });
        expect(held).toContain(mcid);
      });
      for (const annotation of pdf.list(page['/Annots'])) {
        const key = pdf.dictionary(annotation)['/StructParent'];
        expect(pdf.dictionary(parentOf(key))['/S']).toBe('/Link');
      }
    });
  });

  it('has nothing that PDF/UA asks more of: no forms, files, layers, scripts, pictures, encryption', async () => {
    const pdf = await objectsOf(name, model);
    expect(pdf.trailer['/Encrypt']).toBeUndefined();
    for (const key of ['/AcroForm', '/OCProperties', '/OpenAction', '/AA', '/Collection', '/Requirements']) {
      expect(pdf.catalogue[key]).toBeUndefined();
    }
    const names = pdf.dictionary(pdf.catalogue['/Names']);
    expect([names['/EmbeddedFiles'], names['/JavaScript']]).toEqual([undefined, undefined]);
    const kinds = pdf.all.map((one) => `${nameOf(one['/Type'])}${nameOf(one['/Subtype'])}${nameOf(one['/S'])}`);
    expect(
      kinds.filter((kind) => /XObject|Image|Form|JavaScript|Filespec|Figure|Note|Formula|Ruby/u.test(kind)),
    ).toEqual([]);
    for (const { content } of pdf.pages) expect(tokensOf(content)).not.toContain('Do');
  });

  it('says the width of every glyph as its font does', async () => {
    const pdf = await objectsOf(name, model);
    const fonts = pdf.all.filter((one) => one['/Subtype'] === '/CIDFontType2');
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) {
      const system = pdf.dictionary(font['/CIDSystemInfo']);
      expect([textOf(system['/Registry']), textOf(system['/Ordering']), system['/Supplement']]).toEqual([
        ...['Adobe', 'Identity', 0],
      ]);
      const file = Buffer.from(pdf.data(pdf.dictionary(font['/FontDescriptor'])['/FontFile2']), 'latin1');
      const table = (tag: string) => {
        for (let at = 12; at < 12 + 16 * file.readUInt16BE(4); at += 16) {
          if (file.toString('latin1', at, at + 4) === tag) return file.readUInt32BE(at + 8);
        }
        throw new Error(`no ${tag}`);
      };
      const unitsPerEm = file.readUInt16BE(table('head') + 18);
      const glyphs = file.readUInt16BE(table('maxp') + 4);
      const [first, widths] = pdf.list(font['/W']);
      expect(first).toBe(1);
      // Glyph 0 is the sign for what a font lacks.
      expect(pdf.list(widths)).toHaveLength(glyphs - 1);
      pdf.list(widths).forEach((width, at) => {
        const advance = file.readUInt16BE(table('hmtx') + 4 * (at + 1));
        expect(Math.abs(Number(width) - (advance * 1000) / unitsPerEm)).toBeLessThan(1);
      });
    }
    for (const one of pdf.all.filter((one) => one['/Type'] === '/Font')) {
      expect(['/Type0', '/CIDFontType2']).toContain(one['/Subtype']);
      if (one['/Subtype'] === '/Type0') expect(one['/Encoding']).toBe('/Identity-H');
    }
  });

  it('embeds every font, with the text of every glyph that is shown', async () => {
    const pdf = await objectsOf(name, model);
    for (const { page, content } of pdf.pages) {
      const fonts = pdf.dictionary(pdf.dictionary(page['/Resources'])['/Font']);
      for (const [, id = '', shown = ''] of content.matchAll(/\/(F\d+) [\d.]+ Tf [^[]*\[([^\]]*)\] TJ/g)) {
        const font = pdf.dictionary(fonts[`/${id}`]);
        const [descendant] = pdf.list(font['/DescendantFonts']).map((one) => pdf.dictionary(one));
        const descriptor = pdf.dictionary(descendant?.['/FontDescriptor']);
        expect(pdf.data(descriptor['/FontFile2']).length).toBeGreaterThan(100);
        expect(descriptor['/CIDSet']).toBeUndefined();
        // One for each glyph of the file but the first.
        const widths = pdf.list(pdf.list(descendant?.['/W'])[1]).length;
        expect(descendant?.['/CIDToGIDMap']).toBe('/Identity');
        const told = new Map(
          [...pdf.data(font['/ToUnicode']).matchAll(/<([0-9a-f]{4})> <([0-9a-f]+)>/g)].map(([, glyph, text]) => [
            glyph,
            text,
          ]),
        );
        for (const [, glyphs = ''] of shown.matchAll(/<([0-9a-f]*)>/g)) {
          for (const glyph of glyphs.match(/.{4}/g) ?? []) {
            expect(glyph).not.toBe('0000');
            expect(Number.parseInt(glyph, 16)).toBeLessThanOrEqual(widths);
            expect(told.get(glyph)).toMatch(/^(?!0000$|feff$|fffe$)([0-9a-f]{4})+$/);
          }
        }
      }
    }
  });
});
