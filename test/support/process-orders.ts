// A process of its own for a test of leases: told everything in its one argument.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { openStore, type Store } from '../../src/store/open.ts';

export const ORDERS = z.object({
  database: z.union([
    z.object({ kind: z.literal('sqlite'), file: z.string() }),
    z.object({ kind: z.literal('postgres'), url: z.string() }),
  ]),
  ledgerFile: z.string(),
  masterKey: z.base64(),
  /** Null: as it names itself. */
  holder: z.string().nullable(),
  lease: z.object({ ends: z.number(), letsGo: z.number(), beat: z.number() }),
  now: z.iso.datetime(),
});
export type Orders = z.infer<typeof ORDERS>;

/** The argument, as JSON.parse() gives it. Throws zod's error if the orders are unreadable. */
export function ordersGiven(): unknown {
  return JSON.parse(process.argv[2] ?? '');
}

export function openOrdered({ database, ledgerFile, masterKey, now }: Orders): Promise<Store> {
  return openStore({
    ...{ database, ledgerFile, newId: randomUUID, now: () => now },
    masterKey: Buffer.from(masterKey, 'base64'),
  });
}
