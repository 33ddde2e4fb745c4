// What the review desk reads, and the few things that are its own: who has a case, notes among colleagues, and what a
// reviewer has seen. Staff are known here by their account's id; rows of theirs are not a person's.

import type { Flag, Part } from '../../dialog/engine/effect.ts';
import type { MailKind } from '../../dialog/engine/event.ts';
import type { Language } from '../../languages.ts';
import type { MailAttempt, OutboxItem } from '../mail/mail-attempts.ts';
import type { MailState } from '../schema/feature-tables.ts';
import type { Store } from '../store.ts';
import type { StoredDocument } from '../turns/documents.ts';
import type { TranscriptLine } from '../turns/transcript.ts';
import type { ConsentRow } from '../turns/turn-work.ts';

/** The whole store, with what the desk needs of it. */
export interface DeskStore extends Store {
  readonly desk: DeskRows;
}

export interface FlagRow {
  readonly flag: Flag;
  /** The first time. */
  readonly at: string;
  readonly lastAt: string;
}

/** One case, or a person who has none yet and asked for help. Nothing that a person wrote stands in it. */
export interface QueueRow {
  /** Null before a case is open. */
  readonly case: string | null;
  readonly person: string;
  readonly reference: string | null;
  readonly callId: string;
  /** Where the person last wrote from; null where no address is left. */
  readonly channel: string | null;
  readonly language: Language;
  readonly openedAt: string;
  /** When somebody of the case last wrote. */
  readonly lastAt: string;
  readonly contributions: number;
  /** Of the document as it would leave; of what was told so far where there is none. */
  readonly words: number;
  /** The last choices of each contribution, each once; empty where nobody was asked yet. */
  readonly publication: readonly string[];
  /** Each once, in the order of their first time. */
  readonly flags: readonly FlagRow[];
  /** The newest mail of the case. */
  readonly mail: QueueMail | null;
  /** The text was built anew after it had been approved. */
  readonly changed: boolean;
  readonly assignedTo: string | null;
  /** Who decides nothing about it any more, by account. */
  readonly steppedBack: readonly string[];
  /** When somebody of the staff last wrote to its people, or asked them something; null: never. */
  readonly answeredAt: string | null;
}

export interface QueueMail {
  readonly id: string;
  readonly kind: MailKind;
  readonly reference: string;
  readonly state: MailState;
  readonly sha256: string;
  readonly handedOver: boolean;
  readonly queuedAt: string;
  readonly notBefore: string;
  readonly endedAt: string | null;
  /** How the last attempt ended, e.g. 'bounced'; null before the first. */
  readonly outcome: string | null;
}

export interface DeskMail extends OutboxItem {
  readonly queuedAt: string;
  readonly endedAt: string | null;
  readonly attemptsMade: readonly MailAttempt[];
}

export interface Note {
  readonly id: string;
  readonly staff: string;
  readonly at: string;
  readonly text: string;
}

/** One person's part of a case, opened. */
export interface DeskContribution {
  readonly id: string;
  readonly person: string;
  readonly channel: string | null;
  readonly language: Language;
  readonly openedAt: string;
  readonly parts: readonly Part[];
  readonly consents: readonly ConsentRow[];
  readonly flags: readonly FlagRow[];
  /** What would leave: what the newest mail carries, else the newest that was built to be approved. */
  readonly document: StoredDocument | null;
  /** The confidential version, where it may leave in place of `document` at the deadline. */
  readonly fallback: StoredDocument | null;
  /** A document that was built after the one that was approved; its SHA-256. */
  readonly newer: string | null;
  readonly mails: readonly DeskMail[];
  readonly notes: readonly Note[];
  /** The session, unparsed, as long as it is still about this case. */
  readonly session: unknown;
}

export interface DeskCase {
  readonly id: string;
  readonly reference: string | null;
  readonly callId: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly contributions: readonly DeskContribution[];
  readonly assignedTo: string | null;
  readonly steppedBack: readonly string[];
}

export interface DeskLine extends TranscriptLine {
  readonly channel: string | null;
}

/** Fingerprints of what was on the page, so that the next look can say what is new. */
export interface LastViewed {
  readonly at: string;
  readonly seen: readonly string[];
}

export interface DeskRows {
  /** Open work; `done`: what has ended and is still kept, newest first, at most 200. */
  queue(scope: 'open' | 'done'): Promise<readonly QueueRow[]>;
  /** Moves on whenever something in the queue may have changed. Holds nothing but numbers. */
  pulse(): Promise<string>;
  /** Exactly this reference, of the case or of one of its documents. */
  find(reference: string): Promise<string | null>;
  /** Opens nothing. */
  exists(caseId: string): Promise<boolean>;
  /** Opened; null where it is not there (any more). */
  case(id: string): Promise<DeskCase | null>;
  transcript(contribution: string): Promise<readonly DeskLine[]>;
  /** Whoever holds the case holds others too, or writes for others: a way back opens all of it. Null for no case. */
  holdsMore(caseId: string): Promise<boolean | null>;
  /** A code that leads whoever holds the case to all they hold, once. False where it is not there (any more). */
  giveWayBack(caseId: string, code: string): Promise<boolean>;
  /**
   * For somebody who cannot erase it themselves. 'person': with everything that is kept of whoever holds it; 'case': they hold
   * more, and that stays. Null where it is not there (any more).
   */
  eraseOnRequest(caseId: string): Promise<'person' | 'case' | null>;
  /** Somebody who has no case, with everything that is kept of them. False where they have one by now, or are not there. */
  eraseCaller(person: string): Promise<boolean>;
  /** What somebody who has no case said, until it is erased; null for nobody. */
  caller(person: string): Promise<{ readonly row: QueueRow; readonly lines: readonly DeskLine[] } | null>;
  /** False where the case is not there any more. `to` null: nobody's. */
  assign(caseId: string, to: string | null, at: string): Promise<boolean>;
  addNote(contribution: string, note: Omit<Note, 'id'>): Promise<boolean>;
  /**
   * What this reviewer saw the last time, and remembers this look. Looks at the same text within half an hour are one: what is
   * new stays marked while somebody works on it. Null at the first.
   */
  look(contribution: string, staff: string, look: LastViewed): Promise<LastViewed | null>;
}
