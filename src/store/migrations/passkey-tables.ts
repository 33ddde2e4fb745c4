import { sql } from 'kysely';
import type { Database, Queries } from '../db/database.ts';

export async function makePasskeyTables(db: Queries, kind: Database['kind']): Promise<void> {
  const bytes = kind === 'sqlite' ? sql`blob` : sql`bytea`;
  await db.schema
    .createTable('staff_passkeys')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('staff', 'text', (c) => c.notNull().references('staff_accounts.id'))
    .addColumn('mark', 'text', (c) => c.notNull().unique())
    .addColumn('sealed', bytes, (c) => c.notNull())
    // 32 bits without a sign: too large for PostgreSQL's integer, and its bigint is read as text.
    .addColumn('counter', 'double precision', (c) => c.notNull())
    .addColumn('added_at', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text')
    .execute();
  await db.schema
    .createTable('staff_challenges')
    .addColumn('mark', 'text', (c) => c.primaryKey())
    .addColumn('staff', 'text', (c) => c.notNull().references('staff_accounts.id'))
    .addColumn('until', 'text', (c) => c.notNull())
    .execute();
  await sql`create index staff_passkeys_by_staff on staff_passkeys (staff)`.execute(db);
  await sql`create index staff_challenges_by_staff on staff_challenges (staff)`.execute(db);
}
