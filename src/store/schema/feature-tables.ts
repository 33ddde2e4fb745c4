// Rows of releases and of the acts of reviewers. Unencrypted and sealed columns as in tables.ts.

import type { Generated } from 'kysely';
import type { DeadlineDecision, IfUnreachable } from '../../dialog/engine/event.ts';
import type { Language } from '../../languages.ts';

/** `restricted`: linked, but WhatsApp refused our last message. */
export type AccountState = 'linked' | 'restricted' | 'stopped' | 'unlinked';

export type ReviewActKind =
  | 'release'
  /** The same reviewer took their release back before the mail began to leave. */
  | 'take-back'
  | 'hold'
  | 'lift-hold'
  | 'give-back'
  | 'propose-withholding'
  | 'ask-second'
  | 'step-back'
  | 'retry'
  /** A case that was sealed to the keys of staff. */
  | 'open-again'
  | 'say'
  | 'own-word'
  | 'translate'
  /** Written so far; only the newest is there. */
  | 'translation-kept'
  /** The person's own answer to a proposal; `reviewer` is then null. */
  | 'proposal-accepted'
  | 'proposal-refused';

export type MailInKind =
  /** Our mail was not delivered, and there are no further tries. */
  | 'bounce'
  /** Not delivered so far; a server is still trying. */
  | 'delay'
  /** A program reports a failed delivery, but not clearly of our mail to our recipient. */
  | 'unclear-bounce'
  /** Written by a program: out of office, confirmation of receipt, read receipt, mailing list. */
  | 'automatic'
  /** By a program or a person: its subject looks like an absence note, without other signs. */
  | 'unclear-answer'
  /** Everything else: most likely a person. */
  | 'answer';

/** The person is told that a mail arrived, and staff that they should read it. */
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

// Tables of incoming mails, and of notices to staff; see tables.ts.

/** An incoming mail. Without a contribution it is unmatched. */
interface MailsIn {
  arrival: Generated<number>;
  id: string;
  mark: string;
  person: string | null;
  contribution: string | null;
  /** Id of our mail. */
  outbox: string | null;
  reference: string | null;
  kind: MailInKind;
  at: string;
  /** Sender, subject, text, names of files. */
  sealed: Uint8Array;
  /** As received. */
  bytes: Uint8Array;
  /** The account that filed it by hand. */
  moved_by: string | null;
  /** When it was last moved by hand, in either direction: the retention of unmatched mails counts from then. */
  moved_at: string | null;
}

/** The last notice to staff of this kind; `subject`: a contribution, or a person before there is one. */
interface StaffNotices {
  subject: string;
  kind: string;
  person: string | null;
  at: string;
  /** 0: begun, and the result is not known. */
  sent: Generated<number>;
}

export interface MailsInTables {
  mails_in: MailsIn;
  staff_notices: StaffNotices;
}

// Tables of the WhatsApp channel: account, keys, incoming messages, and the replies of bubbles.

/** Our account with a network; `lease_*`: the one process that may use it now. */
interface WhatsappAccounts {
  account: string;
  state: 'linked' | 'restricted' | 'stopped' | 'unlinked';
  /** A code, unencrypted. */
  reason: string | null;
  at: string;
  told_at: string | null;
  lease_owner: string | null;
  lease_until: string | null;
}

/** Keys of a linked device. Their names contain people's numbers, so they are found by a hash. */
interface WhatsappAuth {
  mark: string;
  account: string;
  type: string;
  sealed: Uint8Array;
}

/** An incoming message, as received, until it is in the inbox. */
interface WhatsappRaw {
  arrival: Generated<number>;
  account: string;
  mark: string;
  sealed: Uint8Array;
}

/** The reply of one of our messages: needed if a phone could not read it. */
interface WhatsappSent {
  mark: string;
  person: string;
  reply: string;
  bubble: number;
  /** Over the Cloud API: what Meta said last, when, and its code for a failure. */
  status: Generated<string | null>;
  status_at: Generated<string | null>;
  status_code: Generated<number | null>;
}

export interface WhatsappTables {
  whatsapp_accounts: WhatsappAccounts;
  whatsapp_auth: WhatsappAuth;
  whatsapp_raw: WhatsappRaw;
  whatsapp_sent: WhatsappSent;
}

// — rows that only organisers have —

/** The organiser's own data, outside every case. */
export interface Organisers {
  person: string;
  /** Their own session. */
  sealed: Uint8Array;
}

export interface Codes {
  id: string;
  kind: 'hand-over' | 'withdrawal';
  /** Hashes: of the beginning, by which it is found, and of the whole. */
  handle: string;
  mark: string;
  /** The person who made it. */
  person: string;
  case_id: string;
  recipient: 'person' | 'organiser';
  tries: number;
  until: string | null;
  used_at: string | null;
}

/** A contribution of a joint document, with its number `position`. */
export interface JointMembers {
  case_id: string;
  contribution: string;
  position: number;
}

/** The lines of a former holder of a case, for the transcript. */
export interface Handovers {
  case_id: string;
  contribution: string;
  person: string;
  at: string;
}

/** The terms of the review of one mail, agreed at SEND, and its state. `mail`: the id of its row in the outbox. */
export interface ReviewTermsTable {
  mail: string;
  person: string;
  contribution: string;
  needed: number;
  if_unreachable: IfUnreachable | null;
  /** The approved confidential version, which may leave instead at the deadline. */
  fallback_sha256: string | null;
  fallback_request: Uint8Array | null;
  /** Releases of an earlier round are invalid. */
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

/** A recording until its transcription is accepted or refused. */
export interface VoiceNotes {
  position: Generated<number>;
  person: string;
  /** Null before a case; then the sound is sealed for the person. */
  contribution: string | null;
  mark: string;
  /** The message's id and the type of the sound. */
  about: Uint8Array;
  sound: Uint8Array;
  /** `machine`, `person`: who may transcribe it now; `done`: the transcription waits for the speaker. */
  state: 'held' | 'machine' | 'person' | 'done';
  language: Language | null;
  attempts: Generated<number>;
  due_at: string | null;
  lease: string | null;
  /** The process that has it, and how often it has said so (lease.ts). */
  held_by: string | null;
  beat: Generated<number>;
  arrived_at: string;
}
