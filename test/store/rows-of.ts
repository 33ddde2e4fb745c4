// Where in a database these ids still stand, whichever table somebody may have forgotten: "table.column", sorted.

import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { TempStore } from '../support/temp-store.ts';

const SQLITE = `select m.name as "table", p.name as "column" from sqlite_master m, pragma_table_info(m.name) p
  where m.type = 'table' and lower(p.type) = 'text'`;
const POSTGRES = `select table_name as "table", column_name as "column" from information_schema.columns
  where table_schema = 'public' and data_type = 'text'`;

type Rows = readonly Readonly<Record<string, unknown>>[];
type Ask = (sql: string, values?: readonly string[]) => Promise<Rows>;

export async function rowsOf({ database }: TempStore, ids: readonly string[]): Promise<readonly string[]> {
  if (database.kind === 'sqlite') {
    const db = new DatabaseSync(database.file, { readOnly: true });
    try {
      return await search(ids, SQLITE, (sql, values = []) =>
        Promise.resolve(db.prepare(sql.replaceAll('$', '?')).all(...values)),
      );
    } finally {
      db.close();
    }
  }
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return await search(ids, POSTGRES, async (sql, values = []) => {
      const { rows } = await client.query<Readonly<Record<string, unknown>>>(sql, [...values]);
      return rows;
    });
  } finally {
    await client.end();
  }
}

async function search(ids: readonly string[], columns: string, ask: Ask): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { table, column } of await ask(columns)) {
    const places = ids.map((_, index) => `$${index + 1}`).join(', ');
    const rows = await ask(`select 1 from "${String(table)}" where "${String(column)}" in (${places}) limit 1`, ids);
    if (rows.length > 0) found.push(`${String(table)}.${String(column)}`);
  }
  return found.sort();
}
