// Backups: made while the server runs, and proven by opening them. docs/decisions/0206-backups.md.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseIdentities, parseRecipients, readAge, writeAge } from '../app/backup/age-file.ts';
import { backupsIn, KEPT_DAYS, LEDGER_NAME, makeBackup } from '../app/backup/backups.ts';
import { isInside } from '../app/doctor/files.ts';
import { databaseAt, masterKeyOf } from '../app/open-store.ts';
import { type Config, readConfig, type Secrets } from '../config/config.ts';
import { restoreRows } from '../store/backup/restore.ts';
import type { Sample } from '../store/backup/sample.ts';
import { lookAtStore } from '../store/look.ts';
import type { DatabaseAt } from '../store/open.ts';
import { readLedger } from '../vault/ledger.ts';
import { loadMasterKey } from '../vault/master-key.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';
import { counted } from '../counted.ts';

export interface BackupGiven {
  readonly verify?: boolean | undefined;
  readonly identity?: string | undefined;
  readonly key?: string | undefined;
}

export async function backup({ values, positionals: [file] }: Given<BackupGiven>, io: Io): Promise<number> {
  const { config, secrets } = readConfig(io.environment);
  if (values.verify === true) return verify(config, secrets, { file, ...values }, io);
  if (file !== undefined || values.identity !== undefined || values.key !== undefined)
    throw new UsageError('A file, --identity and --key go with --verify.');
  const folder = folderOf(config);
  const recipients = await parseRecipients(readFileSync(recipientsFileOf(config), 'utf8'));
  const at = databaseAt(config, secrets);
  // A database that does not open is no backup.
  const opened = await sampleOf(at, masterKeyOf(config, secrets));
  const made = await makeBackup(at, { folder, recipients, now: new Date() });
  const how = at.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  io.say(`Backup: ${made.file}, ${megabytes(made.bytes)}, of ${how}, read in one transaction.`);
  io.say(`Encrypted to ${counted(recipients.length, 'age recipient')}. Before, ${told(opened)}.`);
  if (made.removed > 0) io.say(`Removed: ${made.removed} older than ${KEPT_DAYS} days.`);
  const ledger = join(folder, LEDGER_NAME);
  await writeAge(ledger, ledgerLines(config), recipients);
  io.say(`Ledger: ${ledger}, the newest in place of the one before.`);
  return 0;
}

async function verify(
  config: Config,
  secrets: Secrets,
  { file, identity, key }: Omit<BackupGiven, 'verify'> & { readonly file: string | undefined },
  io: Io,
): Promise<number> {
  if (identity === undefined) throw new UsageError('Give the file of the secret key: --identity FILE');
  const newest = file ?? backupsIn(folderOf(config))[0]?.file;
  if (newest === undefined) throw new OperatorError('There is no backup.');
  const temporary = mkdtempSync(join(tmpdir(), 'griot-verify-'));
  try {
    const at = { kind: 'sqlite', file: join(temporary, 'griot.db') } as const;
    const lines = readAge(newest, parseIdentities(readFileSync(identity, 'utf8')));
    const { head, rows } = await restoreRows(lines, at);
    if (key === undefined && secrets.masterKey === null && !existsSync(config.masterKeyFile))
      throw new OperatorError(
        `${newest} can be decrypted, and holds ${counted(rows, 'row')} of ${head.at}. To open a sample, the master key is needed, too: --key FILE, a copy of it on this machine.`,
      );
    const master = key === undefined ? masterKeyOf(config, secrets) : loadMasterKey({ file: key, mayMake: false }).key;
    const opened = await sampleOf(at, master);
    io.say(`${newest} is whole: ${counted(rows, 'row')} of ${head.at}. In a temporary place ${told(opened)}.`);
    return 0;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** `people`: how many; default a few. Throws OperatorError if the database does not open with this key. */
export async function sampleOf(database: DatabaseAt, masterKey: Buffer, people?: number): Promise<Sample> {
  return lookAtStore({ database, masterKey, now: () => new Date().toISOString() }, async (looked) => {
    if (looked.kind === 'store') return looked.sample(people);
    if (looked.kind === 'other-key') throw new OperatorError(FORMER_KEY);
    const why = { empty: 'is empty', older: OTHER, newer: OTHER };
    throw new OperatorError(
      `The database ${why[looked.kind]}. Start the server once, or see: npm run -s griot -- doctor`,
    );
  });
}

const OTHER = 'is of another version than this program';
const FORMER_KEY =
  'It belongs to another master key, perhaps to the one before a change of the key. Give that one: --key FILE (a change leaves it as master.key.before-…, in the folder of the key).';

export function told({ people, keys, lines }: Sample): string {
  return `${counted(keys, 'key')} and ${counted(lines, 'message')} of ${counted(people, 'person', 'people')} were opened`;
}

function folderOf({ backup: set, dataDir, masterKeyFile, ledgerFile }: Config): string {
  if (set === null) throw new OperatorError('Set BACKUP_DIR and BACKUP_KEYS: docs/operate.md.');
  const { dir } = set;
  if (
    [masterKeyFile, ledgerFile].some((file) => isInside(file, dir)) ||
    resolve(dir) === dataDir ||
    isInside(dir, dataDir)
  )
    throw new OperatorError(`BACKUP_DIR=${dir} must be apart from the data, the master key and the ledger.`);
  return dir;
}

function recipientsFileOf({ backup: set }: Config): string {
  return set?.recipientsFile ?? '';
}

async function* ledgerLines({ ledgerFile }: Config): AsyncIterable<string> {
  await Promise.resolve();
  // A line that is being written is in the next backup.
  const { whole } = readLedger(readFileSync(ledgerFile, 'utf8'), ledgerFile);
  yield* whole.split('\n').slice(0, -1);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
