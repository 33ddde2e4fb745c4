// Reads the words of a .docx from a person. Nothing in it is executed, fetched or forwarded.
//
// mammoth alone is dangerous: 62 kB took 20 seconds and 2.4 GiB. So the archive is checked first, and the rest is read
// in a Worker with little memory and time.

import { Worker } from 'node:worker_threads';
import { apart } from '../../apart.ts';
import { z } from 'zod';
import type { EventBody, LeftOut, Unusable } from '../../dialog/engine/event.ts';
import { DOCUMENT, type Parts } from './docx/read-parts.ts';
import { type OtherFile, otherFile } from './other-file.ts';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';

/** Bytes. */
export const LARGEST_DOCX = 5 * 1024 * 1024;
const ENTRIES = 500;
const PART_BYTES = 2 * 1024 * 1024;
/** The parts from which mammoth reads the text. */
const READ = /^(?:\[Content_Types\]\.xml|(?:_rels|word)\/.*\.(?:xml|rels))$/u;
const ALL_BYTES = 4 * PART_BYTES;

type Refused = 'too-large' | 'no-docx' | 'too-much-in-it' | OtherFile;

/**
 * The readable parts alone, so that no relation leads mammoth to an unchecked one; or why the file was refused.
 * Sizes are counted while inflating: the archive's own figures are not trusted.
 */
async function checkArchive(bytes: Uint8Array): Promise<Parts | Refused> {
  if (bytes.length > LARGEST_DOCX) return 'too-large';
  const zip = await openZip(bytes);
  if (zip === null) return otherFile(bytes) ?? 'no-docx';
  if (zip.entryCount > ENTRIES) return 'too-much-in-it';
  const names = new Set<string>();
  const parts: Record<string, Uint8Array> = {};
  let [count, all] = [0, 0];
  try {
    for await (const entry of zip.eachEntry()) {
      if (++count > ENTRIES || names.has(entry.fileName)) return 'too-much-in-it';
      names.add(entry.fileName);
      if (!READ.test(entry.fileName)) continue;
      const part = await inflate(zip, entry);
      all += part?.length ?? 0;
      if (part === null || all > ALL_BYTES) return 'too-much-in-it';
      parts[entry.fileName] = part;
    }
  } catch {
    return 'no-docx';
  } finally {
    zip.close();
  }
  if (Object.keys(parts).some((name) => DOCUMENT.test(name))) return parts;
  return names.has('mimetype') && names.has('content.xml') ? 'odt' : 'no-docx';
}

function openZip(bytes: Uint8Array): Promise<ZipFile | null> {
  return new Promise((resolve) => {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: false, strictFileNames: true };
    fromBuffer(Buffer.from(bytes), options, (error, zip) => resolve(error === null ? zip : null));
  });
}

/** Returns null once a part is larger than allowed. */
function inflate(zip: ZipFile, entry: Entry): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) return reject(error);
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size <= PART_BYTES) return;
        resolve(null);
        stream.destroy();
      });
      stream.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
      stream.on('error', reject);
    });
  });
}

const MEMORY_MB = 256;
const TIME_MS = 8_000;
const AT_ONCE = 2;
/** Files that wait, each whole in memory. A further one is refused as busy. */
export const MOST_WAITING = 16;

const PARTS = z.object({
  text: z.string(),
  left: z.array(z.custom<LeftOut>()),
  footnotes: z.boolean(),
});

export type DocxText =
  | ({ readonly ok: true } & Readonly<z.infer<typeof PARTS>>)
  | { readonly ok: false; readonly why: Refused | 'scan' | 'empty' | 'unreadable' | 'busy' };

/** Waiting readers, first in, first out. */
const waiting: (() => void)[] = [];
let reading = 0;

/**
 * Never throws for the contents of a file. `text`: paragraphs between empty lines. `forCall`: the page of a call, a line for
 * each paragraph, with bullets before the items of lists and without the addresses of links.
 */
export async function readDocx(bytes: Uint8Array, { forCall = false } = {}): Promise<DocxText> {
  if (waiting.length >= MOST_WAITING) return { ok: false, why: 'busy' };
  if (reading === AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else reading++;
  try {
    const checked = await checkArchive(bytes);
    return typeof checked === 'string' ? { ok: false, why: checked } : await inWorker({ parts: checked, forCall });
  } finally {
    const next = waiting.shift();
    if (next === undefined) reading--;
    else next();
  }
}

function inWorker(workerData: { readonly parts: Parts; readonly forCall: boolean }): Promise<DocxText> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('docx-worker.ts', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 32 },
      ...apart(),
    });
    const end = (outcome: DocxText) => {
      clearTimeout(timer);
      resolve(outcome);
      void worker.terminate();
    };
    const timer = setTimeout(() => end({ ok: false, why: 'too-much-in-it' }), TIME_MS);
    worker.once('message', (message: unknown) => {
      const read = PARTS.safeParse(message);
      if (!read.success) return end({ ok: false, why: 'unreadable' });
      if (read.data.text.trim() !== '') return end({ ok: true, ...read.data });
      end({ ok: false, why: read.data.left.some(({ what }) => what === 'picture') ? 'scan' : 'empty' });
    });
    worker.once('error', () => end({ ok: false, why: 'unreadable' }));
    worker.once('exit', () => end({ ok: false, why: 'unreadable' }));
  });
}

const UNUSABLE: Partial<Readonly<Record<(DocxText & { readonly ok: false })['why'], Unusable>>> = {
  ...{ busy: 'file-busy', 'too-large': 'file-large', scan: 'file-scan', empty: 'file-empty', locked: 'file-locked' },
  ...{ doc: 'file-doc', odt: 'file-odt', rtf: 'file-rtf', pdf: 'file-pdf' },
};

/** The event for a conversation, of a file that was read or refused. */
export function fileEvent(read: DocxText): EventBody {
  if (!read.ok) return { kind: 'unusable', what: UNUSABLE[read.why] ?? 'file' };
  const { text, left, footnotes } = read;
  return {
    ...{ kind: 'file-read', text },
    ...(left.length === 0 ? {} : { left }),
    ...(footnotes ? { footnotes: true } : {}),
  };
}
