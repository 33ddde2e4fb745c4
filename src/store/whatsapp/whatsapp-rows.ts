// Stored data of the WhatsApp channel: who may use the account, the keys of the linked device, and messages that are not in
// the inbox yet. Values are sealed under a key of the account; their names, which
// contain people's numbers, are hashes.

import type { Incoming } from '../../channels/channel.ts';
import { fingerprint, openValue, sealValue, unwrapKey, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { hashReceived, KeyGoneError, keyOf, makeKey } from '../encryption/keys.ts';
import { insertAccount } from '../messengers/account-rows.ts';

export interface AuthRow {
  readonly type: string;
  readonly id: string;
  /** Text; null removes the row. */
  readonly value: string | null;
}

/** Another process uses the account now: this one must stop. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

const AT_ONCE = 200;

export function whatsAppRows(context: Context) {
  const { database, master, now } = context;
  const mark = (...what: readonly string[]) => fingerprint(master, 'whatsapp', JSON.stringify(what));
  return {
    /** Takes or renews the lease of the account until this time (ISO). Returns false if another process has it. */
    lease: (account: string, owner: string, until: string): Promise<boolean> =>
      database.write(async (db) => {
        await insertAccount(context, db, account);
        const { numUpdatedRows } = await db
          .updateTable('whatsapp_accounts')
          .set({ lease_owner: owner, lease_until: until })
          .where('account', '=', account)
          .where((e) =>
            e.or([e('lease_owner', 'is', null), e('lease_owner', '=', owner), e('lease_until', '<', now())]),
          )
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
    release: (account: string, owner: string): Promise<void> =>
      database.write(async (db) => {
        await db
          .updateTable('whatsapp_accounts')
          .set({ lease_owner: null, lease_until: null })
          .where('account', '=', account)
          .where('lease_owner', '=', owner)
          .execute();
      }),
    async readAuth(account: string, type: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const db = database.read;
      const found = new Map<string, string>();
      const owner = ownerOf(account);
      const wrapped = await db.selectFrom('keys').select('wrapped').where('owner', '=', owner).executeTakeFirst();
      if (wrapped === undefined) return found;
      const key = unwrapKey(master, owner, wrapped.wrapped);
      for (let from = 0; from < ids.length; from += AT_ONCE) {
        const marks = ids.slice(from, from + AT_ONCE).map((id) => mark('auth', account, type, id));
        const rows = await db.selectFrom('whatsapp_auth').selectAll().where('mark', 'in', marks).execute();
        for (const row of rows) {
          const { id, value } = openValue(key, authContext(owner, row.mark), row.sealed);
          found.set(id, value);
        }
      }
      return found;
    },
    /**
     * All of it in one transaction.
     * @throws {LeaseLostError}
     */
    writeAuth: (account: string, holder: string, rows: readonly AuthRow[]): Promise<void> =>
      database.write(async (db) => {
        const held = await db
          .selectFrom('whatsapp_accounts')
          .select('lease_owner')
          .where('account', '=', account)
          .executeTakeFirst();
        if (held?.lease_owner !== holder) throw new LeaseLostError('Another process uses this account now.');
        const owner = ownerOf(account);
        const key = await keyOfAccount(context, db, owner);
        const gone = rows.filter(({ value }) => value === null).map(({ type, id }) => mark('auth', account, type, id));
        const there = rows.flatMap(({ type, id, value }) => {
          if (value === null) return [];
          const at = mark('auth', account, type, id);
          return [{ mark: at, account, type, sealed: sealValue(key, authContext(owner, at), { id, value }) }];
        });
        for (let from = 0; from < gone.length; from += AT_ONCE) {
          await db
            .deleteFrom('whatsapp_auth')
            .where('mark', 'in', gone.slice(from, from + AT_ONCE))
            .execute();
        }
        for (let from = 0; from < there.length; from += AT_ONCE) {
          await db
            .insertInto('whatsapp_auth')
            .values(there.slice(from, from + AT_ONCE))
            .onConflict((c) => c.column('mark').doUpdateSet((e) => ({ sealed: e.ref('excluded.sealed') })))
            .execute();
        }
      }),
    /** Number of rows of each type. */
    async countAuth(account: string): Promise<ReadonlyMap<string, number>> {
      const rows = await database.read
        .selectFrom('whatsapp_auth')
        .select((e) => ['type', e.fn.countAll().as('count')])
        .where('account', '=', account)
        .groupBy('type')
        .execute();
      return new Map(rows.map(({ type, count }) => [type, Number(count)]));
    },
    /** Destroys the keys of the linked device. People's messages stay. */
    async forgetAuth(account: string): Promise<void> {
      await database.write(async (db) => {
        await db.deleteFrom('whatsapp_auth').where('account', '=', account).execute();
        await db.deleteFrom('keys').where('owner', '=', ownerOf(account)).execute();
      });
      await database.scrub();
    },

    /** Committed before it resolves; existing rows stay unchanged. */
    keepRaw: (account: string, messages: readonly { readonly id: string; readonly raw: string }[]): Promise<void> =>
      database.write(async (db) => {
        const owner = rawOwnerOf(account);
        const key = await keyOfAccount(context, db, owner);
        for (const { id, raw } of messages) {
          const at = mark('raw', account, id);
          await db
            .insertInto('whatsapp_raw')
            .values({ account, mark: at, sealed: sealValue(key, rawContext(owner, at), { id, raw }) })
            .onConflict((c) => c.column('mark').doNothing())
            .execute();
        }
      }),
    /** Oldest first. */
    async waitingRaw(account: string): Promise<readonly { readonly id: string; readonly raw: string }[]> {
      const db = database.read;
      const rows = await db
        .selectFrom('whatsapp_raw')
        .selectAll()
        .where('account', '=', account)
        .orderBy('arrival')
        .execute();
      if (rows.length === 0) return [];
      const owner = rawOwnerOf(account);
      const key = await keyOf(context, db, owner);
      return rows.map((row) => openValue(key, rawContext(owner, row.mark), row.sealed));
    },
    dropRaw: (account: string, id: string): Promise<void> =>
      database.write(async (db) => {
        await db
          .deleteFrom('whatsapp_raw')
          .where('mark', '=', mark('raw', account, id))
          .execute();
      }),

    /** It waits here under `id`, or was taken into the inbox. */
    async isHere(account: string, id: string, received: Pick<Incoming, 'from' | 'messageId'>): Promise<boolean> {
      const db = database.read;
      const [raw, taken] = [mark('raw', account, id), hashReceived(master, received)];
      const waits = db.selectFrom('whatsapp_raw').select('mark').where('mark', '=', raw);
      if ((await waits.executeTakeFirst()) !== undefined) return true;
      return (await db.selectFrom('inbox').select('mark').where('mark', '=', taken).executeTakeFirst()) !== undefined;
    },
  };
}

async function keyOfAccount(context: Context, db: Queries, owner: string) {
  try {
    return await keyOf(context, db, owner);
  } catch (error) {
    if (!(error instanceof KeyGoneError)) throw error;
    return makeKey(context, db, owner);
  }
}

const ownerOf = (account: string) => `whatsapp/${account}`;
/** A separate key: unlinking an account destroys its own keys, not people's messages. */
const rawOwnerOf = (account: string) => `whatsapp-raw/${account}`;

function authContext(owner: string, row: string): ValueContext<{ readonly id: string; readonly value: string }> {
  return { table: 'whatsapp_auth', column: 'sealed', owner, row };
}

function rawContext(owner: string, row: string): ValueContext<{ readonly id: string; readonly raw: string }> {
  return { table: 'whatsapp_raw', column: 'sealed', owner, row };
}
