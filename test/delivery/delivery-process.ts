// A process that does nothing but hand over mails, to be killed or put to sleep in the middle. It is told everything in
// its one argument, and says on standard output what it logs.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { buildRecipientOf } from '../../src/mail/recipients.ts';
import { startDeliveryLoop } from '../../src/mail/outbox/delivery-loop.ts';
import { nameThisProcess } from '../../src/lease.ts';
import { smtpTransport } from '../../src/mail/outbox/smtp-transport.ts';
import { openOrdered, ORDERS, ordersGiven } from '../support/process-orders.ts';

const MAIL_ORDERS = ORDERS.extend({ port: z.number() });
export type MailOrders = z.infer<typeof MAIL_ORDERS>;

const orders = MAIL_ORDERS.parse(ordersGiven());
const { port, holder, lease, now } = orders;
const say = (...what: unknown[]): void => void process.stdout.write(`${JSON.stringify(what)}\n`);
const store = await openOrdered(orders);
startDeliveryLoop(
  {
    store,
    recipientOf: buildRecipientOf(store, () => null),
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
