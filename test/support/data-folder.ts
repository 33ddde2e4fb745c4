// A folder for an app's data. The tables of an empty database are made once a process, and then copied: making them took longer
// than most tests. Whoever tests how they are made begins without a file.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../src/store/db/sqlite.ts';
import { migrate } from '../../src/store/migrations/migrations.ts';

let tables: Promise<Uint8Array> | null = null;

/** With an empty database. Only for an app whose master key is in its settings: it makes no key next to data that are there. */
export async function makeDataFolder(prefix: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  await putEmptyDatabase(join(folder, 'griot.db'));
  return folder;
}

export async function putEmptyDatabase(file: string): Promise<void> {
  writeFileSync(file, await (tables ??= makeTables()), { mode: 0o600 });
}

async function makeTables(): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'griot-tables-'));
  try {
    const file = join(folder, 'griot.db');
    const database = await openSqlite(file);
    await migrate(database);
    await database.close();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
