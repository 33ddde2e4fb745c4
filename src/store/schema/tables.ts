// The tables. Unencrypted: states, calls, languages, times, counts, flags, references. Sealed (Uint8Array): all
// personal data. `*_mark` columns are hashes (HMAC): message ids may contain phone numbers.

import type { Generated } from 'kysely';
import type { ConsentPurpose, Flag } from '../../dialog/engine/effect.ts';
import type { MailKind } from '../../dialog/engine/event.ts';
import type { Language } from '../../languages.ts';
import type { DeskTables } from './desk-columns.ts';
import type {
  Codes,
  Handovers,
  JointMembers,
  MailsInTables,
  MailState,
  Organisers,
  ReviewsTable,
  ReviewTermsTable,
  VoiceNotes,
  WhatsappTables,
} from './feature-tables.ts';
import type { ProcessTables } from './process-tables.ts';
import type { SealedTables } from './sealed-columns.ts';
import type { StaffTables } from './staff-columns.ts';

/** ISO 8601, UTC; compared as text in both databases. */
type Time = string;
/** 0 or 1: SQLite has no booleans. */
type Bit = number;
type Sealed = Uint8Array;

interface Persons {
  id: string;
  language: Language | null;
  /** Number of turns; checked by every save. */
  version: Generated<number>;
  current_session: string | null;
  /** The address that was last written from. */
  address_mark: string | null;
  created_at: Time;
  /** When the person last wrote; the age of idle drafts counts from it. */
  seen_at: Time;
}

/** `owner`: a person or a contribution. Without this row the values sealed with it are lost. */
interface Keys {
  owner: string;
  wrapped: Sealed;
}

interface Addresses {
  mark: string;
  person: string;
  channel: string;
  account: string;
  sealed: Sealed;
  since: Time;
}

/** Once its turn is saved a row keeps its hash only, for ever, against repeats: nothing relates it to anybody. */
interface Inbox {
  arrival: Generated<number>;
  /** Of channel, account, address and message id together. */
  mark: string;
  person: string | null;
  address_mark: string | null;
  sealed: Sealed | null;
  /** A run of the program began its turn, and did not finish it. */
  begun: Generated<Bit>;
  /** Which run that was. */
  begun_by: string | null;
  /** How often its turn failed. */
  failed: Generated<number>;
  /** Set aside after its turn failed for good: it is kept as received, and not tried again. */
  aside_at: Time | null;
}

interface Cases {
  id: string;
  person: string;
  call_id: string;
  reference: string | null;
  opened_at: Time;
  closed_at: Time | null;
}

interface Contributions {
  id: string;
  case_id: string;
  person: string;
  opened_at: Time;
}

interface Sessions {
  id: string;
  person: string;
  case_id: string | null;
  contribution: string | null;
  step: string;
  language: Language;
  reference: string | null;
  call_id: string;
  sealed: Sealed;
  updated_at: Time;
}

interface Parts {
  position: Generated<number>;
  contribution: string;
  mark: string;
  /** Id, slot, text. */
  sealed: Sealed;
  words: number;
}

interface Held {
  position: Generated<number>;
  person: string;
  mark: string;
  sealed: Sealed;
  words: number;
  held_at: Time;
}

/** The person's messages, one row each, at most one per turn. The bot's are in `replies`. */
interface Lines {
  person: string;
  contribution: string | null;
  mark: string;
  turn: number;
  /** Id and text; the text is null if it was redacted. */
  sealed: Sealed | null;
  edited: Bit;
  at: Time;
}

interface Consents {
  position: Generated<number>;
  id: string;
  person: string;
  contribution: string | null;
  purpose: ConsentPurpose;
  sealed: Sealed;
  at: Time;
}

interface Flags {
  person: string;
  contribution: string | null;
  flag: Flag;
  at: Time;
}

/** Their key is person, turn and place: rows of one person are stored together, and no index of random ids is needed. */
interface Replies {
  person: string;
  turn: number;
  /** Within the turn, from 0. */
  place: number;
  contribution: string | null;
  channel: string;
  address_mark: string;
  sealed: Sealed;
  prompt_id: string | null;
  replaces: string | null;
  state: 'waiting' | 'sent' | 'failed';
  attempts: Generated<number>;
  next_try: Time;
  error: Sealed | null;
  at: Time;
  sent_at: Time | null;
  /** The process that sends it now. */
  held_by: string | null;
  /** All its text was sent, and its files were not. */
  rest_only: Generated<Bit>;
}

interface Documents {
  position: Generated<number>;
  id: string;
  person: string;
  contribution: string | null;
  kind: 'preview' | 'final' | 'fallback' | 'copy';
  reference: string;
  sha256: string | null;
  manifest: Sealed | null;
  at: Time;
}

interface DocumentFiles {
  id: string;
  document: string;
  format: 'docx' | 'pdf';
  name: Sealed;
  bytes: Sealed;
}

interface Calls {
  hash: string;
  call_id: string;
  text: string;
  at: Time;
}

interface Outbox {
  position: Generated<number>;
  id: string;
  person: string;
  case_id: string;
  contribution: string;
  kind: MailKind;
  reference: string;
  sha256: string;
  state: MailState;
  not_before: Time;
  due_at: Time;
  attempts: Generated<number>;
  reply_token: string;
  request: Sealed;
  bytes: Sealed | null;
  /** Hash of the Message-ID of the frozen bytes. */
  message_mark: string | null;
  handed_over: Generated<Bit>;
  queued_at: Time;
  ended_at: Time | null;
  sending_by: string | null;
  beat: Generated<number>;
  /** Held by its own person, whatever its state. */
  doubted: Generated<Bit>;
}

interface Approvals {
  id: string;
  person: string;
  contribution: string;
  reference: string;
  sha256: string;
  at: Time;
}

interface CallAddresses {
  call_id: string;
  address: string;
  source: string;
  verified_by: string;
  verified_at: Time;
}

interface CallRecipients extends CallAddresses {
  withdrawn_at: Time | null;
}

interface Meta {
  name: string;
  value: string;
}

export interface Tables extends DeskTables, StaffTables, MailsInTables, WhatsappTables, ProcessTables, SealedTables {
  persons: Persons;
  keys: Keys;
  addresses: Addresses;
  inbox: Inbox;
  cases: Cases;
  contributions: Contributions;
  sessions: Sessions;
  parts: Parts;
  held: Held;
  lines: Lines;
  consents: Consents;
  flags: Flags;
  replies: Replies;
  documents: Documents;
  document_files: DocumentFiles;
  calls: Calls;
  outbox: Outbox;
  approvals: Approvals;
  review_terms: ReviewTermsTable;
  reviews: ReviewsTable;
  /** Until call_recipients took its rows over. */
  call_addresses: CallAddresses;
  call_recipients: CallRecipients;
  voice_notes: VoiceNotes;
  organisers: Organisers;
  codes: Codes;
  handovers: Handovers;
  joint_members: JointMembers;
  meta: Meta;
}
