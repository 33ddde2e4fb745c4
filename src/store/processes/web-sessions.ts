// The sessions of web pages, for all processes. What a page must not give away, its draft and the key of one, is sealed with a key that
// needs the browser's cookie: whoever has database and master key cannot open it.

import { sql } from 'kysely';
import type { KeptSessions, SessionChange } from '../../channels/web-chat/kept-sessions.ts';
import { keyFromSecret, open, seal } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { hashAddress } from '../encryption/keys.ts';

const DAY = 24 * 3_600_000;

export function webSessionRows({ database, master }: Context): KeptSessions {
  const markOf = (token: string) => hashAddress(master, { channel: 'web-chat', account: 'default', address: token });
  const place = (column: 'key' | 'draft', mark: string) => ({ table: 'web_sessions', column, owner: mark, row: mark });
  const sealed = (token: string, column: 'key' | 'draft', text: string | null) =>
    text === null ? null : seal(keyFromSecret(master, 'web-session', token), place(column, markOf(token)), text);
  const opened = (token: string, column: 'key' | 'draft', bytes: Uint8Array | null) =>
    bytes === null
      ? null
      : open(keyFromSecret(master, 'web-session', token), place(column, markOf(token)), bytes).toString('utf8');

  return {
    async find(token) {
      const row = await database.read
        .selectFrom('web_sessions')
        .select(['began', 'shown_from', 'seen', 'greeted', 'earlier', 'language', 'quiet', 'key'])
        .where('mark', '=', markOf(token))
        .executeTakeFirst();
      if (row === undefined) return null;
      const { began: start, shown_from: from, seen, language, quiet } = row;
      const key = opened(token, 'key', row.key);
      return { start, from, seen, language, quiet, key, greeted: row.greeted !== 0, earlier: row.earlier !== 0 };
    },
    async draft(token) {
      const query = database.read.selectFrom('web_sessions').select('draft').where('mark', '=', markOf(token));
      return opened(token, 'draft', (await query.executeTakeFirst())?.draft ?? null) ?? '';
    },
    async put(token, session, before) {
      const row = {
        ...{ began: session.start, shown_from: session.from, seen: session.seen, quiet: session.quiet },
        ...{ greeted: Number(session.greeted), earlier: Number(session.earlier), language: session.language },
        key: sealed(token, 'key', session.key),
        draft: null,
      };
      const insert = database.read.insertInto('web_sessions').values({ mark: markOf(token), ...row });
      if (before === null) {
        const made = await insert.onConflict((c) => c.column('mark').doNothing()).executeTakeFirst();
        return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
      }
      const query = database.read.updateTable('web_sessions').set(row).where('mark', '=', markOf(token));
      return (await query.where('began', '=', before).executeTakeFirst()).numUpdatedRows > 0n;
    },
    async change(token, start, change) {
      const { seen, quiet, language, key, draft } = change;
      await database.read
        .updateTable('web_sessions')
        .set({
          ...columnsOf(change),
          ...(seen === undefined ? {} : { seen }),
          ...(quiet === undefined ? {} : { quiet }),
          ...(language === undefined ? {} : { language }),
          ...(key === undefined ? {} : { key: sealed(token, 'key', key) }),
          ...(draft === undefined ? {} : { draft: sealed(token, 'draft', draft) }),
        })
        .where('mark', '=', markOf(token))
        .where('began', '=', start)
        .execute();
    },
    async forget(token) {
      await database.read.deleteFrom('web_sessions').where('mark', '=', markOf(token)).execute();
    },
  };
}

function columnsOf({ greeted, earlier }: Pick<SessionChange, 'greeted' | 'earlier'>) {
  return {
    ...(greeted === undefined ? {} : { greeted: Number(greeted) }),
    ...(earlier === undefined ? {} : { earlier: Number(earlier) }),
  };
}

/** With the person. On PostgreSQL only. */
export async function forgetSessionsOf(db: Queries, person: string): Promise<void> {
  await sql`delete from web_sessions where mark in (select mark from addresses where person = ${person})`.execute(db);
}

/** A day after the last request there is nothing to go on with. On PostgreSQL only. */
export async function dropOldSessions({ database }: Context, now: string): Promise<void> {
  const long = Date.parse(now) - DAY;
  await database.write(async (db) => {
    await db.deleteFrom('web_sessions').where('seen', '<', long).execute();
    await db.deleteFrom('rates').where('at', '<', long).execute();
  });
}
