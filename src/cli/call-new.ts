// A draft of a new call, from the text of its page.

import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { formatCsv } from '../calls/csv.ts';
import { filesOf, readCallFiles } from '../calls/load-calls.ts';
import { neverServedLines } from './call-why.ts';
import { draftYaml } from './call-draft.ts';
import { shownPath } from './call-place.ts';
import { DIALOGS } from './call-roots.ts';
import { reportOf } from '../calls/page/draft-report.ts';
import { draftTexts } from '../calls/page/draft-texts.ts';
import { callsOn, readCallPage } from '../calls/page/read-call-page.ts';
import { readDocx } from '../channels/media/read-docx.ts';
import { type Language, LANGUAGES, WHOLE_LANGUAGES } from '../languages.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/u;

/** Characters; pages of calls have five to twenty thousand. */
const LONGEST = 200_000;

export interface NewCallGiven {
  readonly id?: string | undefined;
  readonly language?: string | undefined;
  readonly part?: string | undefined;
  readonly url?: string | undefined;
  readonly into?: string | undefined;
}

/** `today` is passed in by tests. */
export async function newCall(
  { values, positionals: [file = '-'] }: Given<NewCallGiven>,
  io: Io,
  today = day(),
): Promise<number> {
  const { id = '', url = null, into = DIALOGS } = values;
  const language = WHOLE_LANGUAGES.find((each) => each === values.language);
  if (!ID.test(id))
    throw new UsageError('Give the call an id: small letters, digits and single hyphens, e.g. --id emler-2027');
  if (language === undefined)
    throw new UsageError(`Give the language of the page: --language ${WHOLE_LANGUAGES.join('|')}`);
  const folder = join(into, id);
  if (existsSync(folder) || existsSync(`${folder}.yaml`))
    throw new OperatorError(`There is a call ${id} already: ${folder}`);

  const text = await textOf(file);
  if (text.length > LONGEST)
    throw new OperatorError('This is longer than the page of a call: copy the text of the page only.');
  const page = readCallPage(values.part === 'all' ? text : oneOf(callsOn(text), values.part));
  if (page.facts.length === 0) throw new OperatorError('Nothing that a call says was found in this text.');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'call.yaml'), draftYaml(page, { id, language, today, url }), { flag: 'wx' });
  const languages: readonly Language[] = [language, ...LANGUAGES.filter((each) => each !== language)];
  // With a mark, without which spreadsheets take it for another encoding.
  await writeFile(join(folder, 'texts.csv'), `\uFEFF${formatCsv(draftTexts(page, languages))}`, { flag: 'wx' });

  for (const line of reportOf(page, url)) io.say(line);
  const { call } = readCallFiles(filesOf(folder, null));
  if (call !== null) for (const line of neverServedLines(call)) io.say(line);
  const shown = shownPath(folder);
  io.say(`Written: ${join(shown, 'call.yaml')} (status: draft) and ${join(shown, 'texts.csv')}`);
  io.say(`Next: go through the third list, then npm run -s griot -- call check ${shown}`);
  return 0;
}

const day = () => new Date().toISOString().slice(0, 10);

/** The text of a Word file keeps the bullets of its lists. */
async function textOf(file: string): Promise<string> {
  const bytes = file === '-' ? await buffer(process.stdin) : await readFile(file).catch(() => null);
  if (bytes === null) throw new OperatorError(`There is no file ${file}.`);
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-')
    throw new OperatorError('A PDF cannot be read here: copy its text into a text file, or save it as .docx.');
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    const read = await readDocx(bytes, { forCall: true });
    if (!read.ok) throw new OperatorError(`This Word file cannot be read: ${read.why}.`);
    return read.text;
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new OperatorError('The text is not UTF-8: save it as UTF-8 (in Notepad: Save as, Encoding).');
  }
  if (/^\s*<(?:!doctype|html)\b/iu.test(text))
    throw new OperatorError('This is the code of a web page: copy the text of the page into a text file.');
  return text;
}

function oneOf(calls: readonly string[], part: string | undefined): string {
  const [first = ''] = calls;
  if (calls.length === 1) return first;
  const letters = calls.map((_, index) => String.fromCharCode(97 + index));
  const chosen = calls[letters.indexOf(part ?? '')];
  if (chosen === undefined)
    throw new UsageError(
      `There are ${calls.length} calls on this page, (a) to (${letters.at(-1) ?? ''}). Choose one: --part ${letters.join('|')}. If they are parts of one call: --part all`,
    );
  return chosen;
}
