// Rows that say which process does what, and what all processes remember together.

import type { Generated } from 'kysely';
import type { Language } from '../../languages.ts';

/** A process that runs now, on PostgreSQL: whatever it holds is free as soon as its row is gone. */
interface Processes {
  /** Never given twice (lease.ts). */
  name: string;
  /** The same from the start to the end of the process, whatever its names. */
  boot: string;
  beat: Generated<number>;
}

/** Work that one process does at a time. */
interface Leases {
  name: string;
  holder: string;
}

/** On PostgreSQL only. Keys and drafts are sealed with a key that only the browser's cookie gives. */
interface WebSessions {
  mark: string;
  began: string;
  shown_from: string;
  seen: number;
  greeted: number;
  earlier: number;
  language: Language | null;
  quiet: number;
  key: Uint8Array | null;
  draft: Uint8Array | null;
}

/** On PostgreSQL only. `mark`: a hash of whom the limit is for. */
interface Rates {
  mark: string;
  tokens: number;
  at: number;
  allowed: boolean;
}

export interface ProcessTables {
  processes: Processes;
  leases: Leases;
  web_sessions: WebSessions;
  rates: Rates;
}
