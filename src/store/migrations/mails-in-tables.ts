import { sql } from 'kysely';
import type { Database, Queries } from '../db/database.ts';

/** Incoming mails, the mail of a Message-ID, and notices to staff. */
export async function makeMailsInTables(db: Queries, kind: Database['kind']): Promise<void> {
  const bytes = kind === 'sqlite' ? sql`blob` : sql`bytea`;
  await db.schema.alterTable('outbox').addColumn('message_mark', 'text').execute();
  await db.schema
    .createTable('mails_in')
    .addColumn('arrival', 'integer', (c) =>
      kind === 'sqlite' ? c.primaryKey() : c.primaryKey().generatedByDefaultAsIdentity(),
    )
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('mark', 'text', (c) => c.notNull().unique())
    .addColumn('person', 'text', (c) => c.references('persons.id'))
    .addColumn('contribution', 'text', (c) => c.references('contributions.id'))
    .addColumn('outbox', 'text')
    .addColumn('reference', 'text')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('bytes', bytes, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('staff_notices')
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('person', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('sent', 'integer', (c) => c.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('staff_notices_of', ['subject', 'kind'])
    .execute();
  await sql`create index mails_in_by_person on mails_in (person)`.execute(db);
  await sql`create index mails_in_by_contribution on mails_in (contribution)`.execute(db);
  await sql`create index mails_in_by_reference on mails_in (reference)`.execute(db);
  await sql`create index staff_notices_by_person on staff_notices (person)`.execute(db);
  await sql`create index outbox_by_reply_token on outbox (reply_token)`.execute(db);
  await sql`create index outbox_by_message_mark on outbox (message_mark)`.execute(db);
}
