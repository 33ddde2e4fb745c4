// Passkeys of staff. Only the public half of a passkey is stored.

import { openValue, sealValue, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { staffContextOf, staffKey, staffMark } from './staff-sealed.ts';

export interface NewPasskey {
  /** The name that its owner gave it. */
  readonly name: string;
  /** The host name that it was made for; it works nowhere else. */
  readonly host: string;
  /** Base64url, as the browser gives it. */
  readonly credential: string;
  /** COSE. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** The transports of the browser ("usb", "internal", …). */
  readonly transports: readonly string[];
  /** Its last signature counter; 0 for passkeys that do not count. */
  readonly counter: number;
}

export interface Passkey extends NewPasskey {
  readonly id: string;
  readonly addedAt: string;
  /** Null if it was never used. */
  readonly usedAt: string | null;
}

/** The public key as base64url. */
type Sealed = Pick<NewPasskey, 'name' | 'host' | 'credential' | 'transports'> & { readonly publicKey: string };

export function passkeyRows(context: Context) {
  const { database } = context;
  return {
    /** Returns false if this passkey is known already. */
    add: (staff: string, { counter, publicKey, ...passkey }: NewPasskey): Promise<boolean> =>
      database.write(async (db) => {
        const id = context.newId();
        const about: Sealed = { ...passkey, publicKey: Buffer.from(publicKey).toString('base64url') };
        const sealed = sealValue(await staffKey(context, db, staff), contextOf(staff, id), about);
        const mark = staffMark(context, 'passkey', passkey.credential);
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('staff_passkeys')
          .values({ id, staff, mark, sealed, counter, added_at: context.now() })
          .onConflict((c) => c.column('mark').doNothing())
          .executeTakeFirst();
        return (numInsertedOrUpdatedRows ?? 0n) > 0n;
      }),
    /** Oldest first. */
    async of(staff: string): Promise<readonly Passkey[]> {
      const rows = await database.read
        .selectFrom('staff_passkeys')
        .selectAll()
        .where('staff', '=', staff)
        .orderBy('added_at')
        .orderBy('id')
        .execute();
      if (rows.length === 0) return [];
      const key = await staffKey(context, database.read, staff);
      return rows.map(({ id, sealed, counter, added_at: addedAt, used_at: usedAt }) => {
        const { publicKey, ...about } = openValue(key, contextOf(staff, id), sealed);
        return {
          ...about,
          publicKey: Uint8Array.from(Buffer.from(publicKey, 'base64url')),
          id,
          counter,
          addedAt,
          usedAt,
        };
      });
    },
    /** Compare and set: returns false if it was removed, or its counter has not grown. */
    use: (staff: string, id: string, counter: number): Promise<boolean> =>
      database.write(async (db) => {
        const { numUpdatedRows } = await db
          .updateTable('staff_passkeys')
          .set({ counter, used_at: context.now() })
          .where('id', '=', id)
          .where('staff', '=', staff)
          // Many passkeys do not count: their counter is always 0.
          .where((e) => (counter === 0 ? e('counter', '=', 0) : e('counter', '<', counter)))
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
    /** Returns false if the account has no such passkey. */
    remove: (staff: string, id: string): Promise<boolean> =>
      database.write(async (db) => {
        const { numDeletedRows } = await db
          .deleteFrom('staff_passkeys')
          .where('id', '=', id)
          .where('staff', '=', staff)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
    /** Stores the hash of a challenge. */
    async ask(staff: string, challenge: string, until: string): Promise<void> {
      await database.write(async (db) => {
        await db.deleteFrom('staff_challenges').where('until', '<=', context.now()).execute();
        const mark = staffMark(context, 'challenge', challenge);
        await db.insertInto('staff_challenges').values({ mark, staff, until }).execute();
      });
    },
    /** Returns true once per challenge that was given to this account and has not expired. */
    answered: (staff: string, challenge: string): Promise<boolean> =>
      database.write(async (db) => {
        const { numDeletedRows } = await db
          .deleteFrom('staff_challenges')
          .where('mark', '=', staffMark(context, 'challenge', challenge))
          .where('staff', '=', staff)
          .where('until', '>', context.now())
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
  };
}

function contextOf(staff: string, id: string): ValueContext<Sealed> {
  return staffContextOf('passkey', staff, id);
}

/** Together with the account's other factors: nobody can sign in with them any more. */
export async function dropPasskeys(db: Queries, staff: string): Promise<void> {
  await db.deleteFrom('staff_passkeys').where('staff', '=', staff).execute();
  await db.deleteFrom('staff_challenges').where('staff', '=', staff).execute();
}
