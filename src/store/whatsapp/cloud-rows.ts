// Replies over WhatsApp's Cloud API: Meta's statuses of their parts, and those that wait until the person writes again.

import { sql } from 'kysely';
import type { Address } from '../../channels/channel.ts';
import type { Context } from '../db/context.ts';
import { noteWritten, type Queries } from '../db/database.ts';
import { hashAddress } from '../encryption/keys.ts';
import { markOfSent } from '../messengers/sent-rows.ts';
import { parseReplyId } from '../turns/reply-body.ts';

/** The next try of a reply that waits for its person's next message. */
const HELD = '9999-12-31T00:00:00.000Z';

/** A later one in this list proves all earlier ones; they may arrive in any order. */
const STATUSES: readonly string[] = ['sent', 'delivered', 'read', 'played'];

export interface CloudStatus {
  readonly messageId: string;
  readonly status: string;
  /** ISO, Meta's clock. */
  readonly at: string;
  /** Meta's code for a failure. */
  readonly code: number | null;
  readonly then: 'nothing' | 'held' | 'failed';
}

/** Waits until its person writes again. */
export async function replyHeld(context: Context, id: string): Promise<void> {
  await context.database.write(async (db) => {
    await byId(db, id)
      .set((e) => ({ next_try: HELD, attempts: e('attempts', '+', 1), held_by: null }))
      .where('state', '=', sql.lit('waiting'))
      .execute();
  });
}

export function cloudRows(context: Context) {
  const { database, master } = context;
  return {
    /** Replies that were held are due now, and go to the address from which the person wrote. */
    releaseHeld: (from: Address): Promise<void> =>
      database.write(async (db) => {
        const address = hashAddress(master, from);
        const known = db.selectFrom('addresses').select('person').where('mark', '=', address);
        const person = (await known.executeTakeFirst())?.person;
        if (person === undefined) return;
        const { numUpdatedRows } = await db
          .updateTable('replies')
          .set({ next_try: context.now(), address_mark: address })
          .where('person', '=', person)
          .where('channel', '=', from.channel)
          .where('state', '=', sql.lit('waiting'))
          .where('next_try', '=', HELD)
          .executeTakeFirst();
        if (numUpdatedRows > 0n) noteWritten(db, 'replies', person);
      }),

    /** Keeps what is known of our message; a message that is not ours, or was erased, changes nothing. */
    noteStatus: ({ messageId, status, at, code, then }: CloudStatus): Promise<void> =>
      database.write(async (db) => {
        const row = await db
          .selectFrom('whatsapp_sent')
          .selectAll()
          .where('mark', '=', markOfSent(master, messageId))
          .executeTakeFirst();
        if (row === undefined || !isNewer(status, row.status)) return;
        if (then === 'held') {
          // It did not leave: this part is sent again.
          await db.deleteFrom('whatsapp_sent').where('mark', '=', row.mark).execute();
          await byId(db, row.reply)
            .set({ state: 'waiting', next_try: HELD, sent_at: null })
            .where('state', 'in', ['sent', 'waiting'])
            .execute();
          return;
        }
        const set = { status, status_at: at, status_code: code };
        await db.updateTable('whatsapp_sent').set(set).where('mark', '=', row.mark).execute();
        if (then === 'failed') await byId(db, row.reply).set({ state: 'failed' }).execute();
      }),

    /** Meta's statuses of the parts of a reply. */
    async statusesOf(reply: string) {
      const rows = await database.read
        .selectFrom('whatsapp_sent')
        .select(['bubble', 'status', 'status_at', 'status_code'])
        .where('person', '=', parseReplyId(reply)?.person ?? '')
        .where('reply', '=', reply)
        .orderBy('bubble')
        .execute();
      return rows.map((row) => ({ part: row.bubble, status: row.status, at: row.status_at, code: row.status_code }));
    },
  };
}

function isNewer(status: string, known: string | null): boolean {
  if (known === null) return true;
  // A failure is final unless it is proved that the message arrived.
  if (status === 'failed') return known === 'sent';
  return STATUSES.indexOf(status) > (known === 'failed' ? 0 : STATUSES.indexOf(known));
}

function byId(db: Queries, id: string) {
  const { person, turn, place } = parseReplyId(id) ?? { person: '', turn: 0, place: 0 };
  return db.updateTable('replies').where('person', '=', person).where('turn', '=', turn).where('place', '=', place);
}
