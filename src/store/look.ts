// Opens the store as it is: nothing is migrated, replayed or written. For looking at it while the server runs.

import { DEADLINES } from '../deadlines.ts';
import { openSample, type Sample } from './backup/sample.ts';
import type { Database } from './db/database.ts';
import { openSqliteToRead } from './db/sqlite.ts';
import { CARRIED, keysFor, MARK } from './encryption/carried.ts';
import { SCHEMA } from './migrations/migrations.ts';
import { composeStore, type Store, type StoreOptions } from './open.ts';
import { keysOfMaster } from '../vault/seal.ts';

export type Looked =
  /** Nothing was ever kept in it. */
  | { readonly kind: 'empty' }
  /** Made under another master key. */
  | { readonly kind: 'other-key' }
  /** The tables are older or newer than those of this program. */
  | { readonly kind: 'older' | 'newer' }
  | {
      readonly kind: 'store';
      readonly store: LookedAt;
      /** `people`: how many; default a few. @throws {SealBrokenError} */
      readonly sample: (people?: number) => Promise<Sample>;
      /** The newest time that the program noted by itself, ISO 8601; null if there is none. */
      readonly newest: string | null;
    };

/** The parts that only read. */
export type LookedAt = Pick<Store, 'staff' | 'closedKeys' | 'callAddresses' | 'heldMails' | 'whatsapp' | 'mailsIn'>;

/** @throws if the database cannot be opened. */
export async function lookAtStore<T>(
  options: Omit<StoreOptions, 'ledgerFile' | 'newId'>,
  look: (looked: Looked) => Promise<T>,
): Promise<T> {
  const { masterKey, now } = options;
  const database = await openToRead(options);
  try {
    const meta = await readMeta(database);
    const own = keysFor(masterKey, { mark: meta.get(MARK) ?? null, carried: meta.get(CARRIED) ?? null });
    const master = own ?? keysOfMaster(masterKey);
    const ledger = { append: refuse, entries: () => [], close: () => undefined };
    const context = { database, master, ledger, newId: refuse, now };
    const sample = (people?: number) => openSample(context, people);
    const store = composeStore(context);
    return await look(standingOf(meta, own !== null) ?? { kind: 'store', store, sample, newest: newestIn(meta) });
  } finally {
    await database.close();
  }
}

async function openToRead({ database: at, deadlines = DEADLINES }: Pick<StoreOptions, 'database' | 'deadlines'>) {
  if (at.kind === 'sqlite') return openSqliteToRead(at.file);
  const { openPostgres } = await import('./db/postgres.ts');
  return openPostgres(at.url, deadlines);
}

type Meta = ReadonlyMap<string, string>;

async function readMeta(database: Database): Promise<Meta> {
  const tables = await database.read.introspection.getTables();
  if (!tables.some(({ name }) => name === 'meta')) return new Map();
  const rows = await database.read.selectFrom('meta').selectAll().execute();
  return new Map(rows.map(({ name, value }) => [name, value]));
}

function standingOf(meta: Meta, isOwn: boolean): Exclude<Looked, { kind: 'store' }> | null {
  const schema = meta.get('schema');
  if (schema === undefined) return { kind: 'empty' };
  if (!isOwn) return { kind: 'other-key' };
  if (Number(schema) === SCHEMA) return null;
  return { kind: Number(schema) < SCHEMA ? 'older' : 'newer' };
}

function newestIn(meta: Meta): string | null {
  const times = [...meta].filter(([name]) => name === 'ping' || name.startsWith('boot/')).map(([, value]) => value);
  return times.toSorted().at(-1) ?? null;
}

function refuse(): never {
  throw new Error('The store is open for reading only.');
}
