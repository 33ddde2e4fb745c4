// Loads dialogs/<call-id>.yaml with locales/<language>/<call-id>.json, and reports all problems at once. A broken file
// stops the start.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseDocument } from 'yaml';
import { parseCall } from './call.ts';
import type { CallForInputs } from './call.ts';
import { parseCatalogue } from './catalogue.ts';
import type { CallCatalogue } from './catalogue.ts';
import { inEvery, LANGUAGES, type Language } from '../languages.ts';

export type { CallCatalogue } from './catalogue.ts';

export interface CallFileProblem {
  readonly file: string;
  /** Dotted key inside the file; "" is the whole file. */
  readonly path: string;
  readonly expected: string;
}

/** The message has one line per problem: file, path, expected value. */
export class CallFilesError extends Error {
  override readonly name = 'CallFilesError';
  readonly problems: readonly CallFileProblem[];

  constructor(problems: readonly CallFileProblem[]) {
    const lines = problems.map(
      ({ file, path, expected }) => `${file}: ${path === '' ? '(whole file)' : path}: expected ${expected}`,
    );
    super(`${problems.length} problem(s) in the files of calls for inputs\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

export interface LoadedCalls {
  /** By id, in alphabetical order. */
  readonly calls: CallForInputs[];
  readonly catalogues: Record<Language, Record<string, CallCatalogue>>;
}

/** Every call in `dialogsDir` (without intake.yaml, the frame) with its texts in every language. Throws CallFilesError. */
export function loadCalls(dialogsDir: string, localesDir: string): LoadedCalls {
  return loadCallFiles(callFilesIn(dialogsDir), localesDir);
}

/** These calls only. `localesDir` null: the texts are not read. Throws CallFilesError. */
export function loadCallFiles(files: readonly string[], localesDir: string | null): LoadedCalls {
  const problems: CallFileProblem[] = [];
  const calls: CallForInputs[] = [];
  const catalogues: LoadedCalls['catalogues'] = inEvery(() => ({}));
  for (const file of files) {
    const call = noting(problems, file, () => readCall(file));
    if (call === undefined) continue;
    calls.push(call);
    if (localesDir === null) continue;
    for (const language of LANGUAGES) {
      const path = join(localesDir, language, `${call.id}.json`);
      const catalogue = noting(problems, path, () => readCatalogue(path, call, language));
      if (catalogue !== undefined) catalogues[language][call.id] = catalogue;
    }
  }
  if (problems.length > 0) throw new CallFilesError(problems);
  return { calls, catalogues };
}

function callFilesIn(dialogsDir: string): string[] {
  return readdirSync(dialogsDir)
    .filter((name) => /\.ya?ml$/.test(name) && name !== 'intake.yaml')
    .sort()
    .map((name) => join(dialogsDir, name));
}

type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Omit<CallFileProblem, 'file'>[] };

function noting<T>(problems: CallFileProblem[], file: string, read: () => Read<T>): T | undefined {
  const result = read();
  if (result.ok) return result.value;
  problems.push(...result.problems.map((problem) => ({ file, ...problem })));
  return undefined;
}

const wrong = (path: string, expected: string) => ({ ok: false as const, problems: [{ path, expected }] });

function readCall(file: string): Read<CallForInputs> {
  if (!existsSync(file)) return wrong('', 'a file, but there is none');
  const document = parseDocument(readFileSync(file, 'utf8'));
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0)
    return {
      ok: false,
      problems: faults.map((fault) => ({
        path: '',
        expected: `valid YAML; ${fault.message.split('\n')[0] ?? ''}`,
      })),
    };
  let value: unknown;
  try {
    // With aliases a small file could grow without end, or contain itself.
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return wrong('', 'YAML without anchors and aliases (& and *)');
  }
  const parsed = parseCall(value);
  if (!parsed.ok) return parsed;
  const named = basename(file).replace(/\.ya?ml$/, '');
  if (parsed.call.id !== named || !file.endsWith('.yaml'))
    return wrong('id', `the name of the file: a call ${parsed.call.id} is in ${parsed.call.id}.yaml`);
  return { ok: true, value: parsed.call };
}

function readCatalogue(file: string, call: CallForInputs, language: Language): Read<CallCatalogue> {
  if (!existsSync(file)) return wrong('', `the texts of ${call.id} in this language, but there is no file`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (fault) {
    return wrong('', `valid JSON; ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  const parsed = parseCatalogue(call, language, value);
  return parsed.ok ? { ok: true, value: parsed.catalogue } : parsed;
}
