// The processes that run on this database, and what only one of them may do at a time. What a process holds (replies, leases, turns that
// it began) is free as soon as its row is gone; its name is never given again, so it cannot hold anything by mistake after that.

import { sql } from 'kysely';
import type { Lease } from '../../lease.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';

export function processRows({ database }: Context) {
  /** A write that a crash of the server loses is made up for by the next beat. */
  const write = <T>(work: (db: Queries) => Promise<T>): Promise<T> =>
    database.write(async (db) => {
      await sql`set local synchronous_commit = off`.execute(db);
      return work(db);
    });
  return {
    /** `boot`: this run of the program, whatever its names. */
    join: (name: string, boot: string): Promise<void> =>
      write(async (db) => {
        await db.insertInto('processes').values({ name, boot }).execute();
      }),
    /** Returns false if others took it for dead: then it holds nothing any more, and needs a new name. */
    beat: (name: string): Promise<boolean> =>
      write(async (db) => {
        const beaten = await db
          .updateTable('processes')
          .set((e) => ({ beat: e('beat', '+', 1) }))
          .where('name', '=', name)
          .executeTakeFirst();
        return beaten.numUpdatedRows > 0n;
      }),
    /** It ends, and hands over all that it holds. */
    async leave(name: string): Promise<void> {
      await write((db) => db.deleteFrom('processes').where('name', '=', name).execute());
      database.wakeOthers();
    },
    async running(): Promise<readonly Lease[]> {
      const rows = await database.read.selectFrom('processes').select(['name', 'beat']).execute();
      return rows.map(({ name, beat }) => ({ id: name, holder: name, beat }));
    },
    /** Ends one whose beat is still this one. False if it beats again, or another process was faster. */
    bury: ({ id, beat }: Lease): Promise<boolean> =>
      write(async (db) => {
        const gone = await db
          .deleteFrom('processes')
          .where('name', '=', id)
          .where('beat', '=', beat)
          .executeTakeFirst();
        return gone.numDeletedRows > 0n;
      }),
    /** Takes or keeps what only one may do. False if another living process has it, or `holder` itself counts as dead. */
    hold: (lease: string, holder: string): Promise<boolean> =>
      write(async (db) => {
        const { rows } = await sql<{ holder: string }>`
          insert into leases (name, holder) select ${lease}, name from processes where name = ${holder}
          on conflict (name) do update set holder = excluded.holder
            where leases.holder = excluded.holder or leases.holder not in (select name from processes)
          returning holder`.execute(db);
        return rows.length > 0;
      }),
    /** The number of turns of each of these people. */
    async versions(people: readonly string[]): Promise<ReadonlyMap<string, number>> {
      if (people.length === 0) return new Map();
      const rows = await database.read
        .selectFrom('persons')
        .select(['id', 'version'])
        .where('id', 'in', people)
        .execute();
      return new Map(rows.map(({ id, version }) => [id, version]));
    },
  };
}
