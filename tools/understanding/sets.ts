// The labelled messages in test/fixtures/understanding: one message a line.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';

/**
 * `given`: by others; `dev` and `more`: for training; `answers`: for training what answers a question of the bot; `urgent`: for training
 * what is urgent against what is told; `held` and `unseen`: never looked at while building.
 */
export const SETS = ['given', 'dev', 'more', 'answers', 'urgent', 'held', 'unseen'] as const;
export type SetName = (typeof SETS)[number];

export interface Labelled {
  readonly lang: WholeLanguage;
  /** The place of the writer: hello, keep, story, topic, … */
  readonly at: string;
  readonly text: string;
  /** Several labels if two readers may differ. */
  readonly expect: readonly string[];
  /** The name or the secret word, if `expect` has one. */
  readonly value?: string;
}

const FOLDER = fileURLToPath(new URL('../../test/fixtures/understanding/', import.meta.url));

/** `folder`: of other sets, for example of lines that nobody here has seen. */
export function loadSet(
  set: SetName,
  languages: readonly WholeLanguage[] = WHOLE_LANGUAGES,
  folder = FOLDER,
): readonly Labelled[] {
  return languages.flatMap((language) => {
    const file = `${folder}/${set}.${language}.jsonl`;
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const row = JSON.parse(line) as Omit<Labelled, 'expect'> & { readonly expect: string | readonly string[] };
        return { ...row, expect: typeof row.expect === 'string' ? [row.expect] : row.expect };
      });
  });
}

/** True for free answers: a message is told unless it is said to the bot. */
export function isTelling({ at }: Labelled): boolean {
  return at === 'story' || at === 'topic';
}
