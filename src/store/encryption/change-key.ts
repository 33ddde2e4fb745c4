// A database from one master key to another: in one transaction, so that it belongs to the old one or to the new one.

import { sql } from 'kysely';
import type { Value } from '../backup/read-rows.ts';
import { BackupError, type BackupRow } from '../backup/rows-file.ts';
import type { Database, Queries } from '../db/database.ts';
import { MasterKeyError } from '../../vault/master-key.ts';
import { carriedOf, keysOfMaster, type MasterKeys, unwrapKey, wrapKey } from '../../vault/seal.ts';
import { CARRIED, keysFor, MARK, rowsUnder } from './carried.ts';
import { keyRows } from './own-keys.ts';

/** Rows that one statement changes. */
const AT_ONCE = 500;

/**
 * Returns the number of data keys. No program may run that has the old one; none that does can make a data key afterwards
 * (makeKey).
 * @throws {MasterKeyError} if it does not belong to `present`; {SealBrokenError} if a data key cannot be opened. Nothing is
 * changed then.
 */
export async function changeMasterKey(database: Database, present: Buffer, next: Buffer): Promise<number> {
  const changed = await database.write(async (db) => {
    if (database.kind === 'postgres') await sql`lock table keys in exclusive mode`.execute(db);
    const keys = keysFor(present, await keyRows(db));
    if (keys === null) throw new MasterKeyError('This database does not belong to this master key.');
    const count = await wrapAgain(db, keys, keysUnder(next, keys));
    const { mark, carried } = rowsUnder(next, keys);
    await putMeta(db, MARK, mark);
    await putMeta(db, CARRIED, carried);
    return count;
  });
  await database.scrub();
  return changed;
}

async function wrapAgain(db: Queries, from: MasterKeys, to: MasterKeys): Promise<number> {
  let [count, last] = [0, ''];
  for (;;) {
    const rows = await db
      .selectFrom('keys')
      .selectAll()
      .where('owner', '>', last)
      .orderBy('owner')
      .limit(AT_ONCE)
      .execute();
    const end = rows.at(-1);
    if (end === undefined) return count;
    await db
      .insertInto('keys')
      .values(rows.map(({ owner, wrapped }) => ({ owner, wrapped: again(from, to, owner, wrapped) })))
      .onConflict((c) => c.column('owner').doUpdateSet((e) => ({ wrapped: e.ref('excluded.wrapped') })))
      .execute();
    count += rows.length;
    last = end.owner;
  }
}

async function putMeta(db: Queries, name: string, value: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ name, value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute();
}

/** The rows of a backup that was made under `former`, as they are under `present`. @throws {BackupError} if it was not. */
export async function* underPresentKey(
  rows: AsyncIterable<BackupRow>,
  former: Buffer,
  present: Buffer,
): AsyncIterable<BackupRow> {
  // The rows that say how its keys are found come last.
  const held: BackupRow[] = [];
  const meta = new Map<Value, Value>();
  for await (const row of rows) {
    if (row.table === 'keys') held.push(row);
    else if (row.table === 'meta') meta.set(cell(row, 'name'), cell(row, 'value'));
    else yield row;
  }
  const text = (name: string) => {
    const value = meta.get(name);
    return typeof value === 'string' ? value : null;
  };
  const keys = keysFor(former, { mark: text(MARK), carried: text(CARRIED) });
  if (keys === null) throw new BackupError('The backup was not made under this master key.');
  const next = keysUnder(present, keys);
  for (const row of held) {
    const [owner, wrapped] = [cell(row, 'owner'), cell(row, 'wrapped')];
    if (typeof owner !== 'string' || !(wrapped instanceof Uint8Array)) throw new BackupError('The backup has no keys.');
    yield { table: 'keys', columns: ['owner', 'wrapped'], values: [owner, again(keys, next, owner, wrapped)] };
  }
  const { mark, carried } = rowsUnder(present, keys);
  const all = [...meta, [MARK, mark] as const, [CARRIED, carried] as const];
  for (const [name, value] of new Map(all)) yield { table: 'meta', columns: ['name', 'value'], values: [name, value] };
}

function cell({ columns, values }: BackupRow, column: string): Value {
  return values[columns.indexOf(column)] ?? null;
}

function keysUnder(next: Buffer, keys: MasterKeys): MasterKeys {
  return keysOfMaster(next, carriedOf(keys));
}

function again(from: MasterKeys, to: MasterKeys, owner: string, wrapped: Uint8Array): Buffer {
  return wrapKey(to, owner, unwrapKey(from, owner, wrapped));
}
