// A change of the master key: one that was interrupted, and former keys that are there longer than their backups.

import type { Config, Secrets } from '../../config/config.ts';
import { formerKeys } from '../../vault/key-change.ts';
import { KEPT_DAYS } from '../backup/backups.ts';
import { nextKeyOf } from '../open-store.ts';
import { type Finding, note, stops, toDo } from './finding.ts';

const DAY = 24 * 3_600_000;
const MEND = 'Stop the server, then: npm run -s griot -- key rotate. It goes on and ends; nothing is lost.';

export const UNFINISHED = stops(
  'key',
  'a change of the master key was interrupted: the database belongs to the new key, which is not in its place yet',
  MEND,
);
export const BEGUN = toDo(
  'key',
  'a change of the master key was begun, and nothing was changed yet: the old key is in force',
  MEND,
);

/** Null if there is none that can be used. */
export function begunKey(config: Config, secrets: Secrets): Buffer | null {
  try {
    return nextKeyOf(config, secrets);
  } catch {
    return null;
  }
}

export function findFormerKeys({ masterKeyFile }: Config, now: Date): readonly Finding[] {
  const all = formerKeys(masterKeyFile).map(({ file, at }) => ({ file, until: Date.parse(at) + KEPT_DAYS * DAY }));
  const needed = all.filter(({ until }) => until >= now.getTime());
  const old = all.filter((one) => !needed.includes(one));
  return [
    ...needed.map(({ file, until }) =>
      note('key', `${file}: a former key; backups need it until ${new Date(until).toISOString().slice(0, 10)}`),
    ),
    ...old.map(({ file }) =>
      toDo('key', `${file}: a former key that no backup needs any more`, 'Destroy it, and every copy of it.'),
    ),
  ];
}
