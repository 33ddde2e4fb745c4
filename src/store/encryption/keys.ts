// The data keys in their table. They are never kept in memory between two calls, so that a key that another process
// destroyed cannot seal anything any more.

import type { KeyObject } from 'node:crypto';
import { fingerprint, newDataKey, unwrapKey, wrapKey } from '../../vault/keys-of-master.ts';
import { MasterKeyError } from '../../vault/master-key.ts';
import { open, type SealContext, seal } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';

// — a database belongs to the master key that it was first opened with —

/** @throws {MasterKeyError} with another key: else the program would find nobody, and greet everyone as new. */
export async function checkMasterKey({ database, master }: Context): Promise<void> {
  const value = fingerprint(master, 'master', 'check');
  const found = await database.write(async (db) => {
    await db
      .insertInto('meta')
      .values({ name: 'master', value })
      .onConflict((c) => c.column('name').doNothing())
      .execute();
    return db.selectFrom('meta').select('value').where('name', '=', 'master').executeTakeFirst();
  });
  if (found?.value === value) return;
  throw new MasterKeyError(
    'This database was made under another master key. Put the right key back (see docs/operate.md); nothing was changed.',
  );
}

// — values are stored as sealed JSON —

/** The context of a value of this type: opening returns the type that was sealed. */
export interface ValueContext<T> extends SealContext {
  /** For the compiler only; no context has it. */
  readonly holds?: T;
}

export function sealValue<T>(key: KeyObject, context: ValueContext<T>, value: NoInfer<T>): Buffer {
  return seal(key, context, JSON.stringify(value ?? null));
}

/**
 * The seal proves that this store wrote the value in exactly this context. Changing a stored shape needs a migration.
 * @throws {SealBrokenError}
 */
export function openValue<T>(key: KeyObject, context: ValueContext<T>, sealed: Uint8Array): NoInfer<T> {
  return JSON.parse(open(key, context, sealed).toString('utf8')) as NoInfer<T>;
}

/** The owner was erased, or never existed. */
export class KeyGoneError extends Error {
  override readonly name = 'KeyGoneError';
}

export async function makeKey(context: Context, db: Queries, owner: string): Promise<KeyObject> {
  const key = newDataKey();
  await db
    .insertInto('keys')
    .values({ owner, wrapped: wrapKey(context.master, owner, key) })
    .execute();
  return key;
}

/** @throws {KeyGoneError} */
export async function keyOf(context: Context, db: Queries, owner: string): Promise<KeyObject> {
  const row = await db.selectFrom('keys').select('wrapped').where('owner', '=', owner).executeTakeFirst();
  if (row === undefined) throw new KeyGoneError(`There is no key of ${owner} (any more).`);
  return unwrapKey(context.master, owner, row.wrapped);
}

/** The keys of those owners that still have one, in one query. */
export async function keysOf(
  context: Context,
  db: Queries,
  owners: Iterable<string>,
): Promise<ReadonlyMap<string, KeyObject>> {
  const wanted = [...new Set(owners)];
  if (wanted.length === 0) return new Map();
  const rows = await db.selectFrom('keys').selectAll().where('owner', 'in', wanted).execute();
  return new Map(rows.map(({ owner, wrapped }) => [owner, unwrapKey(context.master, owner, wrapped)]));
}
