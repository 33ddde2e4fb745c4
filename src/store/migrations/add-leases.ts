import { sql } from 'kysely';
import type { Queries } from '../db/database.ts';

/** The process that sends a mail, and its beat. */
export async function addMailLease(db: Queries): Promise<void> {
  await db.schema.alterTable('outbox').addColumn('sending_by', 'text').execute();
  await db.schema
    .alterTable('outbox')
    .addColumn('beat', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`create index outbox_sending on outbox (position) where state = 'sending'`.execute(db);
}

/** The same for recordings. `lease_until` stays, for a version that goes on while this one starts; nobody else reads it. */
export async function addVoiceLease(db: Queries): Promise<void> {
  await db.schema.alterTable('voice_notes').addColumn('held_by', 'text').execute();
  await db.schema
    .alterTable('voice_notes')
    .addColumn('beat', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
