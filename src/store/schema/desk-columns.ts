// Tables of the review desk, and of mail attempts. All rows are deleted with their case or contribution.

import type { Generated } from 'kysely';
import type { MailState } from './feature-tables.ts';

/** ISO 8601, UTC. */
type Time = string;
type Sealed = Uint8Array;

/** The member of staff who handles a case; `staff`: an account's id. */
interface DeskAssignments {
  case_id: string;
  staff: string;
  at: Time;
}

/** Among staff, never shown to the person: sealed under the contribution's key. */
interface DeskNotes {
  position: Generated<number>;
  id: string;
  contribution: string;
  staff: string;
  sealed: Sealed;
  at: Time;
}

/** Fingerprints of the paragraphs that a reviewer saw: at the view before, and at the latest. */
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

/** Put off until a time; it wakes earlier if something happens. `why`: a name from the desk's list. */
interface DeskPutOff {
  case_id: string;
  staff: string;
  until: Time;
  why: string;
  at: Time;
}

/** Everything that had come back, or was asked, before `at` is dealt with. */
interface DeskDealt {
  case_id: string;
  staff: string;
  at: Time;
}

/** An open page of a case; after `until` it is open no more. */
interface DeskReaders {
  case_id: string;
  staff: string;
  since: Time;
  until: Time;
}

/** The member of staff who handles a person without a case. */
interface DeskCallers {
  person: string;
  staff: string;
  at: Time;
}

/** A saved view of the list; its name is sealed under the account's key. */
interface DeskViews {
  id: string;
  staff: string;
  sealed: Sealed;
  query: string;
  at: Time;
}

export interface DeskTables {
  desk_put_off: DeskPutOff;
  desk_dealt: DeskDealt;
  desk_readers: DeskReaders;
  desk_callers: DeskCallers;
  desk_views: DeskViews;
  desk_assignments: DeskAssignments;
  desk_notes: DeskNotes;
  desk_looks: DeskLooks;
  mail_attempts: MailAttempts;
}
