import { sql } from 'kysely';
import type { Database, Queries } from './database.ts';

export async function makeOrganiserTables(db: Queries, kind: Database['kind']): Promise<void> {
  const bytes = kind === 'sqlite' ? sql`blob` : sql`bytea`;
  await db.schema
    .createTable('organisers')
    .addColumn('person', 'text', (c) => c.primaryKey().references('persons.id'))
    .addColumn('sealed', bytes, (c) => c.notNull())
    .execute();
}
