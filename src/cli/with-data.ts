// What the commands share that take nothing but [--data DIR]: the arguments, the data of a server that ran before, and
// its end.

import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import type { Store } from '../store/store.ts';
import { openExistingStore } from './open-existing-store.ts';
import { fail, typed } from './typed.ts';

const OPTIONS = { data: { type: 'string' }, help: { type: 'boolean' } } as const;

/** The exit code. `usage`: printed for --help, and for arguments that nobody knows. */
export async function withData(usage: string, work: (store: Store, config: Config) => Promise<0 | 1>): Promise<0 | 1> {
  const given = typed(usage, 0, () => parseArgs({ options: OPTIONS, allowPositionals: true }));
  if (typeof given === 'number') return given;
  const opened = await openExistingStore(given.values.data);
  if (!opened.ok) return fail(opened.problem);
  try {
    return await work(opened.store, opened.config);
  } finally {
    await opened.store.close();
  }
}
