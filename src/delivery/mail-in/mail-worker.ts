// Runs as a Worker of read-mail.ts.

import { parentPort, workerData } from 'node:worker_threads';
import { understandMail } from './understand-mail.ts';

const given: unknown = workerData;
if (given instanceof Uint8Array) parentPort?.postMessage(await understandMail(given));
