// Reads dialogs/ and locales/ once, at start. Missing or wrong files stop the start, except those of a single call.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { loadGoodCalls, type LoadedCalls } from '../calls/load-calls.ts';
import { parseIntake, type Intake } from '../dialog/engine/intake.ts';
import { buildLexicon, type Lexicon } from '../dialog/understanding/lexicon.ts';
import {
  loadCatalogues,
  LOCALES,
  templatesOf,
  type DocumentTexts,
  type Gap,
  type InEvery,
  type MailTexts,
  type StaffTexts,
  type TeamsTexts,
  type WebTexts,
} from '../texts/catalogues.ts';
import { inEvery, type Language } from '../languages.ts';
import { buildTexts, type Texts } from '../texts/translate.ts';

const DIALOGS = fileURLToPath(new URL('../../dialogs/', import.meta.url));

export interface LoadedTexts {
  readonly texts: Texts;
  /** All of the bot's texts by their keys, e.g. "keep.yes", with {{placeholders}}. */
  readonly bot: InEvery<ReadonlyMap<string, string>>;
  /** By file, whether a native reader has reviewed it. */
  readonly reviewed: InEvery<Readonly<Record<string, boolean>>>;
  readonly lexicon: Lexicon;
  readonly intake: Intake;
  /** A call whose files cannot be read is named, and the others are served. */
  readonly calls: LoadedCalls;
  readonly document: InEvery<DocumentTexts>;
  readonly mail: InEvery<MailTexts>;
  readonly web: InEvery<WebTexts>;
  readonly staff: InEvery<StaffTexts>;
  readonly teams: InEvery<TeamsTexts>;
  /** Texts that a language borrows from another one. */
  readonly gaps: readonly Gap[];
}

/** Cached per process: reading the files is most of the cost of opening an app. */
let files: ReturnType<typeof readFiles> | null = null;

function readFiles() {
  const { bot, words, talk, gaps, ...rest } = loadCatalogues();
  return {
    trees: bot,
    shared: {
      ...rest,
      gaps,
      reviewed: inEvery((language) => reviewedIn({ bot, ...rest }, language)),
      bot: inEvery((language) => templatesOf(bot[language])),
      lexicon: buildLexicon(words, talk),
      intake: parseIntake(parseYaml(readFileSync(`${DIALOGS}intake.yaml`, 'utf8'))),
      calls: loadGoodCalls(DIALOGS, LOCALES),
    },
  };
}

type Catalogue = Readonly<Record<string, InEvery<{ readonly reviewed: boolean }>>>;

function reviewedIn(catalogues: Catalogue, language: Language): Readonly<Record<string, boolean>> {
  return Object.fromEntries(Object.entries(catalogues).map(([name, each]) => [name, each[language].reviewed]));
}

/** `timeZone`: for times that people are told. Throws an error that names every wrong file and key. */
export function loadTexts(timeZone: string): LoadedTexts {
  const { trees, shared } = (files ??= readFiles());
  return { ...shared, texts: buildTexts(trees, timeZone) };
}
