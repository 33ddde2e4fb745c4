// Nothing leaves that was not approved exactly as it is: the mail server is not even connected to.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverDue } from '../../src/mail/outbox/deliver-due.ts';
import type { DeliveryDeps } from '../../src/mail/outbox/deliver-due.ts';
import type { MailRequest } from '../../src/mail/outbox/mail-request.ts';
import { startDelivery } from './a-delivery.ts';
import type { ADelivery } from './a-delivery.ts';
import { A_SUBMISSION, REFERENCE, withBody } from './a-request.ts';
import { cancelMail, queueMail } from './a-mail-queued.ts';
import type { QueueOptions } from './a-mail-queued.ts';

const SUBMISSION = withBody({ ...A_SUBMISSION, language: 'pt' });

let mail: ADelivery;
beforeEach(async () => {
  mail = await startDelivery();
});
afterEach(() => mail.close());

describe('what is not as it was approved never leaves', () => {
  const otherByte = (manifest: string | null): string => (manifest ?? '').replace('Ninguém', 'Ninguem');
  const oneByte = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at === 3 ? byte ^ 1 : byte));
  const cases: readonly (readonly [string, QueueOptions])[] = [
    ['one byte of the manifest', { tamper: (d) => ({ ...d, manifest: otherByte(d.manifest) }) }],
    ['no manifest', { tamper: (d) => ({ ...d, manifest: null }) }],
    [
      'one byte of a file',
      { tamper: (d) => ({ ...d, files: d.files.map((f) => ({ ...f, bytes: oneByte(f.bytes) })) }) },
    ],
    ['a file missing', { tamper: (d) => ({ ...d, files: d.files.slice(1) }) }],
    ['the body', { queuedRequest: { ...SUBMISSION, body: `${SUBMISSION.body} ` } }],
    ['the subject', { queuedRequest: { ...SUBMISSION, subject: 'Informe 2024' } }],
    ['the publication', { queuedRequest: { ...SUBMISSION, publication: 'public-named' } }],
    // no harm D, P2: the mail would be framed in another language than the one that was read back.
    ['the language', { queuedRequest: { ...SUBMISSION, language: 'es' } }],
    ['the late mark', { queuedRequest: { ...SUBMISSION, late: true } }],
    ['the recipient', { queuedRequest: { ...SUBMISSION, to: 'evil@elsewhere.org' }, verified: 'evil@elsewhere.org' }],
    ['the verified address', { verified: 'new@un-body.int' }],
    ['no address was verified', { verified: null }],
  ];

  it.each(cases)('%s', async (_what, options) => {
    const deps = await mail.smtp();
    await queueMail(mail.temp.store, SUBMISSION, options);
    expect(await deliverDue(deps)).toBe(0);
    expect(mail.connections()).toBe(0);
    expect(mail.told).toEqual([{ reference: REFERENCE, kind: 'submission', state: 'held' }]);
    expect(await mail.state()).toBe('held');
  });

  it('a mail whose approval is not on record', async () => {
    const deps = await mail.smtp();
    await queueMail(mail.temp.store, SUBMISSION);
    const approvals = () => Promise.resolve(['0'.repeat(64)]);
    expect(await deliverDue({ ...deps, store: { ...mail.temp.store, approvals } })).toBe(0);
    expect(mail.connections()).toBe(0);
    expect(mail.told.map((notice) => notice.state)).toEqual(['held']);
  });

  it('fault 40: a trial address, where mail really leaves', async () => {
    const trial: MailRequest = withBody({ ...SUBMISSION, to: 'trial@call.example' });
    const deps = await mail.smtp();
    await queueMail(mail.temp.store, trial);
    expect(await deliverDue(deps)).toBe(0);
    expect(mail.connections()).toBe(0);
  });

  it('fault 40: also a frozen mail, when the address is no longer the verified one', async () => {
    const deps = await mail.smtp({ do: 'reply', at: 'rcpt', code: 451 });
    await queueMail(mail.temp.store, SUBMISSION);
    await deliverDue(deps);
    const known = await mail.temp.store.callAddresses(SUBMISSION.callId);
    const withdrawnAt = mail.now().toISOString();
    await mail.temp.store.recordCallAddresses(
      known.flatMap((one) => [
        { ...one, withdrawnAt },
        { ...one, address: 'new@un-body.int' },
      ]),
    );
    mail.later(5);
    expect(await deliverDue(deps)).toBe(0);
    expect(mail.connections()).toBe(1);
  });

  it('a mail that was taken back', async () => {
    const deps = await mail.smtp();
    const { person } = await queueMail(mail.temp.store, SUBMISSION);
    await cancelMail(mail.temp.store, person, REFERENCE);
    expect(await deliverDue(deps)).toBe(0);
    expect(await mail.state()).toBe('cancelled');
    expect(mail.connections()).toBe(0);
  });

  it('a mail that is taken back while it is being frozen', async () => {
    const deps = await mail.smtp();
    const { person } = await queueMail(mail.temp.store, SUBMISSION);
    const late: DeliveryDeps['store'] = {
      ...mail.temp.store,
      async documentOf(item) {
        const document = await mail.temp.store.documentOf(item);
        await cancelMail(mail.temp.store, person, REFERENCE);
        return document;
      },
    };
    expect(await deliverDue({ ...deps, store: late })).toBe(0);
    expect(mail.connections()).toBe(0);
    expect(await mail.state()).toBe('cancelled');
  });
});
