import { sql } from 'kysely';
import type { Database, Queries } from '../db/database.ts';

export async function makeVoiceTable(db: Queries, kind: Database['kind']): Promise<void> {
  const bytes = kind === 'sqlite' ? sql`blob` : sql`bytea`;
  await db.schema
    .createTable('voice_notes')
    .addColumn('position', 'integer', (c) =>
      kind === 'sqlite' ? c.primaryKey() : c.primaryKey().generatedByDefaultAsIdentity(),
    )
    .addColumn('person', 'text', (c) => c.notNull().references('persons.id'))
    .addColumn('contribution', 'text', (c) => c.references('contributions.id'))
    .addColumn('mark', 'text', (c) => c.notNull())
    .addColumn('about', bytes, (c) => c.notNull())
    .addColumn('sound', bytes, (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('language', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('due_at', 'text')
    .addColumn('lease', 'text')
    .addColumn('lease_until', 'text')
    .addColumn('arrived_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('voice_notes_mark', ['person', 'mark'])
    .execute();
  await sql`create index voice_notes_by_contribution on voice_notes (contribution)`.execute(db);
  await sql`create index voice_notes_due on voice_notes (due_at) where state = 'machine'`.execute(db);
}
