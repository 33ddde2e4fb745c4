// Opens PostgreSQL: a pool, transactions that wait for each other on row locks, and another try where two of them met.

import { setTimeout as wait } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Database, Queries } from './database.ts';
import type { Tables } from './tables.ts';

const CONNECTIONS = 10;
const TRIES = 5;
/** Serialization failure, deadlock; and a row that another transaction made or removed between our look and our write. */
const MET_ANOTHER = ['40001', '40P01', '23505', '23503'];

/** @throws when the server would answer before a commit is on its disk. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  // Without a listener a connection that breaks while idle ends the process; the pool makes a new one.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await expectDurable(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    kind: 'postgres',
    read: db,
    write: (work) => retried(() => db.transaction().execute(work)),
    async scrub() {
      await sql`vacuum keys`.execute(db);
    },
    close: () => db.destroy(),
  };
}

async function expectDurable(db: Queries): Promise<void> {
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(db);
    const value = rows[0]?.value;
    if (value === 'off') {
      throw new Error(`PostgreSQL runs with ${name} = ${value}; it must be on to keep what is promised.`);
    }
  }
}

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES || !hasMetAnother(error)) throw error;
      await wait(Math.random() * 10 * attempt);
    }
  }
}

function hasMetAnother(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && MET_ANOTHER.includes(error.code)
  );
}
