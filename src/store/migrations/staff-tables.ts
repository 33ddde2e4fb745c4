import { sql } from 'kysely';
import type { Database, Queries } from '../db/database.ts';

export async function makeStaffTables(db: Queries, kind: Database['kind']): Promise<void> {
  const bytes = kind === 'sqlite' ? sql`blob` : sql`bytea`;
  await db.schema
    .createTable('staff_accounts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('email_mark', 'text', (c) => c.notNull().unique())
    .addColumn('subject_mark', 'text', (c) => c.unique())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('sign_in_by', 'text', (c) => c.notNull())
    .addColumn('password', bytes)
    .addColumn('totp', bytes)
    .addColumn('totp_step', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('set_up_mark', 'text')
    .addColumn('set_up_until', 'text')
    .addColumn('recovery_by', 'text')
    .addColumn('recovery_at', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('staff_recovery_codes')
    .addColumn('mark', 'text', (c) => c.primaryKey())
    .addColumn('staff', 'text', (c) => c.notNull().references('staff_accounts.id'))
    .execute();
  await db.schema
    .createTable('staff_sessions')
    .addColumn('mark', 'text', (c) => c.primaryKey())
    .addColumn('staff', 'text', (c) => c.notNull().references('staff_accounts.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('begun_at', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'text', (c) => c.notNull())
    .addColumn('proved_at', 'text', (c) => c.notNull())
    .addColumn('enrolling', bytes)
    .execute();
  await sql`create index staff_recovery_codes_by_staff on staff_recovery_codes (staff)`.execute(db);
  await sql`create index staff_sessions_by_staff on staff_sessions (staff)`.execute(db);
  await makeAuditTable(db, kind);
}

/** The database refuses to change or remove a row. If somebody drops the trigger, the hash chain still shows changes. */
async function makeAuditTable(db: Queries, kind: Database['kind']): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('number', 'integer', (c) => c.primaryKey())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('staff', 'text')
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('reference', 'text')
    .addColumn('case_id', 'text')
    .addColumn('detail', 'text')
    .addColumn('previous', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute();
  await sql`create index audit_by_reference on audit (reference) where reference is not null`.execute(db);
  await sql`create index audit_by_staff on audit (staff)`.execute(db);
  if (kind === 'sqlite') {
    for (const change of ['update', 'delete'] as const) {
      await sql`create trigger ${sql.ref(`audit_no_${change}`)} before ${sql.raw(change)} on audit
        begin select raise(abort, 'the audit log is only ever added to'); end`.execute(db);
    }
    return;
  }
  await sql`create function audit_refuse() returns trigger language plpgsql as
    $$ begin raise exception 'the audit log is only ever added to'; end $$`.execute(db);
  await sql`create trigger audit_no_change before update or delete or truncate on audit
    for each statement execute function audit_refuse()`.execute(db);
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
