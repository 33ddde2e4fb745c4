// From the outbox of a real store to a real mail server, with what can go wrong in between.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverDue } from '../../src/mail/outbox/deliver-due.ts';
import type { DeliveryDeps } from '../../src/mail/outbox/deliver-due.ts';
import { outboxFolder } from '../../src/mail/outbox/outbox-folder.ts';
import type { MailTransport } from '../../src/mail/outbox/transport.ts';
import type { Act } from '../support/smtp.ts';
import { outcomes, startDelivery } from './a-delivery.ts';
import type { ADelivery } from './a-delivery.ts';
import { A_SUBMISSION, A_WITHDRAWAL, REFERENCE, withBody } from './a-request.ts';
import { takeOverAll } from '../store/family.ts';
import { cancelMail, PHONE, queueMail, QUEUED_AT } from './a-mail-queued.ts';

const SUBMISSION = withBody({ ...A_SUBMISSION, language: 'pt' });
const WITHDRAWAL = withBody({ ...A_WITHDRAWAL, kind: 'withdrawal', ask: 'withdraw', language: 'pt' });

let mail: ADelivery;
beforeEach(async () => {
  mail = await startDelivery();
});
afterEach(() => mail.close());

describe('a mail that is due', () => {
  it('arrives once, with a date of its own day and an address for the answer, and the person is told by whom it was taken', async () => {
    const deps = await mail.smtp();
    const { person } = await queueMail(mail.temp.store, SUBMISSION);
    expect(await deliverDue(deps)).toBe(1);
    expect(await deliverDue(deps)).toBe(0);

    expect(mail.received()).toHaveLength(1);
    const received = mail.received()[0];
    expect(received).toMatchObject({ from: received?.mail.replyTo?.[0]?.address, to: [SUBMISSION.to] });
    expect(received?.mail.date).toBe(mail.now().toISOString());
    expect(received?.mail.replyTo?.[0]?.address).toMatch(/^griot\+[A-Za-z0-9-]+@maes-de-julho\.org$/);
    expect(received?.mail.text?.trimEnd()).toBe(SUBMISSION.body.trimEnd());
    expect(await mail.state()).toBe('sent');
    expect(await outcomes(mail.temp.store, person)).toEqual([
      { kind: 'accepted', server: '127.0.0.1', at: mail.now().toISOString() },
    ]);
    expect(mail.told).toEqual([{ reference: REFERENCE, kind: 'submission', state: 'left' }]);
  });

  it('holds no phone number, no account and no id of ours, and neither do the logs', async () => {
    const deps = await mail.smtp();
    const { person, caseId } = await queueMail(mail.temp.store, SUBMISSION);
    await deliverDue(deps);
    for (const canary of [PHONE, PHONE.slice(1), 'acc-canary-77', person, caseId, 'contribution-one', 'ENVIAR']) {
      expect(mail.arrived().join().replaceAll('=\r\n', '')).not.toContain(canary);
    }
    for (const canary of [PHONE, 'acc-canary-77', SUBMISSION.to, SUBMISSION.fromName, 'Ninguém', 'ENVIAR']) {
      expect(mail.logged.join()).not.toContain(canary);
    }
  });

  it('goes to every address of the call, and staff hear of one that is refused', async () => {
    const [taken, refused] = ['inputs@un-body.int', 'registry@un-body.int'];
    const deps = await mail.smtpThat({ refuses: refused });
    await queueMail(mail.temp.store, withBody({ ...SUBMISSION, to: `${taken}, ${refused}` }));
    expect(await deliverDue(deps)).toBe(1);
    expect(mail.received()[0]?.to).toEqual([taken]);
    expect(mail.received()[0]?.mail.to?.map(({ address }) => address)).toEqual([taken, refused]);
    expect(await mail.state()).toBe('sent');
    expect(mail.told.map(({ state }) => state)).toEqual(['left', 'refused-for-some']);
    expect(mail.logged.join()).not.toContain('un-body');
  });

  it('waits for the end of the window', async () => {
    const deps = await mail.smtp();
    await queueMail(mail.temp.store, SUBMISSION);
    mail.setNow(new Date('2026-03-01T11:59:59.999Z'));
    expect(await deliverDue(deps)).toBe(0);
    expect(mail.connections()).toBe(0);
  });

  it('lies in the outbox folder where there is no mail server, readable by its owner only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'griot-outbox-'));
    try {
      const { person } = await queueMail(mail.temp.store, SUBMISSION);
      await deliverDue(mail.through(outboxFolder(folder)));
      expect(readFileSync(join(folder, `${REFERENCE}.eml`), 'latin1')).toContain(`Subject: ${SUBMISSION.subject}`);
      expect(await outcomes(mail.temp.store, person)).toEqual([{ kind: 'written', folder }]);
      // Staff are not told that a mail server took it.
      expect(mail.told).toMatchObject([{ reference: REFERENCE, state: 'written' }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a correction and a withdrawal', () => {
  it('answer the mail that they are about, and say so first', async () => {
    const deps = await mail.smtp();
    const correction = withBody({ ...SUBMISSION, kind: 'correction', reference: 'GR-NEW123', replaces: REFERENCE });
    await queueMail(mail.temp.store, SUBMISSION);
    await deliverDue(deps);
    await queueMail(mail.temp.store, correction, { name: 'two' });
    await deliverDue(deps);
    await queueMail(mail.temp.store, withBody({ ...WITHDRAWAL, reference: 'GR-NEW123' }), { name: 'three' });
    await deliverDue(deps);
    const [first, second, third] = mail.received().map(({ mail: { messageId, inReplyTo, references, text } }) => {
      return { messageId, inReplyTo, references, first: text?.split('\n')[0] ?? '' };
    });
    expect(first).toMatchObject({ inReplyTo: undefined, references: undefined });
    expect(second).toMatchObject({ inReplyTo: first?.messageId, references: first?.messageId });
    expect(second?.first).toMatch(/^CORREÇÃO de GR-7K3Q9X\. CONFIDENCIAL/u);
    const both = `${first?.messageId ?? ''} ${second?.messageId ?? ''}`;
    expect(third).toMatchObject({ inReplyTo: second?.messageId, references: both });
    expect(third?.first).toContain('GR-NEW123');
  });

  it('answer nothing that never left', async () => {
    const deps = await mail.smtp({ do: 'reply', at: 'greeting', code: 421 });
    await queueMail(mail.temp.store, WITHDRAWAL);
    await deliverDue(deps);
    mail.later(10);
    await deliverDue(deps);
    expect(mail.received()[0]?.mail.inReplyTo).toBeUndefined();
  });
});

describe('faults 5–9: what comes of an attempt', () => {
  it('our own server refuses us: it is tried again, staff hear of it at once, and in the end it is held', async () => {
    const refusal = { do: 'reply', at: 'rcpt', code: 554, text: '5.7.1 Relay access denied' } as const;
    const deps = await mail.smtp(...Array.from({ length: 60 }, () => refusal));
    const { person } = await queueMail(mail.temp.store, SUBMISSION);
    await deliverDue(deps);
    expect(mail.told.map(({ state }) => state)).toEqual(['own-server']);
    const [item] = await mail.temp.store.mail(REFERENCE);
    expect(item?.state).toBe('frozen');
    for (let tries = 0; tries < 50; tries++) {
      mail.later(240);
      await deliverDue(deps);
    }
    expect(await mail.state()).toBe('held');
    const kinds = (await outcomes(mail.temp.store, person)).map(({ kind }) => kind);
    expect([...new Set(kinds)]).toEqual(['deferred', 'held']);
    expect(mail.told.map(({ state }) => state)).toEqual(['own-server', 'own-server', 'given-up']);
    // The notice may be refused by the same server: whoever watches the log sees it, once for each time that staff are told.
    const levels = mail.logged.filter((line) => line.includes('mail tried')).map((line) => line.split('"')[1]);
    expect([levels[0], ...new Set(levels.slice(1))].toSorted()).toEqual(['error', 'error', 'warn']);
  });

  it('a server without plus addresses gets none, neither as a sender nor for the answer', async () => {
    const deps = { ...(await mail.smtp()), plusAddresses: false };
    await queueMail(mail.temp.store, SUBMISSION);
    await deliverDue(deps);
    const [received] = mail.received();
    expect(received?.from).toBe(SUBMISSION.from);
    expect(received?.mail.replyTo?.map(({ address }) => address)).toEqual([SUBMISSION.from]);
  });

  it('greylisting: refused for now, accepted some minutes later, byte for byte the same', async () => {
    const deps = await mail.smtp({ do: 'reply', at: 'dot', code: 451 });
    const { person } = await queueMail(mail.temp.store, SUBMISSION);
    await deliverDue(deps);
    expect(await deliverDue(deps)).toBe(0);
    mail.later(2);
    expect(await deliverDue(deps)).toBe(1);
    expect(mail.arrived()).toHaveLength(2);
    expect(mail.arrived()[0]).toBe(mail.arrived()[1]);
    expect((await outcomes(mail.temp.store, person)).map(({ kind }) => kind)).toEqual(['deferred', 'accepted']);
    expect(mail.told).toEqual([{ reference: REFERENCE, kind: 'submission', state: 'left' }]);
  });

  it('a 5xx ends it: the person gets the reply, the staff a notice', async () => {
    const deps = await mail.smtp({ do: 'reply', at: 'rcpt', code: 550 });
    const { person } = await queueMail(mail.temp.store, SUBMISSION);
    await deliverDue(deps);
    mail.later(600);
    expect(await deliverDue(deps)).toBe(0);
    expect(await outcomes(mail.temp.store, person)).toMatchObject([{ kind: 'refused', server: '127.0.0.1' }]);
    expect(mail.told).toEqual([{ reference: REFERENCE, kind: 'submission', state: 'refused' }]);
  });

  it.each([
    ['hang', 'dot'],
    ['drop', 'dot'],
    ['drop', 'data'],
  ] as const)('%s at %s: uncertain, and the same bytes again', async (what, at) => {
    const deps = await mail.smtp({ do: what, at } as Act);
    const { person } = await queueMail(mail.temp.store, SUBMISSION);
    await deliverDue(deps);
    expect(await mail.state()).toBe('uncertain');
    mail.later(2);
    await deliverDue(deps);
    expect(new Set(mail.arrived()).size).toBe(1);
    expect((await outcomes(mail.temp.store, person)).map(({ kind }) => kind)).toEqual(['uncertain', 'accepted']);
    expect(mail.told.map((notice) => notice.state)).toEqual(['uncertain', 'left']);
  });

  it('once in doubt, a later refusal does not make it "refused": a copy may have arrived', async () => {
    const deps = await mail.smtp({ do: 'drop', at: 'dot' }, { do: 'reply', at: 'dot', code: 554 });
    const { person } = await queueMail(mail.temp.store, SUBMISSION);
    await deliverDue(deps);
    mail.later(2);
    await deliverDue(deps);
    expect(await mail.state()).toBe('held');
    mail.later(600);
    expect(await deliverDue(deps)).toBe(0);
    expect((await outcomes(mail.temp.store, person)).map(({ kind }) => kind)).toEqual(['uncertain', 'uncertain']);
  });

  it('fault 2: killed between the 250 and our commit: the next process sends the same bytes, and the person is told once', async () => {
    const deps = await mail.smtp();
    const { person } = await queueMail(mail.temp.store, SUBMISSION);
    const dying: DeliveryDeps['store'] = { ...mail.temp.store, endAttempt: () => Promise.reject(new Error('killed')) };
    await expect(deliverDue({ ...deps, store: dying })).rejects.toThrow(AggregateError);

    const store = await mail.temp.reopen();
    await takeOverAll(store, mail.now().toISOString());
    expect(await deliverDue({ ...deps, store })).toBe(1);
    expect(mail.arrived()).toHaveLength(2);
    expect(mail.arrived()[0]).toBe(mail.arrived()[1]);
    expect((await outcomes(store, person)).map(({ kind }) => kind)).toEqual(['accepted']);
  });

  it('gives up after the days that were set, and says so', async () => {
    const transport: MailTransport = {
      leavesMachine: true,
      deliver: () => Promise.resolve({ kind: 'deferred', server: 'mx', reason: '451' }),
    };
    const { person } = await queueMail(mail.temp.store, SUBMISSION);
    let attempts = 0;
    for (; mail.now().getTime() < Date.parse(QUEUED_AT) + 7 * 24 * 3_600_000;) {
      attempts += await deliverDue(mail.through(transport));
      mail.later(30);
    }
    expect(attempts).toBeGreaterThan(20);
    expect(await mail.state()).toBe('refused');
    expect((await outcomes(mail.temp.store, person)).at(-1)).toMatchObject({ kind: 'refused', reply: '451' });
    expect(mail.told.map((notice) => notice.state)).toEqual(['deferred', 'given-up']);
  });

  it('two processes at once: it leaves once', async () => {
    const deps = await mail.smtp();
    await queueMail(mail.temp.store, SUBMISSION);
    const attempts = await Promise.all([deliverDue(deps), deliverDue(deps), deliverDue(deps)]);
    expect(attempts.toSorted()).toEqual([0, 0, 1]);
    expect(mail.arrived()).toHaveLength(1);
  });

  it('two processes at once over a mail that is tried again: it leaves once', async () => {
    const deps = await mail.smtp({ do: 'reply', at: 'rcpt', code: 451 });
    await queueMail(mail.temp.store, SUBMISSION);
    await deliverDue(deps);
    mail.later(2);
    const attempts = await Promise.all([deliverDue(deps), deliverDue(deps)]);
    expect(attempts.toSorted()).toEqual([0, 1]);
    expect(mail.arrived()).toHaveLength(1);
  });

  it('"stop" while it is leaving comes too late, and is not answered as if it had not', async () => {
    const { person } = await queueMail(mail.temp.store, SUBMISSION);
    const transport: MailTransport = {
      leavesMachine: true,
      async deliver() {
        await cancelMail(mail.temp.store, person, REFERENCE);
        return { kind: 'accepted', server: 'mx' };
      },
    };
    expect(await deliverDue(mail.through(transport))).toBe(1);
    expect(await mail.state()).toBe('sent');
    expect((await outcomes(mail.temp.store, person)).map(({ kind }) => kind)).toEqual(['accepted']);
  });

  it("one mail's fault does not keep the others from leaving", async () => {
    const deps = await mail.smtp();
    await queueMail(mail.temp.store, SUBMISSION);
    await queueMail(mail.temp.store, withBody({ ...SUBMISSION, reference: 'GR-OTHER2' }), { name: 'two' });
    const broken: DeliveryDeps['store'] = {
      ...mail.temp.store,
      documentOf: (item) =>
        item.reference === REFERENCE ? Promise.reject(new Error(`disk: ${PHONE}`)) : mail.temp.store.documentOf(item),
    };
    await expect(deliverDue({ ...deps, store: broken })).rejects.toThrow(/^1 mails failed/);
    expect(mail.arrived()).toHaveLength(1);
    expect(mail.arrived()[0]).toContain('GR-OTHER2');
  });
});

describe('a withdrawal', () => {
  it('leaves without files, and its person is told its end: that turn erases what we keep', async () => {
    const deps = await mail.smtp({ do: 'reply', at: 'rcpt', code: 451 });
    const { person } = await queueMail(mail.temp.store, WITHDRAWAL);
    await deliverDue(deps);
    expect((await outcomes(mail.temp.store, person)).map(({ kind }) => kind)).toEqual(['deferred']);
    mail.later(2);
    await deliverDue(deps);
    expect(mail.received()[0]?.mail.attachments).toEqual([]);
    expect((await outcomes(mail.temp.store, person)).map(({ kind }) => kind)).toEqual(['accepted']);
  });

  it('is held when its text is not the approved one', async () => {
    const deps = await mail.smtp();
    await queueMail(mail.temp.store, WITHDRAWAL, { queuedRequest: { ...WITHDRAWAL, body: 'Please publish.\n' } });
    expect(await deliverDue(deps)).toBe(0);
    expect(mail.connections()).toBe(0);
  });
});
