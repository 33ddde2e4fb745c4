// The Worker of read-mail.ts.

import { parentPort, workerData } from 'node:worker_threads';
import { takeFile, understandMail } from './understand-mail.ts';

const given: unknown = workerData;
if (typeof given === 'object' && given !== null && 'bytes' in given && given.bytes instanceof Uint8Array) {
  const { bytes } = given;
  const file = 'file' in given && typeof given.file === 'number' ? given.file : null;
  parentPort?.postMessage(file === null ? await understandMail(bytes) : await takeFile(bytes, file));
}
