// What the commands for staff accounts share: the data of the server, which may run meanwhile, and the audit log.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { deskDeps } from '../../app/desk-deps.ts';
import { ConfigError, readConfig } from '../../config.ts';
import { explainError } from '../../explain-error.ts';
import { loadTexts } from '../../app/load-texts.ts';
import { openConfiguredStore } from '../../app/open-store.ts';
import type { StaffDeps } from '../../staff/desk.ts';

export interface Staff extends StaffDeps {
  readonly master: Buffer;
  readonly anchorFile: string;
  /** Of the organisation's sign-in service, as it names itself; null where there is none. */
  readonly issuer: string | null;
}

/**
 * Opens, works, closes. Problems of the configuration are printed; the exit code comes back. Only what makes an account may
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
      const onFault = (error: unknown) => console.error(explainError(error));
      const { staff: texts } = loadTexts(config.timeZone);
      const issuer = config.organisation?.issuer.href ?? null;
      const deps = deskDeps({ config, secrets, store, master: masterKey.key, texts, now, onFault });
      return await work({ ...deps, master: masterKey.key, anchorFile: config.auditAnchorFile, issuer });
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return fail(error.message);
  }
}

export function fail(text: string): 1 {
  console.error(text);
  return 1;
}
