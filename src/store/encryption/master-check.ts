// A database belongs to the master key that it was first opened with.

import { fingerprint } from '../../vault/keys-of-master.ts';
import { MasterKeyError } from '../../vault/master-key.ts';
import type { Context } from '../db/context.ts';

/** @throws {MasterKeyError} under another key: better than to start, find nobody, and greet everyone as a stranger. */
export async function checkMasterKey({ database, master }: Context): Promise<void> {
  const value = fingerprint(master, 'master', 'check');
  const found = await database.write(async (db) => {
    await db
      .insertInto('meta')
      .values({ name: 'master', value })
      .onConflict((c) => c.column('name').doNothing())
      .execute();
    return db.selectFrom('meta').select('value').where('name', '=', 'master').executeTakeFirst();
  });
  if (found?.value === value) return;
  throw new MasterKeyError(
    'This database was made under another master key. Put the right key back (see docs/operate.md); nothing was changed.',
  );
}
