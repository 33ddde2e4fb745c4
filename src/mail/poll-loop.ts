// Looks again and again for what is to be done, one look at a time. A look that fails is logged once, and the next follows.

import type { Logger } from 'pino';
import { safeError } from './safe-error.ts';

export interface PollLoop {
  /** Null before the first look has ended. */
  state(): 'works' | 'fails' | null;
  /** Resolves when the look in progress has ended; no further one begins. */
  stop(): Promise<void>;
}

export interface PollLoopOptions {
  readonly everyMs: number;
  readonly log: Pick<Logger, 'warn' | 'info'>;
  /** What is logged where it begins to fail, and where it works again. */
  readonly words: { readonly fails: string; readonly works: string };
}

/** `look` is handed a signal that ends it. Runs at once, then `everyMs` milliseconds after the end of each look. */
export function startLookLoop(
  look: (signal: AbortSignal) => Promise<unknown>,
  { everyMs, log, words }: PollLoopOptions,
): PollLoop {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let state: 'works' | 'fails' | null = null;
  const run = async (): Promise<void> => {
    try {
      await look(stopping.signal);
      if (state === 'fails') log.info(words.works);
      state = 'works';
    } catch (error) {
      if (stopping.signal.aborted) return;
      // Once for each time that it stops working: a password that was changed fails every minute for days.
      if (state !== 'fails') log.warn(safeError(error), words.fails);
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
