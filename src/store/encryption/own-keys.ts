// A database belongs to the master key that it was first opened with, or to the one that it was changed to.

import { MasterKeyError } from '../../vault/master-key.ts';
import type { Database, Queries } from '../db/database.ts';
import { CARRIED, keysFor, type KeyRows, MARK } from './carried.ts';
import { markOfMasterKey } from './keys.ts';
import { keysOfMaster, type MasterKeys } from '../../vault/seal.ts';

export async function keyRows(db: Queries): Promise<KeyRows> {
  const rows = await db.selectFrom('meta').selectAll().where('name', 'in', [MARK, CARRIED]).execute();
  const of = (wanted: string) => rows.find(({ name }) => name === wanted)?.value ?? null;
  return { mark: of(MARK), carried: of(CARRIED) };
}

/** Marks a new database. @throws {MasterKeyError} with another key: else the program would find nobody, and greet everyone as new. */
export async function ownKeys(database: Database, master: Buffer): Promise<MasterKeys> {
  const rows = await database.write(async (db) => {
    const value = markOfMasterKey(keysOfMaster(master));
    await db
      .insertInto('meta')
      .values({ name: MARK, value })
      .onConflict((c) => c.column('name').doNothing())
      .execute();
    return keyRows(db);
  });
  const keys = keysFor(master, rows);
  if (keys !== null) return keys;
  throw new MasterKeyError(
    'This database was made under another master key. Put the right key back (see docs/operate.md); nothing was changed.',
  );
}
