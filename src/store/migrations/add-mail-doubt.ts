import type { Queries } from '../db/database.ts';

/** Its person is not sure any more: it stays until they say what they want. */
export async function addMailDoubt(db: Queries): Promise<void> {
  await db.schema
    .alterTable('outbox')
    .addColumn('doubted', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
