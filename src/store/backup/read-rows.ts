// Every row of every table as at one moment, also while the server writes: a transaction that only reads.

import { DatabaseSync } from 'node:sqlite';
import type { DatabaseAt } from '../open.ts';

/** A value as the database gives it. */
export type Value = null | string | number | bigint | Uint8Array;

export interface Snapshot {
  /** Each after all that its rows refer to; without those of the database itself, and those that only the moment needs. */
  readonly tables: readonly string[];
  /** Columns in the same order in every row. */
  rows(table: string): AsyncIterable<Readonly<Record<string, Value>>>;
}

/** They say what runs now, and what pages remember for a few minutes: in no copy. */
const FLEETING = ['processes', 'leases', 'web_sessions', 'rates'];

/** Rows that PostgreSQL sends at once. */
const AT_ONCE = 200;

/** @throws if the database cannot be read. */
export async function withSnapshot<T>(at: DatabaseAt, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  return at.kind === 'sqlite' ? ofSqlite(at.file, work) : ofPostgres(at.url, work);
}

async function ofSqlite<T>(file: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 30_000 });
  try {
    // The moment is that of the first read.
    db.exec('begin');
    const listed = "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name";
    const tables = db
      .prepare(listed)
      .all()
      .map(({ name }) => String(name));
    const all = async function* (table: string) {
      await Promise.resolve();
      yield* db.prepare(`select * from ${quoted(table)}`).iterate();
    };
    const refers = (table: string) =>
      db
        .prepare(`select "table" as name from pragma_foreign_key_list(?)`)
        .all(table)
        .map(({ name }) => String(name));
    return await work({ tables: inOrder(tables, refers), rows: all });
  } finally {
    db.close();
  }
}

const REFERENCES = `select c.relname as child, p.relname as parent from pg_constraint r
  join pg_class c on c.oid = r.conrelid join pg_class p on p.oid = r.confrelid where r.contype = 'f'`;

async function ofPostgres<T>(url: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const listed = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1",
    );
    const all = async function* (table: string) {
      await client.query(`declare griot_rows no scroll cursor for select * from ${quoted(table)}`);
      for (;;) {
        const { rows } = await client.query<Record<string, Value>>(`fetch ${AT_ONCE} from griot_rows`);
        if (rows.length === 0) break;
        yield* rows;
      }
      await client.query('close griot_rows');
    };
    const references = await client.query<{ child: string; parent: string }>(REFERENCES);
    const refers = (table: string) =>
      references.rows.filter(({ child }) => child === table).map(({ parent }) => parent);
    const tables = listed.rows.map(({ name }) => name);
    return await work({ tables: inOrder(tables, refers), rows: all });
  } finally {
    await client.end();
  }
}

function inOrder(tables: readonly string[], refers: (table: string) => readonly string[]): readonly string[] {
  const ordered: string[] = [];
  const place = (table: string): void => {
    if (ordered.includes(table)) return;
    for (const parent of refers(table)) if (parent !== table) place(parent);
    ordered.push(table);
  };
  for (const table of tables) place(table);
  return ordered.filter((table) => !FLEETING.includes(table));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
