// What the rest of the store sees of a database: something to read what is committed, and one way to change it.

import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import { TimedOutError } from '../../deadlines.ts';
import type { Tables } from '../schema/tables.ts';

/** SQLite's own codes (https://sqlite.org/rescode.html) for a disk, a file or a lock: busy, locked, read-only, I/O, full, cannot open. */
const SQLITE_TROUBLE = [5, 6, 8, 10, 13, 14];
/** Classes of PostgreSQL's codes for connection, resources, operator, system and a transaction to be begun again. */
const POSTGRES_TROUBLE = /^(?:08|40|53|55|57|58)/u;
const SYSTEM_TROUBLE =
  /^(?:ENOSPC|EIO|EROFS|EDQUOT|EMFILE|ENFILE|EPIPE|ECONN[A-Z]+|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ERR_INVALID_STATE)$/u;

/** Nothing can be kept now, whatever it is; not a fault of what was to be kept. */
export function isTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof TimedOutError) return true;
  if ('errcode' in error && typeof error.errcode === 'number') return SQLITE_TROUBLE.includes(error.errcode & 0xff);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (SYSTEM_TROUBLE.test(code) || (code.length === 5 && POSTGRES_TROUBLE.test(code))) return true;
  return /connection (?:terminated|ended)|pool after calling end|timeout exceeded when trying to connect/iu.test(
    error.message,
  );
}

export type Queries = Kysely<Tables>;

/**
 * Rows that somebody waits for. `inbox`: an event from within (not a message, whose receiver takes its turn); `outbox`: a mail
 * that may be due; `recordings`: one that the machine may transcribe; `replies`: one that must be sent; `transcript`: what
 * pages show.
 */
export type Written = 'inbox' | 'outbox' | 'recordings' | 'replies' | 'transcript';

/** Called at most once for each `what` of a transaction. `people`: whose rows. Must return at once and not throw. */
export type CommitListener = (what: Written, people: ReadonlySet<string>) => void;

export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  /** Sees committed rows only. */
  readonly read: Queries;
  /** All of `work` is committed, durably, or none of it. `work` may run twice: it must change nothing but rows. */
  write<T>(work: (db: Queries) => Promise<T>): Promise<T>;
  /** `listener` is told what each later transaction of this process wrote, after its commit and before `write` resolves. */
  onCommit(listener: CommitListener): void;
  /** After an erasure: makes what was deleted vanish from the files as far as the database can. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

// What a transaction wrote is told once it is committed, so that whoever works on such rows need not be called by whoever
// writes them. docs/decisions/0166-the-store-says-what-it-wrote.md

/** Whose rows, by what they are. */
type Rows = Map<Written, Set<string>>;

const underWay = new WeakMap<Queries, Rows>();

/** Within `Database.write()`: told after its commit, once for each `what`; never if it is rolled back. */
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

  /** `transact` runs what it is handed in one transaction, again if need be, and resolves after the commit. */
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

// Queries that every turn makes are built and compiled once: building them anew costs several times as much as running
// them. Values stand in as placeholders while the query is built, so that each finds its own position.

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

interface Ran<Row> {
  readonly rows: readonly Row[];
  /** Rows inserted, updated or deleted. */
  readonly changed: bigint;
}

/** `build` sees placeholders, never values: it must not decide anything by them. */
export function prepareQuery<Values extends object, Row>(
  build: (db: Queries, values: Values) => Compilable<Row>,
): (db: Queries, values: Values) => Promise<Ran<Row>> {
  // One text for each kind of database.
  const compiled = new Map<unknown, CompiledQuery<Row>>();
  // A stand-in by design: only its placeholders are ever looked at.
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
