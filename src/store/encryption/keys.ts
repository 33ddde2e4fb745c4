// The data keys in their table: made, found, opened. They are never kept in memory between two calls, so that a key
// destroyed by another process cannot seal anything any more.

import type { KeyObject } from 'node:crypto';
import { newDataKey, unwrapKey, wrapKey } from '../../vault/keys-of-master.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';

/** The key of somebody who was erased, or never was. */
export class KeyGone extends Error {
  override readonly name = 'KeyGone';
}

export async function makeKey(context: Context, db: Queries, owner: string): Promise<KeyObject> {
  const key = newDataKey();
  await db
    .insertInto('keys')
    .values({ owner, wrapped: wrapKey(context.master, owner, key) })
    .execute();
  return key;
}

/** @throws {KeyGone} */
export async function keyOf(context: Context, db: Queries, owner: string): Promise<KeyObject> {
  const row = await db.selectFrom('keys').select('wrapped').where('owner', '=', owner).executeTakeFirst();
  if (row === undefined) throw new KeyGone(`There is no key of ${owner} (any more).`);
  return unwrapKey(context.master, owner, row.wrapped);
}

/** The keys of all these owners that still have one, in one query. */
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
