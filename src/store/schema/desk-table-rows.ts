// The tables of the review desk, and of the attempts that it shows. All of it goes with its case or contribution.

import type { Generated } from 'kysely';
import type { MailState } from '../store.ts';

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
