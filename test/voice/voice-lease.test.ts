// Two processes on one queue of recordings: each is transcribed by one, whatever happens to it or to the clocks.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nameThisProcess } from '../../src/lease.ts';
import type { Store } from '../../src/store/open.ts';
import type { Transcribe, Transcribed } from '../../src/voice/transcriber.ts';
import { startVoiceLoop, type VoiceLoopDeps } from '../../src/voice/voice-loop.ts';
import type { Worker } from '../../src/worker.ts';
import { IN_CASE, NOON, openCase, PHONE, save } from '../store/family.ts';
import { startPostgres, type TempPostgres } from '../support/postgres.ts';
import { until } from '../support/running-app.ts';
import { openTempStore, type TempStore } from '../support/temp-store.ts';
import type { Orders } from '../support/process-orders.ts';

/** Milliseconds, of a clock that the tests move. */
const LEASE = { ends: 30_000, letsGo: 600_000, beat: 20 };
/** As one on another machine would be called. */
const ELSEWHERE = 'another-start:another-space/7/one';
const CHILD = fileURLToPath(new URL('voice-process.ts', import.meta.url));

let postgres: TempPostgres | null = null;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
});

describe.each(['sqlite', 'postgres'] as const)('two processes that transcribe, on %s', (kind) => {
  let temps: TempStore[] = [];
  const loops: Worker[] = [];
  const children: ChildProcess[] = [];
  let steady = 0;
  let asked: string[] = [];

  beforeEach(async (context) => {
    [steady, asked] = [0, []];
    if (kind === 'postgres' && postgres === null) return context.skip('no PostgreSQL binary for this platform');
    const database = postgres !== null && kind === 'postgres' ? { kind, url: await postgres.newDatabase() } : undefined;
    const options = { newId: randomUUID, now: NOON };
    temps = [await openTempStore({ ...options, ...(database === undefined ? {} : { database }) })];
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
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
    const temp = await openTempStore({ database, ledgerFile, newId: randomUUID, now: NOON });
    temps.push(temp);
    return temp.store;
  };
  const speak = async (): Promise<string> => {
    const { store } = first();
    await openCase(store);
    const event = { id: 'v1', at: NOON, kind: 'voice' } as const;
    const sound = { bytes: Buffer.from('OggS'), type: 'audio/ogg' };
    const { person } = await store.receive({ from: PHONE, messageId: 'v1', event, sound });
    await save(store, person, { ...IN_CASE, queueVoice: [{ id: 'v1', by: 'machine' }] });
    return person;
  };
  /** Looks by itself at the beginning only. */
  const begin = (store: Store, holder: string, more: Partial<VoiceLoopDeps> = {}): Worker => {
    const transcribe: Transcribe = () => {
      asked.push(holder);
      return Promise.resolve({ kind: 'text', text: `Said to ${holder}.` });
    };
    const loop = startVoiceLoop(
      {
        ...{ store, transcribe, holder, lease: LEASE, newId: randomUUID, slowMs: 600_000 },
        now: () => new Date(NOON),
        steadyMs: () => steady,
        onFault: (error) => {
          throw error;
        },
        log: { info: () => undefined, warn: () => undefined },
        ...more,
      },
      3_600_000,
    );
    loops.push(loop);
    return loop;
  };
  /** A process of its own, with the recording in its hands. */
  const transcribes = async (holder: string | null) => {
    const { database, ledgerFile, masterKey } = first();
    const orders: Orders = {
      ...{ database, ledgerFile, holder, now: NOON },
      // Without a beat, so that it is never stopped in the middle of writing one, which locks SQLite.
      lease: { ...LEASE, beat: 600_000 },
      masterKey: masterKey.toString('base64'),
    };
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, JSON.stringify(orders)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => said.includes('begun'));
    return {
      child,
      said: () => said,
      async kill() {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      },
    };
  };
  const beat = async () => (await first().store.voice.leases())[0]?.beat ?? 0;
  /** What its speaker is told, all of it. */
  const told = async (person: string) => {
    const texts: string[] = [];
    for (let next = await first().store.nextTurn(person); next; next = await first().store.nextTurn(person)) {
      if (next.event.kind === 'voice-written') texts.push(next.event.text);
      await save(first().store, person, IN_CASE);
    }
    return texts;
  };

  it('look at the same moment: it is asked of the service once', async () => {
    const person = await speak();
    const both = [begin(first().store, 'one'), begin(await opened(), 'two')];
    await Promise.all(both.map((loop) => loop.settle()));
    expect(asked).toHaveLength(1);
    expect(await told(person)).toHaveLength(1);
  });

  it.each([
    ['clocks that run on', [0, 0]],
    ['clocks that jump two days ahead, and back', [2, -2]],
  ] as const)('a second start waits while the first one lives, with %s', async (_, jumps) => {
    const person = await speak();
    const [begun, answer] = [Promise.withResolvers<undefined>(), Promise.withResolvers<Transcribed>()];
    let days = 0;
    const now = () => new Date(Date.parse(NOON) + days * 86_400_000);
    const transcribe: Transcribe = () => {
      begun.resolve(undefined);
      return answer.promise;
    };
    const one = begin(first().store, ELSEWHERE, { now, transcribe });
    await begun.promise;
    const two = begin(await opened(), 'two', { now });
    for (const jump of jumps) {
      await two.settle();
      const before = await beat();
      await until(async () => (await beat()) > before);
      days += jump;
      steady += LEASE.ends;
    }
    await two.settle();
    expect(asked).toEqual([]);
    answer.resolve({ kind: 'text', text: 'Said to the first.' });
    await one.settle();
    expect(await told(person)).toEqual(['Said to the first.']);
  });

  it('one is killed: on the same machine the other sees it gone, and takes the recording at once', async () => {
    const person = await speak();
    const process = await transcribes(null);
    const name = nameThisProcess();
    const two = begin(first().store, name);
    await two.settle();
    expect(asked).toEqual([]);
    await process.kill();
    await two.settle();
    expect(asked).toEqual([name]);
    expect(await told(person)).toEqual([`Said to ${name}.`]);
  });

  it('one is killed far away: the other takes over when the lease has ended, and not before, whatever the clock says', async () => {
    const person = await speak();
    const process = await transcribes(ELSEWHERE);
    await process.kill();
    const two = begin(first().store, 'two', { now: () => new Date('2026-03-09T12:00:00.000Z') });
    await two.settle();
    steady = LEASE.ends - 1;
    await two.settle();
    expect(asked).toEqual([]);
    steady = LEASE.ends;
    await two.settle();
    expect(asked).toEqual(['two']);
    expect(await told(person)).toEqual(['Said to two.']);
  });

  it('one falls asleep and wakes after the other has finished: what it heard changes nothing', async () => {
    const person = await speak();
    const { child, said } = await transcribes(ELSEWHERE);
    child.kill('SIGSTOP');
    const two = begin(first().store, 'two');
    await two.settle();
    steady = LEASE.ends;
    await two.settle();
    child.kill('SIGCONT');
    child.stdin.write('Said to the one that slept.\n');
    await until(() => said().includes('settled'));
    expect(said()).not.toContain('Error');
    expect(await told(person)).toEqual(['Said to two.']);
  });
});
