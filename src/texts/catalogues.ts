// The texts in locales/<language>/<name>.json. The English file defines the type of all, and every other language has
// its keys and no others, with the same {{placeholders}}. A language with a fallback may lack some, or whole files.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ZodError } from 'zod';
import type bot from '../../locales/en/bot.json';
import type document from '../../locales/en/document.json';
import type mail from '../../locales/en/mail.json';
import type setup from '../../locales/en/setup.json';
import type staff from '../../locales/en/staff.json';
import type teams from '../../locales/en/teams.json';
import type whatsapp from '../../locales/en/whatsapp.json';
import type web from '../../locales/en/web.json';
import { parseSomeWords, parseWords, type Words } from '../dialog/understanding/word-lists.ts';
import { type ConceptLists, parseConcepts } from '../dialog/understanding/talk/model.ts';
import { inEvery, LANGUAGE_FACTS, type Language, LANGUAGES, WHOLE_LANGUAGES } from '../languages.ts';
import { isTree, keysOf, laidOver, type Tree } from '../dialog/understanding/laid-over.ts';
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
/** The questions of `griot setup`. */
export type SetupTexts = typeof setup;
/** The review desk. */
export type StaffTexts = NamesLanguages<typeof staff>;
/** The few words that only Teams needs. */
export type TeamsTexts = typeof teams;
/** The few words that only WhatsApp's Cloud API needs. */
export type WhatsAppTexts = typeof whatsapp;
/** The pages around the web chat. */
export type WebTexts = typeof web;

export interface Catalogues {
  readonly bot: BotTexts;
  readonly document: DocumentTexts;
  readonly mail: MailTexts;
  readonly setup: SetupTexts;
  readonly staff: StaffTexts;
  readonly teams: TeamsTexts;
  readonly whatsapp: WhatsAppTexts;
  readonly web: WebTexts;
}

export type CatalogueName = keyof Catalogues;
export type InEvery<T> = Readonly<Record<Language, T>>;

/** The texts that a language lacks in one file. They come in its fallback. */
export interface Gap {
  readonly language: Language;
  readonly fallback: Language;
  /** "bot", "words". */
  readonly file: string;
  readonly missing: readonly string[];
  /** Texts of that file in English. */
  readonly of: number;
}

/** The bot's texts that each language borrows. */
export function borrowedIn(gaps: readonly Gap[]): Readonly<Partial<Record<Language, ReadonlySet<string>>>> {
  const ofBot = gaps.filter(({ file }) => file === 'bot');
  return Object.fromEntries(ofBot.map(({ language, missing }) => [language, new Set(missing)]));
}

interface Findings {
  readonly problems: string[];
  readonly gaps: Gap[];
}

export const LOCALES = fileURLToPath(new URL('../../locales/', import.meta.url));

/** The message has one line per problem: file, key, what is wrong. */
class TextFilesError extends Error {
  override readonly name = 'TextFilesError';

  constructor(problems: readonly string[]) {
    super(`Problems in the texts: ${problems.length}\n${problems.join('\n')}`);
  }
}

/** Reads one catalogue in all languages. Throws TextFilesError with every problem of its files. */
export function loadCatalogue<Name extends CatalogueName>(name: Name, dir = LOCALES): InEvery<Catalogues[Name]> {
  const findings: Findings = { problems: [], gaps: [] };
  const catalogue = readCatalogue(name, dir, findings);
  throwIfAny(findings);
  return catalogue;
}

function throwIfAny({ problems }: Findings): void {
  if (problems.length > 0) throw new TextFilesError(problems);
}

export type LoadedCatalogues = { readonly [Name in CatalogueName]: InEvery<Catalogues[Name]> } & {
  readonly words: InEvery<Words>;
  readonly talk: InEvery<ConceptLists>;
  readonly gaps: readonly Gap[];
};

/** Reads every catalogue, and the lexicons. Throws TextFilesError with every problem of all files. */
export function loadCatalogues(dir = LOCALES): LoadedCatalogues {
  const findings: Findings = { problems: [], gaps: [] };
  const read = <Name extends CatalogueName>(name: Name) => readCatalogue(name, dir, findings);
  const all = {
    bot: read('bot'),
    document: read('document'),
    mail: read('mail'),
    setup: read('setup'),
    staff: read('staff'),
    teams: read('teams'),
    whatsapp: read('whatsapp'),
    web: read('web'),
    words: readLists('words', dir, parseWords, parseSomeWords, findings),
    // A message without concepts of its language is understood by its words and letters.
    talk: readLists('talk', dir, parseConcepts, parseConcepts, findings),
  };
  throwIfAny(findings);
  return { ...all, gaps: findings.gaps };
}

/** Every text by its key, e.g. "keep.yes", with {{placeholders}}; `reviewed` is no text. */
export function templatesOf(catalogue: TextTree): ReadonlyMap<string, string> {
  return new Map([...flatten(catalogue)].filter(([key]) => key !== 'reviewed'));
}

/** Compares the files with the English one, whose type the result then has. */
function readCatalogue<Name extends CatalogueName>(
  name: Name,
  dir: string,
  findings: Findings,
): InEvery<Catalogues[Name]> {
  const { problems } = findings;
  const trees = inEvery((language) => readFile(dir, language, name, problems) as TextTree);
  const english = flatten(trees.en);
  problems.push(...unnamedLanguages(english).map((key) => `${join(dir, 'en', `${name}.json`)}: ${key}: missing`));
  for (const language of LANGUAGES) {
    const { fallback } = LANGUAGE_FACTS[language];
    // An unreadable file is one problem, not one per key.
    if (fallback === null && Object.keys(trees[language]).length === 0) continue;
    const file = join(dir, language, `${name}.json`);
    const own = flatten(trees[language]);
    const missing = [...english.keys()].filter((key) => !own.has(key) && (fallback === null || key !== 'reviewed'));
    if (fallback === null) problems.push(...missing.map((key) => `${file}: ${key}: missing`));
    else note(findings, { language, fallback, file: name, missing, of: english.size - 1 });
    problems.push(...differences(english, own).map((problem) => `${file}: ${problem}`));
  }
  const whole = inEvery((language) => {
    const { fallback } = LANGUAGE_FACTS[language];
    return fallback === null ? trees[language] : laidOver(trees[fallback], { reviewed: false, ...trees[language] });
  });
  return whole as unknown as InEvery<Catalogues[Name]>;
}

function note({ gaps }: Findings, gap: Gap): void {
  if (gap.missing.length > 0) gaps.push(gap);
}

/** Lists of words in all languages. `some`: for a language that may lack lists. */
function readLists<T extends Tree>(
  name: string,
  dir: string,
  parse: (value: unknown) => T,
  some: (value: unknown, fallback: T) => T,
  findings: Findings,
): InEvery<T> {
  const files = inEvery((language) => readFile(dir, language, name, findings.problems));
  const read = (language: Language, parseOne: () => T): T | null => {
    try {
      return parseOne();
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      const file = join(dir, language, `${name}.json`);
      findings.problems.push(...error.issues.map(({ path, message }) => `${file}: ${path.join('.')}: ${message}`));
      return null;
    }
  };
  const whole = new Map<Language, T | null>(
    WHOLE_LANGUAGES.map((language) => [language, read(language, () => parse(files[language]))]),
  );
  return inEvery((language) => {
    const { fallback } = LANGUAGE_FACTS[language];
    const base = whole.get(fallback ?? language) ?? null;
    if (fallback === null || base === null) return base;
    const own = files[language];
    const [keys, has] = [keysOf(base), new Set(isTree(own) ? keysOf(own) : [])];
    note(findings, { language, fallback, file: name, missing: keys.filter((key) => !has.has(key)), of: keys.length });
    return read(language, () => some(own, base));
  }) as InEvery<T>;
}

/** The file of one language; a language with a fallback need not have it. */
function readFile(dir: string, language: Language, name: string, problems: string[]): unknown {
  const file = join(dir, language, `${name}.json`);
  return LANGUAGE_FACTS[language].fallback !== null && !existsSync(file) ? {} : readJson(file, problems);
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

/** A language may have more plural forms than English: "units.words_few". */
function pluralOf(key: string): string {
  return key.replace(/(?<=^units\..{1,40}_)(?:zero|one|two|few|many)$/u, 'other');
}

/** Apart from missing keys. A text may be empty only if the English one is. */
function differences(english: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  const isEmpty = (key: string, text: string) => text.trim() === '' && english.get(key)?.trim() !== '';
  return [
    ...[...other.keys()]
      .filter((key) => !english.has(key) && !english.has(pluralOf(key)))
      .map((key) => `${key}: not known`),
    ...[...other].filter(([key, text]) => isEmpty(key, text)).map(([key]) => `${key}: empty`),
    ...[...english]
      .filter(([key, text]) => other.has(key) && placesIn(text) !== placesIn(other.get(key) ?? ''))
      .map(([key, text]) => `${key}: parameters must be ${placesIn(text) || 'none'}`),
  ];
}
