// Opens the SQLite file: one connection that writes, one that reads what is committed.

import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Database } from './database.ts';
import { statementsOf } from './sqlite-statements.ts';
import type { Tables } from '../schema/tables.ts';
import { WriteQueue } from './write-queue.ts';

/** Milliseconds that a statement blocks the process for a lock; longer waits are slept between tries. */
const BUSY_TIMEOUT = 50;
/** Milliseconds that a write waits for another process (a backup, a purge from the command line). */
const PATIENCE = 30_000;
const SYNCHRONOUS_FULL = 2;

export async function openSqlite(file: string, patience = PATIENCE): Promise<Database> {
  const writer = connect(file);
  chmodSync(file, 0o600);
  const reader = connect(file);
  reader.exec('pragma query_only = on');
  const write = new Kysely<Tables>({ dialect: new SqliteDialect({ database: statementsOf(() => writer) }) });
  // Between transactions the writer's connection sees what is committed, too, and has it in its cache.
  const committed = () => (writer.isTransaction ? reader : writer);
  const read = new Kysely<Tables>({ dialect: new SqliteDialect({ database: statementsOf(committed) }) });
  const queue = new WriteQueue(writer, patience);
  await Promise.resolve();
  return {
    kind: 'sqlite',
    read,
    write: (work) => queue.add(() => work(write)),
    async scrub() {
      await queue.idle();
      writer.exec('pragma wal_checkpoint(truncate)');
    },
    async close() {
      await queue.idle();
      await Promise.all([write.destroy(), read.destroy()]);
      reader.close();
      writer.close();
    },
  };
}

/**
 * WAL with `synchronous = FULL`: a commit is on the disk when it returns. It is set and read back on every connection,
 * because SQLite ignores a pragma that it does not understand.
 */
function connect(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: BUSY_TIMEOUT });
  try {
    db.exec(
      'pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; pragma temp_store = memory',
    );
  } catch (error) {
    db.close();
    if (error instanceof Error) error.message = `${file}: ${error.message}`;
    throw error;
  }
  expectPragma(db, 'synchronous', SYNCHRONOUS_FULL);
  expectPragma(db, 'journal_mode', 'wal');
  expectPragma(db, 'foreign_keys', 1);
  expectPragma(db, 'secure_delete', 1);
  return db;
}

function expectPragma(db: DatabaseSync, name: string, wanted: string | number): void {
  const found = db.prepare(`pragma ${name}`).get()?.[name];
  if (found === wanted) return;
  db.close();
  throw new Error(`SQLite runs with ${name} = ${String(found)}; ${wanted} is needed to keep what is promised.`);
}
