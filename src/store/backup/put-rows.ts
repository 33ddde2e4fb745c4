// Puts the rows of a backup into an empty database.

import { sql } from 'kysely';
import type { Database, Queries } from '../db/database.ts';
import { migrate, SCHEMA, wasUsed } from '../migrations/migrations.ts';
import type { Value } from './read-rows.ts';
import { type BackupHead, BackupError, type BackupRow } from './rows-file.ts';

/** Rows in one transaction. */
const AT_ONCE = 500;
/** In place of the mark of the master key, until all rows are there: such a database is refused at the start. */
const UNFINISHED = 'unfinished restore';

/**
 * Makes the tables as they were, fills them, and brings them up to date. Returns the number of rows.
 * @throws {BackupError} if the database is not empty, or the backup is not whole or newer than this program.
 */
export async function putRows(database: Database, head: BackupHead, rows: AsyncIterable<BackupRow>): Promise<number> {
  if (head.schema > SCHEMA) throw new BackupError('The backup is of a newer version than this program.');
  if (await wasUsed(database)) throw new BackupError('The database is not empty.');
  await migrate(database, head.schema);
  await setMeta(database, new Map([['master', UNFINISHED]]));
  const meta = new Map<Value, Value>();
  let batch: BackupRow[] = [];
  let count = 0;
  for await (const row of rows) {
    count += 1;
    const { table, columns, values } = row;
    if (table === 'meta') meta.set(values[columns.indexOf('name')] ?? '', values[columns.indexOf('value')] ?? '');
    else batch.push(row);
    if (batch.length < AT_ONCE) continue;
    await put(database, batch);
    batch = [];
  }
  await put(database, batch);
  if (database.kind === 'postgres') await continueCounters(database);
  await setMeta(database, meta);
  await migrate(database);
  return count;
}

async function put(database: Database, rows: readonly BackupRow[]): Promise<void> {
  await database.write(async (db) => {
    for (const { table, columns, values } of rows) {
      await sql`insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})
        values (${sql.join(values)})`.execute(db);
    }
  });
}

function setMeta(database: Database, meta: ReadonlyMap<Value, Value>): Promise<void> {
  return database.write(async (db) => {
    for (const [given, at] of meta) {
      const [name, value] = [String(given), String(at)];
      await db
        .insertInto('meta')
        .values({ name, value })
        .onConflict((c) => c.column('name').doUpdateSet({ value }))
        .execute();
    }
  });
}

/** Numbers that PostgreSQL gives to new rows follow those that are there. */
async function continueCounters(database: Database): Promise<void> {
  const listed = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = current_schema() and is_identity = 'YES'`.execute(database.read);
  await database.write(async (db: Queries) => {
    for (const { table, column } of listed.rows) {
      await sql`select setval(pg_get_serial_sequence(${table}, ${column}),
        (select coalesce(max(${sql.ref(column)}), 0) + 1 from ${sql.table(table)}), false)`.execute(db);
    }
  });
}
