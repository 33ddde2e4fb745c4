// What the desk is told about calls, texts and names by the rest of the program, so that it shows what they know and
// nothing of it is decided twice.

import type { Finding } from '../dialog/understanding/findings.ts';
import type { Language } from '../languages.ts';
import type { CallFacts } from './call-facts.ts';
import type { Wordings } from './case/known-wordings.ts';

export interface Knowledge {
  /** Null for a call that is not here any more. */
  readonly callOf: (callId: string) => CallFacts | null;
  /** What in these texts may name or lead to somebody. */
  readonly findings: (texts: readonly string[]) => readonly Finding[];
  readonly wordingOf: Wordings;
  /** What stands in a document where something is withheld, in its language. */
  readonly withheldLabels: Readonly<Record<Language, readonly string[]>>;
}
