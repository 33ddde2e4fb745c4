// Opens and closes the data of a server for commands.

import { existsSync } from 'node:fs';
import { deskDeps } from '../app/desk-deps.ts';
import { loadTexts } from '../app/load-texts.ts';
import { databaseAt, openConfiguredStore } from '../app/open-store.ts';
import { type Config, readConfig, type Secrets } from '../config/config.ts';
import { explainError } from '../explain-error.ts';
import type { StaffDeps } from '../staff/desk.ts';
import type { Store } from '../store/open.ts';
import { type Io, OperatorError } from './command.ts';
import type { MasterKeys } from '../vault/seal.ts';

export interface Data {
  readonly store: Store;
  readonly master: MasterKeys;
  readonly config: Config;
  readonly secrets: Secrets;
}

export interface Staff extends StaffDeps, Data {
  /** The organisation's sign-in service, by its own name; null if there is none. */
  readonly issuer: string | null;
}

export class NoDataError extends OperatorError {}

interface Opening {
  /** Default: false. A mistyped folder is then an error: opening it would make a new database and master key. */
  readonly mayBeNew?: boolean;
}

const BACK_IT_UP = 'Back it up, apart from the data: without it nothing can be read.';
const now = () => new Date();

/** Throws OperatorError if there is no data yet, and the errors of reading the configuration or opening the database. */
export async function openData({ environment, warn }: Io, { mayBeNew = false }: Opening = {}): Promise<Data> {
  const { config, secrets } = readConfig(environment);
  const at = databaseAt(config, secrets);
  if (!mayBeNew && at.kind === 'sqlite' && !existsSync(at.file)) {
    throw new NoDataError(`There is no data: ${at.file}`);
  }
  const { store, madeKey } = await openConfiguredStore(config, secrets, now);
  if (madeKey) warn(`A master key was made: ${config.masterKeyFile}. ${BACK_IT_UP}`);
  return { store, master: store.keys, config, secrets };
}

export async function withData<T>(io: Io, work: (data: Data) => Promise<T>, opening: Opening = {}): Promise<T> {
  const data = await openData(io, opening);
  try {
    return await work(data);
  } finally {
    await data.store.close();
  }
}

/** For commands that the audit log records. */
export function withStaff<T>(io: Io, work: (staff: Staff) => Promise<T>, opening: Opening = {}): Promise<T> {
  const open = (data: Data) => {
    const { config } = data;
    const onFault = (error: unknown) => io.warn(explainError(error));
    const deps = deskDeps({ ...data, loaded: loadTexts(config.timeZone), now, onFault });
    return work({ ...data, ...deps, issuer: config.organisation?.issuer.href ?? null });
  };
  return withData(io, open, opening);
}
