// A Worker is ended for what it uses, and not because the machine is busy with something else.

import { afterEach, expect, test } from 'vitest';
import { Worker } from 'node:worker_threads';
import { apart, watchTime } from '../src/apart.ts';

const workers: Worker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

function started(code: string): Worker {
  const worker = new Worker(code, { eval: true, ...apart() });
  workers.push(worker);
  return worker;
}

const over = (worker: Worker, ms: number) =>
  new Promise<number>((resolve) => {
    const began = performance.now();
    watchTime(worker, ms, () => resolve(performance.now() - began));
  });

test('one that computes without an end is over once it has used its time', async () => {
  const worker = started('for (;;);');
  await over(worker, 200);
  const { user, system } = await worker.cpuUsage();
  expect((user + system) / 1_000).toBeGreaterThanOrEqual(200);
});

test('one that only waits is over after ten times as long by the clock', async () => {
  expect(await over(started('setInterval(() => undefined, 60_000)'), 300)).toBeGreaterThanOrEqual(3_000);
});

test('nothing is called once the watch has ended', async () => {
  let called = false;
  const worker = started('setInterval(() => undefined, 60_000)');
  watchTime(worker, 0, () => (called = true))();
  await over(worker, 0);
  expect(called).toBe(false);
});

test('knows nothing of the settings of the process', async () => {
  process.env['MASTER_KEY'] = 'invented';
  const worker = started("require('node:worker_threads').parentPort.postMessage(Object.keys(process.env))");
  const names = await new Promise((resolve) => worker.once('message', resolve));
  delete process.env['MASTER_KEY'];
  expect(['', 'NODE_COMPILE_CACHE']).toContain(String(names));
});
