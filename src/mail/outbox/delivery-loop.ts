// Runs deliverDue() again and again, one run at a time. A run that throws is logged and the next one goes on.

import type { Store } from '../../store/store.ts';
import { deliverDue } from './deliver-due.ts';
import type { DeliveryDeps, UnderWay } from './deliver-due.ts';
import { LEASE_TIMES, watchLeases } from './mail-lease.ts';
import { safeError } from '../safe-error.ts';

export interface DeliveryLoop {
  /** Resolves when the mails in progress have ended (with a silent server, after ten minutes); no further one begins. */
  stop(): Promise<void>;
  /** Runs at once, or once more after the run in progress: something has just been approved. */
  kick(): void;
  /** Resolves when all that is due at this moment has been attempted, at most twenty mails. */
  settle(): Promise<void>;
}

export type LoopDeps = DeliveryDeps & { readonly store: Pick<Store, 'sendingMails' | 'takeOverMail'> };

/** Runs at once, then `everyMs` milliseconds after the end of each run. */
export function startDeliveryLoop(deps: LoopDeps, everyMs: number): DeliveryLoop {
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  const stopping = new AbortController();
  let kicked = false;
  const underWay: UnderWay = new Map();
  const takeOver = watchLeases({ ...deps, times: deps.lease ?? LEASE_TIMES, isUnderWay: (mail) => underWay.has(mail) });

  const run = async (): Promise<void> => {
    try {
      // A mail that this process is said to hand over, and does not, was left by a run that failed.
      const taken = await takeOver();
      if (taken > 0) deps.log.warn({ mails: taken }, 'taken over from a process that is gone');
      await deliverDue(deps, stopping.signal, underWay);
    } catch (error) {
      for (const fault of faultsIn(error)) deps.log.error(safeError(fault), 'a delivery run failed');
    }
  };
  const ended = (): void => {
    running = null;
    if (stopping.signal.aborted) return;
    timer = setTimeout(begin, kicked ? 0 : everyMs);
    kicked = false;
  };
  const begin = (): void => {
    clearTimeout(timer);
    running = run().then(ended);
  };
  begin();

  const kick = (): void => {
    if (stopping.signal.aborted) return;
    if (running === null) begin();
    else kicked = true;
  };

  return {
    kick,
    async settle() {
      await running;
      kick();
      await running;
      await Promise.all(underWay.values());
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await running;
      await Promise.all(underWay.values());
    },
  };
}

function faultsIn(error: unknown): readonly unknown[] {
  return error instanceof AggregateError ? error.errors : [error];
}
