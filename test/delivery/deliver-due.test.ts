// From the outbox of a real store to a real mail server, with what can go wrong in between.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverDue } from '../../src/delivery/deliver-due.ts';
import type { DeliveryDeps } from '../../src/delivery/deliver-due.ts';
import type { MailRequest } from '../../src/delivery/mail-request.ts';
import { outboxFolder } from '../../src/delivery/outbox-folder.ts';
import { smtpTransport } from '../../src/delivery/smtp-transport.ts';
import type { StaffNotice } from '../../src/delivery/staff-notice.ts';
import type { MailTransport } from '../../src/delivery/transport.ts';
import type { MailOutcome } from '../../src/dialog/event.ts';
import type { Store } from '../../src/store/store.ts';
import { startSmtp } from '../support/smtp.ts';
import type { Act, TestSmtp } from '../support/smtp.ts';
import { openTempStore } from '../support/temp-store.ts';
import type { TempStore } from '../support/temp-store.ts';
import { A_SUBMISSION, A_WITHDRAWAL, REFERENCE, withBody } from './a-request.ts';
import { cancelMail, PHONE, queueMail, QUEUED_AT, saveEmpty } from './a-mail-queued.ts';
import type { QueueOptions } from './a-mail-queued.ts';

const SUBMISSION = withBody({ ...A_SUBMISSION, language: 'pt' });
const WITHDRAWAL = withBody({ ...A_WITHDRAWAL, kind: 'withdrawal', ask: 'withdraw', language: 'pt' });

let temp: TempStore;
let server: TestSmtp | null = null;
let now: Date;
let ids = 0;
let told: StaffNotice[];
let logged: string[];
let erased: string[];

beforeEach(async () => {
  temp = await openTempStore();
  now = new Date('2026-03-01T12:00:05.000Z');
  [told, logged, erased, ids] = [[], [], [], 0];
});
afterEach(async () => {
  await temp.close();
  await server?.close();
  server = null;
});

function depsWith(transport: MailTransport): DeliveryDeps {
  const log = (...args: unknown[]): void => void logged.push(JSON.stringify(args));
  return {
    store: temp.store,
    transport,
    retry: { giveUpDays: 5, random: () => 1 },
    now: () => now,
    newId: () => `made-${++ids}`,
    afterWithdrawal: (person, caseId) => Promise.resolve(void erased.push(`${person} ${caseId}`)),
    tellStaff: (notice) => Promise.resolve(told.push(notice) > 0),
    log: { info: log, warn: log, error: log },
  };
}

async function smtp(...script: Act[]): Promise<DeliveryDeps> {
  server = await startSmtp({ script });
  const limits = { setup: 400, answer: 400, whole: 5_000 };
  const config = { host: '127.0.0.1', port: server.port, security: 'loopback', login: null } as const;
  return depsWith(smtpTransport(config, { limits }));
}

const later = (minutes: number): Date => (now = new Date(now.getTime() + minutes * 60_000));
const state = async (): Promise<string | undefined> => (await temp.store.mail(REFERENCE))[0]?.state;
const arrived = (): readonly string[] => (server?.received ?? []).map(({ raw }) => Buffer.from(raw).toString('latin1'));

/** What the person's next turns are told, in order. */
async function outcomes(store: Store, person: string): Promise<readonly MailOutcome[]> {
  const found: MailOutcome[] = [];
  for (let turn = await store.nextTurn(person); turn !== null; turn = await store.nextTurn(person)) {
    if (turn.event.kind === 'mail') found.push(turn.event.outcome);
    await saveEmpty(store, turn);
  }
  return found;
}

describe('a mail that is due', () => {
  it('arrives once, with a date of its own day and an address for the answer, and the person is told by whom it was taken', async () => {
    const deps = await smtp();
    const { person } = await queueMail(temp.store, SUBMISSION);
    expect(await deliverDue(deps)).toBe(1);
    expect(await deliverDue(deps)).toBe(0);

    expect(server?.received).toHaveLength(1);
    const received = server?.received[0];
    expect(received).toMatchObject({ from: SUBMISSION.from, to: [SUBMISSION.to] });
    expect(received?.mail.date).toBe(now.toISOString());
    expect(received?.mail.replyTo?.[0]?.address).toMatch(/^griot\+[A-Za-z0-9-]+@maes-de-julho\.org$/);
    expect(received?.mail.text?.trimEnd()).toBe(SUBMISSION.body.trimEnd());
    expect(await state()).toBe('sent');
    expect(await outcomes(temp.store, person)).toEqual([
      { kind: 'accepted', server: '127.0.0.1', at: now.toISOString() },
    ]);
    expect(told).toEqual([]);
  });

  it('holds no phone number, no account and no id of ours, and neither do the logs', async () => {
    const deps = await smtp();
    const { person, caseId } = await queueMail(temp.store, SUBMISSION);
    await deliverDue(deps);
    for (const canary of [PHONE, PHONE.slice(1), 'acc-canary-77', person, caseId, 'contribution-one', 'ENVIAR']) {
      expect(arrived().join().replaceAll('=\r\n', '')).not.toContain(canary);
    }
    for (const canary of [PHONE, 'acc-canary-77', SUBMISSION.to, SUBMISSION.fromName, 'Ninguém', 'ENVIAR']) {
      expect(logged.join()).not.toContain(canary);
    }
  });

  it('waits for the end of the window', async () => {
    const deps = await smtp();
    await queueMail(temp.store, SUBMISSION);
    now = new Date('2026-03-01T11:59:59.999Z');
    expect(await deliverDue(deps)).toBe(0);
    expect(server?.connections()).toBe(0);
  });

  it('lies in the outbox folder where there is no mail server, readable by its owner only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'griot-outbox-'));
    try {
      const { person } = await queueMail(temp.store, SUBMISSION);
      await deliverDue(depsWith(outboxFolder(folder)));
      expect(readFileSync(join(folder, `${REFERENCE}.eml`), 'latin1')).toContain(`Subject: ${SUBMISSION.subject}`);
      expect(await outcomes(temp.store, person)).toEqual([{ kind: 'written', folder }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('what is not as it was approved never leaves', () => {
  const notManifest = (text: string): string => text.replace('"late":false', '"late":true ');
  const oneByte = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at === 3 ? byte ^ 1 : byte));
  const cases: readonly (readonly [string, QueueOptions])[] = [
    ['one byte of the manifest', { tamper: (d) => ({ ...d, manifest: notManifest(d.manifest ?? '') }) }],
    [
      'one byte of a file',
      { tamper: (d) => ({ ...d, files: d.files.map((f) => ({ ...f, bytes: oneByte(f.bytes) })) }) },
    ],
    ['a file missing', { tamper: (d) => ({ ...d, files: d.files.slice(1) }) }],
    ['the body', { queuedRequest: { ...SUBMISSION, body: `${SUBMISSION.body} ` } }],
    ['the subject', { queuedRequest: { ...SUBMISSION, subject: 'Informe 2024' } }],
    ['the publication', { queuedRequest: { ...SUBMISSION, publication: 'public-named' } }],
    ['the late mark', { queuedRequest: { ...SUBMISSION, late: true } }],
    ['the recipient', { queuedRequest: { ...SUBMISSION, to: 'evil@elsewhere.org' }, verified: 'evil@elsewhere.org' }],
    ['the verified address', { verified: 'new@un-body.int' }],
    ['no address was verified', { verified: null }],
  ];

  it.each(cases)('%s', async (_what, options) => {
    const deps = await smtp();
    await queueMail(temp.store, SUBMISSION, options);
    expect(await deliverDue(deps)).toBe(0);
    expect(server?.connections()).toBe(0);
    expect(told).toEqual([{ reference: REFERENCE, kind: 'submission', state: 'held' }]);
  });

  it('a trial address, where mail really leaves', async () => {
    const trial: MailRequest = withBody({ ...SUBMISSION, to: 'trial@call.example' });
    const deps = await smtp();
    await queueMail(temp.store, trial);
    expect(await deliverDue(deps)).toBe(0);
    expect(server?.connections()).toBe(0);
  });

  it('also a frozen mail, when the address is no longer the verified one', async () => {
    const deps = await smtp({ do: 'reply', at: 'rcpt', code: 451 });
    await queueMail(temp.store, SUBMISSION);
    await deliverDue(deps);
    const known = await temp.store.callAddress(SUBMISSION.callId);
    if (known === null) throw new Error('no address');
    await temp.store.setCallAddress({ ...known, address: 'new@un-body.int' });
    later(5);
    expect(await deliverDue(deps)).toBe(0);
    expect(server?.connections()).toBe(1);
  });

  it('a mail that was taken back', async () => {
    const deps = await smtp();
    const { person } = await queueMail(temp.store, SUBMISSION);
    await cancelMail(temp.store, person, REFERENCE);
    expect(await deliverDue(deps)).toBe(0);
    expect(await state()).toBe('cancelled');
    expect(server?.connections()).toBe(0);
  });

  it('a mail that is taken back while it is being frozen', async () => {
    const deps = await smtp();
    const { person } = await queueMail(temp.store, SUBMISSION);
    const late: DeliveryDeps['store'] = {
      ...temp.store,
      async documentOf(item) {
        const document = await temp.store.documentOf(item);
        await cancelMail(temp.store, person, REFERENCE);
        return document;
      },
    };
    expect(await deliverDue({ ...deps, store: late })).toBe(0);
    expect(server?.connections()).toBe(0);
    expect(await state()).toBe('cancelled');
  });
});

describe('what comes of an attempt', () => {
  it('greylisting: refused for now, accepted some minutes later, byte for byte the same', async () => {
    const deps = await smtp({ do: 'reply', at: 'dot', code: 451 });
    const { person } = await queueMail(temp.store, SUBMISSION);
    await deliverDue(deps);
    expect(await deliverDue(deps)).toBe(0);
    later(2);
    expect(await deliverDue(deps)).toBe(1);
    expect(arrived()).toHaveLength(2);
    expect(arrived()[0]).toBe(arrived()[1]);
    expect((await outcomes(temp.store, person)).map(({ kind }) => kind)).toEqual(['deferred', 'accepted']);
    expect(told).toEqual([]);
  });

  it('a 5xx ends it: the person gets the reply, the staff a notice', async () => {
    const deps = await smtp({ do: 'reply', at: 'rcpt', code: 550 });
    const { person } = await queueMail(temp.store, SUBMISSION);
    await deliverDue(deps);
    later(600);
    expect(await deliverDue(deps)).toBe(0);
    expect(await outcomes(temp.store, person)).toMatchObject([{ kind: 'refused', server: '127.0.0.1' }]);
    expect(told).toEqual([{ reference: REFERENCE, kind: 'submission', state: 'refused' }]);
  });

  it.each([
    ['hang', 'dot'],
    ['drop', 'dot'],
    ['drop', 'data'],
  ] as const)('%s at %s: uncertain, and the same bytes again', async (what, at) => {
    const deps = await smtp({ do: what, at } as Act);
    const { person } = await queueMail(temp.store, SUBMISSION);
    await deliverDue(deps);
    expect(await state()).toBe('uncertain');
    later(2);
    await deliverDue(deps);
    expect(new Set(arrived()).size).toBe(1);
    expect((await outcomes(temp.store, person)).map(({ kind }) => kind)).toEqual(['uncertain', 'accepted']);
    expect(told.map((notice) => notice.state)).toEqual(['uncertain']);
  });

  it('once in doubt, a later refusal does not make it "refused": a copy may have arrived', async () => {
    const deps = await smtp({ do: 'drop', at: 'dot' }, { do: 'reply', at: 'dot', code: 554 });
    const { person } = await queueMail(temp.store, SUBMISSION);
    await deliverDue(deps);
    later(2);
    await deliverDue(deps);
    expect(await state()).toBe('held');
    later(600);
    expect(await deliverDue(deps)).toBe(0);
    expect((await outcomes(temp.store, person)).map(({ kind }) => kind)).toEqual(['uncertain', 'uncertain']);
  });

  it('killed between the 250 and our commit: the next process sends the same bytes, and the person is told once', async () => {
    const deps = await smtp();
    const { person } = await queueMail(temp.store, SUBMISSION);
    const dying: DeliveryDeps['store'] = { ...temp.store, endAttempt: () => Promise.reject(new Error('killed')) };
    await expect(deliverDue({ ...deps, store: dying })).rejects.toThrow(AggregateError);

    const store = await temp.reopen();
    await store.recoverSending(now.toISOString());
    expect(await deliverDue({ ...deps, store })).toBe(1);
    expect(arrived()).toHaveLength(2);
    expect(arrived()[0]).toBe(arrived()[1]);
    expect((await outcomes(store, person)).map(({ kind }) => kind)).toEqual(['accepted']);
  });

  it('gives up after the days that were set, and says so', async () => {
    const transport: MailTransport = {
      leavesMachine: true,
      deliver: () => Promise.resolve({ kind: 'deferred', server: 'mx', reason: '451' }),
    };
    const { person } = await queueMail(temp.store, SUBMISSION);
    let attempts = 0;
    for (; now.getTime() < Date.parse(QUEUED_AT) + 7 * 24 * 3_600_000; later(30)) {
      attempts += await deliverDue(depsWith(transport));
    }
    expect(attempts).toBeGreaterThan(20);
    expect(await state()).toBe('refused');
    expect((await outcomes(temp.store, person)).at(-1)).toMatchObject({ kind: 'refused', reply: '451' });
    expect(told.map((notice) => notice.state)).toEqual(['deferred', 'given-up']);
  });

  it("one mail's fault does not keep the others from leaving", async () => {
    const deps = await smtp();
    await queueMail(temp.store, SUBMISSION);
    await queueMail(temp.store, withBody({ ...SUBMISSION, reference: 'GR-OTHER2' }), { name: 'two' });
    const broken: DeliveryDeps['store'] = {
      ...temp.store,
      documentOf: (item) =>
        item.reference === REFERENCE ? Promise.reject(new Error(`disk: ${PHONE}`)) : temp.store.documentOf(item),
    };
    await expect(deliverDue({ ...deps, store: broken })).rejects.toThrow(/^1 mails failed/);
    expect(arrived()).toHaveLength(1);
    expect(arrived()[0]).toContain('GR-OTHER2');
  });
});

describe('a withdrawal', () => {
  it('leaves without files, and what we keep is erased after its end is known', async () => {
    const deps = await smtp({ do: 'reply', at: 'rcpt', code: 451 });
    const { person, caseId } = await queueMail(temp.store, WITHDRAWAL);
    await deliverDue(deps);
    expect(erased).toEqual([]);
    later(2);
    await deliverDue(deps);
    expect(server?.received[0]?.mail.attachments).toEqual([]);
    expect(erased).toEqual([`${person} ${caseId}`]);
  });

  it('is held when its text is not the approved one', async () => {
    const deps = await smtp();
    await queueMail(temp.store, WITHDRAWAL, { queuedRequest: { ...WITHDRAWAL, body: 'Please publish.\n' } });
    expect(await deliverDue(deps)).toBe(0);
    expect(server?.connections()).toBe(0);
  });
});
