// Columns that came later.

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

/** Mails whose person has doubts: held until they say what they want. */
export async function addMailDoubt(db: Queries): Promise<void> {
  await db.schema
    .alterTable('outbox')
    .addColumn('doubted', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}

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

/** Columns for mails that staff filed by hand. */
export async function addMailsInMoved(db: Queries): Promise<void> {
  await db.schema.alterTable('mails_in').addColumn('moved_by', 'text').execute();
  await db.schema.alterTable('mails_in').addColumn('moved_at', 'text').execute();
}

/** When staff were last told that an account needs a person. */
export async function addWhatsAppTold(db: Queries): Promise<void> {
  await db.schema.alterTable('whatsapp_accounts').addColumn('told_at', 'text').execute();
}

/** Replies of which only files are missing, which hold no text back. */
export async function addRestOnly(db: Queries): Promise<void> {
  await db.schema
    .alterTable('replies')
    .addColumn('rest_only', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}

/** The last status of our message on WhatsApp's Cloud API, its time, and the code of a failure. */
export async function addCloudStatus(db: Queries): Promise<void> {
  const table = () => db.schema.alterTable('whatsapp_sent');
  await table().addColumn('status', 'text').execute();
  await table().addColumn('status_at', 'text').execute();
  await table().addColumn('status_code', 'integer').execute();
  await sql`create index whatsapp_sent_by_reply on whatsapp_sent (reply)`.execute(db);
}
