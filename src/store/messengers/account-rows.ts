// The states of our accounts with messengers, Teams among them. The table has the name of the first one.

import { sql } from 'kysely';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import type { AccountState } from '../schema/feature-tables.ts';

export interface AccountKept {
  readonly state: AccountState;
  readonly reason: string | null;
  readonly at: string;
  readonly leased: boolean;
  /** When staff were last told about it. */
  readonly toldAt: string | null;
}

/** Joins to `other` of `addresses` our `account` that is written to there. Those of all but the first channel have its name. */
export const withAccount = sql`join whatsapp_accounts account
  on account.account = case other.channel when 'whatsapp' then other.account else other.channel end`;

/**
 * Nothing can be said with `account` until a person repairs it, if ever. Not so if another program has it, or for a message
 * that was refused.
 */
export const isBlocked = sql<boolean>`(
  (account.state = 'stopped' and account.reason not in ('used-elsewhere', 'lease-lost'))
  or (account.state = 'restricted' and account.reason = 'cloud-restricted'))`;

export function accountRows({ database, now }: Context) {
  return {
    async account(account: string): Promise<AccountKept | null> {
      const row = await database.read
        .selectFrom('whatsapp_accounts')
        .selectAll()
        .where('account', '=', account)
        .executeTakeFirst();
      if (row === undefined) return null;
      const { state, reason, at, lease_owner: owner, lease_until: until, told_at: toldAt } = row;
      return { state, reason, at, toldAt, leased: owner !== null && until !== null && until >= now() };
    },
    /** A new state or reason has yet to be told to staff; restrictions with the same reason that come and go are one event. */
    setAccount: (account: string, state: AccountState, reason: string | null): Promise<void> =>
      database.write(async (db) => {
        await insertAccount({ now }, db, account);
        const row = db.selectFrom('whatsapp_accounts').select(['state', 'reason']).where('account', '=', account);
        const before = (await row.executeTakeFirst()) ?? { state, reason };
        const goesOn = [before.state, state].every((one) => one === 'linked' || one === 'restricted');
        const sameReason = before.reason === null || reason === null || before.reason === reason;
        const same = (goesOn || before.state === state) && sameReason;
        const set = { state, reason, at: now(), ...(same ? {} : { told_at: null }) };
        await db.updateTable('whatsapp_accounts').set(set).where('account', '=', account).execute();
      }),
    noteTold: (account: string): Promise<void> =>
      database.write(async (db) => {
        await db.updateTable('whatsapp_accounts').set({ told_at: now() }).where('account', '=', account).execute();
      }),
  };
}

export async function insertAccount({ now }: Pick<Context, 'now'>, db: Queries, account: string): Promise<void> {
  await db
    .insertInto('whatsapp_accounts')
    .values({ account, state: 'unlinked', reason: null, at: now(), lease_owner: null, lease_until: null })
    .onConflict((c) => c.column('account').doNothing())
    .execute();
}
