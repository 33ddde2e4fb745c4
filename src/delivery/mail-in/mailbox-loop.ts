// Looks into the mailbox again and again, one look at a time. A look that fails is logged once, and the next one follows.

import type { Logger } from 'pino';
import { safeError } from '../safe-error.ts';

export interface MailboxLoop {
  /** Null before the first look has ended. */
  state(): 'reads' | 'fails' | null;
  /** Resolves when the look in progress has ended; no further one begins. */
  stop(): Promise<void>;
}

/** `look` is handed a signal that ends it. Runs at once, then `everyMs` milliseconds after the end of each look. */
export function startMailboxLoop(
  look: (signal: AbortSignal) => Promise<unknown>,
  { everyMs, log }: { readonly everyMs: number; readonly log: Pick<Logger, 'warn' | 'info'> },
): MailboxLoop {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let state: 'reads' | 'fails' | null = null;
  const run = async (): Promise<void> => {
    try {
      await look(stopping.signal);
      if (state === 'fails') log.info('the mailbox can be read again');
      state = 'reads';
    } catch (error) {
      if (stopping.signal.aborted) return;
      // Once for each time that it stops working: a password that was changed fails every minute for days.
      if (state !== 'fails') log.warn(safeError(error), 'the mailbox cannot be read');
      state = 'fails';
    }
  };
  let running: Promise<void> = Promise.resolve();
  const begin = (): void => {
    running = run().then(() => {
      if (!stopping.signal.aborted) timer = setTimeout(begin, everyMs);
    });
  };
  begin();
  return {
    state: () => state,
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
