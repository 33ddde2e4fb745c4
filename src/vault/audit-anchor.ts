// The last row of the audit log, in a file outside the database: number and hash. It reveals if rows were cut off at
// the end. One line: version, number, hash, time, and an HMAC over them under the master key.

import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './master-key.ts';
import { fingerprint, type MasterKeys } from './seal.ts';

export interface AuditHead {
  readonly number: number;
  readonly hash: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export type AnchorRead =
  | { readonly kind: 'head'; readonly head: AuditHead }
  | { readonly kind: 'missing' }
  /** Not written by this program with this key, or damaged. */
  | { readonly kind: 'broken' };

/** Replaces the file atomically and durably: after a crash it has the old line or the new one. */
export function writeAnchor(file: string, master: MasterKeys, head: AuditHead): void {
  // Another process may write it at the same moment, and in another container have the same number.
  const draft = `${file}.${randomUUID()}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, `${lineOf(head)} ${macOf(master, head)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
  syncFolder(dirname(file));
}

/** @throws if the file exists and cannot be read. */
export function readAnchor(file: string, master: MasterKeys): AnchorRead {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'missing' };
    throw error;
  }
  const [version, number, hash, at, mac, ...rest] = text.trimEnd().split(' ');
  if (version !== '1' || !number || !hash || !at || !mac || rest.length > 0) return { kind: 'broken' };
  const head = { number: Number(number), hash, at };
  return Number.isSafeInteger(head.number) && mac === macOf(master, head) ? { kind: 'head', head } : { kind: 'broken' };
}

function lineOf({ number, hash, at }: AuditHead): string {
  return `1 ${number} ${hash} ${at}`;
}

function macOf(master: MasterKeys, head: AuditHead): string {
  return fingerprint(master, 'audit-anchor', lineOf(head));
}
