// A consent keeps the words that were shown. Older ones have only their hash: here are the words that this version of the
// program can show, by their hash. What was shown under another operator's name is not among them and is said to be gone.

import { createHash } from 'node:crypto';
import { LANGUAGES, type Language } from '../../languages.ts';
import type { Params, TextRef } from '../../dialog/engine/reply.ts';

export interface KnownWording {
  readonly text: string;
  /** False where something was filled in that was not kept: "…" stands there. */
  readonly isWhole: boolean;
}

export type Wordings = (hash: string) => KnownWording | null;

/** `bot`: all of bot.json. `params`: what fills a text for everybody alike. Built at the first question. */
export function knownWordings(
  translate: (language: Language, ref: TextRef, call: string) => string,
  bot: Readonly<Record<Language, ReadonlyMap<string, string>>>,
  params: Params,
): Wordings {
  let known: ReadonlyMap<string, KnownWording> | null = null;
  const build = () => {
    const found = new Map<string, KnownWording>();
    for (const language of LANGUAGES) {
      for (const [key, template] of bot[language]) {
        const gaps = [...template.matchAll(PLACE)].map(([, name = '']) => name);
        const isWhole = gaps.length === 0;
        // Consents were once hashed without what was filled in.
        found.set(hashOf(translate(language, { key }, '')), { text: template.replaceAll(PLACE, '…'), isWhole });
        if (isWhole || !gaps.every((name) => name in params)) continue;
        const text = translate(language, { key, params }, '');
        found.set(hashOf(text), { text, isWhole: true });
      }
    }
    return found;
  };
  return (hash) => (known ??= build()).get(hash) ?? null;
}

const PLACE = /\{\{(\w+)\}\}/g;

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
