// A mail as a turn leaves it, and as its delivery finds it.

import type { MailKind } from '../../dialog/engine/event.ts';
import type { IfUnreachable } from '../../dialog/staff-review/review.ts';

export interface MailToQueue {
  readonly kind: MailKind;
  readonly reference: string;
  /** SHA-256 of the approved manifest, or of the withdrawal's text. */
  readonly sha256: string;
  readonly notBefore: string;
  /** All that buildMail needs and that is not in the stored document; sealed. */
  readonly request: unknown;
  /** Staff release it first; without it, the mail leaves on the person's word. */
  readonly review?: ReviewTerms;
}

/** What was agreed at SEND. */
export interface ReviewTerms {
  readonly needed: 1 | 2;
  readonly ifUnreachable: IfUnreachable | null;
  /** The confidential version, approved together with the other; null where none may leave in its place. */
  readonly fallback: { readonly sha256: string; readonly request: unknown } | null;
}

/** `review`: until staff release it. `given-back`: until its person has answered. */
export type MailState =
  | 'review'
  | 'given-back'
  | 'waiting'
  | 'frozen'
  | 'sending'
  | 'sent'
  | 'written'
  | 'uncertain'
  | 'refused'
  | 'cancelled'
  | 'held';

export interface OutboxItem {
  readonly id: string;
  readonly person: string;
  readonly case: string;
  readonly contribution: string;
  readonly kind: MailKind;
  readonly reference: string;
  readonly sha256: string;
  readonly state: MailState;
  readonly notBefore: string;
  readonly attempts: number;
  readonly replyToken: string;
  readonly request: unknown;
  /** The frozen RFC 5322 bytes; null until frozen. */
  readonly bytes: Uint8Array | null;
  /** True once all bytes were handed over at least once without an answer. */
  readonly handedOver: boolean;
  /** True where it needs no release, has all it needs over exactly this SHA-256, or leaves by its person's choice for the deadline. */
  readonly released: boolean;
}

/** A mail that is being handed over. `beat` grows as long as its holder lives; null: an older version has it, or had. */
export interface MailLease {
  readonly mail: string;
  readonly holder: string | null;
  readonly beat: number;
}

/** Whom we spoke with at the end of an attempt, and their own words. */
export interface MailAnswer {
  readonly server: string | null;
  readonly reply: string | null;
}
