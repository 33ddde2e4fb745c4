// On SQLite one server writes a database at a time. The lock is the operating system's: it ends with the process, however that ends.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export class NotAloneError extends Error {
  override readonly name = 'NotAloneError';
}

/** Until the returned function is called, or the end of the process. Commands may go on meanwhile. @throws {NotAloneError} if another server has it. */
export function claimAlone(file: string): () => void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(`${file}-server`, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (!(error instanceof Error && 'errcode' in error && error.errcode === 5)) throw error;
    throw new NotAloneError(
      `Another server runs on ${file}. On SQLite there is one; several need PostgreSQL: DATABASE_URL (docs/server.md). Nothing was changed.`,
    );
  }
  held.add(lock);
  return () => {
    if (held.delete(lock)) lock.close();
  };
}

/** A connection that nothing refers to would be closed. */
const held = new Set<DatabaseSync>();
