// The backup part of the environment; read by config.ts.

import { resolve } from 'node:path';
import { z } from 'zod';

const text = z.string().trim().min(1);

export const backupShape = {
  BACKUP_DIR: text.optional(),
  BACKUP_KEYS: text.optional(),
};

interface Environment {
  readonly BACKUP_DIR?: string | undefined;
  readonly BACKUP_KEYS?: string | undefined;
}

export interface BackupConfig {
  readonly dir: string;
  /** The age recipients that can open a backup. */
  readonly recipientsFile: string;
}

/** Null: none are made. */
export function backupOf({ BACKUP_DIR: dir, BACKUP_KEYS: keys }: Environment): BackupConfig | null {
  return dir === undefined || keys === undefined ? null : { dir: resolve(dir), recipientsFile: resolve(keys) };
}

export function backupProblems({ BACKUP_DIR: dir, BACKUP_KEYS: keys }: Environment): readonly string[] {
  if ((dir === undefined) === (keys === undefined)) return [];
  return ['BACKUP_DIR: BACKUP_DIR and BACKUP_KEYS are needed together (docs/operate.md)'];
}
