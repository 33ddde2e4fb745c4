// What the desk needs to know of a call for inputs, so that a reviewer sees at a glance what it asks for.

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
import type { Finding } from '../dialog/understanding/findings.ts';
import type { Language } from '../languages.ts';
import type { Wordings } from './case/known-wordings.ts';

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
  const { en, fr, es, pt } = catalogues;
  return {
    id: call.id,
    title: { en: en.short, fr: fr.short, es: es.short, pt: pt.short },
    deadline: deadlineOf(call),
    limit: wordLimitOf(call),
    limitIsAssumed: limitIsAssumed(call),
    languages: acceptedLanguages(call),
    formats: acceptedFormats(call),
    subject: (language) =>
      subjectOf(call, { language, submitter: '', kind: '', country: '', session: '' }, catalogues[language].title),
  };
}

// What the desk is told about calls, texts and names by the rest of the program, so that it shows what they know and
// nothing of it is decided twice.

export interface Knowledge {
  /** Null for a call that is not here any more. */
  readonly callOf: (callId: string) => CallFacts | null;
  /** What in these texts may name or lead to somebody. */
  readonly findings: (texts: readonly string[]) => readonly Finding[];
  readonly wordingOf: Wordings;
  /** What stands in a document where something is withheld, in its language. */
  readonly withheldLabels: Readonly<Record<Language, readonly string[]>>;
}
