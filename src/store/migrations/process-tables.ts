// Rows that several processes on one PostgreSQL share (docs/decisions/0225-any-number-of-processes.md).

import { sql } from 'kysely';
import type { Database, Queries } from '../db/database.ts';

/** `held_by`, `begun_by`: the process that sends a reply or began a turn; it counts as long as its row is in `processes`. */
export async function makeProcessTables(db: Queries, kind: Database['kind']): Promise<void> {
  await db.schema
    .createTable('processes')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('boot', 'text', (c) => c.notNull())
    .addColumn('beat', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createTable('leases')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('holder', 'text', (c) => c.notNull())
    .execute();
  await db.schema.alterTable('replies').addColumn('held_by', 'text').execute();
  await db.schema.alterTable('inbox').addColumn('begun_by', 'text').execute();
  if (kind === 'postgres') await makeFleetingTables(db);
}

/** Unlogged: in no journal and no archive, and empty after a crash of the server. SQLite has one process, which remembers them. */
async function makeFleetingTables(db: Queries): Promise<void> {
  await sql`create unlogged table web_sessions (
    mark text primary key, began text not null, shown_from text not null, seen double precision not null,
    greeted integer not null, earlier integer not null, language text, quiet integer not null,
    key bytea, draft bytea)`.execute(db);
  await sql`create unlogged table rates (
    mark text primary key, tokens double precision not null, at double precision not null, allowed boolean not null)`.execute(
    db,
  );
}
