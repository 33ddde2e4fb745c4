// A person goes on elsewhere: with a new number, or by the same number on another way to WhatsApp.
// docs/decisions/0213-one-person-two-ways.md.

import { sql } from 'kysely';
import type { Address } from '../../channels/channel.ts';
import type { Context } from '../db/context.ts';
import { noteWritten, type Queries } from '../db/database.ts';
import { hashAddress } from '../encryption/keys.ts';
import { isBlocked, withAccount } from '../messengers/account-rows.ts';
import { addAliasWithin, postWithin, removeAddressWithin } from '../turns/inbox.ts';
import type { TurnWork } from '../turns/turn-work.ts';

/** The person of these addresses goes on at `to`; the former ones lead to nobody. */
export async function moveAddress(context: Context, before: readonly Address[], to: Address): Promise<void> {
  await context.database.write(async (db) => {
    const person = await personOf(context, db, before);
    // Somebody else's text must not change hands.
    if (person === null || (await personOf(context, db, [to])) !== null) return;
    await addAliasWithin(context, db, person, to);
    await redirect(context, db, person, to);
    for (const address of before) await removeAddressWithin(context, db, address);
  });
}

/**
 * Somebody new at `from` has a number that is known elsewhere: their conversation goes on here, and tells them so
 * first. Does nothing if `from` is known. The other addresses stay. Returns true if it goes on.
 */
export async function goOnByNumber(
  context: Context,
  from: Address,
  others: readonly Address[],
  event: string,
): Promise<boolean> {
  return context.database.write(async (db) => {
    if ((await personOf(context, db, [from])) !== null) return false;
    const person = await personOf(context, db, others);
    if (person === null) return false;
    await addAliasWithin(context, db, person, from);
    await redirect(context, db, person, from);
    const moved = { id: event, at: context.now(), kind: 'elsewhere', what: { kind: 'other-way' } } as const;
    await postWithin(context, db, person, moved, from);
    return true;
  });
}

async function personOf(context: Context, db: Queries, addresses: readonly Address[]): Promise<string | null> {
  for (const address of addresses) {
    const mark = hashAddress(context.master, address);
    const row = await db.selectFrom('addresses').select('person').where('mark', '=', mark).executeTakeFirst();
    if (row !== undefined) return row.person;
  }
  return null;
}

/** Replies that still wait are sent there. */
async function redirect(context: Context, db: Queries, person: string, to: Address): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('replies')
    .set({ channel: to.channel, address_mark: hashAddress(context.master, to), next_try: context.now() })
    .where('person', '=', person)
    .where('state', '=', sql.lit('waiting'))
    .executeTakeFirst();
  if (numUpdatedRows > 0n) noteWritten(db, 'replies', person);
}

/** Replies that wait for a blocked account go to the chat in which the person writes now; a page draws them as if they were said now. */
export async function redirectBlocked({ db, person, at }: TurnWork): Promise<void> {
  const here = await db
    .selectFrom('persons')
    .innerJoin('addresses', 'addresses.mark', 'persons.address_mark')
    .select(['addresses.mark', 'addresses.channel'])
    .where('persons.id', '=', person)
    .whereRef('addresses.person', '=', 'persons.id')
    .executeTakeFirst();
  if (here === undefined) return;
  const { numUpdatedRows } = await db
    .updateTable('replies')
    .set({ channel: here.channel, address_mark: here.mark, next_try: at, at, held_by: null })
    .where('person', '=', person)
    .where('state', '=', sql.lit('waiting'))
    .where('channel', '!=', here.channel)
    .where(
      'address_mark',
      'in',
      sql<string>`(select other.mark from addresses other ${withAccount} where other.person = ${person} and ${isBlocked})`,
    )
    .executeTakeFirst();
  if (numUpdatedRows > 0n) noteWritten(db, 'replies', person);
}
