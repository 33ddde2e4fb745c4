// The words of a .docx that a person sent. It is never executed, never followed to the network, never forwarded.
//
// mammoth alone is dangerous: 62 kB took 20 seconds and 2.4 GiB. So the archive is looked through first (check-archive.ts),
// and what is left is read in a Worker with little memory and little time.

import { Worker } from 'node:worker_threads';
import { checkArchive } from './check-archive.ts';

const MEMORY_MB = 256;
const TIME_MS = 8_000;

export type DocxText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: 'too-large' | 'no-docx' | 'too-much-in-it' | 'unreadable' };

/** Never throws for what a file can hold. `text`: one paragraph a line, footnotes at the end. */
export async function readDocx(bytes: Uint8Array): Promise<DocxText> {
  const checked = await checkArchive(bytes);
  if (typeof checked === 'string') return { ok: false, why: checked };
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
