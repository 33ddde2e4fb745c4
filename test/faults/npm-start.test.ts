// `npm start` as newcomers run it, ended in the ways in which people end it. Between npm and the server is a shell.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'griot-npm-start-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** In a group of its own, as a terminal runs it. */
async function npmStart() {
  const env = { PATH: process.env['PATH'], HOME: dir, DATA_DIR: dir, PORT: '0', NO_UPDATE_NOTIFIER: '1' };
  const npm = spawn('npm', ['start'], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const gone = once(npm, 'exit');
  // Whoever holds the other end of these has ended, too: npm, the shell and the server.
  const allGone = Promise.all([once(npm.stdout, 'close'), once(npm.stderr, 'close')]);
  while (!/Ready: \S+/u.test(said)) {
    if (npm.exitCode !== null) throw new Error(said);
    await wait(50);
  }
  return { npm, gone, allGone, url: /Ready: (\S+)/u.exec(said)?.[1] ?? '', said: () => said };
}

/** The whole group, whatever the test found. */
function endAll({ pid = 0 }: ChildProcess): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

test.each([
  ['kill', 'SIGTERM', 1],
  ['kill -9', 'SIGKILL', 1],
  ['kill -HUP', 'SIGHUP', 1],
  ['Ctrl-C', 'SIGINT', -1],
  ['a terminal that is closed', 'SIGHUP', -1],
] as const)(
  '%s of npm start stops the server, which closes what it has open (fault 1)',
  async (_how, signal, whom) => {
    const { npm, gone, allGone, url, said } = await npmStart();
    try {
      expect((await fetch(new URL('/ready', url))).status).toBe(200);
      process.kill(whom * (npm.pid ?? 0), signal);
      await Promise.all([gone, allGone]);
      expect(said()).toContain('"msg":"stopping"');
      await expect(fetch(new URL('/ready', url))).rejects.toThrow('fetch failed');
    } finally {
      endAll(npm);
    }
  },
  120_000,
);
