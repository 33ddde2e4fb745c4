// The audit log as rows: each holds the hash of the one before, under a key that does not lie in the database, so that a
// thief of the database cannot compute a chain that fits (docs/decisions/0062).

import { sql } from 'kysely';
import { fingerprint } from '../../vault/keys-of-master.ts';
import type { AuditEntry, AuditRow, AuditRows } from './audit-port.ts';
import type { Context } from '../db/context.ts';

/** Any number, but the same in every process: PostgreSQL's key of the lock under which rows get their number. */
const LOCK = 716_504;

export function auditRows(context: Context): AuditRows {
  const { database, master } = context;
  const select = (db = database.read) =>
    db
      .selectFrom('audit')
      .select(['number', 'at', 'staff', 'action', 'reference', 'case_id as case', 'detail', 'previous', 'hash']);
  return {
    append: (entry) =>
      database.write(async (db) => {
        if (database.kind === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(db);
        const before = await select(db).orderBy('number', 'desc').limit(1).executeTakeFirst();
        const { staff, action, reference, detail } = entry;
        const link = { number: (before?.number ?? 0) + 1, at: context.now(), previous: before?.hash ?? '' };
        const row: AuditRow = { ...link, staff, action, reference, case: entry.case, detail, hash: '' };
        const hash = hashOf(master, row);
        await db
          .insertInto('audit')
          .values({ ...link, staff, action, reference, case_id: entry.case, detail, hash })
          .execute();
        return { ...row, hash };
      }),
    row: async (number) => (await select().where('number', '=', number).executeTakeFirst()) ?? null,
    last: async () => (await select().orderBy('number', 'desc').limit(1).executeTakeFirst()) ?? null,
    find: ({ reference, staff, action, before, ...of }, limit) =>
      select()
        .$if(reference !== undefined, (q) => q.where('reference', '=', reference ?? ''))
        .$if(of.case !== undefined, (q) => q.where('case_id', '=', of.case ?? ''))
        .$if(staff !== undefined, (q) => q.where('staff', '=', staff ?? ''))
        .$if(action !== undefined, (q) => q.where('action', '=', action ?? ''))
        .$if(before !== undefined, (q) => q.where('number', '<', before ?? 0))
        .orderBy('number', 'desc')
        .limit(limit)
        .execute(),
    following: (after, limit) => select().where('number', '>', after).orderBy('number').limit(limit).execute(),
    isWhole: (row) => hashOf(master, row) === row.hash,
  };
}

/** One way to write a row down: an array in a fixed order, as JSON. */
function hashOf(
  master: Buffer,
  { number, at, previous, ...entry }: AuditEntry & Omit<AuditRow, keyof AuditEntry>,
): string {
  const { staff, action, reference, detail } = entry;
  const canonical = JSON.stringify([1, number, at, staff, action, reference, entry.case, detail, previous]);
  return fingerprint(master, 'audit', canonical);
}
