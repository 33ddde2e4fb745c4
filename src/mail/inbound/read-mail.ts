// Reads one mail (RFC 5322). Its contents stay text and bytes: nothing is opened, fetched or answered, and no size,
// nesting or broken part stops the reading.

import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { apart, watchTime } from '../../apart.ts';
import { parseUnderstood, understandMail, type UnderstoodMail } from './understand-mail.ts';

// A mail is parsed in a Worker with little memory and time, since anybody may have made it (docs/decisions/0078).

const MEMORY_MB = 256;
const TIME_MS = 8_000;

/** The Worker's result, unparsed; null if it exceeded its limits, or the mail's parts could not be parsed. */
function mailApart(work: { readonly bytes: Uint8Array; readonly file?: number }): Promise<unknown> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('mail-worker.ts', import.meta.url), {
      workerData: { ...work, bytes: new Uint8Array(work.bytes) },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 32 },
      ...apart(),
    });
    const end = (answer: unknown) => {
      endWatch();
      resolve(answer);
      void worker.terminate();
    };
    const endWatch = watchTime(worker, TIME_MS, () => end(null));
    worker.once('message', end);
    worker.once('error', () => end(null));
    worker.once('exit', () => end(null));
  });
}

/** In bytes: of a longer mail only the beginning is read; the whole stays in the mailbox. */
export const READ_BYTES = 10 * 1024 * 1024;
const HEAD_BYTES = 64 * 1024;

export interface ReadMail extends UnderstoodMail {
  /** `cut`: longer than the limit; `broken`: its parts could not be parsed, only its head was read. */
  readonly state: 'whole' | 'cut' | 'broken';
  /** The same for every copy of this mail, whichever way it came. */
  readonly identity: string;
}

/** Never throws for the contents of a mail. `size`: of the whole mail, if `bytes` is only its beginning. */
export async function readMail(bytes: Uint8Array, size = bytes.length): Promise<ReadMail> {
  const read = bytes.subarray(0, READ_BYTES);
  const whole = parseUnderstood(await mailApart({ bytes: read }));
  const known = whole ?? (await understoodHead(read));
  const state = whole === null ? 'broken' : size > read.length ? 'cut' : 'whole';
  return { ...known, state, identity: identityOf(known.headers.get('message-id')?.[0] ?? '', read) };
}

/** One of its files, by its index in the list; null if it cannot be read. */
export async function readFileOf(bytes: Uint8Array, index: number): Promise<Uint8Array | null> {
  const answer = await mailApart({ bytes: bytes.subarray(0, READ_BYTES), file: index });
  return answer instanceof Uint8Array ? answer : null;
}

/** Its head, up to the first empty line. */
async function understoodHead(bytes: Uint8Array): Promise<UnderstoodMail> {
  const begin = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  const end = /\r?\n\r?\n/.exec(begin)?.index ?? begin.length;
  try {
    return await understandMail(Buffer.from(`${begin.slice(0, end)}\r\n\r\n`, 'latin1'));
  } catch {
    return understandMail(new Uint8Array());
  }
}

/**
 * Hash of Message-ID and body: servers on the way add headers and change line ends. With the id alone, a person who
 * guesses it could keep a later mail out.
 */
function identityOf(messageId: string, bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  const end = /\r?\n\r?\n/.exec(text);
  const body = end === null ? '' : text.slice(end.index + end[0].length).replace(/\r\n?/g, '\n');
  const hash = createHash('sha256').update(body.trimEnd(), 'latin1').digest('hex');
  return `${messageId.trim()} ${hash}`;
}
