import type { Selectable } from 'kysely';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import type { StaffRows, StaffSession } from './staff-port.ts';
import { openText, staffContextOf, sealText, staffKey, staffMark } from './staff-sealed.ts';
import type { Tables } from '../schema/tables.ts';

type Sessions = Pick<
  StaffRows,
  | 'beginSession'
  | 'session'
  | 'sawSession'
  | 'enrolInSession'
  | 'provedAgain'
  | 'endSession'
  | 'endSessions'
  | 'sessionsOf'
  | 'dropSessions'
  | 'browsersSince'
>;

export function staffSessions(context: Context): Sessions {
  const { database } = context;
  const markOf = (token: string) => staffMark(context, 'session', token);
  return {
    async beginSession(token, { staff, kind, begunAt, provedAt, enrolling }) {
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
    async session(token) {
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
    async sawSession(token, at) {
      await database.write((db) =>
        db.updateTable('staff_sessions').set({ seen_at: at }).where('mark', '=', markOf(token)).execute(),
      );
    },
    async enrolInSession(token, totp) {
      const mark = markOf(token);
      await database.write(async (db) => {
        const row = await db.selectFrom('staff_sessions').select('staff').where('mark', '=', mark).executeTakeFirst();
        if (row === undefined) return;
        const key = await staffKey(context, db, row.staff);
        const enrolling = sealText(key, staffContextOf('enrolling', row.staff, mark), totp);
        await db.updateTable('staff_sessions').set({ enrolling }).where('mark', '=', mark).execute();
      });
    },
    async provedAgain(token, at) {
      await database.write((db) =>
        db.updateTable('staff_sessions').set({ proved_at: at }).where('mark', '=', markOf(token)).execute(),
      );
    },
    async endSession(token) {
      await database.write((db) => db.deleteFrom('staff_sessions').where('mark', '=', markOf(token)).execute());
    },
    async endSessions(staff, but) {
      await database.write(async (db) => {
        await db
          .deleteFrom('staff_sessions')
          .where('staff', '=', staff)
          .where('mark', '!=', but === null ? '' : markOf(but))
          .execute();
        await forgetBrowsers(context, db, staff);
      });
    },
    async browsersSince(staff) {
      const row = await database.read
        .selectFrom('meta')
        .select('value')
        .where('name', '=', browsersOf(staff))
        .executeTakeFirst();
      return row?.value ?? null;
    },
    async sessionsOf(staff, token) {
      const rows = await database.read
        .selectFrom('staff_sessions')
        .selectAll()
        .where('staff', '=', staff)
        .orderBy('begun_at', 'desc')
        .execute();
      return rows.map((row) => ({ ...shown(row), enrolling: null, mine: row.mark === markOf(token) }));
    },
    async dropSessions(begunBefore, seenBefore) {
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

/** Browsers that are known from before are known no longer. */
export async function forgetBrowsers(context: Context, db: Queries, staff: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ name: browsersOf(staff), value: context.now() })
    .onConflict((c) => c.column('name').doUpdateSet({ value: context.now() }))
    .execute();
}
