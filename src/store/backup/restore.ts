// From the lines of a backup to a database.

import { rmSync } from 'node:fs';
import { type DatabaseAt, openDatabase } from '../open.ts';
import { putRows } from './put-rows.ts';
import { type BackupHead, type BackupRow, readBackup } from './rows-file.ts';

/** `change`: what is put in place of the rows. A SQLite file is removed again if that fails. @throws {BackupError} */
export async function restoreRows(
  lines: AsyncIterable<string>,
  at: DatabaseAt,
  change: (rows: AsyncIterable<BackupRow>) => AsyncIterable<BackupRow> = (rows) => rows,
): Promise<{ readonly head: BackupHead; readonly rows: number }> {
  const { head, rows } = await readBackup(lines);
  const database = await openDatabase(at);
  try {
    const count = await putRows(database, head, change(rows));
    await database.close();
    return { head, rows: count };
  } catch (error) {
    await database.close();
    // Half a database must not be started with.
    if (at.kind === 'sqlite') for (const end of ['', '-wal', '-shm']) rmSync(`${at.file}${end}`, { force: true });
    throw error;
  }
}
