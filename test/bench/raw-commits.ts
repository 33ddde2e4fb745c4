// What the disk gives: one row, one durable commit, with the pragmas of the store (store/db/sqlite.ts).

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { WriteQueue } from '../../src/store/db/sqlite.ts';

const PATIENCE = 30_000;

export interface RawCommits {
  /** One row after the other. */
  commit(): Promise<void>;
  /** Through the store's queue: rows that wait at the same time share a commit. */
  commitShared(): Promise<void>;
  close(): void;
}

export function openRawCommits(): RawCommits {
  const dir = mkdtempSync(join(tmpdir(), 'griot-bench-raw-'));
  const db = new DatabaseSync(join(dir, 'raw.db'));
  db.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; pragma temp_store = memory',
  );
  db.exec('create table rows (id integer primary key, text text not null)');
  const insert = db.prepare('insert into rows (text) values (?)');
  const queue = new WriteQueue(db, PATIENCE);
  const write = () => insert.run('They killed my brother in March.');
  return {
    commit() {
      db.exec('begin immediate');
      write();
      db.exec('commit');
      return Promise.resolve();
    },
    commitShared: () =>
      queue.add(() => {
        write();
        return Promise.resolve();
      }),
    close() {
      db.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
