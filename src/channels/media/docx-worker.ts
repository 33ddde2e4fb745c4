// Worker of read-docx.ts: the parts of a .docx → its words, and what could not be taken.

import { parentPort, workerData } from 'node:worker_threads';
import { zipSync } from 'fflate';
import mammoth from 'mammoth';
import { readParts, type Parts } from './docx/read-parts.ts';

const given = workerData as { readonly parts: unknown; readonly forCall: boolean };

function isParts(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null && Object.values(value).every((one) => one instanceof Uint8Array);
}

/** mammoth's tree and its warnings. Files outside the archive are not read: its default since 1.11. */
async function treeOf(parts: Parts): Promise<{ readonly tree: unknown; readonly warnings: readonly string[] }> {
  let tree: unknown = null;
  const { messages } = await mammoth.convertToHtml(
    { buffer: Buffer.from(zipSync({ ...parts }, { level: 0 })) },
    {
      includeEmbeddedStyleMap: false,
      transformDocument(read: unknown) {
        tree = read;
        // No page is wanted.
        return typeof read === 'object' ? { ...read, children: [] } : read;
      },
    },
  );
  return { tree, warnings: messages.map(({ message }) => message) };
}

if (isParts(given.parts)) parentPort?.postMessage(await readParts(given.parts, given.forCall, treeOf));
