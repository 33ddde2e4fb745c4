// Opens the SQLite file: one connection that writes, one that reads committed data.

import { chmodSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import { Commits, type Database } from './database.ts';
import { WriteQueue } from './write-queue.ts';

// — the adapter that Kysely's SQLite dialect uses instead of better-sqlite3: node:sqlite takes parameters one by one,
// and prepared statements are cached —

/** Prepared statements in the cache; the store has well under a hundred, but those with lists come in several lengths. */
const STATEMENTS_KEPT = 300;

/** `pick` chooses the connection for each statement. `close` does nothing: connections are closed by their opener. */
function statementsOf(pick: () => DatabaseSync): SqliteDatabase {
  const kept = new WeakMap<DatabaseSync, Map<string, SqliteStatement>>();
  return {
    prepare(sql) {
      // Transactions belong to store/db/write-queue.ts, for all users of the one connection.
      if (sql === 'begin') throw new Error('Transactions go through Database.write().');
      const db = pick();
      const statements = kept.get(db) ?? new Map<string, SqliteStatement>();
      kept.set(db, statements);
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const oldest = statements.keys().next();
      if (statements.size >= STATEMENTS_KEPT && oldest.done !== true) statements.delete(oldest.value);
      const statement = prepare(db, sql);
      statements.set(sql, statement);
      return statement;
    },
    close: () => undefined,
  };
}

function prepare(db: DatabaseSync, sql: string): SqliteStatement {
  const statement = db.prepare(sql);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(parseParameter)),
    run: (parameters) => statement.run(...parameters.map(parseParameter)),
    iterate: (parameters) => statement.iterate(...parameters.map(parseParameter)),
  };
}

function parseParameter(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || value instanceof Uint8Array) {
    return value;
  }
  if (typeof value === 'bigint') return value;
  throw new TypeError(`SQLite takes no parameter of type ${typeof value}.`);
}

/** Milliseconds that a statement blocks the process for a lock; longer waits sleep between tries. */
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
  // Between transactions the writer's connection also sees committed data, and has it in its cache.
  const committed = () => (writer.isTransaction ? reader : writer);
  const read = new Kysely<Tables>({ dialect: new SqliteDialect({ database: statementsOf(committed) }) });
  const queue = new WriteQueue(writer, patience);
  const commits = new Commits();
  await Promise.resolve();
  return {
    kind: 'sqlite',
    read,
    write: (work) => commits.telling((noting) => queue.add(() => noting(write)), work),
    onCommit: (listener) => commits.listen(listener),
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
 * because SQLite ignores unknown pragmas.
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
