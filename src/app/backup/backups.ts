// The folder of backups: their names say their time, and after seven days they are removed.

import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf } from '../../store/backup/rows-file.ts';
import { withSnapshot } from '../../store/backup/read-rows.ts';
import type { DatabaseAt } from '../../store/open.ts';
import { writeAge } from './age-file.ts';

/** Days after which a backup is removed: it still holds people who were erased since. */
export const KEPT_DAYS = 7;
const DAY = 24 * 3_600_000;
const NAME = /^griot-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z\.age$/u;

/** One copy of the ledger, always the newest: an older one would bring back what was erased since. */
export const LEDGER_NAME = 'griot-ledger.age';

export interface Backup {
  readonly file: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Newest first; only whole ones. */
export function backupsIn(folder: string): readonly Backup[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const [, day, ...time] = NAME.exec(name) ?? [];
      return day === undefined ? [] : [{ file: join(folder, name), at: `${day}T${time.join(':')}.000Z` }];
    })
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
}

export interface Made extends Backup {
  readonly bytes: number;
  readonly removed: number;
}

/** The database as at one moment; the server may go on writing. */
export async function makeBackup(
  at: DatabaseAt,
  { folder, recipients, now }: { readonly folder: string; readonly recipients: readonly string[]; readonly now: Date },
): Promise<Made> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const time = `${now.toISOString().slice(0, 19)}.000Z`;
  const file = join(folder, `griot-${time.slice(0, 19).replaceAll(':', '-')}Z.age`);
  await withSnapshot(at, (snapshot) => writeAge(file, linesOf(snapshot, time), recipients));
  const old = backupsIn(folder).filter((one) => now.getTime() - Date.parse(one.at) > KEPT_DAYS * DAY);
  for (const one of old) rmSync(one.file);
  removeHalves(folder, now);
  return { file, at: time, bytes: statSync(file).size, removed: old.length };
}

/** Of backups that were interrupted; one that is being made is younger than a day. */
function removeHalves(folder: string, now: Date): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (name.endsWith('.age.part') && now.getTime() - statSync(file).mtimeMs > DAY) rmSync(file, { force: true });
  }
}
