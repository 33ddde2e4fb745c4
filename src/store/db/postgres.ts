// Opens PostgreSQL: a pool, transactions that wait for each other on row locks, and retries after conflicts. If the
// server is silent, statements fail after a limit, and closing does not wait for it.

import { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, sql } from 'kysely';
import pg from 'pg';
import { type Deadlines, TimedOutError, within } from '../../deadlines.ts';
import type { Tables } from '../schema/tables.ts';
import { Commits, type Database, type Queries } from './database.ts';
import { openWakes } from './wakes.ts';

const CONNECTIONS = 10;
const TRIES = 5;
/** Serialization failure, deadlock; and a row that another transaction inserted or deleted between our read and our write. */
const MET_ANOTHER = ['40001', '40P01', '23505', '23503'];

/** @throws if the server would confirm a commit before it is on its disk. */
export async function openPostgres(url: string, deadlines: Pick<Deadlines, 'database' | 'closing'>): Promise<Database> {
  const sockets = new Set<Socket>();
  // The pool awaits it, which its type does not say.
  const limited = { onConnect: (client: pg.ClientBase) => limit(client, deadlines.database) };
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: deadlines.database,
    ...limited,
    stream() {
      const socket = new Socket();
      sockets.add(socket);
      return socket.once('close', () => sockets.delete(socket));
    },
  });
  // Without a listener a connection that breaks while idle ends the process; the pool makes a new one.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: bounded(pool, deadlines.database) }) });
  const wakes = openWakes(url, (text, values) => pool.query(text, [...values]));
  const close = async () => {
    await within(deadlines.closing, () => wakes.close()).catch(() => undefined);
    // Ending a connection waits for the server's answer.
    await within(deadlines.closing, () => db.destroy()).catch((error: unknown) => {
      if (!(error instanceof TimedOutError)) throw error;
    });
    for (const socket of sockets) socket.destroy();
  };
  try {
    await expectDurable(db);
  } catch (error) {
    await close();
    throw error;
  }
  const commits = new Commits();
  commits.listen(wakes.tell);
  return {
    kind: 'postgres',
    read: db,
    write: (work) => commits.telling((noting) => retried(() => db.transaction().execute(noting)), work),
    onCommit: (listener) => commits.listen(listener),
    onCommitElsewhere: (listener) => wakes.listen(listener),
    wakeOthers() {
      for (const what of ['replies', 'outbox', 'recordings'] as const) wakes.tell(what, new Set());
    },
    async scrub() {
      await sql`vacuum keys`.execute(db);
    },
    close,
  };
}

/** Before its first statement. */
async function limit(client: pg.ClientBase, milliseconds: number): Promise<void> {
  // Without a listener a connection that breaks while it is used, between two statements, ends the process.
  client.on('error', () => undefined);
  // The server must release the locks of a connection that we gave up, and of a process that is frozen in the middle of a
  // turn: before the statements of others, which wait for them, fail.
  const idle = Math.ceil(milliseconds / 2);
  await within(milliseconds, () =>
    client.query(`set statement_timeout = ${milliseconds}; set idle_in_transaction_session_timeout = ${idle}`),
  );
}

/** The same pool; a statement that takes longer than this fails, and its connection is given up. */
function bounded(pool: pg.Pool, milliseconds: number): PostgresPool {
  const nameOf = nameStatements();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      let over: TimedOutError | null = null;
      const query = async (text: string, values: unknown[]) => {
        if (over !== null) throw over;
        try {
          const name = values.length === 0 ? undefined : nameOf(text);
          return await within(milliseconds, () => client.query({ text, values, ...(name !== undefined && { name }) }));
        } catch (error) {
          if (error instanceof TimedOutError) over = error;
          throw error;
        }
      };
      // Cursors, which it also supports, are not used here.
      const asked = query as unknown as PostgresPoolClient['query'];
      return { query: asked, release: () => client.release(over ?? undefined) };
    },
  };
}

/** Statements with a name; those with lists come in several lengths. */
const NAMED = 300;

/**
 * A statement with a name is parsed and planned once for each connection. None with a star has one: PostgreSQL refuses it once
 * another process has added a column.
 */
function nameStatements(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    if (!names.has(text) && names.size < NAMED && !text.includes('*')) names.set(text, `griot_${names.size}`);
    return names.get(text);
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
