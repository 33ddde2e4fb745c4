// The backups: whether there is one of today, and whether they are apart.

import { existsSync, readFileSync } from 'node:fs';
import type { Config } from '../../config/config.ts';
import { formerKeys } from '../../vault/key-change.ts';
import { parseRecipients } from '../backup/age-file.ts';
import { backupsIn, KEPT_DAYS } from '../backup/backups.ts';
import { isInside } from './files.ts';
import { fine, type Finding, sayError, toDo } from './finding.ts';
import { counted } from '../../counted.ts';

const HOUR = 3_600_000;
/** Hours after which the newest one is old: a day, and time for making the next. */
const OLD = 26;

/** `at`: of the newest one, ISO 8601. */
export function isOldBackup(at: string, now: Date): boolean {
  return Math.floor((now.getTime() - Date.parse(at)) / HOUR) > OLD;
}

export async function findBackup(
  { backup, trial, dataDir, masterKeyFile }: Config,
  now: Date,
): Promise<readonly Finding[]> {
  const run = 'npm run -s griot -- backup';
  if (backup === null) {
    const mend = 'Set BACKUP_DIR and BACKUP_KEYS, and run griot backup every day: docs/operate.md.';
    return trial ? [] : [toDo('backup', 'none is made', mend)];
  }
  const { dir, recipientsFile } = backup;
  if (isInside(masterKeyFile, dir) || isInside(dir, dataDir))
    return [
      toDo('backup', `${dir} is in one place with data or key`, 'Choose another BACKUP_DIR, best on another machine.'),
    ];
  try {
    await parseRecipients(readFileSync(recipientsFile, 'utf8'));
  } catch (error) {
    return [
      toDo('backup', `BACKUP_KEYS: ${sayError(error)}`, `Correct ${recipientsFile}: age recipients, one a line.`),
    ];
  }
  const all = existsSync(dir) ? backupsIn(dir) : [];
  const [newest] = all;
  if (newest === undefined) return [toDo('backup', `there is none in ${dir}`, run)];
  const says = `the newest is of ${newest.at}`;
  const [former] = formerKeys(masterKeyFile);
  if (former !== undefined && newest.at < former.at)
    return [toDo('backup', `${says}, before the change of the master key: only the former key opens it`, run)];
  const old = all.filter(({ at }) => now.getTime() - Date.parse(at) > (KEPT_DAYS + 1) * 24 * HOUR);
  return [
    isOldBackup(newest.at, now)
      ? toDo('backup', `${says}: older than a day`, `${run}; look why it did not run`)
      : fine('backup', says),
    ...(old.length === 0
      ? []
      : [
          toDo(
            'backup',
            `older than ${KEPT_DAYS} days: ${counted(old.length, 'backup')}, with everybody who was erased since`,
            `${run} removes what is too old`,
          ),
        ]),
  ];
}
