// The texts in locales/<language>/<name>.json. The English file defines the type of all, and every other language must
// have exactly its keys, with the same {{placeholders}}.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ZodError } from 'zod';
import type bot from '../../locales/en/bot.json';
import type document from '../../locales/en/document.json';
import type mail from '../../locales/en/mail.json';
import type staff from '../../locales/en/staff.json';
import type teams from '../../locales/en/teams.json';
import type web from '../../locales/en/web.json';
import { parseWords, type Words } from '../dialog/understanding/word-lists.ts';
import { type ConceptLists, parseConcepts } from '../dialog/understanding/talk/features.ts';
import { inEvery, type Language, LANGUAGES } from '../languages.ts';
import { isOfBody, type TextTree } from './body.ts';

/** A group `languages` has a name for every language, even before the English file has them all. */
type NamesLanguages<T> = {
  readonly [Key in keyof T]: T[Key] extends string | boolean | readonly unknown[]
    ? T[Key]
    : Key extends 'languages'
      ? InEvery<string>
      : NamesLanguages<T[Key]>;
};

/** The bot's texts of the conversation. */
export type BotTexts = typeof bot;
/** The few words of a document that are not the person's. */
export type DocumentTexts = NamesLanguages<typeof document>;
/** The mails to the body that asked, and the notices to staff. */
export type MailTexts = typeof mail;
/** The review desk. */
export type StaffTexts = NamesLanguages<typeof staff>;
/** The few words that only Teams needs. */
export type TeamsTexts = typeof teams;
/** The pages around the web chat. */
export type WebTexts = typeof web;

export interface Catalogues {
  readonly bot: BotTexts;
  readonly document: DocumentTexts;
  readonly mail: MailTexts;
  readonly staff: StaffTexts;
  readonly teams: TeamsTexts;
  readonly web: WebTexts;
}

export type CatalogueName = keyof Catalogues;
export type InEvery<T> = Readonly<Record<Language, T>>;

export const LOCALES = fileURLToPath(new URL('../../locales/', import.meta.url));

/** The message has one line per problem: file, key, what is wrong. */
class TextFilesError extends Error {
  override readonly name = 'TextFilesError';

  constructor(problems: readonly string[]) {
    super(`${problems.length} problem(s) in the texts\n${problems.join('\n')}`);
  }
}

/** Reads one catalogue in all languages. Throws TextFilesError with every problem of its files. */
export function loadCatalogue<Name extends CatalogueName>(name: Name, dir = LOCALES): InEvery<Catalogues[Name]> {
  const problems: string[] = [];
  const catalogue = readCatalogue(name, dir, problems);
  if (problems.length > 0) throw new TextFilesError(problems);
  return catalogue;
}

/** Reads every catalogue, and the lexicons. Throws TextFilesError with every problem of all files. */
export function loadCatalogues(dir = LOCALES): {
  readonly [Name in CatalogueName]: InEvery<Catalogues[Name]>;
} & { readonly words: InEvery<Words>; readonly talk: InEvery<ConceptLists> } {
  const problems: string[] = [];
  const read = <Name extends CatalogueName>(name: Name) => readCatalogue(name, dir, problems);
  const all = {
    bot: read('bot'),
    document: read('document'),
    mail: read('mail'),
    staff: read('staff'),
    teams: read('teams'),
    web: read('web'),
    words: inEvery((language) => readLists(join(dir, language, 'words.json'), parseWords, problems)),
    talk: inEvery((language) => readLists(join(dir, language, 'talk.json'), parseConcepts, problems)),
  };
  if (problems.length > 0) throw new TextFilesError(problems);
  return { ...all, words: all.words as InEvery<Words>, talk: all.talk as InEvery<ConceptLists> };
}

/** Every text by its key, e.g. "keep.yes", with {{placeholders}}; `reviewed` is no text. */
export function templatesOf(catalogue: TextTree): ReadonlyMap<string, string> {
  return new Map([...flatten(catalogue)].filter(([key]) => key !== 'reviewed'));
}

/** Compares the files with the English one, whose type the result then has. */
function readCatalogue<Name extends CatalogueName>(
  name: Name,
  dir: string,
  problems: string[],
): InEvery<Catalogues[Name]> {
  const trees = inEvery((language) => readJson(join(dir, language, `${name}.json`), problems) as TextTree);
  const english = flatten(trees.en);
  problems.push(...unnamedLanguages(english).map((key) => `${join(dir, 'en', `${name}.json`)}: ${key}: missing`));
  for (const language of LANGUAGES) {
    // An unreadable file is one problem, not one per key.
    if (Object.keys(trees[language]).length === 0) continue;
    const file = join(dir, language, `${name}.json`);
    problems.push(...differences(english, flatten(trees[language])).map((problem) => `${file}: ${problem}`));
  }
  return trees as unknown as InEvery<Catalogues[Name]>;
}

function readLists<T>(file: string, parse: (value: unknown) => T, problems: string[]): T | null {
  try {
    return parse(readJson(file, problems));
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    problems.push(...error.issues.map(({ path, message }) => `${file}: ${path.join('.')}: ${message}`));
    return null;
  }
}

function readJson(file: string, problems: string[]): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    problems.push(`${file}: (whole file): ${error instanceof Error ? error.message : 'cannot be read'}`);
    return {};
  }
}

/** A list is one entry, its lines joined. */
function flatten(tree: TextTree, before = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] => {
      if (Array.isArray(value)) return [[`${before}${key}`, value.some((line) => line === '') ? '' : value.join('\n')]];
      if (typeof value === 'object') return [...flatten(value as TextTree, `${before}${key}.`)];
      return [[`${before}${key}`, String(value)]];
    }),
  );
}

/** Groups of language names must have all languages. */
function unnamedLanguages(english: ReadonlyMap<string, string>): readonly string[] {
  const groups = new Set([...english.keys()].flatMap((key) => /^(.*\.languages)\.\w+$/u.exec(key)?.[1] ?? []));
  return [...groups].flatMap((group) => LANGUAGES.map((one) => `${group}.${one}`)).filter((key) => !english.has(key));
}

/**
 * Without those that every call fills: a language names its body if its sentence needs it. A unit ("{{words, words}}") is of the
 * sentence.
 */
function placesIn(text: string): string {
  const all = [...text.matchAll(/\{\{([^{},]*)(?:, [a-z]+)?\}\}/gu)].map(([, name = '']) => name);
  return [...new Set(all.filter((name) => !isOfBody(name)).map((name) => `{{${name}}}`))].sort().join(' ');
}

/** A text may be empty only if the English one is. */
function differences(english: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  const isEmpty = (key: string, text: string) => text.trim() === '' && english.get(key)?.trim() !== '';
  return [
    ...[...english.keys()].filter((key) => !other.has(key)).map((key) => `${key}: missing`),
    ...[...other.keys()].filter((key) => !english.has(key)).map((key) => `${key}: not known`),
    ...[...other].filter(([key, text]) => isEmpty(key, text)).map(([key]) => `${key}: empty`),
    ...[...english]
      .filter(([key, text]) => other.has(key) && placesIn(text) !== placesIn(other.get(key) ?? ''))
      .map(([key, text]) => `${key}: parameters must be ${placesIn(text) || 'none'}`),
  ];
}
