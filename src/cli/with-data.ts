// What the commands share that take nothing but [--data DIR]: the arguments, the data of a server that ran before, and
// its end.

import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import type { Store } from '../store/store.ts';
import { openExistingStore } from './open-existing-store.ts';

/** The exit code. `usage`: printed for --help, and for arguments that nobody knows. */
export async function withData(usage: string, work: (store: Store, config: Config) => Promise<0 | 1>): Promise<0 | 1> {
  const given = parseGiven();
  if (given === null) return fail(usage);
  if (given.help === true) {
    console.log(usage);
    return 0;
  }
  const opened = await openExistingStore(given.data);
  if (!opened.ok) return fail(opened.problem);
  try {
    return await work(opened.store, opened.config);
  } finally {
    await opened.store.close();
  }
}

function parseGiven() {
  try {
    return parseArgs({ options: { data: { type: 'string' }, help: { type: 'boolean' } } }).values;
  } catch {
    return null;
  }
}

export function fail(text: string): 1 {
  console.error(text);
  return 1;
}
