// Stored data of the WhatsApp channel: who may use the account, the keys of the linked device, messages that are not in
// the inbox yet, and the replies of our messages. Values are sealed under a key of the account; their names, which
// contain people's numbers, are hashes.

import type { Incoming } from '../../channels/channel.ts';
import { fingerprint, openValue, sealValue, unwrapKey, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { hashReceived, KeyGoneError, keyOf, makeKey } from '../encryption/keys.ts';
import type { AccountState } from '../schema/feature-tables.ts';
import { replyArrived } from '../turns/replies.ts';
import { bubbleText, openReply, parseReplyId, replyId } from '../turns/reply-body.ts';

export interface AccountKept {
  readonly state: AccountState;
  readonly reason: string | null;
  readonly at: string;
  readonly leased: boolean;
  /** When staff were last told about it. */
  readonly toldAt: string | null;
}

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
        await insertAccount(context, db, account);
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

    noteSent: (messageId: string, reply: string, bubble: number): Promise<void> =>
      database.write(async (db) => {
        const person = parseReplyId(reply)?.person;
        const known = await db
          .selectFrom('persons')
          .select('id')
          .where('id', '=', person ?? '')
          .executeTakeFirst();
        if (known === undefined) return;
        await db
          .insertInto('whatsapp_sent')
          .values({ mark: mark('sent', messageId), person: known.id, reply, bubble })
          .onConflict((c) => c.column('mark').doNothing())
          .execute();
      }),
    /** The server has it. `at`: ISO. */
    noteArrived: replyArrived.bind(null, context),
    /** The prompt that our message `messageId` asked; null if it asked nothing, or is not ours. */
    async askedIn(messageId: string): Promise<string | null> {
      const db = database.read;
      const sent = await db
        .selectFrom('whatsapp_sent')
        .select('reply')
        .where('mark', '=', mark('sent', messageId))
        .executeTakeFirst();
      const place = sent === undefined ? null : parseReplyId(sent.reply);
      if (place === null) return null;
      const row = await db
        .selectFrom('replies')
        .select('prompt_id')
        .where('person', '=', place.person)
        .where('turn', '=', place.turn)
        .where('place', '=', place.place)
        .executeTakeFirst();
      return row?.prompt_id ?? null;
    },
    /** The text of our message, or null if it was erased or is unknown. */
    async sentText(messageId: string): Promise<string | null> {
      const db = database.read;
      const sent = await db
        .selectFrom('whatsapp_sent')
        .selectAll()
        .where('mark', '=', mark('sent', messageId))
        .executeTakeFirst();
      const place = sent === undefined ? null : parseReplyId(sent.reply);
      if (sent === undefined || place === null) return null;
      const row = await db
        .selectFrom('replies')
        .select(['contribution', 'sealed'])
        .where('person', '=', place.person)
        .where('turn', '=', place.turn)
        .where('place', '=', place.place)
        .executeTakeFirst();
      if (row === undefined) return null;
      const owner = row.contribution ?? place.person;
      const key = await keyOf(context, db, owner);
      return bubbleText(openReply(key, owner, replyId(place), row.sealed), sent.bubble);
    },
  };
}

async function insertAccount(context: Context, db: Queries, account: string): Promise<void> {
  await db
    .insertInto('whatsapp_accounts')
    .values({ account, state: 'unlinked', reason: null, at: context.now(), lease_owner: null, lease_until: null })
    .onConflict((c) => c.column('account').doNothing())
    .execute();
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
