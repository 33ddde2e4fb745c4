// Addresses of people: found by hash, stored sealed.

import type { KeyObject } from 'node:crypto';
import type { Address } from '../../channels/channel.ts';
import { openValue, sealValue, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { hashAddress, keyOf } from '../encryption/keys.ts';

export async function insertAddress(
  context: Context,
  db: Queries,
  { person, key, address }: { readonly person: string; readonly key: KeyObject; readonly address: Address },
): Promise<void> {
  const mark = hashAddress(context.master, address);
  await db
    .insertInto('addresses')
    .values({
      mark,
      person,
      channel: address.channel,
      account: address.account,
      sealed: sealValue(key, contextOf(person, mark), address),
      since: context.now(),
    })
    .execute();
}

/** Stores the newest way to reach a known address. Writes nothing if it has not changed. */
export async function renewReach(
  db: Queries,
  { person, key, mark, address }: { person: string; key: KeyObject; mark: string; address: Address },
): Promise<void> {
  const row = await db.selectFrom('addresses').select('sealed').where('mark', '=', mark).executeTakeFirst();
  if (row === undefined || openAddress(key, person, mark, row.sealed).reach === address.reach) return;
  const sealed = sealValue(key, contextOf(person, mark), address);
  await db.updateTable('addresses').set({ sealed }).where('mark', '=', mark).execute();
}

export function openAddress(key: KeyObject, person: string, mark: string, sealed: Uint8Array): Address {
  return openValue(key, contextOf(person, mark), sealed);
}

/** The person of an address, or null; `since`: when this address became theirs (ISO). */
export async function personAt(
  context: Context,
  address: Address,
): Promise<{ readonly person: string; readonly since: string } | null> {
  const row = await context.database.read
    .selectFrom('addresses')
    .select(['person', 'since'])
    .where('mark', '=', hashAddress(context.master, address))
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Adds an address of the same person, e.g. a new browser after the code was typed. Removes it from its former person.
 * @throws {KeyGoneError} if the person does not exist.
 */
export async function addAlias(context: Context, person: string, address: Address): Promise<void> {
  await context.database.write((db) => addAliasWithin(context, db, person, address));
}

export async function addAliasWithin(context: Context, db: Queries, person: string, address: Address): Promise<void> {
  const held = await db
    .selectFrom('addresses')
    .select('person')
    .where('mark', '=', hashAddress(context.master, address))
    .executeTakeFirst();
  if (held?.person === person) return;
  await removeAddressWithin(context, db, address);
  const key = await keyOf(context, db, person);
  await insertAddress(context, db, { person, key, address });
}

/** Removes one address (leave quickly, code used up). */
export async function removeAddress(context: Context, address: Address): Promise<void> {
  await context.database.write((db) => removeAddressWithin(context, db, address));
}

/** Replies to it that still wait are marked as failed, so that nothing waits behind them. */
export async function removeAddressWithin(context: Context, db: Queries, address: Address): Promise<void> {
  const mark = hashAddress(context.master, address);
  await db.deleteFrom('addresses').where('mark', '=', mark).execute();
  await db
    .updateTable('replies')
    .set({ state: 'failed' })
    .where('address_mark', '=', mark)
    .where('state', '=', 'waiting')
    .execute();
}

function contextOf(owner: string, row: string): ValueContext<Address> {
  return { table: 'addresses', column: 'sealed', owner, row };
}
