// A process that dies just before its nth write, to a file or to a database: from then on it writes nothing more, and its open
// transaction is gone.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import pg from 'pg';

class DeadError extends Error {
  override readonly name = 'DeadError';
}

const FILES = ['writeSync', 'fsyncSync', 'renameSync', 'rmSync', 'ftruncateSync'] as const;
const WRITES = /^\s*(?:begin immediate|insert|update|delete|commit|lock|vacuum|pragma wal_checkpoint)/iu;
const STATEMENTS = /^\s*(?:insert|update|delete)/iu;

type Function = (this: unknown, ...given: unknown[]) => unknown;

/** Returns what it did before its death, or null if it came to its end first. Any other error is thrown. */
export async function dyingAt(nth: number, work: () => Promise<unknown>): Promise<string | null> {
  const life = { writes: 0, death: null as string | null };
  const write = (what: string): void => {
    if (life.death === null && ++life.writes < nth) return;
    life.death ??= what;
    throw new DeadError(what);
  };
  const restore: (() => void)[] = [];
  const wrap = (target: object, name: string, said: (self: unknown, given: readonly unknown[]) => string | null) => {
    const original = Reflect.get(target, name) as Function;
    const wrapped: Function = function (this: unknown, ...given) {
      const what = said(this, given);
      if (what !== null) write(what);
      return original.apply(this, given);
    };
    Reflect.set(target, name, wrapped);
    restore.push(() => void Reflect.set(target, name, original));
  };
  for (const name of FILES) wrap(fs, name, () => name);
  const writes = (text: unknown) => (typeof text === 'string' && WRITES.test(text) ? text.slice(0, 40) : null);
  wrap(DatabaseSync.prototype, 'exec', (_, [text]) => writes(text));
  const runs = (self: unknown) => {
    const { sourceSQL } = self as StatementSync;
    return STATEMENTS.test(sourceSQL) ? sourceSQL.slice(0, 40) : null;
  };
  for (const name of ['run', 'all']) wrap(StatementSync.prototype, name, runs);
  wrap(pg.Client.prototype, 'query', (_, [query]) =>
    writes(typeof query === 'object' && query !== null && 'text' in query ? query.text : query),
  );
  syncBuiltinESMExports();
  try {
    await work();
    return life.death;
  } catch (error) {
    if (life.death !== null) return life.death;
    throw error;
  } finally {
    for (const back of restore) back();
    syncBuiltinESMExports();
  }
}
