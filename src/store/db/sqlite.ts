// Opens the SQLite file: one connection that writes, one that reads committed data.

import { chmodSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import {
  Kysely,
  type LimitNode,
  type SqliteDatabase,
  SqliteDialect,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import { severalRounds } from '../../event-loop.ts';
import type { Tables } from '../schema/tables.ts';
import { Commits, type Database } from './database.ts';

// The adapter that Kysely's SQLite dialect uses instead of better-sqlite3: node:sqlite takes parameters one by one, and
// prepared statements are cached.

/** Prepared statements in the cache; the store has well under a hundred, but those with lists come in several lengths. */
const STATEMENTS_KEPT = 300;

/** `pick` chooses the connection for each statement. `close` does nothing: connections are closed by their opener. */
function statementsOf(pick: () => DatabaseSync): SqliteDatabase {
  const kept = new WeakMap<DatabaseSync, Map<string, SqliteStatement>>();
  return {
    prepare(sql) {
      // Transactions belong to the queue below, for all users of the one connection.
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

/** SQLite looks at the value of a bound limit while it plans, and therefore plans again at each run. It looks at no sum. */
class Compiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    super.visitLimit(node);
    this.append(' + 0');
  }
}

class Dialect extends SqliteDialect {
  override createQueryCompiler(): SqliteQueryCompiler {
    return new Compiler();
  }
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
  const write = new Kysely<Tables>({ dialect: new Dialect({ database: statementsOf(() => writer) }) });
  // Between transactions the writer's connection also sees committed data, and has it in its cache.
  const committed = () => (writer.isTransaction ? reader : writer);
  const read = new Kysely<Tables>({ dialect: new Dialect({ database: statementsOf(committed) }) });
  const queue = new WriteQueue(writer, patience);
  const commits = new Commits();
  await Promise.resolve();
  return {
    kind: 'sqlite',
    read,
    write: (work) => commits.telling((noting) => queue.add(() => noting(write)), work),
    onCommit: (listener) => commits.listen(listener),
    onCommitElsewhere: () => undefined,
    wakeOthers: () => undefined,
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

/** Changes nothing, not even the mode of the file. */
export function openSqliteToRead(file: string): Database {
  const reader = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT });
  const read = new Kysely<Tables>({ dialect: new Dialect({ database: statementsOf(() => reader) }) });
  const refused = () => Promise.reject(new Error(`${file} is open for reading only.`));
  return {
    kind: 'sqlite',
    read,
    write: refused,
    onCommit: () => undefined,
    onCommitElsewhere: () => undefined,
    wakeOthers: () => undefined,
    scrub: refused,
    async close() {
      await read.destroy();
      reader.close();
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

// One writer for SQLite. Every job is one transaction for its caller; jobs that wait at the same time share one durable
// commit, each in its own savepoint, because the commit (an fsync) is the expensive part. A job resolves only after
// that commit. docs/decisions/0011-one-writer.md.

interface Job {
  run(): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Outcome =
  { readonly kind: 'done'; readonly value: unknown } | { readonly kind: 'failed'; readonly error: unknown };

/** Most jobs per commit: limits how long the first of them waits for the others. */
const BATCH = 64;
const RETRY_MS = 20;
/** In milliseconds: after so long without a round of the event loop, some pass before the next commit. */
const BREATH_MS = 50;
const SQLITE_BUSY = 5;

export class WriteQueue {
  readonly #db: DatabaseSync;
  readonly #patience: number;
  readonly #jobs: Job[] = [];
  #running: Promise<void> | null = null;
  /** When the first job of this round of the event loop came. */
  #began: number | null = null;

  /** `patience`: milliseconds to wait for another process's lock before a job fails. */
  constructor(db: DatabaseSync, patience: number) {
    this.#db = db;
    this.#patience = patience;
  }

  /** Runs `work` in a transaction of the one connection. `work` may run a second time, after a full rollback. */
  add<T>(work: () => Promise<T>): Promise<T> {
    if (this.#began === null) {
      this.#began = performance.now();
      setImmediate(() => (this.#began = null));
    }
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#jobs.push({ run: work, resolve, reject });
    this.#running ??= this.#drain();
    return promise;
  }

  /** Resolves when no job waits or runs. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #drain(): Promise<void> {
    await Promise.resolve(); // lets all that are ready in this tick join the first batch
    while (this.#jobs.length > 0) {
      // Each commit may cause the next one, and all of it runs as microtasks: whoever knocks meanwhile is not even heard.
      if (this.#began !== null && performance.now() - this.#began > BREATH_MS) await severalRounds();
      const batch = this.#jobs.splice(0, BATCH);
      const together = await this.#commit(batch);
      if (together) continue;
      for (const job of batch) await this.#commit([job]);
    }
    this.#running = null;
  }

  /** Returns false if the whole batch was rolled back and each job should be tried alone; a single job always resolves. */
  async #commit(batch: readonly Job[]): Promise<boolean> {
    const outcomes: Outcome[] = [];
    try {
      await this.#begin();
      for (const job of batch) outcomes.push(await this.#runOne(job, batch.length > 1));
      if (batch.length === 1 && outcomes[0]?.kind === 'failed') this.#rollback();
      else this.#db.exec('commit');
    } catch (error) {
      this.#rollback();
      if (batch.length > 1) return false;
      batch[0]?.reject(error);
      return true;
    }
    for (const [index, job] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome?.kind === 'done') job.resolve(outcome.value);
      else job.reject(outcome?.error);
    }
    return true;
  }

  async #runOne(job: Job, guarded: boolean): Promise<Outcome> {
    if (guarded) this.#db.exec('savepoint job');
    try {
      const value = await job.run();
      if (guarded) this.#db.exec('release job');
      return { kind: 'done', value };
    } catch (error) {
      // A full disk or an I/O error may have ended the transaction: the whole batch is then rolled back.
      if (!this.#db.isTransaction) throw error;
      if (guarded) this.#db.exec('rollback to job; release job');
      return { kind: 'failed', error };
    }
  }

  /** IMMEDIATE: a deferred transaction that must upgrade fails with SQLITE_BUSY_SNAPSHOT, whatever the timeout. */
  async #begin(): Promise<void> {
    const end = performance.now() + this.#patience;
    for (;;) {
      try {
        this.#db.exec('begin immediate');
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > end) throw error;
        await wait(RETRY_MS);
      }
    }
  }

  #rollback(): void {
    if (this.#db.isOpen && this.#db.isTransaction) this.#db.exec('rollback');
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}
