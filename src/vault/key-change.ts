// The files of a change of the master key. The present one is replaced in one step, so that at every moment each key that
// the database may belong to is whole on the disk: the next one is, before the database is changed, and the former one stays.

import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { loadMasterKey, syncFolder } from './master-key.ts';

const FORMER = /^\.before-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z$/u;

export interface FormerKey {
  readonly file: string;
  /** When it was replaced, ISO 8601, UTC. */
  readonly at: string;
}

/** The key that takes the place of the one in `file`. */
export function nextKeyFile(file: string): string {
  return `${file}.new`;
}

/** Null if there is none, or if it was not written to its end: then no database belongs to it. */
export function readNextKey(file: string): Buffer | null {
  const next = nextKeyFile(file);
  if (!existsSync(next) || readFileSync(next).length < 44) return null;
  return loadMasterKey({ file: next, mayMake: false }).key;
}

/** In place of one that no database belongs to. On the disk before it returns. @throws {MasterKeyError} */
export function makeNextKey(file: string): Buffer {
  const next = nextKeyFile(file);
  rmSync(next, { force: true });
  loadMasterKey({ file: next });
  // Read back: the database will belong to what is on the disk.
  return loadMasterKey({ file: next, mayMake: false }).key;
}

/** The next key becomes the present one. Returns the file of the former one. */
export function takeNextKey(file: string, now: Date): string {
  const former = keepFormerKey(file, now);
  renameSync(nextKeyFile(file), file);
  syncFolder(dirname(file));
  return former;
}

function keepFormerKey(file: string, now: Date): string {
  const text = readFileSync(file, 'utf8');
  const kept = formerKeys(file).find((one) => readFileSync(one.file, 'utf8') === text);
  if (kept !== undefined) return kept.file;
  const former = formerKeyFile(file, now);
  const draft = `${file}.before`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, former);
  syncFolder(dirname(file));
  return former;
}

/** Of this second, or of the next one that has none. */
function formerKeyFile(file: string, now: Date): string {
  const former = `${file}.before-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
  return existsSync(former) ? formerKeyFile(file, new Date(now.getTime() + 1_000)) : former;
}

/** Newest first. */
export function formerKeys(file: string): readonly FormerKey[] {
  const [folder, name] = [dirname(file), basename(file)];
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((one) => {
      const [, day, ...time] = (one.startsWith(name) ? FORMER.exec(one.slice(name.length)) : null) ?? [];
      return day === undefined ? [] : [{ file: join(folder, one), at: `${day}T${time.join(':')}.000Z` }];
    })
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
}
