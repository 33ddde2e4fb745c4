// What the desk needs to know of a call for inputs, so that a reviewer sees at a glance what it asks for.

import { createHash } from 'node:crypto';
import {
  acceptedFormats,
  acceptedLanguages,
  type CallForInputs,
  type Deadline,
  deadlineOf,
  limitIsAssumed,
  subjectOf,
  wordLimitOf,
} from '../calls/call.ts';
import type { CallCatalogue } from '../calls/catalogue.ts';
import type { Params, TextRef } from '../dialog/engine/reply.ts';
import type { Finding } from '../dialog/understanding/findings.ts';
import { inEvery, type Language, LANGUAGES } from '../languages.ts';

// A consent keeps the words that were shown. Older ones have only their hash: here are the words that this version of the
// program can show, by their hash. What was shown under another operator's name is not among them and is said to be gone.

interface KnownWording {
  readonly text: string;
  /** False where something was filled in that was not kept: "…" stands there. */
  readonly isWhole: boolean;
}

type Wordings = (hash: string) => KnownWording | null;

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

export interface CallFacts {
  readonly id: string;
  readonly title: Readonly<Record<Language, string>>;
  /** Null: none, or none stated. */
  readonly deadline: Deadline | null;
  /** Words of a whole file; null: no limit, or none stated. */
  readonly limit: number | null;
  readonly limitIsAssumed: boolean;
  readonly languages: readonly string[];
  readonly formats: readonly ('docx' | 'pdf')[];
  /** As the call wants it; its title where it asks for none. */
  readonly subject: (language: Language) => string;
}

export interface KnownCall {
  readonly call: CallForInputs;
  readonly catalogues: Readonly<Record<Language, CallCatalogue>>;
}

export function callFacts({ call, catalogues }: KnownCall): CallFacts {
  return {
    id: call.id,
    title: inEvery((language) => catalogues[language].short),
    deadline: deadlineOf(call),
    limit: wordLimitOf(call),
    limitIsAssumed: limitIsAssumed(call),
    languages: acceptedLanguages(call),
    formats: acceptedFormats(call),
    subject: (language) =>
      subjectOf(call, { language, submitter: '', kind: '', country: '', session: '' }, catalogues[language].title),
  };
}

/**
 * What the desk is told about calls, texts and names by the rest of the program, so that it shows what they know and
 * nothing of it is decided twice.
 */
export interface Knowledge {
  /** Null for a call that is not here any more. */
  readonly callOf: (callId: string) => CallFacts | null;
  /** What in these texts may name or lead to somebody. */
  readonly findings: (texts: readonly string[]) => readonly Finding[];
  readonly wordingOf: Wordings;
  /** What stands in a document where something is withheld, in its language. */
  readonly withheldLabels: Readonly<Record<Language, readonly string[]>>;
}
