// What is kept no longer than people were told. A run that fails is an alarm, not a shrug.

import type { Logger } from 'pino';
import type { Store } from '../store.ts';

const HOUR = 3_600_000;
/** Hours for which words written before the yes are held. */
export const HELD_HOURS = 24;

export interface RetentionDeps {
  readonly store: Pick<Store, 'purge'>;
  readonly now: () => Date;
  readonly keep: { readonly idleDays: number; readonly closedDays: number; readonly voiceDays?: number };
  /** After each run that erased something: how many. */
  readonly onErased?: (erased: Awaited<ReturnType<Store['purge']>>) => Promise<void>;
  readonly onFault: (error: unknown) => void;
  readonly log: Pick<Logger, 'info'>;
}

function daysOf({ idleDays, closedDays, voiceDays }: RetentionDeps['keep']) {
  return { idleDays, closedDays, ...(voiceDays === undefined ? {} : { voiceDays }) };
}

/** Erases what is due now, and every hour from now on. */
export function startRetention({ store, now, keep, onErased, onFault, log }: RetentionDeps): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    try {
      const erased = await store.purge(now().toISOString(), { ...daysOf(keep), heldHours: HELD_HOURS });
      if (erased.drafts + erased.closed + erased.held === 0) return;
      log.info(erased, 'erased what was kept long enough');
      await onErased?.(erased);
    } catch (error) {
      onFault(error);
    }
  };
  const begin = () => {
    running = running.then(run);
  };
  begin();
  const timer = setInterval(begin, HOUR);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
