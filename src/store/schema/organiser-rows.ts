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
