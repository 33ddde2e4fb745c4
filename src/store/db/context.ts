// What every part of the store needs.

import type { Ledger } from '../../vault/ledger.ts';
import type { Database } from './database.ts';

export interface Context {
  readonly database: Database;
  readonly master: Buffer;
  readonly ledger: Ledger;
  /** A random id that was never given before. */
  readonly newId: () => string;
  /** ISO 8601, UTC. */
  readonly now: () => string;
}
