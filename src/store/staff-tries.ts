// Tries at the door, by account: in the database, so that a restart does not forget them. Whose they are is kept as a
// fingerprint, and a day after the last one nothing is left of it.

import { sql } from 'kysely';
import type { Context } from './context.ts';
import type { Queries } from './database.ts';
import { staffMark } from './staff-sealed.ts';

export interface Patience {
  /** Tries without any wait. */
  readonly free: number;
  /** The first wait, in milliseconds; it doubles with every further try. */
  readonly first: number;
  /** The longest wait, in milliseconds. */
  readonly most: number;
}

export interface Tried {
  readonly count: number;
  /** When the last one was, in milliseconds. */
  readonly at: number;
}

/** So long after the last try, in milliseconds, all is forgotten. */
export const FORGOTTEN = 24 * 60 * 60_000;

/** When the next try may be made, in milliseconds. */
export function waitsUntil({ count, at }: Tried, { free, first, most }: Patience): number {
  return count < free ? 0 : at + Math.min(most, first * 2 ** (count - free));
}

export interface StaffTries {
  /** Counts a try before it is looked at; not where it may not be made: then until when (ISO 8601, UTC). */
  begin(key: string, patience: Patience): Promise<string | null>;
  /** A right one: the count begins anew. */
  forget(key: string): Promise<void>;
}

export interface StaffTriesRow {
  mark: string;
  count: number;
  at: string;
}

export async function makeTriesTable(db: Queries): Promise<void> {
  await db.schema
    .createTable('staff_tries')
    .addColumn('mark', 'text', (c) => c.primaryKey())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await sql`create index staff_tries_by_time on staff_tries (at)`.execute(db);
}

export function staffTries(context: Context): StaffTries {
  const { database } = context;
  const markOf = (key: string) => staffMark(context, 'tries', key);
  return {
    begin: (key, patience) =>
      database.write(async (db) => {
        const [mark, at] = [markOf(key), context.now()];
        const now = Date.parse(at);
        const long = new Date(now - FORGOTTEN).toISOString();
        // Two processes that meet here wait for each other: a row is there before it is looked at.
        await db
          .insertInto('staff_tries')
          .values({ mark, count: 0, at })
          .onConflict((c) => c.column('mark').doNothing())
          .execute();
        const row = await db
          .selectFrom('staff_tries')
          .selectAll()
          .where('mark', '=', mark)
          .$if(database.kind === 'postgres', (q) => q.forUpdate())
          .executeTakeFirstOrThrow();
        const count = row.at < long ? 0 : row.count;
        const until = waitsUntil({ count, at: Date.parse(row.at) }, patience);
        if (until > now) return new Date(until).toISOString();
        await db
          .updateTable('staff_tries')
          .set({ count: count + 1, at })
          .where('mark', '=', mark)
          .execute();
        await db.deleteFrom('staff_tries').where('at', '<', long).execute();
        return null;
      }),
    async forget(key) {
      await database.write((db) => db.deleteFrom('staff_tries').where('mark', '=', markOf(key)).execute());
    },
  };
}
