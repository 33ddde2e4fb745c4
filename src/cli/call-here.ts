// Facts of this installation for the files of the calls: the addresses on record, and who translates. Reads only.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CallForInputs } from '../calls/call.ts';
import type { Here } from '../calls/looks.ts';
import { type Config, ConfigError, readConfig, type Secrets } from '../config/config.ts';
import { translatedHere } from '../config/translation.ts';
import { recipientsOf } from '../mail/recipients.ts';
import { lookAtStore } from '../store/look.ts';
import { loadMasterKey } from '../vault/master-key.ts';
import type { Io } from './command.ts';

export type HereFor = (call: CallForInputs) => Here;

/** With wrong settings, or without data, nothing is known of the addresses; the files are checked all the same. */
export async function hereFor({ environment, warn }: Io, calls: readonly CallForInputs[]): Promise<HereFor> {
  let read: ReturnType<typeof readConfig>;
  try {
    read = readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    warn('The settings of this machine cannot be used, so the addresses on record were not looked at.');
    return () => ({ recipients: null, translated: [] });
  }
  const { config, secrets } = read;
  const recorded = await recipientsIn(config, secrets, calls);
  const translated = translatedHere(config.translation);
  return (call) => ({ recipients: recorded?.get(call.id) ?? null, translated });
}

async function recipientsIn(
  config: Config,
  secrets: Secrets,
  calls: readonly CallForInputs[],
): Promise<ReadonlyMap<string, readonly string[]> | null> {
  const file = join(config.dataDir, 'griot.db');
  if (secrets.databaseUrl === null && !existsSync(file)) return null;
  const fromConfig = secrets.masterKey === null ? {} : { fromConfig: secrets.masterKey };
  const { key: masterKey } = loadMasterKey({ file: config.masterKeyFile, mayMake: false, ...fromConfig });
  const database =
    secrets.databaseUrl === null
      ? ({ kind: 'sqlite', file } as const)
      : ({ kind: 'postgres', url: secrets.databaseUrl } as const);
  return lookAtStore({ database, masterKey, now: () => new Date().toISOString() }, async (looked) => {
    if (looked.kind !== 'store') return null;
    const { store } = looked;
    const all = calls.map(async (call) => [call.id, recipientsOf(call, await store.callAddresses(call.id))] as const);
    return new Map(await Promise.all(all));
  });
}
