// Logging of faults without personal data, and not too often.

import type { Logger } from 'pino';
import type { WorkerOptions } from '../worker.ts';

/**
 * Reduces an error to what may be logged: name, code and place. Never its message, which can contain an address or a
 * line of text.
 */
export function safeError(error: unknown): { readonly error: string; readonly code?: string; readonly where: string } {
  if (!(error instanceof Error)) return { error: typeof error, where: '' };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const where = frames.slice(0, 8).map((line) => line.trim());
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { error: error.name, ...code, where: where.join(' < ') };
}

/** Logs each of the faults that a run threw together. */
export function logEach(log: Pick<Logger, 'error'>, words: string): WorkerOptions['onFault'] {
  return (error) => {
    const faults: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
    for (const fault of faults) log.error(safeError(fault), words);
  };
}

/** Logs once each time that it stops working: after a changed password it fails every minute for days. */
export function logChanges(
  log: Pick<Logger, 'warn' | 'info'>,
  words: { readonly fails: string; readonly works: string },
): Pick<WorkerOptions, 'onFault' | 'onRecovery'> {
  return {
    onFault(error, { again, stopping }) {
      if (!again && !stopping) log.warn(safeError(error), words.fails);
    },
    onRecovery: () => log.info(words.works),
  };
}
