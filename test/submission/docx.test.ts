import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { buildModel } from '../../src/submission/document-model.ts';
import { writeDocx } from '../../src/submission/docx/docx.ts';
import { asShown } from '../../src/submission/typography.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { SUBMISSIONS } from '../../tools/gallery/submissions.ts';
import { docxParagraphs, isInstalled } from './read-back.ts';
import { modelIn, textsIn } from './samples.ts';
import { PARAGRAPHS } from './scripts.ts';

/** The children of an element in the sequence of ECMA-376, as far as this program writes them. */
const ORDER: Readonly<Record<string, string>> = {
  pPr: 'pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs bidi spacing ind contextualSpacing jc textAlignment outlineLvl rPr sectPr',
  rPr: 'rStyle rFonts b bCs i iCs color spacing sz szCs highlight u vertAlign rtl cs lang',
  tbl: 'tblPr tblGrid tr',
  tblPr: 'tblStyle bidiVisual tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook',
  tcPr: 'tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection vAlign',
  trPr: 'cantSplit trHeight tblHeader',
  sectPr: 'headerReference footerReference type pgSz pgMar pgNumType cols docGrid',
  pBdr: 'top left bottom right between bar',
  tcMar: 'top left start bottom right end',
};

/** Of word processing, each with the names of its children, by a stack of open tags. */
function elementsOf(xml: string): readonly { readonly tag: string; readonly children: readonly string[] }[] {
  const all: { tag: string; children: string[] }[] = [];
  const open: { tag: string; children: string[] }[] = [];
  for (const [, closes, tag = '', empty] of xml.matchAll(/<(\/?)w:([A-Za-z]+)(?: [^>]*?)?(\/?)>/gu)) {
    if (closes === '/') {
      open.pop();
      continue;
    }
    const element = { tag, children: [] };
    open.at(-1)?.children.push(tag);
    all.push(element);
    if (empty !== '/') open.push(element);
  }
  expect(open).toEqual([]);
  return all;
}

async function partsOf(model: Parameters<typeof writeDocx>[0]): Promise<ReadonlyMap<string, string>> {
  const files = unzipSync(await writeDocx(model));
  return new Map(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

describe('the Word document', () => {
  it.each(WHOLE_LANGUAGES)('read back by another program holds what the model holds (%s)', async (language) => {
    const approved = modelIn(language);
    const model = asShown(approved);
    const paragraphs = await docxParagraphs(await writeDocx(approved));
    expect(paragraphs.map(({ text }) => text)).toEqual(model.blocks.map(({ text }) => text));
    expect(paragraphs.filter(({ tag }) => tag !== 'p').map(({ text }) => text)).toEqual(
      model.blocks.filter(({ kind }) => kind.startsWith('heading')).map(({ text }) => text),
    );
  });

  it('fault 23: holds any text, whatever characters it is made of', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (wild) => {
        const model = modelIn('en', { sections: [{ slot: 'story', paragraphs: [`a ${wild} z`] }] });
        const [read] = (await docxParagraphs(await writeDocx(model))).slice(-1);
        expect(read?.text).toBe(model.blocks.at(-1)?.text);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['a lone surrogate', 'antes \ud83d depois', 'antes  depois'],
    ['NUL and controls', 'an\u0000tes\u0007 \u009fdepois', 'antes depois'],
    ['noncharacters', 'antes\ufffe \uffffdepois', 'antes depois'],
    ['markup', '<w:p> & <img src="http://x"> ]]>', '<w:p> & <img src="http://x"> ]]>'],
    ['letters in another order', 'um \u202Esiod\u202C três', 'um siod\u202C três'],
    ['other line ends', 'um\r\ndois\u2028três', 'um\ndois\ntrês'],
    ['1,000 combining marks', `a${'\u0301'.repeat(1_000)}`, `a${'\u0301'.repeat(1_000)}`],
    ['right to left', 'قتلوا ابني', 'قتلوا ابني'],
  ])('opens with %s', async (_, typed, stands) => {
    const bytes = await writeDocx(modelIn('pt', { sections: [{ slot: 'story', paragraphs: [typed] }] }));
    expect((await docxParagraphs(bytes)).at(-1)?.text).toBe(stands);
  });

  it('opens also where a text came here without passing through the model', async () => {
    const raw = {
      ...modelIn('en'),
      title: 'a\uffff',
      blocks: [{ kind: 'paragraph', text: 'dito\u0000 \ufffe\ud83d assim' } as const],
    };
    expect((await docxParagraphs(await writeDocx(raw))).map(({ text }) => text)).toEqual(['dito  assim']);
  });

  it('says its language, its title and how many words it has', async () => {
    const model = modelIn('pt');
    const parts = await partsOf(model);
    expect(parts.get('docProps/app.xml')).toContain(`<Words>${model.words}</Words>`);
    expect(parts.get('docProps/core.xml')).toContain('<dc:language>pt-BR</dc:language>');
    expect(parts.get('docProps/core.xml')).toContain(`<dc:title>${model.title}</dc:title>`);
    expect(parts.get('word/styles.xml')).toMatch(/<w:lang w:val="pt-BR"/);
    expect(parts.get('word/styles.xml')?.match(/<w:outlineLvl w:val="[01]"\/>/g)).toHaveLength(2);
  });

  it('fault 30: carries nothing of the person but the words approved: no name refused, no author, no date, no account', async () => {
    const model = modelIn('fr', {
      harmed: { form: 'none', name: 'Canari Kanaré' },
      author: { form: 'none', name: 'Serin Jaune' },
    });
    for (const [name, xml] of await partsOf(model)) {
      expect(xml, name).not.toMatch(/canari|kanaré|serin|jaune|lambert|Un-named/i);
      for (const date of xml.match(/\b20\d\d-\d\d-\d\dT/g) ?? []) expect(date, name).toBe('2000-01-01T');
      for (const creator of xml.match(/(?<=<(dc:creator|cp:lastModifiedBy)>)[^<]*/g) ?? [])
        expect(creator).toBe('Griot');
    }
  });

  it('asks for confidentiality in its first paragraph and at the foot of every page', async () => {
    const parts = await partsOf(modelIn('es', { publication: 'confidential' }));
    const texts = textsIn('es');
    expect(/<w:t[^>]*>([^<]*)/.exec(parts.get('word/document.xml') ?? '')?.[1]).toBe(texts.publication.confidential);
    expect(parts.get('word/footer1.xml')).toContain(texts.publicationShort.confidential);
  });

  it('tells Word the direction and the language of every passage', async () => {
    const paragraph = PARAGRAPHS['Arabic'] ?? '';
    const parts = await partsOf(
      modelIn('en', { sections: [{ slot: 'story', paragraphs: [paragraph, 'He was 王秀英.'] }] }),
    );
    const [arabic = '', chinese = ''] =
      (parts.get('word/document.xml') ?? '').match(/<w:p>.*?<\/w:p>/gs)?.slice(-2) ?? [];
    expect(arabic).toContain('<w:bidi/>');
    const runs = [...arabic.matchAll(/<w:r>.*?<\/w:r>/gs)].map(([run]) => run);
    const read = (run: string) => /<w:t[^>]*>([^<]*)/.exec(run)?.[1] ?? '';
    for (const run of runs) {
      const text = read(run);
      if (/\p{sc=Arabic}/u.test(text))
        expect(run).toMatch(/<w:rtl\/>.*<w:lang w:bidi="ar-SA"\/>|<w:lang w:bidi="ar-SA"\/>.*<w:rtl\/>/s);
      if (/[A-Za-z0-9]/.test(text)) expect(run, text).not.toContain('<w:rtl/>');
    }
    expect(
      runs
        .map(read)
        .filter((text) => /[A-Za-z]/.test(text))
        .map((text) => text.trim()),
    ).toEqual(['John Smith', 'Human Rights Office']);
    expect(chinese).toContain('w:eastAsia="zh-CN"');
    expect(chinese).not.toContain('<w:bidi/>');
  });

  it('links to the web only, with ids counted in order', async () => {
    const parts = await partsOf(modelIn('en'));
    const relationships = parts.get('word/_rels/document.xml.rels') ?? '';
    const external = [...relationships.matchAll(/<Relationship [^>]*TargetMode="External"[^>]*>/g)].map(
      ([item]) => item,
    );
    expect(external).toHaveLength(2);
    for (const item of external) expect(item).toMatch(/Target="https:\/\/example\.(org|com)\//);
    const ids = [...relationships.matchAll(/ Id="rId(\d+)"/g)].map(([, id]) => Number(id)).sort((a, b) => a - b);
    expect(ids).toEqual(ids.map((_, index) => index + 1));
  });

  it.each(SUBMISSIONS.map(({ name, draft, call }) => [name, draft, call] as const))(
    'has its elements in the order of the schema, and all its parts (%s)',
    async (_, draft, call) => {
      const parts = await partsOf(buildModel(draft, call, loadCatalogue('document')[draft.language]));
      for (const [name, xml] of parts) {
        if (!name.startsWith('word/') || !name.endsWith('.xml')) continue;
        for (const { tag, children } of elementsOf(xml)) {
          const order = ORDER[tag];
          const places = children.map((child) => order?.split(' ').indexOf(child) ?? 0);
          expect(places, `${name}: ${tag} of ${children.join(' ')}`).not.toContain(-1);
          if (order !== undefined) expect(places).toEqual(places.toSorted((a, b) => a - b));
          // A cell without a paragraph at its end does not open.
          if (tag === 'tc') expect(children.at(-1)).toBe('p');
          if (tag === 'body') expect(children.at(-1)).toBe('sectPr');
        }
      }
      const types = parts.get('[Content_Types].xml') ?? '';
      for (const name of parts.keys()) {
        const isListed = types.includes(`PartName="/${name}"`);
        const isUsual = types.includes(`Extension="${name.split('.').at(-1) ?? ''}"`);
        expect([name, name === '[Content_Types].xml' || isListed || isUsual]).toEqual([name, true]);
      }
      for (const [name, xml] of parts) {
        const folder = name.startsWith('_rels/') ? '' : name.replace(/_rels\/[^/]+$/u, '');
        if (!name.endsWith('.rels')) continue;
        const inside = [...xml.matchAll(/<Relationship [^>]*>/gu)].filter(
          ([one]) => !one.includes('TargetMode="External"'),
        );
        for (const [one] of inside) {
          const target = / Target="([^"]+)"/u.exec(one)?.[1] ?? '';
          expect(parts.has(target.startsWith('/') ? target.slice(1) : folder + target), target).toBe(true);
        }
      }
    },
  );

  const office = isInstalled('soffice', '--version');
  it.skipIf(!office)(
    `opens in LibreOffice, which counts no more words than we${office ? '' : ' (soffice is not installed)'}`,
    async () => {
      const model = modelIn('pt');
      const folder = mkdtempSync(join(tmpdir(), 'document-'));
      writeFileSync(join(folder, 'text.docx'), await writeDocx(model));
      const profile = `-env:UserInstallation=file://${folder}/profile`;
      spawnSync('soffice', [
        profile,
        '--headless',
        '--convert-to',
        'fodt',
        '--outdir',
        folder,
        join(folder, 'text.docx'),
      ]);
      const xml = readFileSync(join(folder, 'text.fodt'), 'utf8');
      rmSync(folder, { recursive: true });
      const counted = Number(/meta:word-count="(\d+)"/.exec(xml)?.[1]);
      expect(counted).toBeGreaterThan(100);
      expect(model.words).toBeGreaterThanOrEqual(counted);
    },
  );
});
