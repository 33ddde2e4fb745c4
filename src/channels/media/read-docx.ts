// The words of a .docx that a person sent. It is never executed, never followed to the network, never forwarded.
//
// mammoth alone is dangerous: 62 kB took 20 seconds and 2.4 GiB. So the archive is looked through first (check-archive.ts),
// and what is left is read in a Worker with little memory and little time.

import { Worker } from 'node:worker_threads';
import { checkArchive } from './check-archive.ts';

const MEMORY_MB = 256;
const TIME_MS = 8_000;
const AT_ONCE = 2;
/** Files that wait, each of them whole in memory. One that comes then is asked for again. */
export const MOST_WAITING = 16;

export type DocxText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: 'too-large' | 'no-docx' | 'too-much-in-it' | 'unreadable' | 'busy' };

/** Who waits for one of the Workers; the first one in is the first one out. */
const waiting: (() => void)[] = [];
let reading = 0;

/** Never throws for what a file can hold. `text`: one paragraph a line, footnotes at the end. */
export async function readDocx(bytes: Uint8Array): Promise<DocxText> {
  if (waiting.length >= MOST_WAITING) return { ok: false, why: 'busy' };
  if (reading === AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else reading++;
  try {
    const checked = await checkArchive(bytes);
    return typeof checked === 'string' ? { ok: false, why: checked } : await inWorker(checked);
  } finally {
    const next = waiting.shift();
    if (next === undefined) reading--;
    else next();
  }
}

function inWorker(checked: Uint8Array): Promise<DocxText> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('docx-worker.ts', import.meta.url), {
      workerData: checked,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 32 },
      env: {},
      stdout: true,
      stderr: true,
    });
    const end = (outcome: DocxText) => {
      clearTimeout(timer);
      resolve(outcome);
      void worker.terminate();
    };
    const timer = setTimeout(() => end({ ok: false, why: 'too-much-in-it' }), TIME_MS);
    worker.once('message', (text: unknown) => {
      end(typeof text === 'string' ? { ok: true, text } : { ok: false, why: 'unreadable' });
    });
    worker.once('error', () => end({ ok: false, why: 'unreadable' }));
    worker.once('exit', () => end({ ok: false, why: 'unreadable' }));
  });
}
