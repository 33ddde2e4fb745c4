// What the commands for staff accounts share: the data of the server, which may run meanwhile, and the audit log.

import { deskDeps } from '../../desk-deps.ts';
import { ConfigError, readConfig } from '../../config.ts';
import { explainError } from '../../explain-error.ts';
import { loadTexts } from '../../load-texts.ts';
import { openConfiguredStore } from '../../open-store.ts';
import type { DeskDeps } from '../../staff/desk.ts';

export interface Staff extends DeskDeps {
  readonly master: Buffer;
  readonly anchorFile: string;
}

/** Opens, works, closes. Problems of the configuration are printed; the exit code comes back. */
export async function withStaff(dataDir: string | undefined, work: (staff: Staff) => Promise<0 | 1>): Promise<0 | 1> {
  const now = () => new Date();
  try {
    const { config, secrets } = readConfig({ ...process.env, ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }) });
    const { store, masterKey } = await openConfiguredStore(config, secrets, now);
    try {
      const onFault = (error: unknown) => console.error(explainError(error));
      const { staff: texts } = loadTexts(config.timeZone);
      const deps = deskDeps({ config, store, master: masterKey.key, texts, now, onFault });
      return await work({ ...deps, master: masterKey.key, anchorFile: config.auditAnchorFile });
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
