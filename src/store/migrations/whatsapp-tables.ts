import { sql } from 'kysely';
import type { Database, Queries } from '../db/database.ts';

export async function makeWhatsAppTables(db: Queries, kind: Database['kind']): Promise<void> {
  const bytes = kind === 'sqlite' ? sql`blob` : sql`bytea`;
  await db.schema
    .createTable('whatsapp_accounts')
    .addColumn('account', 'text', (c) => c.primaryKey())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'text')
    .execute();
  await db.schema
    .createTable('whatsapp_auth')
    .addColumn('mark', 'text', (c) => c.primaryKey())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('whatsapp_raw')
    .addColumn('arrival', 'integer', (c) =>
      kind === 'sqlite' ? c.primaryKey() : c.primaryKey().generatedByDefaultAsIdentity(),
    )
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('mark', 'text', (c) => c.notNull().unique())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('whatsapp_sent')
    .addColumn('mark', 'text', (c) => c.primaryKey())
    .addColumn('person', 'text', (c) => c.notNull().references('persons.id'))
    .addColumn('reply', 'text', (c) => c.notNull())
    .addColumn('bubble', 'integer', (c) => c.notNull())
    .execute();
  await sql`create index whatsapp_sent_by_person on whatsapp_sent (person)`.execute(db);
}
