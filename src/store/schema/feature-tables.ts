// Rows of what waits for a release, and of what was done about it. Clear and sealed as in tables.ts.

import type { Generated } from 'kysely';
import type { DeadlineDecision, IfUnreachable } from '../../dialog/staff-review/review.ts';

/** `restricted`: linked, but WhatsApp refused a message of ours, and none has gone through since. */
export type AccountState = 'linked' | 'restricted' | 'stopped' | 'unlinked';

export type ReviewActKind =
  | 'release'
  | 'hold'
  | 'lift-hold'
  | 'give-back'
  | 'propose-withholding'
  | 'ask-second'
  | 'step-back'
  | 'retry'
  | 'say'
  | 'own-word'
  /** The person's own answer to a proposal; `reviewer` is then null. */
  | 'proposal-accepted'
  | 'proposal-refused';

export type MailInKind =
  /** Our mail was not delivered, and nobody tries again. */
  | 'bounce'
  /** Not delivered so far; somebody's server goes on trying. */
  | 'delay'
  /** A program says that something was not delivered, but not clearly that it was our mail to our recipient. */
  | 'unclear-bounce'
  /** Written by a program: out of office, "we have your message", a read receipt, a list. */
  | 'automatic'
  /** Perhaps a program, perhaps a person: its subject has the form or the words of an absence note, and nothing else says so. */
  | 'unclear-answer'
  /** Everything else: most likely a person. */
  | 'answer';

/** Its person is told that a mail came, and staff that they should read it. */
export const ANSWERS: readonly MailInKind[] = ['answer', 'unclear-answer'];

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

// Tables of what came back to mails, and of what the staff were told. The words of tables.ts hold here too.

/** What came back. Without a contribution nobody knows what it belongs to. */
interface MailsIn {
  arrival: Generated<number>;
  id: string;
  mark: string;
  person: string | null;
  contribution: string | null;
  /** The mail of ours. */
  outbox: string | null;
  reference: string | null;
  kind: MailInKind;
  at: string;
  /** Sender, subject, text, names of files. */
  sealed: Uint8Array;
  /** As it came. */
  bytes: Uint8Array;
  /** The account that put it under its contribution by hand. */
  moved_by: string | null;
  /** When it was last moved by hand, also back: it is kept among the unmatched for as long from then on. */
  moved_at: string | null;
}

/** When the staff were last told of this kind of thing; `subject`: a contribution, or a person before there is one. */
interface StaffNotices {
  subject: string;
  kind: string;
  person: string | null;
  at: string;
  /** 0: begun, and nobody knows whether it went. */
  sent: Generated<number>;
}

export interface MailsInTables {
  mails_in: MailsIn;
  staff_notices: StaffNotices;
}

// The tables of the WhatsApp channel: the account, its keys, what arrived, and which bubble was which reply.

/** One account of ours with a network; `lease_*`: the one process that may use it now. */
interface WhatsappAccounts {
  account: string;
  state: 'linked' | 'restricted' | 'stopped' | 'unlinked';
  /** A code, in clear. */
  reason: string | null;
  at: string;
  told_at: string | null;
  lease_owner: string | null;
  lease_until: string | null;
}

/** Keys of a linked device. Their names hold numbers of people, so they are found by a mark. */
interface WhatsappAuth {
  mark: string;
  account: string;
  type: string;
  sealed: Uint8Array;
}

/** What arrived, as it arrived, until it lies in the inbox. */
interface WhatsappRaw {
  arrival: Generated<number>;
  account: string;
  mark: string;
  sealed: Uint8Array;
}

/** Which reply a message of ours was: asked for where a phone could not read it. */
interface WhatsappSent {
  mark: string;
  person: string;
  reply: string;
  bubble: number;
}

export interface WhatsappTables {
  whatsapp_accounts: WhatsappAccounts;
  whatsapp_auth: WhatsappAuth;
  whatsapp_raw: WhatsappRaw;
  whatsapp_sent: WhatsappSent;
}

// The tables of the review desk, and of the attempts that it shows. All of it goes with its case or contribution.

/** ISO 8601, UTC. */
type Time = string;
type Sealed = Uint8Array;

/** Whose case it is among the staff; `staff`: an account's id. */
interface DeskAssignments {
  case_id: string;
  staff: string;
  at: Time;
}

/** Among colleagues, never shown to the person: sealed under the contribution's key. */
interface DeskNotes {
  position: Generated<number>;
  id: string;
  contribution: string;
  staff: string;
  sealed: Sealed;
  at: Time;
}

/** Fingerprints of the paragraphs that a reviewer saw: at the look before, and at the latest. */
interface DeskLooks {
  contribution: string;
  staff: string;
  before: Sealed | null;
  latest: Sealed;
  /** Of the latest. */
  at: Time;
}

/** The server's own words are sealed: they repeat addresses. */
interface MailAttempts {
  position: Generated<number>;
  id: string;
  mail: string;
  state: MailState;
  outcome: string;
  sealed: Sealed;
  at: Time;
}

export interface DeskTables {
  desk_assignments: DeskAssignments;
  desk_notes: DeskNotes;
  desk_looks: DeskLooks;
  mail_attempts: MailAttempts;
}

// Rows that only organisers have.

/** Somebody who gathers the testimonies of many: what is theirs and no case's. */
export interface Organisers {
  person: string;
  /** Their own session. */
  sealed: Uint8Array;
}

export interface Codes {
  id: string;
  kind: 'hand-over' | 'withdrawal';
  /** Fingerprints: of the beginning, by which it is found, and of the whole. */
  handle: string;
  mark: string;
  /** Who gave it out. */
  person: string;
  case_id: string;
  recipient: 'person' | 'organiser';
  tries: number;
  until: string | null;
  used_at: string | null;
}

/** A contribution in a document for several, where it stands as number `position`. */
export interface JointMembers {
  case_id: string;
  contribution: string;
  position: number;
}

/** What was said with whoever had a case before stays theirs in the transcript. */
export interface Handovers {
  case_id: string;
  contribution: string;
  person: string;
  at: string;
}

/** What was agreed at SEND about the review of one mail, and how far it came. `mail`: the id of its row in the outbox. */
export interface ReviewTermsTable {
  mail: string;
  person: string;
  contribution: string;
  needed: number;
  if_unreachable: IfUnreachable | null;
  /** The approved confidential version, which may leave in its place at the deadline. */
  fallback_sha256: string | null;
  fallback_request: Uint8Array | null;
  /** Releases of an earlier round count no more. */
  round: Generated<number>;
  on_hold: Generated<number>;
  closed: Generated<number>;
  alarmed_for: string | null;
  decided: DeadlineDecision | null;
  decided_at: string | null;
}

/** Acts of staff, and the person's answers to proposals; never changed. */
export interface ReviewsTable {
  position: Generated<number>;
  id: string;
  mail: string | null;
  case_id: string | null;
  person: string;
  contribution: string | null;
  reviewer: string | null;
  act: ReviewActKind;
  sha256: string | null;
  round: number;
  note: Uint8Array | null;
  at: string;
}
