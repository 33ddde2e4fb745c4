// Kysely over node:sqlite. The stock dialect hands its parameters over as one array, which node:sqlite refuses, and
// prepares every statement anew; this one spreads them and keeps what it prepared. Transactions are not its affair:
// store/write-queue.ts opens them (BEGIN IMMEDIATE), for all that share the one connection.

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely';

/** Statements kept prepared; the store has well under a hundred, but those with lists come in several lengths. */
const STATEMENTS_KEPT = 300;

export class SqliteDialect implements Dialect {
  readonly #pick: () => SqliteConnection;

  /** `pick` says, statement by statement, which connection runs it. */
  constructor(pick: () => SqliteConnection) {
    this.#pick = pick;
  }

  createDriver(): Driver {
    return new SqliteDriver(this.#pick);
  }
  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }
  createAdapter(): SqliteAdapter {
    return new SqliteAdapter();
  }
  createIntrospector<DB>(db: Kysely<DB>): SqliteIntrospector {
    return new SqliteIntrospector(db);
  }
}

class SqliteDriver implements Driver {
  readonly #pick: () => SqliteConnection;

  constructor(pick: () => SqliteConnection) {
    this.#pick = pick;
  }

  init(): Promise<void> {
    return Promise.resolve();
  }
  acquireConnection(): Promise<DatabaseConnection> {
    const pick = this.#pick;
    return Promise.resolve({
      executeQuery: <R>(query: CompiledQuery) => pick().executeQuery<R>(query),
      streamQuery: refuseStream,
    });
  }
  beginTransaction(): Promise<void> {
    return refuseTransaction();
  }
  commitTransaction(): Promise<void> {
    return refuseTransaction();
  }
  rollbackTransaction(): Promise<void> {
    return refuseTransaction();
  }
  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }
  destroy(): Promise<void> {
    return Promise.resolve();
  }
}

interface Statement {
  readonly prepared: StatementSync;
  readonly returnsRows: boolean;
}

/** A connection with the statements that it has prepared. */
export class SqliteConnection {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, Statement>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const statement = this.#prepared(query.sql);
      const parameters = query.parameters.map(parseParameter);
      if (statement.returnsRows) {
        return Promise.resolve({ rows: statement.prepared.all(...parameters) as R[] });
      }
      const { changes } = statement.prepared.run(...parameters);
      return Promise.resolve({ rows: [], numAffectedRows: BigInt(changes) });
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #prepared(sql: string): Statement {
    const kept = this.#statements.get(sql);
    if (kept !== undefined) return kept;
    const prepared = this.#db.prepare(sql);
    const statement = { prepared, returnsRows: prepared.columns().length > 0 };
    if (this.#statements.size >= STATEMENTS_KEPT) {
      const oldest = this.#statements.keys().next();
      if (oldest.done !== true) this.#statements.delete(oldest.value);
    }
    this.#statements.set(sql, statement);
    return statement;
  }
}

function parseParameter(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || value instanceof Uint8Array) {
    return value;
  }
  if (typeof value === 'bigint') return value;
  throw new TypeError(`SQLite takes no parameter of type ${typeof value}.`);
}

function refuseTransaction(): Promise<never> {
  return Promise.reject(new Error('Transactions go through Database.write().'));
}

function refuseStream(): never {
  throw new Error('Rows are read whole; nothing here is long enough to be streamed.');
}
