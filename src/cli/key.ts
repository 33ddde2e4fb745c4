// Another master key for the same data. docs/decisions/0231-change-of-the-master-key.md says what changes with it.

import { databaseAt, masterKeyOf, nextKeyOf, openConfiguredStore } from '../app/open-store.ts';
import { KEPT_DAYS } from '../app/backup/backups.ts';
import { type Config, readConfig, type Secrets } from '../config/config.ts';
import { openAudit } from '../staff/audit/audit.ts';
import { changeMasterKey } from '../store/encryption/change-key.ts';
import { lookAtStore } from '../store/look.ts';
import { type DatabaseAt, openDatabase } from '../store/open.ts';
import { makeNextKey, takeNextKey } from '../vault/key-change.ts';
import { sampleOf, told } from './backup.ts';
import { type Given, type Io, OperatorError } from './command.ts';
import { expectStopped } from './stopped.ts';

const GO_ON =
  'Copy the new key at once to a place apart from data and backups. Then start the server; staff sign in again.';

/** Goes on with a change that was interrupted. */
export async function rotateKey(_given: Given<unknown>, io: Io): Promise<number> {
  const { config, secrets } = readConfig(io.environment);
  const at = databaseAt(config, secrets);
  const present = masterKeyOf(config, secrets);
  const begun = nextKeyOf(config, secrets);
  if (begun?.equals(present) === true)
    throw new OperatorError('The new key is the same as the present one. Nothing was changed.');
  const release = await expectStopped(at);
  try {
    const isHalf = begun !== null && (await opens(at, begun));
    if (!isHalf && !(await opens(at, present)))
      throw new OperatorError(
        'The database belongs to another master key. Put the right one back. Nothing was changed.',
      );
    const next = isHalf ? begun : nextKey(config, secrets, begun);
    if (!isHalf) await change(at, present, next);
    const opened = await prove(config, secrets, next);
    io.say(`The database belongs to the new master key. With it ${opened}.`);
    if (secrets.masterKey === null) {
      const former = takeNextKey(config.masterKeyFile, new Date());
      io.say(`New key: ${config.masterKeyFile}. ${GO_ON}`);
      io.say(
        `Old key: ${former}. Backups made until now need it: restore FILE --key ${former}. Destroy it, and every copy, in ${KEPT_DAYS} days.`,
      );
    } else {
      io.say(`Set MASTER_KEY to the value of MASTER_KEY_NEW, and take MASTER_KEY_NEW away. ${GO_ON}`);
      io.say(`Backups made until now need the old key: restore FILE --key FILE. Destroy it in ${KEPT_DAYS} days.`);
    }
    return 0;
  } finally {
    release();
  }
}

function nextKey({ masterKeyFile }: Config, { masterKey }: Secrets, begun: Buffer | null): Buffer {
  if (masterKey === null) return makeNextKey(masterKeyFile);
  if (begun !== null) return begun;
  throw new OperatorError(
    'The key comes from MASTER_KEY: set MASTER_KEY_NEW to the new one, e.g. from `openssl rand -base64 32`. Nothing was changed.',
  );
}

async function opens(database: DatabaseAt, masterKey: Buffer): Promise<boolean> {
  const looking = { database, masterKey, now: () => new Date().toISOString() };
  const kind = await lookAtStore(looking, (looked) => Promise.resolve(looked.kind));
  if (kind === 'store' || kind === 'other-key') return kind === 'store';
  throw new OperatorError('The database is empty, or of another version than this program. Start the server once.');
}

async function change(at: DatabaseAt, present: Buffer, next: Buffer): Promise<void> {
  const database = await openDatabase(at);
  try {
    await changeMasterKey(database, present, next);
  } finally {
    await database.close();
  }
}

/** Opens everything with the new key, as at a start, and notes it in the audit log. Throws if something does not open. */
async function prove(config: Config, secrets: Secrets, next: Buffer): Promise<string> {
  const opened = await sampleOf(databaseAt(config, secrets), next, Infinity);
  const withNext = { ...secrets, masterKey: next.toString('base64') };
  const { store } = await openConfiguredStore(config, withNext, () => new Date());
  try {
    const faults: unknown[] = [];
    const { auditAnchorFile: anchorFile } = config;
    const audit = openAudit({
      rows: store.audit,
      master: store.keys,
      anchorFile,
      onFault: (error) => faults.push(error),
    });
    await audit.record({ staff: null, action: 'key.change', detail: `keys ${opened.keys}` });
    if (faults.length > 0) throw faults[0];
  } finally {
    await store.close();
  }
  return told(opened);
}
