// One-time codes: the set-up code, recovery codes, and the agreement of two administrators when a second factor is
// lost.

import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { dropPasskeys } from './passkey-rows.ts';
import { openAccount, staffAccounts, type StaffAccount } from './staff-accounts.ts';
import { emailMark, staffContextOf, sealText, staffKey, staffMark } from './staff-sealed.ts';
import { forgetBrowsers, staffSessions } from './staff-sessions.ts';

function staffCodes(context: Context) {
  const { database } = context;
  const markOf = (id: string, code: string) => staffMark(context, 'code', `${id}/${code}`);
  const replaceCodes = async (db: Queries, id: string, codes: readonly string[]) => {
    await db.deleteFrom('staff_recovery_codes').where('staff', '=', id).execute();
    const rows = codes.map((code) => ({ mark: markOf(id, code), staff: id }));
    if (rows.length > 0) await db.insertInto('staff_recovery_codes').values(rows).execute();
  };
  return {
    /** Makes the account `invited`: all its sessions, second factors and codes become invalid. */
    async inviteAgain(id: string, code: string, until: string): Promise<void> {
      await database.write(async (db) => {
        await replaceCodes(db, id, []);
        await dropPasskeys(db, id);
        await db.deleteFrom('staff_sessions').where('staff', '=', id).execute();
        await forgetBrowsers(context, db, id);
        const fresh = { password: null, totp: null, recovery_by: null, recovery_at: null, state: 'invited' } as const;
        await db
          .updateTable('staff_accounts')
          .set({ ...fresh, set_up_mark: markOf(id, code), set_up_until: until })
          .where('id', '=', id)
          .execute();
      });
    },
    /** The account that this code sets up, or null if it is wrong, expired or used. */
    async accountBySetUpCode(email: string, code: string, at: string): Promise<StaffAccount | null> {
      const row = await database.read
        .selectFrom('staff_accounts')
        .selectAll()
        .where('email_mark', '=', emailMark(context, email))
        .where('state', '=', 'invited')
        .where('set_up_until', '>', at)
        .executeTakeFirst();
      if (row?.set_up_mark !== markOf(row?.id ?? '', code)) return null;
      return openAccount(context, database.read, row);
    },
    /**
     * Ends the set-up: the code is used, the secret is stored, the account is active. Returns false if that was done
     * already.
     */
    finishSetUp: (id: string, totp: string, step: number, recoveryCodes: readonly string[]): Promise<boolean> =>
      database.write(async (db) => {
        const key = await staffKey(context, db, id);
        const { numUpdatedRows } = await db
          .updateTable('staff_accounts')
          .set({ totp: sealText(key, staffContextOf('totp', id), totp), totp_step: step, state: 'active' })
          .set({ set_up_mark: null, set_up_until: null })
          .where('id', '=', id)
          .where('state', '=', 'invited')
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await replaceCodes(db, id, recoveryCodes);
        return true;
      }),
    replaceRecoveryCodes: (id: string, codes: readonly string[]): Promise<void> =>
      database.write((db) => replaceCodes(db, id, codes)),
    /** Returns true once per code. */
    useRecoveryCode: (id: string, code: string): Promise<boolean> =>
      database.write(async (db) => {
        const { numDeletedRows } = await db
          .deleteFrom('staff_recovery_codes')
          .where('mark', '=', markOf(id, code))
          .where('staff', '=', id)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
    async countRecoveryCodes(id: string): Promise<number> {
      const rows = await database.read
        .selectFrom('staff_recovery_codes')
        .select('mark')
        .where('staff', '=', id)
        .execute();
      return rows.length;
    },
    /** `first`: this administrator asked, another must agree. `agreed`: two different ones have, and it is used up. */
    agreeToRecovery: (id: string, administrator: string, at: string, notBefore: string): Promise<'first' | 'agreed'> =>
      database.write(async (db) => {
        const { numUpdatedRows } = await db
          .updateTable('staff_accounts')
          .set({ recovery_by: null, recovery_at: null })
          .where('id', '=', id)
          .where('recovery_by', '!=', administrator)
          .where('recovery_at', '>=', notBefore)
          .executeTakeFirst();
        if (numUpdatedRows > 0n) return 'agreed';
        await db
          .updateTable('staff_accounts')
          .set({ recovery_by: administrator, recovery_at: at })
          .where('id', '=', id)
          .execute();
        return 'first';
      }),
    /** The administrators who have asked for it since then, by account. */
    async recoveriesAsked(notBefore: string): Promise<ReadonlyMap<string, string>> {
      const rows = await database.read
        .selectFrom('staff_accounts')
        .select(['id', 'recovery_by'])
        .where('recovery_at', '>=', notBefore)
        .execute();
      return new Map(rows.flatMap(({ id, recovery_by: by }) => (by === null ? [] : [[id, by] as const])));
    },
  };
}

export function staffRows(context: Context) {
  return { ...staffAccounts(context), ...staffCodes(context), ...staffSessions(context) };
}

export type StaffRows = ReturnType<typeof staffRows>;
