// The table of promises in docs/wording.md: each text that promises something, with its sense and a mark of how it read in
// all languages when somebody last compared them. A text that changed since must be read again, together with the others.

import { createHash } from 'node:crypto';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import type { OurText } from './our-texts.ts';

export interface PromiseRow {
  readonly file: string;
  readonly key: string;
  readonly sense: string;
  readonly mark: string;
}

const ROW = /^\| `([\w-]+)` +\| `([\w.-]+)` +\| (.*?) +\| `(\w*)` +\|$/u;

export function promisesIn(page: string): readonly PromiseRow[] {
  return page.split('\n').flatMap((line): readonly PromiseRow[] => {
    const [, file, key, sense, mark] = ROW.exec(line) ?? [];
    return file === undefined || key === undefined ? [] : [{ file, key, sense: sense ?? '', mark: mark ?? '' }];
  });
}

/** Of one text in the languages that have every text; null if one of them lacks it. */
export function markOf(texts: readonly OurText[], { file, key }: Pick<PromiseRow, 'file' | 'key'>): string | null {
  const all = WHOLE_LANGUAGES.map(
    (language) => texts.find((one) => one.language === language && one.file === file && one.key === key)?.text,
  );
  if (all.includes(undefined)) return null;
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 8);
}

/** The page with the marks of the texts as they are now. */
export function remarked(page: string, texts: readonly OurText[]): string {
  return page
    .split('\n')
    .map((line) => {
      const [row] = promisesIn(line);
      const mark = row === undefined ? null : markOf(texts, row);
      return row === undefined || mark === null ? line : line.replace(/`\w*`( +\|)$/u, `\`${mark}\`$1`);
    })
    .join('\n');
}
