// Loads the calls of dialogs/ with their texts, and reports all problems at once. A call is a folder, <call-id>/call.yaml
// with texts.csv, or a file <call-id>.yaml with locales/<language>/<call-id>.json.

import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseCatalogue } from './catalogue.ts';
import type { CallCatalogue } from './catalogue.ts';
import { parseCall } from './parse-call.ts';
import type { CallForInputs } from './call.ts';
import type { CallFileProblem } from './load-calls-error.ts';
import { readText, readYaml } from './load-calls-text.ts';
import { type Gap, isWrittenIn, parseSheet, type TextsSheet, textsIn } from './texts-sheet.ts';
import { inEvery, LANGUAGE_FACTS, LANGUAGES, type Language } from '../languages.ts';

export type { CallCatalogue } from './catalogue.ts';

export interface LoadedCalls {
  /** By id, in alphabetical order. */
  readonly calls: CallForInputs[];
  readonly catalogues: Record<Language, Record<string, CallCatalogue>>;
  /** Calls that cannot be read, and why; the others can be served. */
  readonly broken: readonly BrokenCall[];
}

export interface BrokenCall {
  readonly id: string;
  readonly problems: readonly CallFileProblem[];
}

/** The files of a call. `sheet` null: its texts are in `locales`; that null, too: they are not read. */
export interface CallFiles {
  readonly id: string;
  readonly file: string;
  readonly sheet: string | null;
  readonly locales: string | null;
}

/** One call as far as it could be read. A language with a fallback may lack texts. */
export interface ReadCall {
  readonly files: CallFiles;
  readonly call: CallForInputs | null;
  readonly catalogues: Partial<Record<Language, CallCatalogue>>;
  readonly problems: readonly CallFileProblem[];
  readonly gaps: readonly Gap[];
}

/** Every call in `dialogsDir` with its texts in every language. The broken ones are left out and named. */
export function loadGoodCalls(dialogsDir: string, localesDir: string): LoadedCalls {
  return gatherCalls(callFilesIn(dialogsDir, localesDir).map(readCallFiles));
}

export function gatherCalls(read: readonly ReadCall[]): LoadedCalls {
  const catalogues: LoadedCalls['catalogues'] = inEvery(() => ({}));
  const calls: CallForInputs[] = [];
  for (const { call, problems, catalogues: texts } of read) {
    if (call === null || problems.length > 0) continue;
    calls.push(call);
    for (const language of LANGUAGES) {
      const catalogue = texts[language];
      if (catalogue !== undefined) catalogues[language][call.id] = catalogue;
    }
  }
  const broken = read.filter(({ problems }) => problems.length > 0);
  return { calls, catalogues, broken: broken.map(({ files, problems }) => ({ id: files.id, problems })) };
}

/** Without intake.yaml, the frame of all calls. */
export function callFilesIn(dialogsDir: string, localesDir: string | null): readonly CallFiles[] {
  return readdirSync(dialogsDir, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(dialogsDir, entry.name);
      if (entry.isDirectory()) return existsSync(join(path, 'call.yaml')) ? [join(path, 'call.yaml')] : [];
      return /\.ya?ml$/.test(entry.name) && entry.name !== 'intake.yaml' ? [path] : [];
    })
    .map((file) => filesOf(file, localesDir))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** The files of the call in `file`; a folder means its call.yaml. */
export function filesOf(given: string, localesDir: string | null): CallFiles {
  const file = existsSync(join(given, 'call.yaml')) ? join(given, 'call.yaml') : given;
  if (basename(file) === 'call.yaml')
    return { id: basename(dirname(file)), file, sheet: join(dirname(file), 'texts.csv'), locales: null };
  return { id: basename(file).replace(/\.ya?ml$/, ''), file, sheet: null, locales: localesDir };
}

/** Never throws for the contents of a file. */
export function readCallFiles(files: CallFiles): ReadCall {
  const facts = readFacts(files);
  if (facts.ok) return withTexts(files, facts.call);
  // Every problem in one run, also those of the texts.
  const texts = facts.rest === null ? [] : withTexts(files, facts.rest).problems;
  return { files, call: null, catalogues: {}, problems: [...facts.problems, ...texts], gaps: [] };
}

function withTexts(files: CallFiles, call: CallForInputs): ReadCall & { readonly call: CallForInputs } {
  const problems: CallFileProblem[] = [];
  const gaps: Gap[] = [];
  const catalogues: Partial<Record<Language, CallCatalogue>> = {};
  const sheet = files.sheet === null ? null : readSheet(files.sheet);
  if (sheet !== null && 'problem' in sheet) problems.push(sheet.problem);
  for (const language of LANGUAGES) {
    if (sheet !== null && 'problem' in sheet) break;
    if (sheet === null && files.locales === null) break;
    if (LANGUAGE_FACTS[language].fallback !== null && !isWritten(files, call.id, sheet, language)) {
      gaps.push({ why: 'all missing', language, name: '', line: 0 });
      continue;
    }
    const read =
      sheet === null
        ? readCatalogue(join(files.locales ?? '', language, `${call.id}.json`), call, language)
        : readColumn(files.sheet ?? '', sheet, call, language);
    problems.push(...read.problems);
    gaps.push(...read.gaps);
    if (read.catalogue !== null) catalogues[language] = read.catalogue;
  }
  const unread = sheet === null || 'problem' in sheet ? [] : sheet.faults;
  const columns = unread.map((fault) => ({ file: files.sheet ?? '', ...fault }));
  return { files, call, catalogues, problems: [...columns, ...onceEach(problems)], gaps };
}

function isWritten({ locales }: CallFiles, id: string, sheet: TextsSheet | null, language: Language): boolean {
  return sheet === null ? existsSync(join(locales ?? '', language, `${id}.json`)) : isWrittenIn(sheet, language);
}

function readFacts({ id, file }: CallFiles) {
  const wrong = (expected: string, path = '') => ({
    ok: false as const,
    problems: [{ file, line: null, path, expected }],
    rest: null,
  });
  if (!existsSync(file)) return wrong('a file, but there is none');
  const yaml = readYaml(file);
  if (!yaml.ok) return { ok: false as const, problems: yaml.problems, rest: null };
  const parsed = parseCall(yaml.value);
  if (!parsed.ok) {
    const problems = parsed.problems.map((each) => ({ file, line: yaml.lineOf(each.path), ...each }));
    const rest = parsed.rest === null ? null : { ...parsed.rest, id };
    return { ok: false as const, problems, rest };
  }
  if (parsed.call.id === id && !file.endsWith('.yml')) return { ok: true as const, call: parsed.call };
  const place = basename(file) === 'call.yaml' ? `the folder ${parsed.call.id}` : `${parsed.call.id}.yaml`;
  return wrong(`the name of the file: a call ${parsed.call.id} is in ${place}`, 'id');
}

/** A row without any text is missing in every language: it is said once. */
function onceEach(problems: readonly CallFileProblem[]): readonly CallFileProblem[] {
  const isSame = (one: CallFileProblem, other: CallFileProblem) =>
    one.file === other.file && one.line === other.line && one.expected === other.expected;
  return problems.filter(
    (each, index) => each.line === null || problems.findIndex((one) => isSame(one, each)) === index,
  );
}

interface ReadTexts {
  readonly catalogue: CallCatalogue | null;
  readonly problems: readonly CallFileProblem[];
  readonly gaps: readonly Gap[];
}

function readCatalogue(file: string, call: CallForInputs, language: Language): ReadTexts {
  const wrong = (expected: string) => ({
    catalogue: null,
    gaps: [],
    problems: [{ file, line: null, path: '', expected }],
  });
  if (!existsSync(file)) return wrong(`the texts of ${call.id} in this language, but there is no file`);
  const text = readText(file, 'without a mark');
  if (!text.ok) return wrong(text.expected);
  let value: unknown;
  try {
    value = JSON.parse(text.text);
  } catch (fault) {
    return wrong(`valid JSON; ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  const parsed = parseCatalogue(call, language, value);
  if (parsed.ok) return { catalogue: parsed.catalogue, problems: [], gaps: [] };
  return { catalogue: null, gaps: [], problems: parsed.problems.map((each) => ({ file, line: null, ...each })) };
}

function readSheet(file: string): TextsSheet | { readonly problem: CallFileProblem } {
  const wrong = (expected: string) => ({ problem: { file, line: null, path: '', expected } });
  if (!existsSync(file)) return wrong('a sheet with the texts of the call, but there is none');
  const text = readText(file, 'with or without a mark');
  if (!text.ok) return wrong(text.expected);
  const parsed = parseSheet(text.text);
  return parsed.ok ? parsed.sheet : wrong(parsed.expected);
}

function readColumn(file: string, sheet: TextsSheet, call: CallForInputs, language: Language): ReadTexts {
  const { value, gaps } = textsIn(sheet, call, language);
  const parsed = parseCatalogue(call, language, value);
  if (parsed.ok) return { catalogue: parsed.catalogue, problems: [], gaps };
  // A hint that is missing lacks its questions, which are named.
  const told = parsed.problems.filter(
    (each) => !(each.path.includes('.hints.') && each.expected.endsWith('(missing)')),
  );
  const problems = told.map(({ path, expected }) => {
    const { line, name } = rowOf(sheet, path);
    return { file, line, path: `${name} (${language})`, expected };
  });
  return { catalogue: null, gaps: [], problems };
}

/** The row of a text: "topics.support.prompts.who-helped" is the question who-helped in the group support. */
function rowOf({ rows }: TextsSheet, path: string): { readonly line: number | null; readonly name: string } {
  const [first = '', topic = '', ...rest] = path.split('.');
  const name =
    first === 'topics'
      ? rest[0] === 'prompts'
        ? rest.slice(1).join('.')
        : [topic, ...rest.filter((each) => each !== 'title')].join('.')
      : first === 'why'
        ? topic
        : path.replace(/^lenses\./, 'lens.');
  const group = first === 'topics' || first === 'why' ? topic : null;
  const row = rows.find((each) => each.name === name && (group === null || each.group === group));
  return { line: row?.line ?? null, name: group === null || name.startsWith(group) ? name : `${group}: ${name}` };
}
