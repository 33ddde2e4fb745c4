import type { Queries } from '../db/database.ts';

/** A call may have several recipients, and one that was withdrawn stays on record. */
export async function makeCallRecipients(db: Queries): Promise<void> {
  await db.schema
    .createTable('call_recipients')
    .addColumn('call_id', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('verified_by', 'text', (c) => c.notNull())
    .addColumn('verified_at', 'text', (c) => c.notNull())
    .addColumn('withdrawn_at', 'text')
    .addPrimaryKeyConstraint('call_recipients_key', ['call_id', 'address'])
    .execute();
  const columns = ['call_id', 'address', 'source', 'verified_by', 'verified_at'] as const;
  await db
    .insertInto('call_recipients')
    .columns([...columns])
    .expression(db.selectFrom('call_addresses').select([...columns]))
    .execute();
  await db.schema.dropTable('call_addresses').execute();
}
