import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config, Secrets } from '../config/config.ts';
import { type Deadlines, DEADLINES } from '../deadlines.ts';
import { type DatabaseAt, openStore, type Store } from '../store/open.ts';
import { nextKeyFile, readNextKey } from '../vault/key-change.ts';
import { loadMasterKey, MasterKeyError } from '../vault/master-key.ts';

export function databaseAt(
  { dataDir }: Pick<Config, 'dataDir'>,
  { databaseUrl: url }: Pick<Secrets, 'databaseUrl'>,
): DatabaseAt {
  return url === null ? { kind: 'sqlite', file: join(dataDir, 'griot.db') } : { kind: 'postgres', url };
}

/** The key of data that is there. */
export function masterKeyOf(
  { masterKeyFile: file }: Pick<Config, 'masterKeyFile'>,
  { masterKey: fromConfig }: Pick<Secrets, 'masterKey'>,
): Buffer {
  return loadMasterKey({ file, mayMake: false, ...(fromConfig === null ? {} : { fromConfig }) }).key;
}

/** The next key, if a change of the master key has begun or is being prepared. */
export function nextKeyOf(
  { masterKeyFile: file }: Pick<Config, 'masterKeyFile'>,
  { masterKey, nextMasterKey: fromConfig }: Pick<Secrets, 'masterKey' | 'nextMasterKey'>,
): Buffer | null {
  if (masterKey === null) return readNextKey(file);
  return fromConfig === null ? null : loadMasterKey({ file, fromConfig }).key;
}

/** The key and the store of a configuration; makes missing folders, readable by their owner only. */
export async function openConfiguredStore(
  config: Config,
  secrets: Secrets,
  now: () => Date,
  deadlines: Deadlines = DEADLINES,
): Promise<{ readonly store: Store; readonly madeKey: boolean }> {
  const { dataDir, outboxDir } = config;
  const files = [config.masterKeyFile, config.ledgerFile, config.auditAnchorFile];
  for (const folder of [dataDir, ...files.map((file) => dirname(file)), outboxDir]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const database = databaseAt(config, secrets);
  const masterKey = loadMasterKey({
    file: config.masterKeyFile,
    mayMake: database.kind === 'postgres' || !existsSync(database.file),
    ...(secrets.masterKey === null ? {} : { fromConfig: secrets.masterKey }),
  });
  const store = await openStore({
    database,
    masterKey: masterKey.key,
    ledgerFile: config.ledgerFile,
    needsLedger: true,
    newId: randomUUID,
    now: () => now().toISOString(),
    deadlines,
  }).catch((error: unknown) => {
    if (!(error instanceof MasterKeyError) || !existsSync(nextKeyFile(config.masterKeyFile))) throw error;
    throw new MasterKeyError(
      'A change of the master key was interrupted. Finish it: npm run -s griot -- key rotate. Nothing is lost.',
      { cause: error },
    );
  });
  return { store, madeKey: masterKey.made };
}
