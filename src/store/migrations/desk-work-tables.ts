import { sql } from 'kysely';
import type { Database, Queries } from '../db/database.ts';

/** For the work of staff on cases: see `DeskTables`. */
export async function makeDeskWorkTables(db: Queries, kind: Database['kind']): Promise<void> {
  const bytes = kind === 'sqlite' ? sql`blob` : sql`bytea`;
  const ofCase = (name: string) =>
    db.schema
      .createTable(name)
      .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id').onDelete('cascade'))
      .addColumn('staff', 'text', (c) => c.notNull());
  await ofCase('desk_put_off')
    .addColumn('until', 'text', (c) => c.notNull())
    .addColumn('why', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('desk_put_off_of', ['case_id'])
    .execute();
  await ofCase('desk_dealt')
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('desk_dealt_of', ['case_id'])
    .execute();
  await ofCase('desk_readers')
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('until', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('desk_readers_of', ['case_id', 'staff'])
    .execute();
  await db.schema
    .createTable('desk_callers')
    .addColumn('person', 'text', (c) => c.primaryKey().references('persons.id').onDelete('cascade'))
    .addColumn('staff', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('desk_views')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('staff', 'text', (c) => c.notNull().references('staff_accounts.id'))
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('query', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await sql`create index desk_views_by_staff on desk_views (staff)`.execute(db);
}
