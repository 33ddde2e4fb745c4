// XLSForms: a draft of a call from one, a call as one, and the texts of a call from one that people have worked on.

import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import readWorkbook from 'read-excel-file/node';
import writeWorkbook from 'write-excel-file/node';
import { stringify } from 'yaml';
import { formatCsv, type Table } from '../calls/csv.ts';
import { draftOfForm } from '../calls/form/draft-form.ts';
import { readForm, type Workbook } from '../calls/form/read-form.ts';
import { formOf, textsOfForm } from '../calls/form/write-form.ts';
import { filesOf, readCallFiles } from '../calls/load-calls.ts';
import { parseSheet, sheetOf } from '../calls/texts-sheet.ts';
import { type Language, LANGUAGES } from '../languages.ts';
import { loadCatalogue } from '../texts/catalogues.ts';
import { placeOf, shownPath } from './call-place.ts';
import { DIALOGS, LOCALES } from './call-roots.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/u;

/** With a mark, without which spreadsheets take it for another encoding. */
const MARK = '\uFEFF';

export interface FormGiven {
  readonly id?: string | undefined;
  readonly language?: string | undefined;
  readonly into?: string | undefined;
  readonly of?: string | undefined;
  readonly 'texts-of'?: string | undefined;
}

/** `today` is passed in by tests. */
export function callForm(
  { values, positionals: [file = ''] }: Given<FormGiven>,
  io: Io,
  today = day(),
): Promise<number> {
  const chosen = [values.id, values.of, values['texts-of']].filter((each) => each !== undefined);
  if (chosen.length !== 1) throw new UsageError('Give one of --id (a new call), --of (a call as a form), --texts-of.');
  if (values.id !== undefined) return newFromForm(file, values, io, today);
  return values.of === undefined ? takeTexts(file, values['texts-of'] ?? '', io) : writeForm(file, values.of, io);
}

const day = () => new Date().toISOString().slice(0, 10);

async function newFromForm(file: string, values: FormGiven, io: Io, today: string): Promise<number> {
  const { id = '', into = DIALOGS } = values;
  const language = LANGUAGES.find((each) => each === values.language);
  if (!ID.test(id))
    throw new UsageError('Give the call an id: small letters, digits and single hyphens, e.g. --id emler-2027');
  if (language === undefined) throw new UsageError(`Give the language of the form: --language ${LANGUAGES.join('|')}`);
  const folder = join(into, id);
  if (existsSync(folder) || existsSync(`${folder}.yaml`))
    throw new OperatorError(`There is a call ${id} already: ${folder}`);
  const read = readForm(await workbookIn(file), language);
  if (!read.ok) throw new OperatorError(`${file} is no XLSForm: expected ${read.expected}.`);
  const languages: readonly Language[] = [language, ...LANGUAGES.filter((each) => each !== language)];
  const { response, texts, leftOut } = draftOfForm(read.form, languages);
  const title = read.form.title ?? id;
  const facts = { id, revision: 1, status: 'draft', sources: [{ language, official: false, title, retrieved: today }] };
  const yaml = `# A draft, from a form. It holds the questions only: complete the rest from the page of the call (docs/add-a-call.md).
# A key that is left out is not stated.

${stringify(facts, { lineWidth: 120 })}
# The body's name, as the body writes it:
# issuers: [ ]

${stringify({ response }, { lineWidth: 120 })}`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'call.yaml'), yaml, { flag: 'wx' });
  await writeFile(join(folder, 'texts.csv'), MARK + formatCsv(texts), { flag: 'wx' });
  const count = read.form.entries.reduce((sum, { questions }) => sum + questions.length, 0);
  io.say(`Found: questions: ${count}, headings: ${read.form.entries.filter(({ heading }) => heading !== null).length}`);
  if (leftOut.length > 0) io.say('Not taken over:');
  for (const line of leftOut) io.say(`  ${line}`);
  const shown = shownPath(folder);
  io.say(`Written: ${join(shown, 'call.yaml')} (status: draft) and ${join(shown, 'texts.csv')}`);
  io.say(`Next: write who asks (issuers), then npm run -s griot -- call check ${shown}`);
  return 0;
}

async function writeForm(file: string, given: string, io: Io): Promise<number> {
  if (existsSync(file)) throw new OperatorError(`There is a file ${file} already.`);
  const { call, catalogues, problems } = readCallFiles(filesOf(placeIn(given), LOCALES));
  if (call === null || problems.length > 0)
    throw new OperatorError(`The call ${given} cannot be read: npm run -s griot -- call check ${given}`);
  const bot = loadCatalogue('bot');
  const all = LANGUAGES.flatMap((language) => {
    const catalogue = catalogues[language];
    return catalogue === undefined
      ? []
      : [{ language, catalogue, yes: bot[language].choices.yes, no: bot[language].choices.no }];
  });
  const texts = sheetOf(call, all);
  const language = texts[0]?.find((cell) => cell.startsWith('label::'))?.replace('label::', '') ?? '';
  const title = all[0]?.catalogue.short ?? call.id;
  const workbook = formOf(texts, { id: call.id, title, version: call.revision, language }, all);
  const sheets = Object.entries(workbook).map(([sheet, rows]) => ({ sheet, data: rows.map((row) => [...row]) }));
  await writeWorkbook(sheets).toFile(file);
  io.say(`Written: ${file}. Kobo and ODK read it; what is written in it comes back with --texts-of ${call.id}.`);
  return 0;
}

async function takeTexts(file: string, given: string, io: Io): Promise<number> {
  const { sheet } = filesOf(placeIn(given), null);
  if (sheet === null) throw new OperatorError(`The call ${given} has no sheet of texts: its texts are in locales/.`);
  const texts = textsOfForm(await workbookIn(file));
  const csv = texts === null ? '' : formatCsv(texts);
  const parsed = parseSheet(csv);
  if (!parsed.ok) throw new OperatorError(`${file} has no texts of a call: expected ${parsed.expected}.`);
  const unread = parsed.sheet.faults.map(({ path, expected }) => `${path}: expected ${expected}`);
  if (unread.length > 0) throw new OperatorError(`${file} is not taken over.\n${unread.join('\n')}`);
  if (existsSync(sheet)) await rename(sheet, `${sheet}.before`);
  await writeFile(sheet, MARK + csv);
  io.say(`Written: ${shownPath(sheet)}, the former one is in texts.csv.before.`);
  io.say(`Next: npm run -s griot -- call check ${shownPath(dirname(sheet))}`);
  return 0;
}

function placeIn(given: string): string {
  const place = placeOf(given);
  if (place === null) throw new UsageError(`There is no call "${given}".`);
  return place;
}

/** Every cell as text. */
export async function workbookIn(file: string): Promise<Workbook> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) throw new OperatorError(`There is no file ${file}.`);
  const sheets = await readWorkbook(bytes).catch(() => null);
  if (sheets === null) throw new OperatorError(`${file} is no XLSX workbook: save it as .xlsx.`);
  return Object.fromEntries(
    sheets.map(({ sheet, data }): [string, Table] => [
      sheet,
      data.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))),
    ]),
  );
}
