// The queue: one recording after the other, again after a failure, in two processes, after a kill.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transcribe, Transcribed } from '../../src/voice/transcriber.ts';
import { startVoiceLoop } from '../../src/voice/voice-loop.ts';
import type { Worker } from '../../src/worker.ts';
import { CASE, IN_CASE, NOON, openCase, PHONE, save } from '../store/family.ts';
import { openTempStore, type TempStore } from '../support/temp-store.ts';

let temp: TempStore;
let clock: Date;
const loops: Worker[] = [];
const logged: unknown[] = [];

beforeEach(async () => {
  temp = await openTempStore({ now: NOON });
  clock = new Date(NOON);
  logged.length = 0;
});
afterEach(async () => {
  for (const loop of loops.splice(0)) await loop.stop();
  await temp.close();
});

let count = 0;
function loop(transcribe: Transcribe, steadyMs: () => number = () => 0): Worker {
  const log = { info: (...said: unknown[]) => logged.push(said), warn: (...said: unknown[]) => logged.push(said) };
  const one = startVoiceLoop(
    {
      store: temp.store,
      transcribe,
      now: () => clock,
      newId: () => `lease-${++count}`,
      holder: `loop-${count}`,
      steadyMs,
      onFault: (error) => {
        throw error;
      },
      log: log as never,
      slowMs: 30_000,
    },
    3_600_000,
  );
  loops.push(one);
  return one;
}

async function speak(id: string): Promise<string> {
  const { person } = await temp.store.receive({
    from: PHONE,
    messageId: id,
    event: { id, at: NOON, kind: 'voice' },
    sound: { bytes: Buffer.from(`OggS ${id}`), type: 'audio/ogg' },
  });
  await save(temp.store, person, { ...IN_CASE, queueVoice: [{ id, by: 'machine' }] });
  return person;
}

const answering =
  (...outcomes: readonly Transcribed[]): Transcribe =>
  () =>
    Promise.resolve(outcomes[Math.min(asked++, outcomes.length - 1)] ?? { kind: 'later', error: 'none' });
let asked = 0;
beforeEach(() => {
  asked = 0;
});

it('no harm 22: fifty recordings that hang do not keep the next one, nor a stop', async () => {
  const bytes = Buffer.from('OggS');
  const jobs = Array.from({ length: 51 }, (_, i) => ({
    ...{ person: `p${i}`, mark: `m${i}`, lease: `l${i}`, note: `v${i}`, language: null, attempts: 0 },
    sound: { bytes, type: 'audio/ogg' },
  }));
  const again: string[] = [];
  let heard: (person: string) => void = () => undefined;
  const first = new Promise<string>((resolve) => (heard = resolve));
  const one = startVoiceLoop(
    {
      store: {
        voice: {
          take: () => Promise.resolve(jobs.shift() ?? null),
          renew: () => Promise.resolve(true),
          leases: () => Promise.resolve([]),
          takeOver: () => Promise.resolve(false),
          finish: ({ person }) => {
            heard(person);
            return Promise.resolve(true);
          },
          retry: ({ person }) => Promise.resolve(void again.push(person)),
        },
      },
      // The last one is answered at once, all others when they are let go.
      transcribe: (_sound, _language, signal) =>
        jobs.length === 0
          ? Promise.resolve({ kind: 'text', text: 'Personne.' })
          : new Promise((resolve) => {
              signal.addEventListener('abort', () => resolve({ kind: 'later', error: 'AbortError' }));
            }),
      now: () => clock,
      newId: () => 'lease',
      holder: 'one',
      onFault: (error) => {
        throw error;
      },
      log: { info: () => undefined, warn: () => undefined },
      slowMs: 1,
    },
    3_600_000,
  );
  expect(await first).toBe('p50');
  await one.stop();
  expect(again).toHaveLength(50);
});

describe('the queue of recordings', () => {
  it('brings the words to their speaker', async () => {
    await openCase(temp.store);
    const person = await speak('v1');
    await loop(answering({ kind: 'text', text: 'Personne.' })).settle();
    expect((await temp.store.nextTurn(person))?.event).toMatchObject({
      kind: 'voice-written',
      note: 'v1',
      text: 'Personne.',
    });
  });

  it('waits longer after each failure, and at last says so; nothing of it is logged but a code', async () => {
    await openCase(temp.store);
    const person = await speak('v1');
    const one = loop(answering({ kind: 'later', error: 'status 503' }));
    await one.settle();
    expect(asked).toBe(1);
    await one.settle();
    expect(asked).toBe(1);
    for (const seconds of [5, 30, 120, 600, 3_600, 10_800]) {
      clock = new Date(clock.getTime() + seconds * 1000);
      await one.settle();
    }
    expect(asked).toBe(7);
    expect((await temp.store.nextTurn(person))?.event).toMatchObject({ kind: 'voice-failed', why: 'service' });
    expect(JSON.stringify(logged)).not.toMatch(/v1|Koffi|229/u);
  });

  it('says at once what no other try can mend', async () => {
    await openCase(temp.store);
    const person = await speak('v1');
    await loop(answering({ kind: 'never', error: 'status 415' })).settle();
    expect((await temp.store.nextTurn(person))?.event).toMatchObject({ kind: 'voice-failed', why: 'unreadable' });
  });

  it('takes each once, in two processes that look at the same moment', async () => {
    await openCase(temp.store);
    const person = await speak('v1');
    const transcribe = answering({ kind: 'text', text: 'Personne.' });
    await Promise.all([loop(transcribe).settle(), loop(transcribe).settle()]);
    expect(asked).toBe(1);
    await save(temp.store, person, IN_CASE);
    expect(await temp.store.nextTurn(person)).toBeNull();
  });

  it('takes again what a process that was killed had in its hands, once its lease is over', async () => {
    await openCase(temp.store);
    await speak('v1');
    await temp.store.voice.take(NOON, 'killed', 'another-start:another-space/7/one');
    const transcribe = answering({ kind: 'text', text: 'Personne.' });
    await temp.reopen();
    let steady = 0;
    const one = loop(transcribe, () => steady);
    await one.settle();
    clock = new Date('2026-03-02T12:00:00.000Z');
    steady = 29_999;
    await one.settle();
    expect(asked).toBe(0);
    clock = new Date('2026-02-28T12:00:00.000Z');
    steady = 30_000;
    await one.settle();
    expect(asked).toBe(0);
    clock = new Date(NOON);
    await one.settle();
    expect(asked).toBe(1);
  });

  it('an answer that comes too late, after the case was erased, is nobody’s', async () => {
    await openCase(temp.store);
    const person = await speak('v1');
    const begun = Promise.withResolvers<undefined>();
    const answer = Promise.withResolvers<Transcribed>();
    const one = loop(() => {
      begun.resolve(undefined);
      return answer.promise;
    });
    const settled = one.settle();
    await begun.promise;
    await temp.store.eraseCase(CASE.case);
    answer.resolve({ kind: 'text', text: 'CANARY' });
    await settled;
    expect(await temp.store.voice.count()).toBe(0);
    expect(await temp.store.nextTurn(person)).toBeNull();
  });
});
