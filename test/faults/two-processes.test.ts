// On SQLite one server runs at a time (several: many-processes.test.ts): a second one is refused before it changes anything.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lookInto } from '../support/invariants.ts';
import * as running from '../support/running-app.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'griot-two-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a second server on the same SQLite file is refused and told what to do; commands go on, and so does the next start', async () => {
  const env = { DATA_DIR: dir, MASTER_KEY: running.MASTER_KEY };
  const first = await running.startProcess(env);
  await expect(running.startProcess(env)).rejects.toThrow(/Another server runs on .*griot\.db.*DATABASE_URL/s);
  expect(await lookInto(env, (store) => store.peopleWaiting())).toEqual([]);
  expect((await new running.Visitor(first.url).open()).status).toBe(200);
  await first.kill();
  const next = await running.startProcess(env);
  expect(await next.stop()).toBe(0);
});
