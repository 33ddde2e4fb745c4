// What Kysely's own SQLite dialect is handed instead of better-sqlite3: node:sqlite takes parameters one by one, and prepared
// statements are kept.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Statements kept prepared; the store has well under a hundred, but those with lists come in several lengths. */
const STATEMENTS_KEPT = 300;

/** `pick` says, statement by statement, which connection runs it. `close` does nothing: who opened a connection closes it. */
export function statementsOf(pick: () => DatabaseSync): SqliteDatabase {
  const kept = new WeakMap<DatabaseSync, Map<string, SqliteStatement>>();
  return {
    prepare(sql) {
      // Transactions belong to store/write-queue.ts, for everybody who shares the one connection.
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
