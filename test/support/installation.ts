// An operator's installation in a folder, in which nothing is wrong: data, key and ledger apart, an administrator, an address.

import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { makeBackup } from '../../src/app/backup/backups.ts';
import { openConfiguredStore } from '../../src/app/open-store.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Store } from '../../src/store/open.ts';
import { CALL, RECIPIENT } from './running-app.ts';

export const LONG_AGO = '2020-01-01T00:00:00.000Z';

export interface Installation {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  /** Opens its store, and closes it again. */
  with<T>(work: (store: Store) => Promise<T>, now?: string): Promise<T>;
  remove(): void;
}

/** `more` replaces settings. `backupAt`: of the newest backup; null: there is none yet. */
export async function makeInstallation(
  more: Readonly<Record<string, string>>,
  backupAt: Date | null = null,
): Promise<Installation> {
  const root = mkdtempSync(join(tmpdir(), 'griot-installed-'));
  for (const folder of ['data', 'keys', 'ledger']) mkdirSync(join(root, folder), { mode: 0o700 });
  const env = {
    DATA_DIR: join(root, 'data'),
    MASTER_KEY_FILE: join(root, 'keys', 'master.key'),
    LEDGER_FILE: join(root, 'ledger', 'erasures.log'),
    AUDIT_ANCHOR_FILE: join(root, 'ledger', 'audit-head'),
    OPERATOR_NAME: 'Casa Exemplo',
    OPERATOR_PHONE: '+00 000 0100',
    SOURCE_URL: 'https://code.casa-exemplo.org/griot',
    SUPPORT_CONTACTS: `Linha de Apoio: +00 000 0199 (${new Date().toISOString().slice(0, 10)})`,
    MAIL_FROM: 'griot@casa-exemplo.org',
    STAFF_EMAIL: 'team@casa-exemplo.org',
    LATE_ACCEPTED_BY: 'a test',
    BACKUP_DIR: join(root, 'backups'),
    BACKUP_KEYS: join(root, 'recipients.txt'),
    ...more,
  };
  const installation: Installation = {
    root,
    env,
    async with(work, now = LONG_AGO) {
      const { config, secrets } = readConfig(env);
      const { store } = await openConfiguredStore(config, secrets, () => new Date(now));
      try {
        return await work(store);
      } finally {
        await store.close();
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  await installation.with(async (store) => {
    const provenance = { source: 'the official page', verifiedBy: 'Ana and Bea', verifiedAt: LONG_AGO };
    await store.recordCallAddresses([{ callId: CALL, address: RECIPIENT, ...provenance, withdrawnAt: null }]);
    const account = { name: 'Ana', email: 'ana@casa-exemplo.org', role: 'administrator', language: 'pt' } as const;
    const id = (await store.staff.addAccount({ ...account, signInBy: 'password' })) ?? '';
    await store.staff.finishSetUp(id, 'JBSWY3DPEHPK3PXP', 1, []);
  });
  if (backupAt === null) return installation;
  const recipients = [await identityToRecipient(await generateX25519Identity())];
  writeFileSync(join(root, 'recipients.txt'), `${recipients.join('')}\n`);
  const at = { kind: 'sqlite', file: join(root, 'data', 'griot.db') } as const;
  await makeBackup(at, { folder: join(root, 'backups'), recipients, now: backupAt });
  return installation;
}

/** Another machine: the same key, the ledger of today, nothing else. */
export function elsewhere(
  { root: from, env }: Pick<Installation, 'root' | 'env'>,
  name: string,
  url: string | null,
): Record<string, string> {
  const at = join(from, name);
  mkdirSync(at, { mode: 0o700 });
  copyFileSync(env['LEDGER_FILE'] ?? '', join(at, 'erasures.log'));
  const places = {
    DATA_DIR: join(at, 'data'),
    LEDGER_FILE: join(at, 'erasures.log'),
    AUDIT_ANCHOR_FILE: join(at, 'head'),
  };
  return { ...env, ...places, ...(url === null ? {} : { DATABASE_URL: url }) };
}
