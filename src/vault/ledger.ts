// The ledger of data that must not come back: an append-only file outside the database, which tells a restored backup
// what was erased, cancelled or sent since it was made. It contains hashes, never ids. One line: version, kind, hash,
// time. docs/decisions/0012-ledger.md says why each kind is written when it is.

import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './master-key.ts';

const KINDS = ['person', 'case', 'mail', 'done'] as const;
/** `done`: the database has committed the erasure with the same hash. */
export type LedgerKind = (typeof KINDS)[number];

export interface LedgerEntry {
  readonly kind: LedgerKind;
  /** HMAC of the id. */
  readonly fingerprint: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}

export interface Ledger {
  /** On the disk (fsync) before it returns. */
  append(entry: LedgerEntry): void;
  /** Oldest first: all of the file, also those that other processes have appended. */
  entries(): readonly LedgerEntry[];
  close(): void;
}

/**
 * Makes the file (0600) if it does not exist. A last line without its end was never confirmed: it is cut off.
 * @throws {LedgerError} if a complete line cannot be read: an operator should look before anything is sent.
 */
export function openLedger(file: string): Ledger {
  const isNew = !existsSync(file);
  const handle = openSync(file, 'a+', 0o600);
  if (isNew) syncFolder(dirname(file));
  const text = readFileSync(file, 'utf8');
  const { whole, entries } = readLedger(text, file);
  if (whole.length < text.length) {
    ftruncateSync(handle, Buffer.byteLength(whole));
    fsyncSync(handle);
  }
  let size = Buffer.byteLength(whole);
  return {
    append(entry) {
      writeSync(handle, `1 ${entry.kind} ${entry.fingerprint} ${entry.at}\n`);
      fsyncSync(handle);
    },
    entries() {
      const added = Buffer.alloc(Math.max(0, fstatSync(handle).size - size));
      readSync(handle, added, 0, added.length, size);
      const more = readLedger(added.toString('utf8'), file);
      size += Buffer.byteLength(more.whole);
      entries.push(...more.entries);
      return entries;
    },
    close: () => closeSync(handle),
  };
}

/** The command that makes an empty one; it leaves a file that is there as it is. */
export const emptyLedger = (file: string): string => `touch ${file} && chmod 600 ${file}`;

/**
 * `whole`: the text without a last line that has no end.
 * @throws {LedgerError}
 */
export function readLedger(text: string, file: string): { readonly whole: string; readonly entries: LedgerEntry[] } {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = whole.split('\n').slice(0, -1);
  return { whole, entries: lines.map((line, index) => parseLine(line, `${file}, line ${index + 1}`)) };
}

function parseLine(line: string, where: string): LedgerEntry {
  const [version, kind, fingerprint, at, ...rest] = line.split(' ');
  const known = KINDS.find((one) => one === kind);
  if (version !== '1' || known === undefined || !fingerprint || !at || rest.length > 0) {
    throw new LedgerError(`The ledger of erasures cannot be read (${where}).`);
  }
  return { kind: known, fingerprint, at };
}
