// npm run -s gallery [folder]: writes the documents of submissions.ts as PDF and Word, the withdrawal of one as a mail, and all of them as
// PNG if pdftoppm is installed. Without a folder only the small pictures of docs/gallery are written.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Draft } from '../../src/dialog/engine/draft.ts';
import { buildModel, type DocumentModel } from '../../src/submission/document-model.ts';
import { writeDocx } from '../../src/submission/docx/docx.ts';
import { writePdf } from '../../src/submission/pdf/pdf.ts';
import type { Language } from '../../src/languages.ts';
import { fill } from '../../src/texts/translate.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { type Shown, SUBMISSIONS } from './submissions.ts';
import { asPrinted, withdrawalOf } from './withdrawn.ts';

const [given] = process.argv.slice(2);
const pictures = given ?? fileURLToPath(new URL('../../docs/gallery', import.meta.url));
const files = given ?? mkdtempSync(join(tmpdir(), 'gallery-'));
for (const folder of [pictures, files]) mkdirSync(folder, { recursive: true });

/** As a call names the people who read. */
const READERS: Readonly<Partial<Record<Language, string>>> = {
  en: 'the experts',
  fr: 'la part des experts',
  es: 'los expertos',
  pt: 'os especialistas',
};

const texts = loadCatalogue('document');

function modelOf({ call }: Shown, draft: Draft): DocumentModel {
  const { headings, ...others } = texts[draft.language];
  const experts = fill(headings.experts, { readers: READERS[draft.language] ?? call.issuer });
  return buildModel(draft, call, { ...others, headings: { ...headings, experts } });
}

async function drawn(name: string, model: DocumentModel): Promise<boolean> {
  const pdf = await writePdf(model);
  if (!(pdf instanceof Uint8Array)) throw new Error(`${name}: no font has ${pdf.characters.join(' ')}`);
  const path = join(files, `${name}.pdf`);
  writeFileSync(path, pdf);
  const resolution = given === undefined ? '56' : '110';
  return (
    spawnSync('pdftoppm', ['-r', resolution, '-png', '-gray', '-singlefile', path, join(pictures, name)]).status === 0
  );
}

const said = (name: string, what: string, isDrawn: boolean) =>
  process.stdout.write(`${name}: ${what}${isDrawn ? '' : ', no picture without pdftoppm'}\n`);

for (const shown of SUBMISSIONS) {
  const { name, draft, over } = shown;
  const model = modelOf(shown, draft);
  writeFileSync(join(files, `${name}.docx`), await writeDocx(model));
  const before = over === undefined ? '' : ` of ${over.limit}, before that ${modelOf(shown, over.told).words}`;
  said(name, `${model.words} words${before}`, await drawn(name, model));
}
const taken = SUBMISSIONS.find(({ name }) => name.startsWith('07'));
if (taken !== undefined) {
  const mail = await withdrawalOf(taken);
  writeFileSync(join(files, '12-withdrawn.eml'), mail);
  said('12-withdrawn', `a mail of ${mail.length} bytes`, await drawn('12-withdrawn', await asPrinted(mail)));
}
if (given === undefined) rmSync(files, { recursive: true });
