// A process that does nothing but hand over mails, to be killed or put to sleep in the middle. It is told everything in
// its one argument, and says on standard output what it logs.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { startDeliveryLoop } from '../../src/mail/outbox/delivery-loop.ts';
import { nameThisProcess } from '../../src/lease.ts';
import { smtpTransport } from '../../src/mail/outbox/smtp-transport.ts';
import { openStore } from '../../src/store/open.ts';

const ORDERS = z.object({
  database: z.union([
    z.object({ kind: z.literal('sqlite'), file: z.string() }),
    z.object({ kind: z.literal('postgres'), url: z.string() }),
  ]),
  ledgerFile: z.string(),
  masterKey: z.base64(),
  port: z.number(),
  /** Null: as it names itself. */
  holder: z.string().nullable(),
  lease: z.object({ ends: z.number(), letsGo: z.number(), beat: z.number() }),
  now: z.iso.datetime(),
});
export type Orders = z.infer<typeof ORDERS>;

const { database, ledgerFile, masterKey, port, holder, lease, now } = ORDERS.parse(JSON.parse(process.argv[2] ?? ''));
const say = (...what: unknown[]): void => void process.stdout.write(`${JSON.stringify(what)}\n`);
startDeliveryLoop(
  {
    store: await openStore({
      database,
      ledgerFile,
      masterKey: Buffer.from(masterKey, 'base64'),
      newId: randomUUID,
      now: () => now,
    }),
    transport: smtpTransport({ host: '127.0.0.1', port, security: 'loopback', login: null }),
    retry: { giveUpDays: 5, random: () => 1 },
    now: () => new Date(now),
    holder: holder ?? nameThisProcess(),
    lease,
    newId: randomUUID,
    tellStaff: null,
    log: { info: say, warn: say, error: say },
  },
  20,
);
