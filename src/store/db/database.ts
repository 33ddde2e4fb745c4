// The interface of a database for the rest of the store: reads of committed rows, and one way to write.

import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import { TimedOutError } from '../../deadlines.ts';
import type { Tables } from '../schema/tables.ts';

/**
 * SQLite's codes (https://sqlite.org/rescode.html) for trouble with a disk, a file or a lock: busy, locked, read-only,
 * I/O, full, cannot open.
 */
const SQLITE_TROUBLE = [5, 6, 8, 10, 13, 14];
/** PostgreSQL's codes for connection, idle transaction, resources, operator, system, and a transaction that must be repeated. */
const POSTGRES_TROUBLE = /^(?:08|25P03|40|53|55|57|58)/u;
const SYSTEM_TROUBLE =
  /^(?:ENOSPC|EIO|EROFS|EDQUOT|EMFILE|ENFILE|EPIPE|ECONN[A-Z]+|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ERR_INVALID_STATE)$/u;

/** True if nothing can be stored now; not a fault of the data. */
export function isTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof TimedOutError) return true;
  if ('errcode' in error && typeof error.errcode === 'number') return SQLITE_TROUBLE.includes(error.errcode & 0xff);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (SYSTEM_TROUBLE.test(code) || (code.length === 5 && POSTGRES_TROUBLE.test(code))) return true;
  return /connection (?:terminated|ended|error)|pool after calling end|timeout exceeded when trying to connect/iu.test(
    error.message,
  );
}

export type Queries = Kysely<Tables>;

/**
 * Kinds of rows that wake somebody. `inbox`: an internal event (not a message, whose receiver takes its turn);
 * `outbox`: a mail that may be due; `recordings`: one that the machine may transcribe; `replies`: one to be sent;
 * `transcript`: rows that pages show.
 */
export type Written = 'inbox' | 'outbox' | 'recordings' | 'replies' | 'transcript';

/** Called at most once per transaction and `what`. `people`: the owners of the rows. Must return at once and not throw. */
export type CommitListener = (what: Written, people: ReadonlySet<string>) => void;

export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  /** Sees committed rows only. */
  readonly read: Queries;
  /** Runs `work` in one durable transaction. `work` may run twice: it must change nothing but rows. */
  write<T>(work: (db: Queries) => Promise<T>): Promise<T>;
  /**
   * Calls `listener` with the kinds of rows that each later transaction of this process wrote, after its commit and
   * before `write` resolves.
   */
  onCommit(listener: CommitListener): void;
  /** The same of other processes on PostgreSQL, soon after; a wake-up may be lost. After a gap it is called with nobody. */
  onCommitElsewhere(listener: CommitListener): void;
  /** This process does nothing more: others look for work that it leaves. */
  wakeOthers(): void;
  /** After an erasure: removes deleted data from the files as far as the database can. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

// Written rows are announced after the commit, so that writers need not know who processes them.
// docs/decisions/0166-the-store-says-what-it-wrote.md.

/** Owners of written rows, by kind. */
export type Rows = Map<Written, Set<string>>;

const underWay = new WeakMap<Queries, Rows>();

/** Call within `Database.write()`: announced after its commit, once per `what`; never if it is rolled back. */
export function noteWritten(db: Queries, what: Written, person: string): void {
  const rows = underWay.get(db);
  if (rows === undefined) return;
  rows.set(what, (rows.get(what) ?? new Set()).add(person));
}

export class Commits {
  readonly #listeners: CommitListener[] = [];

  listen(listener: CommitListener): void {
    this.#listeners.push(listener);
  }

  /** `transact` runs its argument in one transaction, again if necessary, and resolves after the commit. */
  async telling<T>(
    transact: (work: (db: Queries) => Promise<[T, Rows]>) => Promise<[T, Rows]>,
    work: (db: Queries) => Promise<T>,
  ): Promise<T> {
    const [result, written] = await transact(async (db) => {
      const rows: Rows = new Map();
      underWay.set(db, rows);
      return [await work(db), rows];
    });
    for (const [what, people] of written) for (const listener of this.#listeners) listener(what, people);
    return result;
  }
}

// Queries of every turn are built and compiled once: building costs several times as much as running. While a query is
// built, placeholders replace the values, so that each value finds its position.

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

interface Ran<Row> {
  readonly rows: readonly Row[];
  /** Number of rows inserted, updated or deleted. */
  readonly changed: bigint;
}

/** `build` gets placeholders, never values: it must not depend on them. */
export function prepareQuery<Values extends object, Row>(
  build: (db: Queries, values: Values) => Compilable<Row>,
): (db: Queries, values: Values) => Promise<Ran<Row>> {
  // One compiled text per kind of database.
  const compiled = new Map<unknown, CompiledQuery<Row>>();
  // Not real values by design: only placeholders are read from it.
  const standIn = new Proxy({} as Values, { get: (_, name) => new Placeholder(String(name)) });
  return async (db, values) => {
    const kind = db.getExecutor().adapter.constructor;
    let query = compiled.get(kind);
    if (query === undefined) compiled.set(kind, (query = build(db, standIn).compile()));
    const given = new Map<string, unknown>(Object.entries(values));
    const parameters = query.parameters.map((one) => (one instanceof Placeholder ? given.get(one.name) : one));
    const { rows, numAffectedRows } = await db.executeQuery<Row>({ ...query, parameters });
    return { rows, changed: numAffectedRows ?? 0n };
  };
}
