// The input of a document: the session's choices and the person's own words.

import type { Language } from '../../languages.ts';
import type { WithheldAs } from '../understanding/names/withheld-kind.ts';
import type { Slot } from './effect.ts';
import type { Publication } from '../../calls/publication.ts';

export { PUBLICATIONS, type Publication } from '../../calls/publication.ts';

export const ROLES = ['family', 'witness', 'organisation', 'organiser'] as const;
export type Role = (typeof ROLES)[number];

/** How a name appears in the document. `name` as typed; it is also used to find the name in the text. */
export interface Naming {
  readonly form: 'full' | 'initials' | 'none';
  readonly name?: string;
}

export interface DraftSection {
  /** 'story', 'topic/<id>', 'asks/government', 'asks/experts', 'good', 'else', 'links', in document order. */
  readonly slot: Slot;
  /** The person's words: one entry per message; line breaks inside a message are kept. */
  readonly paragraphs: readonly string[];
  /** It stays confidential, though the text is public. */
  readonly keptBack?: true;
}

export interface Draft {
  readonly callId: string;
  readonly language: Language;
  readonly reference: string;
  readonly role: Role;
  /** The role in the person's own words, in the language of the document: "his aunt". */
  readonly ownRole?: string;
  /** The least that the call knows until the person has agreed to more. */
  readonly publication: Publication;
  /** Set if the body publishes a text only if its author wants that, and the author does. */
  readonly asksToPublish?: true;
  readonly harmed: Naming;
  readonly author: Naming;
  readonly sections: readonly DraftSection[];
  /** Slots with answers to questions that no longer apply: kept, but not in the document. */
  readonly aside?: readonly Slot[];
  /** Words that become "[name withheld]", or what else they are. */
  readonly withheld: readonly string[];
  readonly withheldAs?: WithheldAs;
  /** Per place of a possible name (key: names/places.ts): true if it is hidden, false if it stays. */
  readonly places?: Readonly<Record<string, boolean>>;
  readonly late: boolean;
  /** Of the author's own words, if the body does not read it and nobody has translated them. */
  readonly wordsIn?: Language;
  /** The sections are a translation that the author has agreed to. `originals`: their own words, to follow it. */
  readonly translated?: {
    readonly from: Language;
    readonly by: 'person' | 'staff' | 'service';
    readonly originals?: readonly string[];
  };
  /** That it is about, if the call asks for it. */
  readonly country?: string;
  /** Set if somebody else wrote the text down: the language it was told in, as one of LANGUAGES or by its name. */
  readonly told?: string;
  /** One draft per person of a joint document; `sections` and names are then empty. */
  readonly contributions?: readonly Draft[];
  /** The reference of the submission that this one replaces. */
  readonly replaces?: string;
}
