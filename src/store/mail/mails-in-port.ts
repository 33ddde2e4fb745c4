// What came back to mails of ours, as the store keeps it.

import type { MailKind } from '../../dialog/engine/event.ts';
import type { MailInKind } from '../schema/feature-tables.ts';

/** What staff see of it. All of it is the word of whoever wrote the mail. */
export interface MailInSummary {
  readonly from: string;
  readonly subject: string;
  /** ISO 8601, or what stood there; null where nothing did. */
  readonly date: string | null;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly type: string; readonly size: number }[];
  /** Files beyond those that are listed. */
  readonly moreFiles: number;
  /** `cut`: only its beginning is kept; `broken`: its parts could not be told apart. */
  readonly state: 'whole' | 'cut' | 'broken';
}

/** A mail of ours that something came back to. */
export interface AnsweredMail {
  readonly id: string;
  readonly person: string;
  readonly contribution: string;
  readonly kind: MailKind;
  readonly reference: string;
  /** As it was queued; null where it does not open. */
  readonly request: unknown;
}

export interface MailInToFile {
  /** The same for every copy of one mail. */
  readonly identity: string;
  readonly kind: MailInKind;
  readonly summary: MailInSummary;
  /** As it came, or its beginning. */
  readonly bytes: Uint8Array;
  readonly at: string;
}

/** A mail that came, without its bytes. */
export interface ListedMail extends MailInSummary {
  readonly id: string;
  readonly kind: MailInKind;
  /** Of the mail of ours that it is about; null where nobody knows. */
  readonly reference: string | null;
  /** When we read it. */
  readonly at: string;
  /** The account that put it under its case; null where it found its way by itself, or has none. */
  readonly byHand: string | null;
}

export interface FiledMail extends ListedMail {
  readonly bytes: Uint8Array;
}

export interface MailsIn {
  /** The mail of ours that one of these belongs to: the first token that is known, then the first Message-ID. */
  find(tokens: readonly string[], messageIds: readonly string[]): Promise<AnsweredMail | null>;
  /**
   * Keeps it under the case of `item`, sealed, once; with it goes what the person is told: a bounce ends the mail, what
   * may be an answer is posted to the inbox. `repeat`: it is there already. `gone`: the case was erased meanwhile, and nothing is kept.
   */
  file(item: AnsweredMail, mail: MailInToFile): Promise<'filed' | 'repeat' | 'gone'>;
  /** Keeps what belongs to no case that is known; `full`: too many of them lie there. */
  fileUnmatched(mail: MailInToFile): Promise<'filed' | 'repeat' | 'full'>;
  /** Oldest first. */
  ofReference(reference: string): Promise<readonly FiledMail[]>;
  /** Oldest first; of several mails of ours. */
  listOf(references: readonly string[]): Promise<readonly ListedMail[]>;
  /** Oldest first. */
  unmatched(): Promise<readonly ListedMail[]>;
  /** `of` null: among those that belong to no case. Null where it is not there. */
  one(id: string, of: { readonly case: string } | null): Promise<FiledMail | null>;
  /**
   * Staff put it under the case of that mail of ours: sealed anew under its key. The person is told nothing and no mail of ours
   * ends by it. `unknown`: no mail of ours has this reference; `gone`: it belongs to no such list (any more).
   */
  assign(id: string, to: { readonly reference: string; readonly by: string; readonly at: string }): Promise<Assigned>;
  /** Takes back what `assign` did; false where it was not assigned by hand, or not to this case. */
  unassign(id: string, from: { readonly case: string; readonly at: string }): Promise<boolean>;
  /** Staff have dealt with it; false where it is not there. */
  removeUnmatched(id: string): Promise<boolean>;
  countUnmatched(): Promise<number>;
  /** One mail more that was not kept, and why. */
  countDropped(why: MailDropped): Promise<void>;
  dropped(): Promise<Readonly<Record<MailDropped, number>>>;
  /** How far a mailbox was read, as it was last noted; null before the first time. */
  position(mailbox: string): Promise<MailboxPosition | null>;
  setPosition(mailbox: string, position: MailboxPosition): Promise<void>;
}

/** `erased`: about a case of which nothing is left; `full`: the list of unmatched mails is; `ours`: a notice of our own. */
export const MAIL_DROPPED = ['erased', 'full', 'ours'] as const;
export type MailDropped = (typeof MAIL_DROPPED)[number];

export type Assigned = 'assigned' | 'unknown' | 'gone';

export interface MailboxPosition {
  /** A mailbox that was made anew counts from the beginning (RFC 3501, 2.3.1.1). */
  readonly validity: string;
  readonly lastUid: number;
}
