import { sql } from 'kysely';
import type { Queries } from '../db/database.ts';

export async function makeTriesTable(db: Queries): Promise<void> {
  await db.schema
    .createTable('staff_tries')
    .addColumn('mark', 'text', (c) => c.primaryKey())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await sql`create index staff_tries_by_time on staff_tries (at)`.execute(db);
}
