// A submission that a real mail server has accepted, and mails that come back to it.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import PostalMime from 'postal-mime';
import { buildRecipientOf } from '../../../src/mail/recipients.ts';
import { deliverDue } from '../../../src/mail/outbox/deliver-due.ts';
import { takeMail, type MailInDeps } from '../../../src/mail/inbound/take-mail.ts';
import { smtpTransport } from '../../../src/mail/outbox/smtp-transport.ts';
import type { Event } from '../../../src/dialog/engine/event.ts';
import { startSmtp } from '../../support/smtp.ts';
import { openTempStore, type TempStoreOptions } from '../../support/temp-store.ts';
import { queueMail, saveEmpty } from '../a-mail-queued.ts';
import { A_SUBMISSION } from '../a-request.ts';

export type ASentMail = Awaited<ReturnType<typeof sendMail>>;

const silent = () => undefined;

export const CAME_AT = '2026-03-03T09:05:00.000Z';

export async function sendMail(options: TempStoreOptions = {}) {
  const temp = await openTempStore({ newId: randomUUID, ...options });
  const server = await startSmtp();
  const { person, caseId } = await queueMail(temp.store, A_SUBMISSION);
  const config = { host: '127.0.0.1', port: server.port, security: 'loopback', login: null } as const;
  await deliverDue({
    store: temp.store,
    recipientOf: buildRecipientOf(temp.store, () => null),
    transport: smtpTransport(config),
    retry: { giveUpDays: 5, random: () => 1 },
    now: () => new Date('2026-03-01T12:10:00.000Z'),
    holder: 'one',
    newId: randomUUID,
    tellStaff: null,
    log: { info: silent, warn: silent, error: silent },
  });
  const raw = Buffer.from(server.received[0]?.raw ?? '');
  const sender = server.received[0]?.from ?? '';
  await server.close();
  const arrived = await PostalMime.parse(raw);
  const messageId = arrived.messageId ?? '';
  const replyTo = arrived.replyTo?.[0]?.address ?? '';
  const token = /\+([^@]+)@/.exec(replyTo)?.[1] ?? '';
  await events();

  /** Takes all turns that wait; what was in them. */
  async function events(): Promise<readonly Event[]> {
    const found: Event[] = [];
    for (let turn = await temp.store.nextTurn(person); turn !== null; turn = await temp.store.nextTurn(person)) {
      found.push(turn.event);
      await saveEmpty(temp.store, turn);
    }
    return found;
  }

  const deps = (): MailInDeps => ({
    store: temp.store.mailsIn,
    mailbox: A_SUBMISSION.from,
    now: () => new Date(CAME_AT),
  });
  return {
    temp,
    person,
    caseId,
    raw,
    messageId,
    replyTo,
    /** Of the envelope. */
    sender,
    token,
    events,
    deps,
    /** A mail of test/fixtures/mails-in, as it would come for this submission. */
    mail: (name: string) =>
      filled(readFileSync(new URL(`../../fixtures/mails-in/${name}.eml`, import.meta.url), 'utf8')),
    filled,
    take: (text: string | Uint8Array) => takeMail(deps(), typeof text === 'string' ? Buffer.from(text) : text),
    state: async () => (await temp.store.mail(A_SUBMISSION.reference))[0]?.state,
    close: () => temp.close(),
  };

  function filled(text: string): string {
    return text
      .replaceAll('{{token}}', token)
      .replaceAll('{{TOKEN}}', token.toUpperCase())
      .replaceAll('{{message-id}}', messageId)
      .replaceAll('\n', '\r\n');
  }
}
