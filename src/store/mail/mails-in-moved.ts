import type { Queries } from '../db/database.ts';

/** Columns for mails that staff filed by hand. */
export async function addMailsInMoved(db: Queries): Promise<void> {
  await db.schema.alterTable('mails_in').addColumn('moved_by', 'text').execute();
  await db.schema.alterTable('mails_in').addColumn('moved_at', 'text').execute();
}
