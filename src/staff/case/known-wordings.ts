// A consent keeps the hash of the words that were shown. Here are the words that this version of the program can show, by
// their hash; what was shown by another version, or by another operator's name, is not among them and is said to be gone.

import { createHash } from 'node:crypto';
import { LANGUAGES, type Language } from '../../dialog/language.ts';
import type { Params, TextRef } from '../../dialog/reply.ts';

export type Wordings = (hash: string) => string | null;

/** `keys`: all of bot.json. `params`: what fills a text for everybody alike. Built at the first question. */
export function knownWordings(
  translate: (language: Language, ref: TextRef, call: string) => string,
  keys: readonly string[],
  params: Params,
): Wordings {
  let known: ReadonlyMap<string, string> | null = null;
  const build = () => {
    const texts = LANGUAGES.flatMap((language) =>
      keys.flatMap((key) => [translate(language, { key }, ''), translate(language, { key, params }, '')]),
    );
    return new Map(texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]));
  };
  return (hash) => (known ??= build()).get(hash) ?? null;
}
