// Facts of this installation for the files of the calls: the addresses on record, and who translates. Reads only.

import { existsSync } from 'node:fs';
import type { CallForInputs } from '../calls/call.ts';
import type { Here } from '../calls/looks.ts';
import { databaseAt, masterKeyOf } from '../app/open-store.ts';
import { type Config, ConfigError, readConfig, type Secrets } from '../config/config.ts';
import { translatedHere } from '../config/translation.ts';
import { recipientsOf, verifiedAmong } from '../mail/recipients.ts';
import { lookAtStore } from '../store/look.ts';
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
  return (call) => {
    const all = recorded?.get(call.id) ?? null;
    const recipients = all === null ? null : verifiedAmong(all);
    const [invented] = recipients?.length === 0 ? (all ?? []) : [];
    return { recipients, translated, ...(invented === undefined ? {} : { trial: invented }) };
  };
}

async function recipientsIn(
  config: Config,
  secrets: Secrets,
  calls: readonly CallForInputs[],
): Promise<ReadonlyMap<string, readonly string[]> | null> {
  const database = databaseAt(config, secrets);
  if (database.kind === 'sqlite' && !existsSync(database.file)) return null;
  const masterKey = masterKeyOf(config, secrets);
  return lookAtStore({ database, masterKey, now: () => new Date().toISOString() }, async (looked) => {
    if (looked.kind !== 'store') return null;
    const { store } = looked;
    const all = calls.map(async (call) => [call.id, recipientsOf(call, await store.callAddresses(call.id))] as const);
    return new Map(await Promise.all(all));
  });
}
