// The one loop: work that is looked for again and again, at once when somebody says that there is some, one run at a time.

export interface Worker {
  /** Runs at once, or once more after the run in progress. */
  kick(): void;
  /** Resolves when all that is due at this moment has been tried. */
  settle(): Promise<void>;
  /** Resolves when the run in progress has ended, and one that was asked for before; no further one begins by the clock. */
  stop(): Promise<void>;
  /** How the last run ended; null before the first one has. */
  state(): 'works' | 'fails' | null;
}

export interface WorkerOptions {
  /** Milliseconds from the end of each run to the next one. */
  readonly everyMs: number;
  /** Default: it runs at once. */
  readonly waits?: true;
  /** Told of a run that threw. `again`: the one before it did, too. `stopping`: it may have been cut off. */
  readonly onFault: (error: unknown, how: { readonly again: boolean; readonly stopping: boolean }) => void;
  /** Told of the first run that ended well after one that threw. */
  readonly onRecovery?: () => void;
}

/** `run` is handed a signal that is aborted by `stop()`; one that was asked for before that is run with it. */
export function startWorker(run: (stopping: AbortSignal) => Promise<unknown>, options: WorkerOptions): Worker {
  const { everyMs, onFault, onRecovery } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let state: 'works' | 'fails' | null = null;
  let timer: NodeJS.Timeout | undefined;
  let tail: Promise<void> = Promise.resolve();
  let [isRunning, isAsked] = [false, false];

  const runOnce = async (): Promise<void> => {
    try {
      await run(signal);
      if (state === 'fails') onRecovery?.();
      state = 'works';
    } catch (error) {
      onFault(error, { again: state === 'fails', stopping: signal.aborted });
      state = 'fails';
    }
    isRunning = isAsked;
    if (!isAsked) sleep();
  };
  const runAgain = (): Promise<void> => {
    isAsked = false;
    return runOnce();
  };
  const ask = (): Promise<void> => {
    clearTimeout(timer);
    if (isAsked) return tail;
    if (isRunning) {
      isAsked = true;
      return (tail = tail.then(runAgain));
    }
    isRunning = true;
    // Before it begins: what the run itself asks for comes after it.
    const ended = Promise.withResolvers<undefined>();
    tail = ended.promise;
    runOnce().then(() => ended.resolve(undefined), ended.reject);
    return tail;
  };
  const sleep = (): void => {
    if (!signal.aborted) timer = setTimeout(() => void ask(), everyMs);
  };

  if (options.waits === true) sleep();
  else void ask();
  return {
    kick: () => void ask(),
    settle: ask,
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await tail;
    },
    state: () => state,
  };
}
