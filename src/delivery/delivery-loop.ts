// Runs deliverDue() again and again, one run at a time. A run that throws is logged and the next one goes on.

import type { Store } from '../store/store.ts';
import { deliverDue } from './deliver-due.ts';
import type { DeliveryDeps } from './deliver-due.ts';
import { safeError } from './safe-error.ts';

export interface DeliveryLoop {
  /** Resolves when the mail in progress has ended (with a silent server, after ten minutes); no further one begins. */
  stop(): Promise<void>;
  /** Runs at once, or once more after the run in progress: something has just been approved. */
  kick(): void;
  /** Resolves when all that is due at this moment has been attempted, at most twenty mails. */
  settle(): Promise<void>;
}

export type LoopDeps = DeliveryDeps & { readonly store: Pick<Store, 'recoverSending'> };

/** Runs at once, then `everyMs` milliseconds after the end of each run. */
export function startDeliveryLoop(deps: LoopDeps, everyMs: number): DeliveryLoop {
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  const stopping = new AbortController();
  let kicked = false;
  // True at the start, and after a run that may have left a row "sending". No other run is under way then.
  let recover = true;

  const run = async (): Promise<void> => {
    try {
      if (recover) await deps.store.recoverSending(deps.now().toISOString());
      recover = false;
      await deliverDue(deps, stopping.signal);
    } catch (error) {
      recover = true;
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
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

function faultsIn(error: unknown): readonly unknown[] {
  return error instanceof AggregateError ? error.errors : [error];
}
