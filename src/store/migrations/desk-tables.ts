import { sql } from 'kysely';
import type { Database, Queries } from '../db/database.ts';

export async function makeDeskTables(db: Queries, kind: Database['kind']): Promise<void> {
  const bytes = kind === 'sqlite' ? sql`blob` : sql`bytea`;
  const counted = (name: string) =>
    db.schema
      .createTable(name)
      .addColumn('position', 'integer', (c) =>
        kind === 'sqlite' ? c.primaryKey() : c.primaryKey().generatedByDefaultAsIdentity(),
      );
  await db.schema
    .createTable('desk_assignments')
    .addColumn('case_id', 'text', (c) => c.primaryKey().references('cases.id').onDelete('cascade'))
    .addColumn('staff', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await counted('desk_notes')
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('contribution', 'text', (c) => c.notNull().references('contributions.id').onDelete('cascade'))
    .addColumn('staff', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('desk_looks')
    .addColumn('contribution', 'text', (c) => c.notNull().references('contributions.id').onDelete('cascade'))
    .addColumn('staff', 'text', (c) => c.notNull())
    .addColumn('before', bytes)
    .addColumn('latest', bytes, (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('desk_looks_of', ['contribution', 'staff'])
    .execute();
  await counted('mail_attempts')
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('mail', 'text', (c) => c.notNull().references('outbox.id').onDelete('cascade'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await sql`create index desk_notes_by_contribution on desk_notes (contribution)`.execute(db);
  await sql`create index mail_attempts_by_mail on mail_attempts (mail)`.execute(db);
}
