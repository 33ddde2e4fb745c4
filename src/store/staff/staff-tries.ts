// Tries at the door, by account: in the database, so that a restart does not forget them. Whose they are is kept as a
// fingerprint, and a day after the last one nothing is left of it.

import type { Context } from '../db/context.ts';
import { staffMark } from './staff-sealed.ts';
import { FORGOTTEN, waitsUntil, type StaffTries } from './tries-port.ts';

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
    async count(key) {
      const row = await database.read
        .selectFrom('staff_tries')
        .select(['count', 'at'])
        .where('mark', '=', markOf(key))
        .executeTakeFirst();
      return row === undefined || Date.parse(context.now()) - Date.parse(row.at) > FORGOTTEN ? 0 : row.count;
    },
    async forget(key) {
      await database.write((db) => db.deleteFrom('staff_tries').where('mark', '=', markOf(key)).execute());
    },
  };
}
