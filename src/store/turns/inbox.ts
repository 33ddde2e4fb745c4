// Incoming events: stored, once each. docs/decisions/0013-repeats-after-erasure.md.

import type { KeyObject } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Address, Incoming } from '../../channels/channel.ts';
import type { Event } from '../../dialog/engine/event.ts';
import { openValue, sealValue, unwrapKey, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { noteWritten, prepareQuery, type Queries } from '../db/database.ts';
import { hashAddress, hashEvent, hashReceived, keyOf, makeKey } from '../encryption/keys.ts';
import type { Tables } from '../schema/tables.ts';
import { saveSound } from '../voice/save-sound.ts';

// Addresses of people: found by hash, stored sealed.

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
async function renewReach(
  db: Queries,
  { person, key, mark, address }: { person: string; key: KeyObject; mark: string; address: Address },
): Promise<void> {
  const row = await db.selectFrom('addresses').select('sealed').where('mark', '=', mark).executeTakeFirst();
  if (row === undefined || openAddress(key, person, mark, row.sealed).reach === address.reach) return;
  const sealed = sealValue(key, contextOf(person, mark), address);
  await db.updateTable('addresses').set({ sealed }).where('mark', '=', mark).execute();
}

/** `address.reach`: the newest. Does nothing if nobody is known there. */
export async function noteReach(context: Context, address: Address): Promise<void> {
  const mark = hashAddress(context.master, address);
  await context.database.write(async (db) => {
    const known = await findPerson(db, mark);
    if (known === undefined) return;
    const { person, wrapped } = known;
    await renewReach(db, { person, key: unwrapKey(context.master, person, wrapped), mark, address });
  });
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

interface Arrival {
  readonly person: string;
  readonly key: KeyObject;
  readonly mark: string;
  readonly addressMark: string | null;
  readonly event: Event;
}

/**
 * Committed before it resolves. `new: false` for a repeat. Creates a person for a new address. A repeat of an erased
 * person's message is dropped, and `person` is then an unused id.
 */
export async function receive(context: Context, incoming: Incoming): Promise<{ person: string; new: boolean }> {
  const { master } = context;
  const mark = hashReceived(master, incoming);
  const addressMark = hashAddress(master, incoming.from);
  return context.database.write(async (db) => {
    const known = await findPerson(db, addressMark);
    if (known === undefined) {
      if (await isHere(db, mark)) {
        // On PostgreSQL another process may have committed the first copy meanwhile. Else it is a late copy of an
        // erased person's message: dropped, without creating a person.
        const meanwhile = await findPerson(db, addressMark);
        return { person: meanwhile?.person ?? context.newId(), new: false };
      }
      const { person, key } = await makePerson(context, db, incoming);
      return { person, new: await insertIncoming(context, db, { person, key, mark, addressMark }, incoming) };
    }
    const { person } = known;
    const key = unwrapKey(master, person, known.wrapped);
    const { from } = incoming;
    if (from.reach !== undefined) await renewReach(db, { person, key, mark: addressMark, address: from });
    return { person, new: await insertIncoming(context, db, { person, key, mark, addressMark }, incoming) };
  });
}

/**
 * Stores an internal event (e.g. a mail's outcome) in the same inbox, under a separate key. Repeats are dropped by
 * `event.id`.
 */
export async function post(context: Context, person: string, event: Event): Promise<void> {
  await context.database.write((db) => postWithin(context, db, person, event));
}

/**
 * Within the caller's transaction, e.g. at the end of a mail. Does nothing for an erased person. `at`: the address of
 * the person that it concerns; the answer is sent there. Returns false for a repeat, and if nothing is done.
 */
export async function postWithin(
  context: Context,
  db: Queries,
  person: string,
  event: Event,
  at: Address | null = null,
): Promise<boolean> {
  const row = await db.selectFrom('keys').select('wrapped').where('owner', '=', person).executeTakeFirst();
  if (row === undefined) return false;
  const key = unwrapKey(context.master, person, row.wrapped);
  const isNew = await insertEvent(db, {
    person,
    key,
    mark: hashEvent(context.master, person, event.id),
    addressMark: at === null ? null : hashAddress(context.master, at),
    event,
  });
  if (isNew) noteWritten(db, 'inbox', person);
  return isNew;
}

/** People with events that had no turn yet (after a restart). */
export async function peopleWaiting(context: Context): Promise<readonly string[]> {
  const rows = await context.database.read
    .selectFrom('inbox')
    .select((e) => ['person', e.fn.min('arrival').as('first')])
    .where('person', 'is not', null)
    .where('aside_at', 'is', null)
    .groupBy('person')
    .orderBy('first')
    .execute();
  return rows.flatMap((row) => (row.person === null ? [] : [row.person]));
}

/** Together with the sound of a recording: both or none. */
async function insertIncoming(
  context: Context,
  db: Queries,
  arrival: Omit<Arrival, 'event'>,
  { event, sound }: Incoming,
): Promise<boolean> {
  const isNew = await insertEvent(db, { ...arrival, event });
  if (isNew && sound !== undefined) {
    await saveSound(context, db, { person: arrival.person, key: arrival.key, note: event.id, sound });
  }
  return isNew;
}

/** Returns false for a repeat. */
async function insertEvent(db: Queries, arrival: Arrival): Promise<boolean> {
  const { mark, person } = arrival;
  const { changed } = await insertOnce(db, {
    mark,
    person,
    address_mark: arrival.addressMark,
    sealed: sealValue(arrival.key, eventContext(person, mark), arrival.event),
  });
  return changed > 0n;
}

const insertOnce = prepareQuery(
  (db, row: Pick<Selectable<Tables['inbox']>, 'mark' | 'person' | 'address_mark' | 'sealed'>) =>
    db
      .insertInto('inbox')
      .values({ mark: row.mark, person: row.person, address_mark: row.address_mark, sealed: row.sealed })
      .onConflict((c) => c.column('mark').doNothing()),
);

export function eventContext(owner: string, mark: string): ValueContext<Event> {
  return { table: 'inbox', column: 'sealed', owner, row: mark };
}

async function findPerson(db: Queries, mark: string) {
  return (await selectPerson(db, { mark })).rows[0];
}

const selectPerson = prepareQuery((db, { mark }: { mark: string }) =>
  db
    .selectFrom('addresses')
    .innerJoin('keys', 'keys.owner', 'addresses.person')
    .select(['addresses.person', 'keys.wrapped'])
    .where('addresses.mark', '=', mark),
);

async function isHere(db: Queries, mark: string): Promise<boolean> {
  const row = await db.selectFrom('inbox').select('arrival').where('mark', '=', mark).executeTakeFirst();
  return row !== undefined;
}

async function makePerson(
  context: Context,
  db: Queries,
  { from, language }: Incoming,
): Promise<{ person: string; key: KeyObject }> {
  const person = context.newId();
  const at = context.now();
  await db
    .insertInto('persons')
    .values({ id: person, language: language ?? null, created_at: at, seen_at: at })
    .execute();
  const key = await makeKey(context, db, person);
  await insertAddress(context, db, { person, key, address: from });
  return { person, key };
}
