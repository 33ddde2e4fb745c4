// What the commands for staff accounts share: the data of the server, which may run meanwhile, and the audit log.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { deskDeps } from '../../app/desk-deps.ts';
import { readConfig, type Config } from '../../config.ts';
import { explainError } from '../../explain-error.ts';
import { loadTexts } from '../../app/load-texts.ts';
import { openConfiguredStore } from '../../app/open-store.ts';
import type { StaffDeps } from '../../staff/desk.ts';
import { fail } from '../typed.ts';

export interface Staff extends StaffDeps {
  readonly master: Buffer;
  readonly config: Config;
  /** Of the organisation's sign-in service, as it names itself; null where there is none. */
  readonly issuer: string | null;
}

const BACK_IT_UP = 'Back it up, apart from the data: without it nothing can be read.';

/**
 * Opens, works, closes. What goes wrong is printed; the exit code comes back. Only what makes an account may
 * be first (`mayBeNew`): elsewhere a mistyped folder is an error.
 */
export async function withStaff(
  { dataDir, mayBeNew = false }: { readonly dataDir: string | undefined; readonly mayBeNew?: boolean },
  work: (staff: Staff) => Promise<0 | 1>,
): Promise<0 | 1> {
  const now = () => new Date();
  try {
    const { config, secrets } = readConfig({ ...process.env, ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }) });
    const file = join(config.dataDir, 'griot.db');
    if (!mayBeNew && secrets.databaseUrl === null && !existsSync(file)) return fail(`There is no data: ${file}`);
    const { store, masterKey } = await openConfiguredStore(config, secrets, now);
    try {
      if (masterKey.made) console.error(`A master key was made: ${config.masterKeyFile}. ${BACK_IT_UP}`);
      const onFault = (error: unknown) => console.error(explainError(error));
      const { staff: texts } = loadTexts(config.timeZone);
      const issuer = config.organisation?.issuer.href ?? null;
      const deps = deskDeps({ config, secrets, store, master: masterKey.key, texts, now, onFault });
      return await work({ ...deps, master: masterKey.key, config, issuer });
    } finally {
      await store.close();
    }
  } catch (error) {
    return fail(explainError(error));
  }
}
