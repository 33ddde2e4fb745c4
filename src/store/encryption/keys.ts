// The data keys in their table, and the look-up hashes of rows. Keys are never kept in memory between two calls, so that a key
// that another process destroyed cannot seal anything any more.

import type { KeyObject } from 'node:crypto';
import type { Address, Incoming } from '../../channels/channel.ts';
import { MasterKeyError } from '../../vault/master-key.ts';
import {
  fingerprint,
  newDataKey,
  openValues,
  type SealedRow,
  unwrapKey,
  unwrapKeys,
  wrapKey,
} from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';

// A database belongs to the master key that it was first opened with.

/** The value in the database that only its own master key gives. */
export function markOfMasterKey(master: Buffer): string {
  return fingerprint(master, 'master', 'check');
}

/** @throws {MasterKeyError} with another key: else the program would find nobody, and greet everyone as new. */
export async function checkMasterKey({ database, master }: Context): Promise<void> {
  const value = markOfMasterKey(master);
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
  return unwrapKeys(context.master, rows);
}

/** The rows with their values; null for a redacted row, and for an erased owner. */
export async function openRows<T, R extends SealedRow<T>>(
  context: Context,
  db: Queries,
  rows: readonly (R & SealedRow<T>)[],
): Promise<readonly (R & { readonly value: T | null })[]> {
  const keys = await keysOf(
    context,
    db,
    rows.map((row) => row.context.owner),
  );
  return openValues(keys, rows);
}

// Look-up hashes for rows whose ids must not be stored unencrypted.

export function hashAddress(master: Buffer, { channel, account, address }: Address): string {
  return fingerprint(master, 'address', JSON.stringify([channel, account, address]));
}

/** Of address and message id together: alone it does not reveal that a number ever wrote. */
export function hashReceived(master: Buffer, { from, messageId }: Pick<Incoming, 'from' | 'messageId'>): string {
  return fingerprint(master, 'received', JSON.stringify([from.channel, from.account, from.address, messageId]));
}

export function hashEvent(master: Buffer, person: string, eventId: string): string {
  return fingerprint(master, 'event', JSON.stringify([person, eventId]));
}

/** A message within a person's conversation: its line in the transcript, its part of an answer. */
export function hashMessage(master: Buffer, person: string, messageId: string): string {
  return fingerprint(master, 'message', JSON.stringify([person, messageId]));
}

/** The Message-ID of our mail, to find the mail of a bounce. */
export function hashMessageId(master: Buffer, messageId: string): string {
  return fingerprint(master, 'message-id', messageId);
}

/** For the ledger of erasures. */
export function hashErased(master: Buffer, id: string): string {
  return fingerprint(master, 'ledger/erased', id);
}

/**
 * For the ledger: an attempt that began (1, 2, …), that no attempt follows, or that another attempt follows after this
 * many.
 */
export function hashMail(master: Buffer, id: string, what: number | 'over' | `again/${number}`): string {
  return fingerprint(master, 'ledger/mail', JSON.stringify([id, what]));
}
