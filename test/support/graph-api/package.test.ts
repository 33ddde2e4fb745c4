// Somebody else installs it, runs the bot of its page, and asks that bot every row of the table.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../free-port.ts';
import { ROWS } from './conformance.ts';
import { APP_SECRET, VERIFY_TOKEN } from './graph-api.ts';

const run = promisify(execFile);
const HERE = fileURLToPath(new URL('.', import.meta.url));
const MODULES = fileURLToPath(new URL('../../../node_modules/', import.meta.url));
const NAME = 'griot-graph-api';
const BOT = /```js\n([^]*?)```/u.exec(readFileSync(join(HERE, 'README.md'), 'utf8'))?.[1] ?? '';

let dir: string;
let installed: string;
let bot: ChildProcess | undefined;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'griot-package-'));
  const source = join(dir, 'source');
  cpSync(HERE, source, { recursive: true });
  symlinkSync(MODULES, join(source, 'node_modules'));
  await run('npm', ['pack', '--offline', '--pack-destination', dir], { cwd: source });
  installed = join(dir, 'project', 'node_modules', NAME);
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', join(dir, `${NAME}-0.1.0.tgz`), '--strip-components=1', '-C', installed]);
});
afterAll(() => {
  bot?.kill();
  rmSync(dir, { recursive: true, force: true });
});

it('holds JavaScript with its types and its page, and nothing else', () => {
  expect(readdirSync(installed).toSorted()).toEqual(['README.md', 'dist', 'package.json']);
  const dist = readdirSync(join(installed, 'dist'));
  expect(dist.filter((name) => !/\.(?:js|d\.ts)$/u.test(name) || name.includes('.test.'))).toEqual([]);
});

it('runs its table against a webhook: the bot on its page passes every row', async () => {
  const port = await freePort();
  writeFileSync(join(dir, 'bot.mjs'), BOT);
  const env = { PATH: process.env['PATH'], PORT: '0', GRAPH: `http://127.0.0.1:${port}/v24.0/` };
  bot = spawn(process.execPath, ['bot.mjs'], { cwd: dir, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<string>((resolve) =>
    bot?.stdout?.once('data', (data: Buffer) => resolve(String(data))),
  );
  const webhook = `http://127.0.0.1:${said.trim()}/`;
  const given = ['--webhook', webhook, '--app-secret', APP_SECRET, '--verify-token', VERIFY_TOKEN];
  const table = join(installed, 'dist', 'conformance.js');
  const { stdout } = await run(process.execPath, [table, ...given, '--port', String(port), '--quiet', '300']);
  expect(stdout.match(/^ok {6}/gmu)).toHaveLength(ROWS.length);
});
