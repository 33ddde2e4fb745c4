// A real store, a scripted mail server, a clock set by hand: all that deliverDue() meets.

import type { MailOutcome } from '../../src/dialog/engine/event.ts';
import type { StaffNotice } from '../../src/mail/notices/staff-notice.ts';
import { buildRecipientOf } from '../../src/mail/recipients.ts';
import type { DeliveryDeps } from '../../src/mail/outbox/deliver-due.ts';
import { smtpTransport } from '../../src/mail/outbox/smtp-transport.ts';
import type { MailTransport } from '../../src/mail/outbox/transport.ts';
import type { Store } from '../../src/store/open.ts';
import { type Act, limitsFor, type SmtpOptions, startSmtp, type TestSmtp } from '../support/smtp.ts';
import { openTempStore } from '../support/temp-store.ts';
import { saveEmpty } from './a-mail-queued.ts';
import { REFERENCE } from './a-request.ts';

export type ADelivery = Awaited<ReturnType<typeof startDelivery>>;

/** Begins five seconds after the mail may leave. */
export async function startDelivery() {
  const temp = await openTempStore();
  let server: TestSmtp | null = null;
  let now = new Date('2026-03-01T12:00:05.000Z');
  let ids = 0;
  const told: StaffNotice[] = [];
  const logged: string[] = [];
  const log =
    (level: string) =>
    (...args: unknown[]): void =>
      void logged.push(JSON.stringify([level, ...args]));

  const through = (transport: MailTransport): DeliveryDeps => ({
    store: temp.store,
    recipientOf: (callId) => buildRecipientOf(temp.store, () => null)(callId),
    transport,
    retry: { giveUpDays: 5, random: () => 1 },
    now: () => now,
    holder: 'one',
    newId: () => `made-${++ids}`,
    tellStaff: (notice) => Promise.resolve(told.push(notice) > 0),
    log: { info: log('info'), warn: log('warn'), error: log('error') },
  });

  return {
    temp,
    told,
    logged,
    through,
    now: () => now,
    setNow: (date: Date) => void (now = date),
    later: (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000)),
    /** A server on loopback that does this on each connection, and then accepts. */
    async smtp(...script: Act[]): Promise<DeliveryDeps> {
      return this.smtpThat({ script });
    },
    async smtpThat(options: SmtpOptions): Promise<DeliveryDeps> {
      server = await startSmtp(options);
      const limits = limitsFor(options.script);
      const config = { host: '127.0.0.1', port: server.port, security: 'loopback', login: null } as const;
      return through(smtpTransport(config, { limits }));
    },
    connections: () => server?.connections() ?? 0,
    received: () => server?.received ?? [],
    /** The mails as they arrived, byte for byte. */
    arrived: () => (server?.received ?? []).map(({ raw }) => Buffer.from(raw).toString('latin1')),
    state: async () => (await temp.store.mail(REFERENCE))[0]?.state,
    async close() {
      await temp.close();
      await server?.close();
    },
  };
}

/** What the person's next turns are told, in order. */
export async function outcomes(store: Store, person: string): Promise<readonly MailOutcome[]> {
  const found: MailOutcome[] = [];
  for (let turn = await store.nextTurn(person); turn !== null; turn = await store.nextTurn(person)) {
    if (turn.event.kind === 'mail') found.push(turn.event.outcome);
    await saveEmpty(store, turn);
  }
  return found;
}
