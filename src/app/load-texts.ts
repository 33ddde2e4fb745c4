// Everything that is read from dialogs/ and locales/, once, at start. Whatever is missing or wrong in it stops the start.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { loadCalls, type LoadedCalls } from '../call-files.ts';
import { loadWebTexts, type WebTexts } from '../channels/web-chat/texts.ts';
import { parseMailTexts, type MailTexts } from '../delivery/mail-texts.ts';
import { parseIntake, type Intake } from '../dialog/intake.ts';
import { LANGUAGES, type Language } from '../dialog/language.ts';
import { buildLexicon, type Lexicon } from '../dialog/lexicon.ts';
import { buildTexts, type Texts } from '../i18n.ts';
import { parseStaffTexts, type StaffTexts } from '../staff/texts.ts';
import { parseDocumentTexts, type DocumentTexts } from '../submission/document-texts.ts';
import { loadTextFiles, readTextFile, templatesOf, TextFilesError } from './text-files.ts';

const DIALOGS = fileURLToPath(new URL('../../dialogs/', import.meta.url));
const LOCALES = fileURLToPath(new URL('../../locales/', import.meta.url));

type InEvery<T> = Readonly<Record<Language, T>>;

export interface LoadedTexts {
  readonly texts: Texts;
  /** All of the bot's texts by their keys, e.g. "keep.yes", with {{places to fill in}}. */
  readonly bot: InEvery<ReadonlyMap<string, string>>;
  readonly lexicon: Lexicon;
  readonly intake: Intake;
  readonly calls: LoadedCalls;
  readonly document: InEvery<DocumentTexts>;
  readonly mail: InEvery<MailTexts>;
  /** First lines of documents and mails. */
  readonly publication: InEvery<DocumentTexts['publication']>;
  readonly web: InEvery<WebTexts>;
  readonly staff: InEvery<StaffTexts>;
}

/** `timeZone`: in which people are told times. Throws an error whose message names every file and key that is wrong. */
export function loadTexts(timeZone: string): LoadedTexts {
  const files = loadTextFiles(LOCALES);
  const document = inEvery(documentTextsOf);
  return {
    texts: buildTexts(files.bot, timeZone),
    bot: inEvery((language) => templatesOf(files.bot[language])),
    lexicon: buildLexicon(files.words),
    intake: parseIntake(parseYaml(readFileSync(`${DIALOGS}intake.yaml`, 'utf8'))),
    calls: loadCalls(DIALOGS, LOCALES),
    document,
    mail: inEvery((language) => parseMailTexts(readTextFile(LOCALES, language, 'mail.json'))),
    publication: inEvery((language) => document[language].publication),
    web: loadWebTexts(),
    staff: inEvery(staffTextsOf),
  };
}

function documentTextsOf(language: Language): DocumentTexts {
  const parsed = parseDocumentTexts(readTextFile(LOCALES, language, 'document.json'));
  if (parsed.kind === 'texts') return parsed.texts;
  throw new TextFilesError(parsed.problems.map((problem) => `locales/${language}/document.json: ${problem}`));
}

function staffTextsOf(language: Language): StaffTexts {
  const parsed = parseStaffTexts(readTextFile(LOCALES, language, 'staff.json'));
  if (parsed.kind === 'texts') return parsed.texts;
  throw new TextFilesError(parsed.problems.map((problem) => `locales/${language}/staff.json: ${problem}`));
}

function inEvery<T>(make: (language: Language) => T): Record<Language, T> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, make(language)])) as Record<Language, T>;
}
