// Our messages as a messenger knows them, and the replies that they are parts of. The table has the name of the first messenger.

import { fingerprint, type MasterKeys } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { keyOf } from '../encryption/keys.ts';
import { replyArrived } from '../turns/replies.ts';
import { bubbleText, openReply, parseReplyId, replyId } from '../turns/reply-body.ts';

/** `messageId`: unique among all our messages of all messengers. */
export function markOfSent(master: MasterKeys, messageId: string): string {
  return fingerprint(master, 'whatsapp', JSON.stringify(['sent', messageId]));
}

export function sentRows(context: Context) {
  const { database, master } = context;
  return {
    /** The parts of a reply that were sent. */
    async partsSent(reply: string): Promise<ReadonlySet<number>> {
      const rows = await database.read
        .selectFrom('whatsapp_sent')
        .select('bubble')
        .where('person', '=', parseReplyId(reply)?.person ?? '')
        .where('reply', '=', reply)
        .execute();
      return new Set(rows.map(({ bubble }) => bubble));
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
          .values({ mark: markOfSent(master, messageId), person: known.id, reply, bubble })
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
        .where('mark', '=', markOfSent(master, messageId))
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
        .where('mark', '=', markOfSent(master, messageId))
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
