// Mails as files: one, a folder of them, or a Maildir. They are only read; nothing is moved, marked or removed.

import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { READ_BYTES } from './read-mail.ts';

export interface MailBytes {
  /** The read part of the mail. */
  readonly bytes: Uint8Array;
  readonly size: number;
}

/** The mails under a path, oldest name first: of a Maildir `cur` and `new`, never `tmp`, in which mails may be incomplete. */
export async function mailFiles(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const isMaildir = ['cur', 'new', 'tmp'].every((name) =>
    entries.some((one) => one.isDirectory() && one.name === name),
  );
  if (isMaildir) return (await Promise.all(['cur', 'new'].map((name) => mailFiles(join(path, name))))).flat();
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => join(path, name))
    .sort();
}

export async function readMailFile(path: string): Promise<MailBytes> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, READ_BYTES));
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await file.read(bytes, at, bytes.length - at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return { bytes: bytes.subarray(0, at), size };
  } finally {
    await file.close();
  }
}

/** One mail from a pipe, to its end; bytes beyond the limit are only counted. */
export async function readMailStream(stream: AsyncIterable<unknown>): Promise<MailBytes> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('A pipe brings bytes');
    if (size < READ_BYTES) chunks.push(chunk.subarray(0, READ_BYTES - size));
    size += chunk.length;
  }
  return { bytes: Buffer.concat(chunks), size };
}
