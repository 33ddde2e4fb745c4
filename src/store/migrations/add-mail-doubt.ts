import type { Queries } from '../db/database.ts';

/** Mails whose person has doubts: held until they say what they want. */
export async function addMailDoubt(db: Queries): Promise<void> {
  await db.schema
    .alterTable('outbox')
    .addColumn('doubted', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
