// Reads locales/<language>/ and proves that the four languages say the same: same keys, same parameters.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ZodError } from 'zod';
import { LANGUAGES, type Language } from '../dialog/language.ts';
import { parseWords, type Words } from '../dialog/lexicon.ts';
import type { Catalogue } from '../i18n.ts';

/** Its message has one line for each problem: file, key, what is wrong. */
export class TextFilesError extends Error {
  override readonly name = 'TextFilesError';

  constructor(problems: readonly string[]) {
    super(`${problems.length} problem(s) in the texts\n${problems.join('\n')}`);
  }
}

export interface TextFiles {
  readonly bot: Readonly<Record<Language, Catalogue>>;
  readonly words: Readonly<Record<Language, Words>>;
}

/** Throws TextFilesError with every problem of all files. */
export function loadTextFiles(localesDir: string): TextFiles {
  const problems: string[] = [];
  const bot = perLanguage((language) => read(problems, join(localesDir, language, 'bot.json')) as Catalogue);
  const words = perLanguage((language) => {
    const file = join(localesDir, language, 'words.json');
    try {
      return parseWords(read(problems, file));
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      problems.push(...error.issues.map(({ path, message }) => `${file}: ${path.join('.')}: ${message}`));
      return null;
    }
  });
  const english = flatten(bot.en);
  for (const language of LANGUAGES) {
    // A file that cannot be read at all is one problem, not one for each of its keys.
    if (Object.keys(bot[language]).length === 0) continue;
    problems.push(...differences(english, flatten(bot[language]), join(localesDir, language, 'bot.json')));
  }
  if (problems.length > 0) throw new TextFilesError(problems);
  return { bot, words: words as Record<Language, Words> };
}

/** One language's file of texts, parsed as JSON. Throws TextFilesError where it cannot be read. */
export function readTextFile(localesDir: string, language: Language, name: string): unknown {
  const problems: string[] = [];
  const value = read(problems, join(localesDir, language, name));
  if (problems.length > 0) throw new TextFilesError(problems);
  return value;
}

function perLanguage<T>(make: (language: Language) => T): Record<Language, T> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, make(language)])) as Record<Language, T>;
}

function read(problems: string[], file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    problems.push(`${file}: (whole file): ${error instanceof Error ? error.message : 'cannot be read'}`);
    return {};
  }
}

/** Every text by its key, with {{places to fill in}}; what is no text (`reviewed`) is none. */
export function templatesOf(catalogue: Catalogue): ReadonlyMap<string, string> {
  return new Map([...flatten(catalogue)].filter(([key]) => key !== 'reviewed'));
}

function flatten(catalogue: Catalogue, before = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]): [string, string][] =>
      typeof value === 'object' ? [...flatten(value, `${before}${key}.`)] : [[`${before}${key}`, String(value)]],
    ),
  );
}

function parametersOf(text: string): string {
  return [...new Set(text.match(/\{\{[^}]*\}\}/gu) ?? [])].sort().join(' ');
}

function differences(english: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>, file: string): string[] {
  const missing = [...english.keys()].filter((key) => !other.has(key)).map((key) => `${file}: ${key}: missing`);
  const surplus = [...other.keys()].filter((key) => !english.has(key)).map((key) => `${file}: ${key}: not known`);
  const empty = [...other].filter(([, text]) => text.trim() === '').map(([key]) => `${file}: ${key}: empty`);
  const parameters = [...english]
    .filter(([key, text]) => other.has(key) && parametersOf(text) !== parametersOf(other.get(key) ?? ''))
    .map(([key, text]) => `${file}: ${key}: parameters must be ${parametersOf(text) || 'none'}`);
  return [...missing, ...surplus, ...empty, ...parameters];
}
