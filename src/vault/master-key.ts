// The key on which all others depend. It comes from the configuration, or from a file made at first start; it is never
// in the database, a log or a backup of the data.

import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export const KEY_BYTES = 32;

/** Only the operator can fix it; the message says what and how, and never contains key material. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

export interface MasterKey {
  readonly key: Buffer;
  /** True if the file was made just now: the operator must be told to back it up, apart from the data. */
  readonly made: boolean;
}

/**
 * `fromConfig`: 32 bytes in base64; overrides the file. `file`: 44 characters of base64 and a line end, mode 0600, made
 * if it does not exist; but not if there is data sealed with another key (`mayMake`: false).
 * @throws {MasterKeyError} wrong length, not base64, wider permissions than 0600, unreadable, lost.
 */
export function loadMasterKey(options: {
  readonly fromConfig?: string;
  readonly file: string;
  readonly mayMake?: boolean;
}): MasterKey {
  if (options.fromConfig !== undefined) {
    return { key: parseKey(options.fromConfig, 'The configured master key'), made: false };
  }
  const found = readKeyFile(options.file);
  if (found === null && options.mayMake === false) {
    throw new MasterKeyError(
      `The master key file ${options.file} is not there, but there is data that needs it. Put the key back; nothing was changed.`,
    );
  }
  return found ?? makeKeyFile(options.file);
}

function readKeyFile(file: string): MasterKey | null {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw new MasterKeyError(`The master key file ${file} cannot be opened.`, { cause: error });
  }
  try {
    const { mode } = fstatSync(handle);
    if ((mode & 0o077) !== 0) {
      throw new MasterKeyError(
        `The master key file ${file} can be read by others (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 ${file}`,
      );
    }
    return { key: parseKey(readFileSync(handle, 'utf8'), `The master key file ${file}`), made: false };
  } finally {
    closeSync(handle);
  }
}

function makeKeyFile(file: string): MasterKey {
  const key = randomBytes(KEY_BYTES);
  // Under another name first: a key file is whole, whenever the power or the disk fails. A name that nobody else has: what a killed
  // process left stops no later one, and in containers all have the same process id.
  const draft = `${file}.${randomUUID()}.part`;
  try {
    const handle = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(handle, `${key.toString('base64')}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    // Fails if the file is there by now, as a renaming would not.
    linkSync(draft, file);
  } catch (error) {
    const why = hasCode(error, 'ENOSPC') ? 'cannot be written: is the disk full?' : 'cannot be made.';
    throw new MasterKeyError(`The master key file ${file} ${why}`, { cause: error });
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(dirname(file));
  return { key, made: true };
}

/** A new file survives a power cut only if its folder is also written to disk. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function parseKey(text: string, what: string): Buffer {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  if (key.length !== KEY_BYTES || key.toString('base64') !== trimmed) {
    throw new MasterKeyError(`${what} must be exactly ${KEY_BYTES} bytes in base64 (44 characters).`);
  }
  return key;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
