// Codes to resume elsewhere: addresses of their own channel, on which nothing is ever sent. Codes of the web chat are
// valid until they are ended; codes in a chat work once, and expire.

import type { Address } from '../../channels/channel.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { hashAddress, keyOf } from '../encryption/keys.ts';
import { addAliasWithin, insertAddress } from '../turns/inbox.ts';
import type { EffectsToSave, TurnWork } from '../turns/turn-work.ts';

/** The result of a code that was typed into a chat. */
export type Arrived = 'came' | 'other-here' | 'unknown';

const CODE = 'code';
const LASTING = 'default';
const ONCE = 'once';

export async function giveResumeCode(
  { context, db, person }: TurnWork,
  codes: readonly EffectsToSave['code'][],
): Promise<void> {
  const last = codes.at(-1);
  if (last === undefined) return;
  if (codes.some(({ beside }) => beside !== true)) await endCodes(db, person);
  await addCode(context, db, person, last.code);
}

/** Replaces an unused earlier one. */
export async function putCode(context: Context, db: Queries, person: string, code: string): Promise<void> {
  await endCodes(db, person);
  await addCode(context, db, person, code);
}

async function endCodes(db: Queries, person: string): Promise<void> {
  await db
    .deleteFrom('addresses')
    .where('person', '=', person)
    .where('channel', '=', CODE)
    .where('account', '=', ONCE)
    .execute();
}

async function addCode(context: Context, db: Queries, person: string, code: string): Promise<void> {
  const key = await keyOf(context, db, person);
  await insertAddress(context, db, { person, key, address: addressOf(code, ONCE) });
}

/**
 * A single-use code that leads the holder of this case to all they hold. Returns false if the case does not exist (any
 * more).
 */
export async function giveWayBack(context: Context, caseId: string, code: string): Promise<boolean> {
  return context.database.write(async (db) => {
    const found = await db.selectFrom('cases').select('person').where('id', '=', caseId).executeTakeFirst();
    if (found === undefined) return false;
    await putCode(context, db, found.person, code);
    return true;
  });
}

/**
 * Continues the conversation of this code at `to`. Returns false for an unknown code. `since` (ISO): older single-use
 * codes have expired.
 */
export async function resumeAt(context: Context, code: string, to: Address, since: string): Promise<boolean> {
  return context.database.write(async (db) => {
    const found = await findCode(context, db, code, since);
    if (found === null) return false;
    if (found.account === ONCE && !(await takeCode(db, found.mark))) return false;
    await addAliasWithin(context, db, found.person, to);
    return true;
  });
}

/**
 * Uses a code that was typed into a chat; it is then visible there, so it ends. If the chat has a text already, that
 * stays, and the code stays valid.
 */
export async function resumeHere(context: Context, code: string, from: Address, since: string): Promise<Arrived> {
  return context.database.write(async (db) => {
    const found = await findCode(context, db, code, since);
    if (found === null) return 'unknown';
    const holder = await db
      .selectFrom('addresses')
      .leftJoin('cases', 'cases.person', 'addresses.person')
      .select(['addresses.person', 'cases.id as case_id'])
      .where('addresses.mark', '=', hashAddress(context.master, from))
      .executeTakeFirst();
    const theirs = holder?.person === found.person;
    if (!theirs && holder !== undefined && holder.case_id !== null) return 'other-here';
    if (!(await takeCode(db, found.mark))) return 'unknown';
    if (!theirs) await addAliasWithin(context, db, found.person, from);
    return 'came';
  });
}

export async function dropOldCodes(db: Queries, since: string): Promise<void> {
  await db
    .deleteFrom('addresses')
    .where('channel', '=', CODE)
    .where('account', '=', ONCE)
    .where('since', '<', since)
    .execute();
}

async function findCode(context: Context, db: Queries, code: string, since: string) {
  for (const account of [LASTING, ONCE]) {
    const mark = hashAddress(context.master, addressOf(code, account));
    const row = await db
      .selectFrom('addresses')
      .select(['mark', 'person', 'account', 'since'])
      .where('mark', '=', mark)
      .executeTakeFirst();
    if (row !== undefined) return row.account === ONCE && row.since < since ? null : row;
  }
  return null;
}

/** Returns false if another process was faster. */
async function takeCode(db: Queries, mark: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('addresses').where('mark', '=', mark).executeTakeFirst();
  return numDeletedRows > 0n;
}

function addressOf(code: string, account: string): Address {
  return { channel: CODE, account, address: code };
}
