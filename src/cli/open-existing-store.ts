import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, type Config } from '../config.ts';
import { explainError } from '../explain-error.ts';
import { openConfiguredStore } from '../app/open-store.ts';
import type { Store } from '../store/store.ts';

export type OpenedStore =
  | { readonly ok: true; readonly store: Store; readonly config: Config }
  /** For operators: what is wrong, and where. */
  | { readonly ok: false; readonly problem: string };

/**
 * The store of a server that has run before, for commands that only look or erase. A mistyped folder is an error: opening
 * it would make a new database and a new master key there. `dataDir`: in place of DATA_DIR.
 */
export async function openExistingStore(dataDir: string | undefined): Promise<OpenedStore> {
  try {
    const { config, secrets } = readConfig({ ...process.env, ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }) });
    const file = join(config.dataDir, 'griot.db');
    if (secrets.databaseUrl === null && !existsSync(file)) return { ok: false, problem: `There is no data: ${file}` };
    const { store } = await openConfiguredStore(config, secrets, () => new Date());
    return { ok: true, store, config };
  } catch (error) {
    return { ok: false, problem: explainError(error) };
  }
}
