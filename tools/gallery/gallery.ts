// npm run -s gallery [folder]: writes the twelve documents of submissions.ts as PDF and Word, and as PNG if pdftoppm is
// installed. Without a folder only the small pictures of docs/gallery are written.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildModel } from '../../src/submission/document-model.ts';
import { writeDocx } from '../../src/submission/docx/docx.ts';
import { writePdf } from '../../src/submission/pdf/pdf.ts';
import type { Language } from '../../src/languages.ts';
import { fill } from '../../src/texts/translate.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { SUBMISSIONS } from './submissions.ts';

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
for (const { name, draft, call } of SUBMISSIONS) {
  const { headings, ...others } = texts[draft.language];
  const experts = fill(headings.experts, { readers: READERS[draft.language] ?? call.issuer });
  const model = buildModel(draft, call, { ...others, headings: { ...headings, experts } });
  writeFileSync(join(files, `${name}.docx`), await writeDocx(model));
  const pdf = await writePdf(model);
  if (!(pdf instanceof Uint8Array)) throw new Error(`${name}: no font has ${pdf.characters.join(' ')}`);
  const path = join(files, `${name}.pdf`);
  writeFileSync(path, pdf);
  const resolution = given === undefined ? '56' : '110';
  const drawn = spawnSync('pdftoppm', ['-r', resolution, '-png', '-gray', '-singlefile', path, join(pictures, name)]);
  process.stdout.write(`${name}: ${model.words} words${drawn.status === 0 ? '' : ', no picture without pdftoppm'}\n`);
}
if (given === undefined) rmSync(files, { recursive: true });
