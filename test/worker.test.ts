import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startWorker, type WorkerOptions } from '../src/worker.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const unexpected: WorkerOptions['onFault'] = (error) => {
  throw error;
};

it('runs at once, or at the first kick, then in even steps after each run', async () => {
  let [eager, lazy] = [0, 0];
  const one = startWorker(() => Promise.resolve(eager++), { everyMs: 1_000, onFault: unexpected });
  const two = startWorker(() => Promise.resolve(lazy++), { everyMs: 1_000, waits: true, onFault: unexpected });
  expect([eager, lazy]).toEqual([1, 0]);
  await vi.advanceTimersByTimeAsync(500);
  two.kick();
  await vi.advanceTimersByTimeAsync(900);
  expect([eager, lazy]).toEqual([2, 1]);
  await Promise.all([one.stop(), two.stop()]);
  await vi.advanceTimersByTimeAsync(9_000);
  expect([eager, lazy]).toEqual([2, 1]);
});

it('never runs twice at once, also if the run asks for itself; kicks during a run give one more', async () => {
  let [runs, atOnce] = [0, 0];
  const worker = startWorker(
    async () => {
      expect(++atOnce).toBe(1);
      if (++runs === 1) for (const _ of 'ab') setTimeout(() => worker.kick(), 0);
      if (runs === 2) worker.kick();
      await new Promise((resolve) => setTimeout(resolve, 100));
      atOnce -= 1;
    },
    { everyMs: 60_000, onFault: unexpected },
  );
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs).toBe(3);
  await worker.stop();
});

it('settles after a run that began afterwards; a stop waits for it, and it sees the stop', async () => {
  const seen: boolean[] = [];
  const worker = startWorker(
    async (stopping) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      seen.push(stopping.aborted);
    },
    { everyMs: 60_000, onFault: unexpected },
  );
  const settled = worker.settle().then(() => seen.length);
  await vi.advanceTimersByTimeAsync(250);
  expect(await settled).toBe(2);
  worker.kick();
  const stopped = worker.stop();
  await vi.advanceTimersByTimeAsync(100);
  await stopped;
  expect(seen).toEqual([false, false, true]);
});

it('goes on after a fault; says whether it failed before, and that it works again', async () => {
  const told: unknown[] = [];
  const results = [1, new Error('one'), new Error('two'), 2, new Error('three')];
  const worker = startWorker(
    () => {
      const next = results.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve();
    },
    {
      everyMs: 1_000,
      onFault: (_, { again }) => told.push([again, worker.state()]),
      onRecovery: () => told.push('works'),
    },
  );
  expect(worker.state()).toBeNull();
  await vi.advanceTimersByTimeAsync(4_500);
  expect(told).toEqual([[false, 'works'], [true, 'fails'], 'works', [false, 'works']]);
  expect(worker.state()).toBe('fails');
  await worker.stop();
});

it('leaves a run out while another process does it, and then says nothing of how it goes', async () => {
  let [isOurs, isBroken, runs] = [true, true, 0];
  const run = () => {
    runs += 1;
    return isBroken ? Promise.reject(new Error('broken')) : Promise.resolve();
  };
  const worker = startWorker(run, { everyMs: 1_000, mayRun: () => Promise.resolve(isOurs), onFault: () => undefined });
  await vi.advanceTimersByTimeAsync(100);
  expect([runs, worker.state(), worker.quietFor()]).toEqual([1, 'fails', 100]);
  isOurs = false;
  await vi.advanceTimersByTimeAsync(2_000);
  expect([runs, worker.state(), worker.quietFor()]).toEqual([1, null, null]);
  [isOurs, isBroken] = [true, false];
  await vi.advanceTimersByTimeAsync(1_000);
  expect([runs, worker.state()]).toEqual([2, 'works']);
  expect(worker.quietFor()).toBeLessThan(1_000);
  await worker.stop();
});
