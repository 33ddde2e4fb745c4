import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config, Secrets } from '../config/config.ts';
import { type Deadlines, DEADLINES } from '../deadlines.ts';
import { openStore, type Store } from '../store/open.ts';
import { loadMasterKey, type MasterKey } from '../vault/master-key.ts';

/** The key and the store of a configuration; makes missing folders, readable by their owner only. */
export async function openConfiguredStore(
  config: Config,
  secrets: Secrets,
  now: () => Date,
  deadlines: Deadlines = DEADLINES,
): Promise<{ readonly store: Store; readonly masterKey: MasterKey }> {
  const { dataDir, outboxDir } = config;
  const files = [config.masterKeyFile, config.ledgerFile, config.auditAnchorFile];
  for (const folder of [dataDir, ...files.map((file) => dirname(file)), outboxDir]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const file = join(dataDir, 'griot.db');
  const masterKey = loadMasterKey({
    file: config.masterKeyFile,
    mayMake: secrets.databaseUrl !== null || !existsSync(file),
    ...(secrets.masterKey === null ? {} : { fromConfig: secrets.masterKey }),
  });
  const store = await openStore({
    database: secrets.databaseUrl === null ? { kind: 'sqlite', file } : { kind: 'postgres', url: secrets.databaseUrl },
    masterKey: masterKey.key,
    ledgerFile: config.ledgerFile,
    needsLedger: true,
    newId: randomUUID,
    now: () => now().toISOString(),
    deadlines,
  });
  return { store, masterKey };
}
