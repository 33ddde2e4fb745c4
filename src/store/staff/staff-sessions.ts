import type { Selectable } from 'kysely';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import type { SessionKind } from '../schema/staff-columns.ts';
import type { Tables } from '../schema/tables.ts';
import { openText, sealText, staffContextOf, staffKey, staffMark } from './staff-sealed.ts';

export interface StaffSession {
  readonly staff: string;
  readonly kind: SessionKind;
  readonly begunAt: string;
  readonly seenAt: string;
  readonly provedAt: string;
  /** The secret that is being enrolled; null outside the set-up. */
  readonly enrolling: string | null;
}

export function staffSessions(context: Context) {
  const { database } = context;
  const markOf = (token: string) => staffMark(context, 'session', token);
  return {
    async beginSession(
      token: string,
      { staff, kind, begunAt, provedAt, enrolling }: Omit<StaffSession, 'seenAt'>,
    ): Promise<void> {
      const mark = markOf(token);
      await database.write(async (db) => {
        const sealed =
          enrolling === null
            ? null
            : sealText(await staffKey(context, db, staff), staffContextOf('enrolling', staff, mark), enrolling);
        const times = { begun_at: begunAt, seen_at: begunAt, proved_at: provedAt };
        await db
          .insertInto('staff_sessions')
          .values({ mark, staff, kind, ...times, enrolling: sealed })
          .execute();
      });
    },
    async session(token: string): Promise<StaffSession | null> {
      const row = await database.read
        .selectFrom('staff_sessions')
        .selectAll()
        .where('mark', '=', markOf(token))
        .executeTakeFirst();
      if (row === undefined) return null;
      if (row.enrolling === null) return { ...shown(row), enrolling: null };
      const key = await staffKey(context, database.read, row.staff);
      return {
        ...shown(row),
        enrolling: openText(key, staffContextOf('enrolling', row.staff, row.mark), row.enrolling),
      };
    },
    async sawSession(token: string, at: string): Promise<void> {
      await database.write((db) =>
        db.updateTable('staff_sessions').set({ seen_at: at }).where('mark', '=', markOf(token)).execute(),
      );
    },
    async enrolInSession(token: string, totp: string): Promise<void> {
      const mark = markOf(token);
      await database.write(async (db) => {
        const row = await db.selectFrom('staff_sessions').select('staff').where('mark', '=', mark).executeTakeFirst();
        if (row === undefined) return;
        const key = await staffKey(context, db, row.staff);
        const enrolling = sealText(key, staffContextOf('enrolling', row.staff, mark), totp);
        await db.updateTable('staff_sessions').set({ enrolling }).where('mark', '=', mark).execute();
      });
    },
    async provedAgain(token: string, at: string): Promise<void> {
      await database.write((db) =>
        db.updateTable('staff_sessions').set({ proved_at: at }).where('mark', '=', markOf(token)).execute(),
      );
    },
    async endSession(token: string): Promise<void> {
      await database.write((db) => db.deleteFrom('staff_sessions').where('mark', '=', markOf(token)).execute());
    },
    /** All sessions of an account except the given one. */
    async endSessions(staff: string, but: string | null): Promise<void> {
      await database.write(async (db) => {
        await db
          .deleteFrom('staff_sessions')
          .where('staff', '=', staff)
          .where('mark', '!=', but === null ? '' : markOf(but))
          .execute();
        await forgetBrowsers(context, db, staff);
      });
    },
    /** Browsers of this account that were known before this time (ISO) are unknown again; null if they were never forgotten. */
    async browsersSince(staff: string): Promise<string | null> {
      const row = await database.read
        .selectFrom('meta')
        .select('value')
        .where('name', '=', browsersOf(staff))
        .executeTakeFirst();
      return row?.value ?? null;
    },
    /** Newest first; `mine`: the given one. */
    async sessionsOf(staff: string, token: string): Promise<readonly (StaffSession & { readonly mine: boolean })[]> {
      const rows = await database.read
        .selectFrom('staff_sessions')
        .selectAll()
        .where('staff', '=', staff)
        .orderBy('begun_at', 'desc')
        .execute();
      return rows.map((row) => ({ ...shown(row), enrolling: null, mine: row.mark === markOf(token) }));
    },
    /** Sessions that were begun or seen too long ago. */
    async dropSessions(begunBefore: string, seenBefore: string): Promise<void> {
      await database.write((db) =>
        db
          .deleteFrom('staff_sessions')
          .where((e) => e.or([e('begun_at', '<', begunBefore), e('seen_at', '<', seenBefore)]))
          .execute(),
      );
    },
  };
}

function shown(row: Selectable<Tables['staff_sessions']>): Omit<StaffSession, 'enrolling'> {
  const { staff, kind } = row;
  return { staff, kind, begunAt: row.begun_at, seenAt: row.seen_at, provedAt: row.proved_at };
}

function browsersOf(staff: string): string {
  return `staff-browsers/${staff}`;
}

/** Makes all known browsers unknown. */
export async function forgetBrowsers(context: Context, db: Queries, staff: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ name: browsersOf(staff), value: context.now() })
    .onConflict((c) => c.column('name').doUpdateSet({ value: context.now() }))
    .execute();
}
