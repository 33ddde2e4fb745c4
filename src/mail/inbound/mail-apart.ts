// A mail is taken apart in a Worker with little memory and little time: anybody may have made it (docs/decisions/0078).

import { Worker } from 'node:worker_threads';

const MEMORY_MB = 256;
const TIME_MS = 8_000;

/** What the Worker answers, unparsed; null where it needs more, or where the mail's parts cannot be told apart. */
export function mailApart(work: { readonly bytes: Uint8Array; readonly file?: number }): Promise<unknown> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('mail-worker.ts', import.meta.url), {
      workerData: { ...work, bytes: new Uint8Array(work.bytes) },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 32 },
      env: {},
      stdout: true,
      stderr: true,
    });
    const end = (answer: unknown) => {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    };
    const timer = setTimeout(() => end(null), TIME_MS);
    worker.once('message', end);
    worker.once('error', () => end(null));
    worker.once('exit', () => end(null));
  });
}
