// Opens the store: connects, brings the tables up to date, replays the ledger.

import { type Deadlines, DEADLINES } from '../deadlines.ts';
import { openLedger } from '../vault/ledger.ts';
import { composeStore } from './compose.ts';
import type { Context } from './db/context.ts';
import type { Database } from './db/database.ts';
import { openSqlite } from './db/sqlite.ts';
import type { DeskStore } from './desk/desk-port.ts';
import { checkMasterKey } from './encryption/keys.ts';
import { replayLedger } from './erasure/replay.ts';
import { migrate } from './migrations/migrations.ts';

export type DatabaseAt =
  { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

export interface StoreOptions {
  readonly database: DatabaseAt;
  /** 32 bytes (vault/master-key.ts). */
  readonly masterKey: Buffer;
  /** Outside the database and outside its backups. */
  readonly ledgerFile: string;
  readonly newId: () => string;
  /** ISO 8601, UTC. */
  readonly now: () => string;
  /** For a database elsewhere. */
  readonly deadlines?: Pick<Deadlines, 'database' | 'closing'>;
}

/** The driver of PostgreSQL is read only where it is used: reading code is most of what a start takes. */
async function openDatabase(at: DatabaseAt, deadlines: StoreOptions['deadlines']): Promise<Database> {
  if (at.kind === 'sqlite') return openSqlite(at.file);
  const { openPostgres } = await import('./db/postgres.ts');
  return openPostgres(at.url, deadlines ?? DEADLINES);
}

/** @throws when the database belongs to another master key, is newer than this program, or cannot be made durable. */
export async function openStore(options: StoreOptions): Promise<DeskStore> {
  const { masterKey: master, newId, now } = options;
  const ledger = openLedger(options.ledgerFile);
  const database = await openDatabase(options.database, options.deadlines);
  const context: Context = { database, master, ledger, newId, now };
  try {
    await migrate(database);
    await checkMasterKey(context);
    await replayLedger(context);
  } catch (error) {
    await database.close();
    ledger.close();
    throw error;
  }
  return composeStore(context);
}
