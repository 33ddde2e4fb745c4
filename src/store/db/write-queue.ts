// One writer for SQLite. Every job is one transaction for its caller; jobs that wait at the same time share one durable
// commit, each in its own savepoint, because the commit (an fsync) is the expensive part. A job resolves only after
// that commit. docs/decisions/0011-one-writer.md.

import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';

interface Job {
  run(): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Outcome =
  { readonly kind: 'done'; readonly value: unknown } | { readonly kind: 'failed'; readonly error: unknown };

/** Most jobs per commit: limits how long the first of them waits for the others. */
const BATCH = 64;
const RETRY_MS = 20;
const SQLITE_BUSY = 5;

export class WriteQueue {
  readonly #db: DatabaseSync;
  readonly #patience: number;
  readonly #jobs: Job[] = [];
  #running: Promise<void> | null = null;

  /** `patience`: milliseconds to wait for another process's lock before a job fails. */
  constructor(db: DatabaseSync, patience: number) {
    this.#db = db;
    this.#patience = patience;
  }

  /** Runs `work` in a transaction of the one connection. `work` may run a second time, after a full rollback. */
  add<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push({ run: work, resolve: (value) => resolve(value as T), reject });
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when no job waits or runs. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #drain(): Promise<void> {
    await Promise.resolve(); // lets all that are ready in this tick join the first batch
    while (this.#jobs.length > 0) {
      const batch = this.#jobs.splice(0, BATCH);
      const together = await this.#commit(batch);
      if (together) continue;
      for (const job of batch) await this.#commit([job]);
    }
    this.#running = null;
  }

  /** Returns false if the whole batch was rolled back and each job should be tried alone; a single job always resolves. */
  async #commit(batch: readonly Job[]): Promise<boolean> {
    const outcomes: Outcome[] = [];
    try {
      await this.#begin();
      for (const job of batch) outcomes.push(await this.#runOne(job, batch.length > 1));
      if (batch.length === 1 && outcomes[0]?.kind === 'failed') this.#rollback();
      else this.#db.exec('commit');
    } catch (error) {
      this.#rollback();
      if (batch.length > 1) return false;
      batch[0]?.reject(error);
      return true;
    }
    for (const [index, job] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome?.kind === 'done') job.resolve(outcome.value);
      else job.reject(outcome?.error);
    }
    return true;
  }

  async #runOne(job: Job, guarded: boolean): Promise<Outcome> {
    if (guarded) this.#db.exec('savepoint job');
    try {
      const value = await job.run();
      if (guarded) this.#db.exec('release job');
      return { kind: 'done', value };
    } catch (error) {
      // A full disk or an I/O error may have ended the transaction: the whole batch is then rolled back.
      if (!this.#db.isTransaction) throw error;
      if (guarded) this.#db.exec('rollback to job; release job');
      return { kind: 'failed', error };
    }
  }

  /** IMMEDIATE: a deferred transaction that must upgrade fails with SQLITE_BUSY_SNAPSHOT, whatever the timeout. */
  async #begin(): Promise<void> {
    const end = performance.now() + this.#patience;
    for (;;) {
      try {
        this.#db.exec('begin immediate');
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > end) throw error;
        await wait(RETRY_MS);
      }
    }
  }

  #rollback(): void {
    if (this.#db.isOpen && this.#db.isTransaction) this.#db.exec('rollback');
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}
