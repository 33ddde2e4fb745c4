// Releases and the acts of reviewers. Unencrypted and sealed columns as in tables.ts.

import { sql } from 'kysely';
import type { Database, Queries } from '../db/database.ts';

export async function makeReviewTables(db: Queries, kind: Database['kind']): Promise<void> {
  const bytes = kind === 'sqlite' ? sql`blob` : sql`bytea`;
  await db.schema
    .createTable('review_terms')
    .addColumn('mail', 'text', (c) => c.primaryKey())
    .addColumn('person', 'text', (c) => c.notNull().references('persons.id'))
    .addColumn('contribution', 'text', (c) => c.notNull().references('contributions.id'))
    .addColumn('needed', 'integer', (c) => c.notNull())
    .addColumn('if_unreachable', 'text')
    .addColumn('fallback_sha256', 'text')
    .addColumn('fallback_request', bytes)
    .addColumn('round', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('on_hold', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('closed', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('alarmed_for', 'text')
    .addColumn('decided', 'text')
    .addColumn('decided_at', 'text')
    .execute();
  await db.schema
    .createTable('reviews')
    .addColumn('position', 'integer', (c) =>
      kind === 'sqlite' ? c.primaryKey() : c.primaryKey().generatedByDefaultAsIdentity(),
    )
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('mail', 'text')
    .addColumn('case_id', 'text')
    .addColumn('person', 'text', (c) => c.notNull().references('persons.id'))
    .addColumn('contribution', 'text', (c) => c.references('contributions.id'))
    .addColumn('reviewer', 'text')
    .addColumn('act', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text')
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('note', bytes)
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  const INDEXES = [
    ['review_terms', 'person'],
    ['review_terms', 'contribution'],
    ['reviews', 'mail'],
    ['reviews', 'case_id'],
    ['reviews', 'person'],
    ['reviews', 'contribution'],
  ] as const;
  for (const [table, column] of INDEXES) {
    await db.schema.createIndex(`${table}_by_${column}`).on(table).column(column).execute();
  }
}
