// What a transaction wrote is told once it is committed, so that whoever works on such rows need not be called by whoever
// writes them. docs/decisions/0166-the-store-says-what-it-wrote.md

import type { CommitListener, Queries, Written } from './database.ts';

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
