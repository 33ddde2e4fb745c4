// The texts that each language has, lacks, and borrows.

import { isLanguage, LANGUAGE_FACTS, LANGUAGES, type Language } from '../languages.ts';
import { type Gap, loadCatalogues, type LoadedCatalogues, LOCALES } from '../texts/catalogues.ts';
import { type Given, type Io, UsageError } from './command.ts';

/** `dir`: the folder of the texts. */
export function languages({ positionals: [given] }: Given<unknown>, io: Io, dir = LOCALES): number {
  if (given !== undefined && !isLanguage(given)) throw new UsageError(`Give one of ${LANGUAGES.join(', ')}.`);
  const loaded = loadCatalogues(dir);
  if (given !== undefined) for (const line of missingIn(given, loaded.gaps)) io.say(line);
  else for (const language of LANGUAGES) io.say(lineOf(language, loaded));
  return 0;
}

function lineOf(language: Language, loaded: LoadedCatalogues): string {
  const { fallback } = LANGUAGE_FACTS[language];
  const gaps = loaded.gaps.filter((gap) => gap.language === language);
  const missing = gaps.map(({ file, missing: keys, of }) => `${file} ${keys.length} of ${of}`).join(', ');
  const stands = missing === '' ? 'every text' : `missing, shown in ${fallback ?? ''}: ${missing}`;
  return `${language}: ${stands}; ${reviewLine(language, loaded)}`;
}

function reviewLine(language: Language, { bot, document, mail, staff, teams, web, words }: LoadedCatalogues): string {
  const files = { bot, document, mail, staff, teams, web, words };
  const unread = Object.entries(files).filter(([, file]) => !file[language].reviewed);
  return unread.length === 0
    ? 'all read by a native reader'
    : `no native reader yet: ${unread.map(([name]) => name).join(', ')}`;
}

function missingIn(language: Language, gaps: readonly Gap[]): readonly string[] {
  const own = gaps.filter((gap) => gap.language === language);
  if (own.length === 0) return [`${language}: every text`];
  return own.flatMap(({ file, missing }) => missing.map((key) => `locales/${language}/${file}.json: ${key}`));
}
