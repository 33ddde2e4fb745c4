// Tells staff by mail when a case needs a person.

import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { StaffMailDeps } from '../mail/notices/staff-notice.ts';
import { logChanges } from '../mail/safe-error.ts';
import type { DeskDeps } from '../staff/desk.ts';
import { parseStaffKeys, type StaffKeys, StaffKeysError, tellStaff } from '../staff/forward/tell-staff.ts';
import { startWorker } from '../worker.ts';

export interface NoticesOptions {
  readonly config: Config;
  /** Null if STAFF_EMAIL is not set: then nobody is told. */
  readonly mail: StaffMailDeps | null;
  readonly desk: Pick<DeskDeps, 'store' | 'audit'>;
  readonly log: Logger;
  /** Milliseconds between two looks. */
  readonly lookEvery: number;
}

/** Begins at once. Rejects if a key of STAFF_KEYS cannot encrypt. */
export async function openNotices(options: NoticesOptions): Promise<{ stop(): Promise<void> }> {
  const { config, mail, desk, log, lookEvery } = options;
  const keys = await readKeys(config.staffKeysFile, mail?.now() ?? new Date());
  if (mail === null) return { stop: () => Promise.resolve() };
  const deskUrl = new URL('desk', config.publicUrl);
  const { staffNeeds: needs, desk: rows } = desk.store;
  return startWorker((signal) => tellStaff({ needs, desk: rows, audit: desk.audit, mail, keys, deskUrl }, signal), {
    everyMs: lookEvery,
    ...logChanges(log, { fails: 'the staff cannot be told by mail', works: 'the staff can be told by mail again' }),
  });
}

async function readKeys(file: string | null, now: Date): Promise<StaffKeys | null> {
  if (file === null) return null;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new StaffKeysError(`STAFF_KEYS cannot be used: ${file} cannot be read.`);
  }
  return parseStaffKeys(text, now);
}
