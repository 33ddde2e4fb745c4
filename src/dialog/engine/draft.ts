// What a document is made from: the session's choices and the person's own words, and nothing else.

import type { Language } from '../../languages.ts';
import type { Slot } from './effect.ts';
import type { Publication } from './event.ts';

export { PUBLICATIONS, type Publication } from './event.ts';

export const ROLES = ['family', 'witness', 'organisation', 'organiser'] as const;
export type Role = (typeof ROLES)[number];

/** How a name stands in the document. `name` is what the person typed, kept also to find it in the text. */
export interface Naming {
  readonly form: 'full' | 'initials' | 'none';
  readonly name?: string;
}

export interface DraftSection {
  /** 'story', 'topic/<id>', 'asks/government', 'asks/experts', 'good', 'else', 'links', in document order. */
  readonly slot: Slot;
  /** The person's words: one entry a message; line breaks inside a message stay. */
  readonly paragraphs: readonly string[];
}

export interface Draft {
  readonly callId: string;
  readonly language: Language;
  readonly reference: string;
  readonly role: Role;
  /** Never absent: without a yes it is 'confidential'. */
  readonly publication: Publication;
  readonly harmed: Naming;
  readonly author: Naming;
  readonly sections: readonly DraftSection[];
  /** Words that become "[name withheld]". */
  readonly withheld: readonly string[];
  /** By the key of a place where a name may stand (names/places.ts): true where it gives way, false where it stays. */
  readonly places?: Readonly<Record<string, boolean>>;
  readonly late: boolean;
  /** Somebody else wrote down what was told: in one of our languages, or in another by its name. */
  readonly told?: string;
  /** Several people in one document, each with a draft of their own; `sections` and names are then empty. */
  readonly contributions?: readonly Draft[];
  /** The reference of the submission that this one replaces. */
  readonly replaces?: string;
}
