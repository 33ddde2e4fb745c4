import type { Queries } from '../db/database.ts';

/** How often the turn of a message was begun and failed, and since when it is set aside. */
export async function addTries(db: Queries): Promise<void> {
  for (const column of ['begun', 'failed']) {
    await db.schema
      .alterTable('inbox')
      .addColumn(column, 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  }
  await db.schema.alterTable('inbox').addColumn('aside_at', 'text').execute();
}
