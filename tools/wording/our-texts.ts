// Every text that people read, by its file and key: the catalogues, and those of the served calls.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callFilesIn, readCallFiles } from '../../src/calls/load-calls.ts';
import { DIALOGS } from '../../src/cli/call-roots.ts';
import { LANGUAGES, type Language } from '../../src/languages.ts';
import type { TextTree } from '../../src/texts/body.ts';
import { type CatalogueName, LOCALES, templatesOf } from '../../src/texts/catalogues.ts';

export interface OurText {
  readonly language: Language;
  /** "bot", or the id of a call. */
  readonly file: string;
  readonly key: string;
  /** With {{places}}. */
  readonly text: string;
  /** In several languages at once, or a pattern that is to be typed as it is. */
  readonly mixed: boolean;
}

export const CATALOGUES: readonly CatalogueName[] = [
  ...(['bot', 'web', 'document', 'mail', 'teams', 'staff'] as const),
  ...(['whatsapp', 'setup'] as const),
];

const MIXED = /^(?:language\.ask|other-language\.any|questions\.support\.must)$/u;

/** Texts that a body published in this language keep their own signs. */
const OFFICIAL = /^(?:title|stem|how-used|why\..*|lens\..*|topics\.[^.]+\.title)$/u;

/** Of a file of a language; null if there is none. */
export function contentsIn(language: Language, name: string): string | null {
  const path = join(LOCALES, language, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

function ofCatalogue(language: Language, file: CatalogueName): readonly OurText[] {
  const contents = contentsIn(language, `${file}.json`);
  if (contents === null) return [];
  const tree = JSON.parse(contents) as TextTree;
  return [...templatesOf(tree)].map(([key, text]) => ({ language, file, key, text, mixed: MIXED.test(key) }));
}

function ofCalls(): readonly OurText[] {
  return callFilesIn(DIALOGS, LOCALES).flatMap((files) => {
    const { catalogues } = readCallFiles(files);
    return LANGUAGES.flatMap((language) => {
      const catalogue = catalogues[language];
      if (catalogue === undefined) return [];
      const { official, reviewed: _, ...texts } = catalogue;
      return [...templatesOf(texts as TextTree)].flatMap(([key, text]) =>
        official && OFFICIAL.test(key) ? [] : [{ language, file: files.id, key, text, mixed: false }],
      );
    });
  });
}

/** A language that borrows has its own texts here, and no others. */
export function ourTexts(): readonly OurText[] {
  return [...LANGUAGES.flatMap((language) => CATALOGUES.flatMap((file) => ofCatalogue(language, file))), ...ofCalls()];
}
