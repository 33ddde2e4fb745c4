// What the rest of the store sees of a database: something to read what is committed, and one way to change it.

import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export type Queries = Kysely<Tables>;

export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  /** Sees committed rows only. */
  readonly read: Queries;
  /** All of `work` is committed, durably, or none of it. `work` may run twice: it must change nothing but rows. */
  write<T>(work: (db: Queries) => Promise<T>): Promise<T>;
  /** After an erasure: makes what was deleted vanish from the files as far as the database can. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}
