// Facts about a call for inputs, which show a reviewer at a glance what it asks for.

import { createHash } from 'node:crypto';
import {
  acceptedFormats,
  acceptedLanguages,
  type CallForInputs,
  type Deadline,
  deadlineOf,
  limitIsAssumed,
  isSubjectOf,
  limitsOf,
} from '../calls/call.ts';
import { type Stated, statedIn } from '../calls/stated.ts';
import type { CallCatalogue } from '../calls/catalogue.ts';
import { markedSubject, type Terms, termsOf } from '../calls/publication.ts';
import type { Params, TextRef } from '../dialog/engine/reply.ts';
import type { Finding } from '../dialog/understanding/findings.ts';
import { inEvery, type Language, LANGUAGES } from '../languages.ts';
import { callFiller, type CallInTexts } from '../texts/terms.ts';

// Consents store the words that were shown. Older ones have only their hash: this finds, by hash, the wordings that
// this version of the program can show. Those with another operator's name are not found, and the page says so.

interface KnownWording {
  readonly text: string;
  /** False if a parameter was not stored: the text then has "…" instead. */
  readonly isWhole: boolean;
}

type Worded = CallInTexts & { readonly hash: string };

type Wordings = (hash: string) => KnownWording | null;

/** `bot`: all of bot.json. `params`: the parameters that are the same for everybody. Built on first use. */
export function knownWordings(
  translate: (language: Language, ref: TextRef, call: string) => string,
  bot: Readonly<Record<Language, ReadonlyMap<string, string>>>,
  calls: readonly Worded[],
  params: Params,
): Wordings {
  let known: ReadonlyMap<string, KnownWording> | null = null;
  const build = () => {
    const found = new Map<string, KnownWording>();
    for (const { hash, language, inCall } of calls.flatMap((call) => inItsLanguages(call, bot))) {
      for (const [key, written] of bot[language]) {
        const template = inCall(written);
        const gaps = [...template.matchAll(PLACE)].map(([, name = '']) => name);
        const isWhole = gaps.length === 0;
        // Consents were once hashed without their parameters.
        found.set(hashOf(translate(language, { key }, hash)), { text: template.replaceAll(PLACE, '…'), isWhole });
        if (isWhole || !gaps.every((name) => name in params)) continue;
        const text = translate(language, { key, params }, hash);
        found.set(hashOf(text), { text, isWhole: true });
      }
    }
    return found;
  };
  return (hash) => (known ??= build()).get(hash) ?? null;
}

/** The wordings name the body that asks and its terms, so they are different for each call. */
function inItsLanguages({ hash, ...call }: Worded, bot: Readonly<Record<Language, ReadonlyMap<string, string>>>) {
  return LANGUAGES.map((language) => {
    const inCall = callFiller(language, (key) => bot[language].get(key), call);
    return { hash, language, inCall };
  });
}

/** With its unit, if it has one: "{{words, words}}". */
const PLACE = /\{\{(\w+)(?:, [a-z]+)?\}\}/g;

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export interface CallTerms extends Terms {
  readonly where: CallForInputs['publication']['opt-out-where'];
  readonly received: CallForInputs['publication']['as-received'];
  readonly remove: CallForInputs['publication']['remove-personal-data'];
  readonly partial: CallForInputs['publication']['partial'];
}

export interface CallFacts {
  readonly id: string;
  readonly title: Readonly<Record<Language, string>>;
  /** Null: none, or none stated. */
  readonly deadline: Deadline | null;
  /** Words; null: no limit, or none stated. */
  readonly limit: number | null;
  /** The call limits pages, which are counted in the file. */
  readonly limitIsAssumed: boolean;
  readonly languages: readonly string[];
  readonly formats: readonly ('docx' | 'pdf')[];
  /** True for a subject as the call wants it; its title if it asks for none. `mark`: of the choice who may read it. */
  readonly isSubject: (subject: string, language: Language, mark: string) => boolean;
  /** Of publication: each fact with its value in the case's texts. */
  readonly terms: CallTerms;
  /** All that its page says, as its file has it. */
  readonly stated: readonly Stated[];
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
    limit: limitsOf(call).words,
    limitIsAssumed: limitIsAssumed(call),
    languages: acceptedLanguages(call),
    formats: acceptedFormats(call),
    isSubject(subject, language, mark) {
      const end = markedSubject(call, '', mark);
      const own = subject.slice(0, subject.length - end.length);
      return subject.endsWith(end) && isSubjectOf(call, own, language, catalogues[language].title);
    },
    terms: termsFor(call),
    stated: statedIn(call),
  };
}

function termsFor(call: CallForInputs): CallTerms {
  const { 'opt-out-where': where, 'as-received': received, 'remove-personal-data': remove, partial } = call.publication;
  return { ...termsOf(call), where, received, remove, partial };
}

/** Facts about calls, texts and names for the desk, from the rest of the program, so that nothing is decided twice. */
export interface Knowledge {
  /** Null for a call that no longer exists here. */
  readonly callOf: (callId: string) => CallFacts | null;
  /** The verified recipients, as one line; null: none. */
  readonly recipientOf: (callId: string) => Promise<string | null>;
  /** Words in these texts that may identify somebody. */
  readonly findings: (texts: readonly string[]) => readonly Finding[];
  readonly wordingOf: Wordings;
  /** The replacements for withheld words in a document, per language. */
  readonly withheldLabels: Readonly<Record<Language, readonly string[]>>;
}
