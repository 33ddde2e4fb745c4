// The data keys in their table, and the look-up hashes of rows. Keys are never kept in memory between two calls, so that a key
// that another process destroyed cannot seal anything any more.

import type { KeyObject } from 'node:crypto';
import type { Address, Incoming } from '../../channels/channel.ts';
import { MasterKeyError } from '../../vault/master-key.ts';
import {
  fingerprint,
  type MasterKeys,
  newDataKey,
  openValues,
  type SealedRow,
  unwrapKey,
  unwrapKeys,
  wrapKey,
} from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';

/** The value in the database that only its own master key gives. A version that knows no carried keys gives another one. */
export function markOfMasterKey(master: MasterKeys): string {
  return fingerprint(master, 'master', master.hasCarried ? 'carried' : 'check');
}

/** The owner was erased, or never existed. */
export class KeyGoneError extends Error {
  override readonly name = 'KeyGoneError';
}

/** `key`: one that comes from elsewhere. @throws {MasterKeyError} if the master key was changed meanwhile: nobody could open the new key. */
export async function makeKey(context: Context, db: Queries, owner: string, key = newDataKey()): Promise<KeyObject> {
  await db
    .insertInto('keys')
    .values({ owner, wrapped: wrapKey(context.master, owner, key) })
    .execute();
  // After the insert, which waits for a change of the master key: no other has the table of keys then.
  const mark = await db.selectFrom('meta').select('value').where('name', '=', 'master').executeTakeFirst();
  if (mark?.value === markOfMasterKey(context.master)) return key;
  throw new MasterKeyError('The master key of this database was changed. Start this program again with the new one.');
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

export function hashAddress(master: MasterKeys, { channel, account, address }: Address): string {
  return fingerprint(master, 'address', JSON.stringify([channel, account, address]));
}

/** Of address and message id together: alone it does not reveal that a number ever wrote. */
export function hashReceived(master: MasterKeys, { from, messageId }: Pick<Incoming, 'from' | 'messageId'>): string {
  return fingerprint(master, 'received', JSON.stringify([from.channel, from.account, from.address, messageId]));
}

export function hashEvent(master: MasterKeys, person: string, eventId: string): string {
  return fingerprint(master, 'event', JSON.stringify([person, eventId]));
}

/** A message within a person's conversation: its line in the transcript, its part of an answer. */
export function hashMessage(master: MasterKeys, person: string, messageId: string): string {
  return fingerprint(master, 'message', JSON.stringify([person, messageId]));
}

/** The Message-ID of our mail, to find the mail of a bounce. */
export function hashMessageId(master: MasterKeys, messageId: string): string {
  return fingerprint(master, 'message-id', messageId);
}

/** For the ledger of erasures. */
export function hashErased(master: MasterKeys, id: string): string {
  return fingerprint(master, 'ledger/erased', id);
}

/**
 * For the ledger: an attempt that began (1, 2, …), that no attempt follows, or that another attempt follows after this
 * many.
 */
export function hashMail(master: MasterKeys, id: string, what: number | 'over' | `again/${number}`): string {
  return fingerprint(master, 'ledger/mail', JSON.stringify([id, what]));
}
