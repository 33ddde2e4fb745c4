// Sign-in tries per account: in the database, so that a restart does not forget them. The account is stored as a hash,
// and the row is deleted a day after the last try.

import type { Context } from '../db/context.ts';
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
  /** Time of the last one, in milliseconds. */
  readonly at: number;
}

/** Milliseconds after the last try when all are forgotten. */
export const FORGOTTEN = 24 * 60 * 60_000;

/** When the next try is allowed, in milliseconds. */
export function waitsUntil({ count, at }: Tried, { free, first, most }: Patience): number {
  return count < free ? 0 : at + Math.min(most, first * 2 ** (count - free));
}

export function staffTries(context: Context) {
  const { database } = context;
  const markOf = (key: string) => staffMark(context, 'tries', key);
  return {
    /**
     * Counts a try before it is checked. If it is not allowed yet, counts nothing and returns when it will be (ISO
     * 8601, UTC).
     */
    begin: (key: string, patience: Patience): Promise<string | null> =>
      database.write(async (db) => {
        const [mark, at] = [markOf(key), context.now()];
        const now = Date.parse(at);
        const long = new Date(now - FORGOTTEN).toISOString();
        // Two concurrent processes wait for each other: the row exists before it is read.
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
    /** The number of remembered tries. */
    async count(key: string): Promise<number> {
      const row = await database.read
        .selectFrom('staff_tries')
        .select(['count', 'at'])
        .where('mark', '=', markOf(key))
        .executeTakeFirst();
      return row === undefined || Date.parse(context.now()) - Date.parse(row.at) > FORGOTTEN ? 0 : row.count;
    },
    /** After a successful one: resets the count. */
    async forget(key: string): Promise<void> {
      await database.write((db) => db.deleteFrom('staff_tries').where('mark', '=', markOf(key)).execute());
    },
  };
}

export type StaffTries = ReturnType<typeof staffTries>;
