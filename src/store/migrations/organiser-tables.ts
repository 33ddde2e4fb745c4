import { sql } from 'kysely';
import type { Database, Queries } from '../db/database.ts';

export async function makeOrganiserTables(db: Queries, kind: Database['kind']): Promise<void> {
  const bytes = kind === 'sqlite' ? sql`blob` : sql`bytea`;
  await db.schema
    .createTable('organisers')
    .addColumn('person', 'text', (c) => c.primaryKey().references('persons.id'))
    .addColumn('sealed', bytes, (c) => c.notNull())
    .execute();
}

export async function makeCodeTables(db: Queries): Promise<void> {
  await db.schema
    .createTable('codes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('handle', 'text', (c) => c.notNull().unique())
    .addColumn('mark', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull().references('persons.id'))
    .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id'))
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('tries', 'integer', (c) => c.notNull())
    .addColumn('until', 'text')
    .addColumn('used_at', 'text')
    .execute();
  await db.schema
    .createTable('handovers')
    .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id'))
    .addColumn('contribution', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull().references('persons.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  for (const [table, column] of [
    ['codes', 'case_id'],
    ['codes', 'person'],
    ['handovers', 'contribution'],
    ['handovers', 'person'],
  ] as const) {
    await db.schema.createIndex(`${table}_by_${column}`).on(table).column(column).execute();
  }
}

export async function makeJointTable(db: Queries): Promise<void> {
  await db.schema
    .createTable('joint_members')
    .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id'))
    .addColumn('contribution', 'text', (c) => c.notNull().references('contributions.id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('joint_members_key', ['case_id', 'contribution'])
    .execute();
  await db.schema.createIndex('joint_members_by_contribution').on('joint_members').column('contribution').execute();
}
