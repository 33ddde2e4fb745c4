// From the command to the first "ready", beside what Node takes to start and what our code takes to be read.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/free-port.ts';
import { figure, median, type Figure } from './figure.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const APP = new URL('../../src/app.ts', import.meta.url).href;
const PATIENCE_MS = 120_000;

export async function start({ times }: { times: number }): Promise<readonly Figure[]> {
  const node: number[] = [];
  const importing: number[] = [];
  const first: number[] = [];
  const again: number[] = [];
  for (let time = 0; time < times; time++) {
    const dir = mkdtempSync(join(tmpdir(), 'griot-bench-start-'));
    try {
      node.push(await untilItEnds(['--eval', '0']));
      importing.push(await untilItEnds(['--eval', `import(${JSON.stringify(APP)}).then(() => process.exit(0))`]));
      first.push(await untilReady(dir, { NODE_DISABLE_COMPILE_CACHE: '1' }));
      again.push(await untilReady(dir));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
  const aim = { at: 'most', value: 1000 } as const;
  const beside = { nodeMs: median(node), importsMs: median(importing) };
  return [
    figure('start to ready, the first after an install', median(first), 'ms', aim, beside),
    figure('start to ready, again', median(again), 'ms', aim, { ...beside, bestMs: Math.min(...again) }),
  ];
}

function launch(args: readonly string[], env: Record<string, string>) {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function untilItEnds(args: readonly string[]): Promise<number> {
  const begun = performance.now();
  const child = launch(args, {});
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`node ${args.join(' ')} ended with ${child.exitCode}`);
  return performance.now() - begun;
}

async function untilReady(dir: string, env: Record<string, string> = {}): Promise<number> {
  const port = await freePort();
  const begun = performance.now();
  const child = launch([MAIN], { DATA_DIR: dir, PORT: String(port), LOG_LEVEL: 'silent', ...env });
  const ended = once(child, 'close');
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null || performance.now() > begun + PATIENCE_MS)
        throw new Error('it does not become ready');
      await wait(5);
    }
    return performance.now() - begun;
  } finally {
    child.kill();
    await ended;
  }
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health`)).ok;
  } catch {
    return false;
  }
}
