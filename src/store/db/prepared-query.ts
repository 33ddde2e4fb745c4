// Queries that every turn makes are built and compiled once: building them anew costs several times as much as running
// them. Values stand in as placeholders while the query is built, so that each finds its own position.

import type { Compilable, CompiledQuery } from 'kysely';
import type { Queries } from './database.ts';

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export interface Ran<Row> {
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
