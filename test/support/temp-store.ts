// A store in a folder of its own, for tests: SQLite, a fixed master key, counted ids, a clock that is set by hand.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseAt, openStore, type Store } from '../../src/store/open.ts';
import { putEmptyDatabase } from './data-folder.ts';

export interface TempStore {
  /** The open store; another object after reopen(). */
  readonly store: Store;
  readonly dir: string;
  readonly database: DatabaseAt;
  readonly masterKey: Buffer;
  readonly ledgerFile: string;
  /** The store's clock, ISO 8601; assign to move it. */
  now: string;
  /** Closes and opens again, as after a restart. */
  reopen(): Promise<Store>;
  /** Closes; removes the folder. */
  close(): Promise<void>;
}

export interface TempStoreOptions {
  /** SQLite in the temporary folder where it is not given. */
  readonly database?: DatabaseAt;
  /** Fixed where it is not given. */
  readonly masterKey?: Buffer;
  /** Beside the database where it is not given. */
  readonly ledgerFile?: string;
  /** "id-1", "id-2", … where it is not given; never starts again at reopen(). */
  readonly newId?: () => string;
  /** 2026-03-01T12:00:00.000Z where it is not given. */
  readonly now?: string;
}

export async function openTempStore(options: TempStoreOptions = {}): Promise<TempStore> {
  const dir = mkdtempSync(join(tmpdir(), 'griot-store-'));
  let count = 0;
  const settings = {
    database: options.database ?? ({ kind: 'sqlite', file: join(dir, 'griot.db') } as const),
    masterKey: options.masterKey ?? Buffer.alloc(32, 7),
    ledgerFile: options.ledgerFile ?? join(dir, 'ledger'),
    newId: options.newId ?? (() => `id-${++count}`),
    now: () => temp.now,
  };
  let store: Store | null = null;
  const temp: TempStore = {
    now: options.now ?? '2026-03-01T12:00:00.000Z',
    dir,
    database: settings.database,
    masterKey: settings.masterKey,
    ledgerFile: settings.ledgerFile,
    get store() {
      if (store === null) throw new Error('The store is closed.');
      return store;
    },
    async reopen() {
      await store?.close();
      store = await openStore(settings);
      return store;
    },
    async close() {
      await store?.close();
      store = null;
      rmSync(dir, { recursive: true, force: true });
    },
  };
  if (options.database === undefined) await putEmptyDatabase(join(dir, 'griot.db'));
  await temp.reopen();
  return temp;
}
