// Tries at the door, by account: in the database, so that a restart does not forget them. Whose they are is kept as a
// fingerprint, and a day after the last one nothing is left of it.

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
  /** When the last one was, in milliseconds. */
  readonly at: number;
}

/** So long after the last try, in milliseconds, all is forgotten. */
export const FORGOTTEN = 24 * 60 * 60_000;

/** When the next try may be made, in milliseconds. */
export function waitsUntil({ count, at }: Tried, { free, first, most }: Patience): number {
  return count < free ? 0 : at + Math.min(most, first * 2 ** (count - free));
}

export function staffTries(context: Context) {
  const { database } = context;
  const markOf = (key: string) => staffMark(context, 'tries', key);
  return {
    /** Counts a try before it is looked at; not where it may not be made: then until when (ISO 8601, UTC). */
    begin: (key: string, patience: Patience): Promise<string | null> =>
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
    /** How many are remembered. */
    async count(key: string): Promise<number> {
      const row = await database.read
        .selectFrom('staff_tries')
        .select(['count', 'at'])
        .where('mark', '=', markOf(key))
        .executeTakeFirst();
      return row === undefined || Date.parse(context.now()) - Date.parse(row.at) > FORGOTTEN ? 0 : row.count;
    },
    /** A right one: the count begins anew. */
    async forget(key: string): Promise<void> {
      await database.write((db) => db.deleteFrom('staff_tries').where('mark', '=', markOf(key)).execute());
    },
  };
}

export type StaffTries = ReturnType<typeof staffTries>;
