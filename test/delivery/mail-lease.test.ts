// Two processes on one outbox: one mail, whoever sends it, and whatever happens to its sender or to the clocks.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildRecipientOf } from '../../src/mail/recipients.ts';
import { type LoopDeps, startDeliveryLoop } from '../../src/mail/outbox/delivery-loop.ts';
import { nameThisProcess } from '../../src/lease.ts';
import { smtpTransport } from '../../src/mail/outbox/smtp-transport.ts';
import type { Store } from '../../src/store/open.ts';
import type { Worker } from '../../src/worker.ts';
import { startPostgres, type TempPostgres } from '../support/postgres.ts';
import { until } from '../support/running-app.ts';
import { type Act, startSmtp, type TestSmtp } from '../support/smtp.ts';
import { openTempStore, type TempStore } from '../support/temp-store.ts';
import { outcomes } from './a-delivery.ts';
import { queueMail } from './a-mail-queued.ts';
import { A_SUBMISSION, REFERENCE, withBody } from './a-request.ts';
import type { MailOrders } from './delivery-process.ts';

const SUBMISSION = withBody({ ...A_SUBMISSION, language: 'pt' });
const NOW = '2026-03-01T12:00:05.000Z';
/** More than the network between two processes takes in by itself: its end is not given out while nobody reads. */
const MUCH = 9 * 1024 * 1024;
const SHORT = { ends: 1_200, letsGo: 60_000, beat: 100 };
/** As one on another machine would be called. */
const ELSEWHERE = 'another-start:another-space/7/one';
const CHILD = fileURLToPath(new URL('delivery-process.ts', import.meta.url));

let postgres: TempPostgres | null = null;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
});

describe.each(['sqlite', 'postgres'] as const)('P19, fault 17: two processes that hand over mails, on %s', (kind) => {
  let temps: TempStore[] = [];
  const loops: Worker[] = [];
  const children: ChildProcess[] = [];
  let smtp: TestSmtp;
  let logged: string[] = [];

  beforeEach(async (context) => {
    logged = [];
    if (kind === 'postgres' && postgres === null) return context.skip('no PostgreSQL binary for this platform');
    const database = postgres !== null && kind === 'postgres' ? { kind, url: await postgres.newDatabase() } : undefined;
    temps = [await openTempStore({ newId: randomUUID, ...(database === undefined ? {} : { database }) })];
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    // Ends every attempt that still waits for an answer.
    await smtp.close();
    await Promise.all(loops.splice(0).map((loop) => loop.stop()));
    for (const temp of temps.splice(0).toReversed()) await temp.close();
  });

  const first = (): TempStore => {
    const [temp] = temps;
    if (temp === undefined) throw new Error('no store');
    return temp;
  };
  /** The same database, opened by somebody else. */
  const opened = async (): Promise<Store> => {
    const { database, ledgerFile } = first();
    const temp = await openTempStore({ database, ledgerFile, newId: randomUUID });
    temps.push(temp);
    return temp.store;
  };
  const serve = async (...script: Act[]): Promise<void> => {
    smtp = await startSmtp({ script });
  };
  const begin = (store: Store, holder: string, more: Partial<LoopDeps> = {}): Worker => {
    const log = (...args: unknown[]): void => void logged.push(JSON.stringify(args));
    const loop = startDeliveryLoop(
      {
        store,
        recipientOf: buildRecipientOf(store, () => null),
        transport: smtpTransport({ host: '127.0.0.1', port: smtp.port, security: 'loopback', login: null }),
        retry: { giveUpDays: 5, random: () => 1 },
        now: () => new Date(NOW),
        holder,
        lease: SHORT,
        newId: randomUUID,
        tellStaff: null,
        log: { info: log, warn: log, error: log },
        ...more,
      },
      20,
    );
    loops.push(loop);
    return loop;
  };
  /** A process of its own, in the middle of handing over much. */
  const sendsMuch = async (holder: string | null, lease = SHORT) => {
    const { database, ledgerFile, masterKey } = first();
    const orders: MailOrders = {
      ...{ database, ledgerFile, holder, lease, port: smtp.port, now: NOW },
      masterKey: masterKey.toString('base64'),
    };
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, JSON.stringify(orders)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => smtp.connections() === 1 && /^DATA/m.test(smtp.wire()));
    await pause(300);
    expect(said).toBe('');
    return { child, said: () => said };
  };
  const stateOf = async () => (await first().store.mail(REFERENCE))[0]?.state;
  const wholeOnce = async (person: string, told: readonly string[]) => {
    expect(smtp.received).toHaveLength(1);
    const [row] = await first().store.mail(REFERENCE);
    expect(row?.state).toBe('sent');
    expect(Buffer.from(smtp.received[0]?.raw ?? []).equals(Buffer.from(row?.bytes ?? []))).toBe(true);
    expect((await outcomes(first().store, person)).map((one) => one.kind)).toEqual(told);
  };

  it('start over the same six mails at the same moment: each arrives once', async () => {
    await serve();
    const references = ['GR-RACE2', 'GR-RACE3', 'GR-RACE4', 'GR-RACE5', 'GR-RACE6', 'GR-RACE7'];
    for (const reference of references) {
      await queueMail(first().store, withBody({ ...SUBMISSION, reference }), { name: reference });
    }
    const other = await opened();
    const both = [begin(first().store, 'one'), begin(other, 'two')];
    await until(async () => (await first().store.dueMails(NOW, 9)).length === 0 && smtp.received.length >= 6);
    for (const loop of both) await loop.settle();
    expect(smtp.received).toHaveLength(6);
    for (const reference of references) {
      expect(await first().store.mail(reference)).toMatchObject([{ state: 'sent', attempts: 1 }]);
    }
  });

  it.each([
    ['clocks that run on', []],
    ['clocks that jump two days ahead, and back', [2, -2, 2]],
  ] as const)('a second start waits while the first one is sending, with %s', async (_, jumps) => {
    const gate = Promise.withResolvers<undefined>();
    await serve({ do: 'wait', at: 'dot', until: gate.promise });
    const { person } = await queueMail(first().store, SUBMISSION);
    let days = 0;
    const now = () => new Date(Date.parse(NOW) + days * 86_400_000);
    const one = begin(first().store, ELSEWHERE, { now });
    await until(() => smtp.received.length === 1);
    const two = begin(await opened(), 'two', { now });
    for (const jump of [...jumps, 0, 0]) {
      days += jump;
      await pause(SHORT.ends);
      await two.settle();
    }
    expect(smtp.connections()).toBe(1);
    expect(await stateOf()).toBe('sending');
    gate.resolve(undefined);
    await until(async () => (await stateOf()) === 'sent');
    await one.settle();
    await two.settle();
    expect(smtp.connections()).toBe(1);
    await wholeOnce(person, ['accepted']);
  });

  it('one is killed in the middle of DATA: on the same machine the other sees it gone, and sends the whole at once', async () => {
    await serve({ do: 'wait', at: 'data', until: new Promise(() => undefined) });
    const { person } = await queueMail(first().store, SUBMISSION, { bytes: MUCH });
    const { child } = await sendsMuch(null, { ends: 600_000, letsGo: 500_000, beat: 100 });
    const two = begin(first().store, nameThisProcess(), { lease: { ends: 600_000, letsGo: 500_000, beat: 100 } });
    await two.settle();
    expect(smtp.connections()).toBe(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await until(async () => (await stateOf()) === 'sent');
    await wholeOnce(person, ['accepted']);
    expect(logged.join()).toContain('taken over');
  });

  it('fault 20: one is killed far away: the other takes over when the lease has ended, also with a clock set back by a day', async () => {
    await serve({ do: 'wait', at: 'data', until: new Promise(() => undefined) });
    const { person } = await queueMail(first().store, SUBMISSION, { bytes: MUCH });
    const { child } = await sendsMuch(ELSEWHERE);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const since = performance.now();
    begin(first().store, 'two', { now: () => new Date('2026-02-28T12:00:05.000Z') });
    await until(async () => (await stateOf()) === 'sent');
    expect(performance.now() - since).toBeGreaterThan(SHORT.ends);
    await wholeOnce(person, ['accepted']);
  });

  it('one falls asleep in the middle of DATA and wakes after the other has sent: it does not finish its copy', async () => {
    const gate = Promise.withResolvers<undefined>();
    await serve({ do: 'wait', at: 'data', until: gate.promise });
    const { person } = await queueMail(first().store, SUBMISSION, { bytes: MUCH });
    // Without a beat of its own, so that it does not fall asleep in the middle of writing one, which locks SQLite.
    const { child, said } = await sendsMuch(ELSEWHERE, { ends: 600_000, letsGo: 500_000, beat: 400_000 });
    child.kill('SIGSTOP');
    begin(first().store, 'two');
    await until(async () => (await stateOf()) === 'sent');
    gate.resolve(undefined);
    child.kill('SIGCONT');
    await until(() => said().includes('another process has it now'));
    await pause(300);
    await wholeOnce(person, ['accepted']);
  });

  it('one that cannot reach the database lets go before its lease ends, and nothing of its copy arrives', async () => {
    await serve({ do: 'wait', at: 'data', until: new Promise(() => undefined) });
    const { person } = await queueMail(first().store, SUBMISSION, { bytes: MUCH });
    const letGo = Promise.withResolvers<undefined>();
    const store = { ...first().store, keepSending: () => Promise.reject(new Error('no database')) };
    const log = (what: object) => {
      if ('result' in what) letGo.resolve(undefined);
    };
    begin(store, ELSEWHERE, {
      // The lease would outlast the test: only its own letting go ends the attempt.
      lease: { ends: 600_000, letsGo: 800, beat: 100 },
      log: { info: log, warn: log, error: () => undefined },
    });
    await until(() => smtp.connections() === 1);
    await letGo.promise;
    // Its own end of the attempt was written: the mail waits for its next try.
    expect(await stateOf()).toBe('frozen');
    expect((await outcomes(first().store, person)).map((one) => one.kind)).toEqual(['deferred']);
    expect(smtp.received).toHaveLength(0);
  });

  it('a server that says yes to one that was taken for dead ends the doubt, and is told once', async () => {
    const gate = Promise.withResolvers<undefined>();
    await serve({ do: 'wait', at: 'dot', until: gate.promise }, { do: 'reply', at: 'rcpt', code: 451 });
    const { person } = await queueMail(first().store, SUBMISSION);
    const store: Store = {
      ...first().store,
      keepSending: (id, holder) =>
        smtp.received.length === 0 ? first().store.keepSending(id, holder) : Promise.reject(new Error('no database')),
    };
    begin(store, ELSEWHERE);
    await until(() => smtp.received.length === 1);
    begin(await opened(), 'two');
    await until(async () => {
      const [mail] = await first().store.mail(REFERENCE);
      return mail?.state === 'uncertain' && mail.attempts === 2;
    });
    gate.resolve(undefined);
    await until(async () => (await stateOf()) === 'sent');
    await wholeOnce(person, ['uncertain', 'accepted']);
  });
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, milliseconds));
}
