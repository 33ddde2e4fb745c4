// Two addresses of WhatsApp belong to one person: a LID (on the Cloud API a business-scoped id), which stays with an
// account, and a number, which may go to somebody else. docs/decisions/0047-a-lid-and-a-number-meet.md.

import type { Address } from '../../channels/channel.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { hashAddress, keyOf } from '../encryption/keys.ts';
import { addAliasWithin, openAddress, postWithin, removeAddressWithin } from '../turns/inbox.ts';
import { held } from '../turns/parts.ts';
import { putCode } from './resume-codes.ts';

export interface Meeting {
  readonly lid: Address;
  readonly number: Address;
  /** Not used before; if both addresses have a text, it opens the one that is not continued. */
  readonly code: string;
}

/** Afterwards both addresses lead to one person, or the number to nobody. No text is moved or lost. */
export async function mergeIdentities(context: Context, { lid, number, code }: Meeting): Promise<void> {
  await context.database.write(async (db) => {
    const byLid = await personOf(context, db, lid);
    const byNumber = await personOf(context, db, number);
    if (byNumber === byLid) return;
    if (byNumber === null) {
      if (byLid !== null) await addAliasWithin(context, db, byLid, number);
      return;
    }
    // Another account had this number: this person must not read what was written there.
    if (await hasLasting(context, db, byNumber, number.channel)) return removeAddressWithin(context, db, number);
    if (byLid === null) return addAliasWithin(context, db, byNumber, lid);
    if (!(await hasCase(db, byLid))) return goOnAs(context, db, byNumber, byLid, lid);
    if (!(await hasCase(db, byNumber))) return goOnAs(context, db, byLid, byNumber, number);
    await addAliasWithin(context, db, byLid, number);
    await putCode(context, db, byNumber, code);
    const event = { id: `other-text/${byNumber}`, at: context.now(), kind: 'elsewhere' } as const;
    await postWithin(context, db, byLid, { ...event, what: { kind: 'other-text', code } }, lid);
  });
}

/** `from` has no text yet; its messages from before the consent are posted again to `to`, as if it had been known at once. */
async function goOnAs(context: Context, db: Queries, to: string, from: string, address: Address): Promise<void> {
  await addAliasWithin(context, db, to, address);
  for (const { id, text } of await held(context, from, db)) {
    const event = { id: `${id}/again`, at: context.now(), kind: 'message', text } as const;
    await postWithin(context, db, to, event, address);
  }
}

async function personOf(context: Context, db: Queries, address: Address): Promise<string | null> {
  const mark = hashAddress(context.master, address);
  const row = await db.selectFrom('addresses').select('person').where('mark', '=', mark).executeTakeFirst();
  return row?.person ?? null;
}

async function hasCase(db: Queries, person: string): Promise<boolean> {
  const row = await db.selectFrom('cases').select('id').where('person', '=', person).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** A LID, or the Cloud API's business-scoped id. */
const LASTING = /@lid$|^[A-Z]{2}\./u;

async function hasLasting(context: Context, db: Queries, person: string, channel: string): Promise<boolean> {
  const of = db.selectFrom('addresses').selectAll().where('person', '=', person).where('channel', '=', channel);
  const key = await keyOf(context, db, person);
  const rows = await of.execute();
  return rows.some((row) => LASTING.test(openAddress(key, person, row.mark, row.sealed).address));
}
