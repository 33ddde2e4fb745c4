import { sql } from 'kysely';
import type { Database, Queries } from '../db/database.ts';

/** Of cases whose key only staff have: see `SealedTables`. */
export async function makeSealedTables(db: Queries, kind: Database['kind']): Promise<void> {
  const bytes = kind === 'sqlite' ? sql`blob` : sql`bytea`;
  await db.schema
    .createTable('sealed_keys')
    .addColumn('contribution', 'text', (c) => c.primaryKey().references('contributions.id').onDelete('cascade'))
    .addColumn('goes_on', 'text', (c) => c.notNull().unique().references('contributions.id').onDelete('cascade'))
    .addColumn('age', bytes, (c) => c.notNull())
    .addColumn('recipients', 'text', (c) => c.notNull())
    .addColumn('put_away', bytes, (c) => c.notNull())
    .addColumn('mails', bytes, (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
}
