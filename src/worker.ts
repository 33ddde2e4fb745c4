// A loop that looks for work regularly, and at once when it is kicked, one run at a time.

export interface Worker {
  /** Runs at once, or once more after the run in progress. */
  kick(): void;
  /** Resolves when all work that is due now has been tried. */
  settle(): Promise<void>;
  /** Resolves when the run in progress has ended, and one that was kicked before; no further run begins. */
  stop(): Promise<void>;
  /** Result of the last run; null before the first one has ended, and while another process does it. */
  state(): 'works' | 'fails' | null;
  /** Milliseconds since a run last came to a good end, or since the start; null while another process does it. */
  quietFor(): number | null;
}

export interface WorkerOptions {
  /** Milliseconds from the end of each run to the next one. */
  readonly everyMs: number;
  /** False: another process does it, and this run is left out. */
  readonly mayRun?: (() => Promise<boolean>) | undefined;
  /** Waits for the first kick or `everyMs`. Default: it runs at once. */
  readonly waits?: true;
  /** Called with the error of a run. `again`: the run before also failed. `stopping`: it may have been interrupted. */
  readonly onFault: (error: unknown, how: { readonly again: boolean; readonly stopping: boolean }) => void;
  /** Called after the first successful run that follows a failed one. */
  readonly onRecovery?: () => void;
}

/** `run` gets a signal that `stop()` aborts; a run that was kicked before that still runs, with the aborted signal. */
export function startWorker(run: (stopping: AbortSignal) => Promise<unknown>, options: WorkerOptions): Worker {
  const { everyMs, mayRun, onFault, onRecovery } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let state: 'works' | 'fails' | null = null;
  /** Null: another process does it. */
  let good: number | null = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let tail: Promise<void> = Promise.resolve();
  let [isRunning, isAsked] = [false, false];

  const runOnce = async (): Promise<void> => {
    try {
      if (mayRun === undefined || (await mayRun())) {
        good ??= performance.now();
        await run(signal);
        if (state === 'fails') onRecovery?.();
        state = 'works';
        good = performance.now();
      } else [state, good] = [null, null];
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
    // Before it begins: a kick by the run itself causes another run after it.
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
    quietFor: () => (good === null ? null : performance.now() - good),
  };
}
