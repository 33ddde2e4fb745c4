import type { Queries } from '../db/database.ts';

/** Staff put mails under cases by hand, and take that back. */
export async function addMailsInMoved(db: Queries): Promise<void> {
  await db.schema.alterTable('mails_in').addColumn('moved_by', 'text').execute();
  await db.schema.alterTable('mails_in').addColumn('moved_at', 'text').execute();
}
