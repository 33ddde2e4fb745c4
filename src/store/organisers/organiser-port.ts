// What is kept for organisers: many sessions of one person, and the codes that hand a case over or withdraw it.

import type { Code } from '../../dialog/understanding/commands.ts';
import type { ConsentRow } from '../turns/turn-work.ts';

/** A code as it was found. Nothing of the case is in it. */
export interface FoundCode {
  readonly id: string;
  readonly kind: Code['kind'];
  readonly to: 'person' | 'organiser';
  readonly case: string;
  /** Who gave it out. */
  readonly person: string;
  readonly state: 'open' | 'wrong' | 'late' | 'used' | 'dead';
}

/** What is behind a code that is open. */
export interface OfferedCase {
  readonly code: FoundCode;
  /** The row of its session, and the session, unparsed. */
  readonly key: string;
  readonly session: unknown;
}

export interface OrganiserStore {
  /** All cases of a person, in no order; the one that is open among them. Sessions unparsed. */
  sessions(
    person: string,
  ): Promise<readonly { readonly key: string; readonly open: boolean; readonly session: unknown }[]>;
  /** The session, among those of this person, whose answers this message is part of; null where there is none. */
  sessionWithPart(person: string, messageId: string): Promise<string | null>;
  /** For staff: the contributions of a case and what each person said yes and no to, in the order of the document. */
  contributionsOf(caseId: string): Promise<readonly ContributionOf[]>;
  /** Null where no code begins like this one. */
  findCode(typed: Code, now: string): Promise<FoundCode | null>;
  /** The case behind a hand-over code that is still open. */
  offeredCase(code: string, now: string): Promise<OfferedCase | null>;
}

export interface ContributionOf {
  readonly contribution: string;
  /** The case that its answers belong to: of a document for several, each has its own. */
  readonly case: string;
  /** Oldest first. */
  readonly consents: readonly ConsentRow[];
}

/** Wrong tries after which a code is dead. */
export const TRIES = 10;
