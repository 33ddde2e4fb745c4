// Workers that read or make files of other people are kept apart from the process: from its settings and its output.

import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import type { WorkerOptions } from 'node:worker_threads';

/** Without the rest of the environment, and yet with what is kept compiled: a Worker takes a quarter less of the processor to start. */
export function apart(): Pick<WorkerOptions, 'env' | 'stdout' | 'stderr'> {
  const compiled = getCompileCacheDir();
  // The folder that was asked for has one below it for each version of Node.js.
  const env = compiled === undefined ? {} : { NODE_COMPILE_CACHE: dirname(compiled) };
  return { env, stdout: true, stderr: true };
}
