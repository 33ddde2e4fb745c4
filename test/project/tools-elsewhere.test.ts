// The tools where they were not made for: on a server without the packages of development, and with a reader who leaves early.

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let dir: string;
beforeAll(() => {
  // As after `npm ci --omit=dev`: what a tool imports of the program is there, what it imports of development is not.
  dir = mkdtempSync(join(tmpdir(), 'griot-tools-'));
  for (const part of [
    'package.json',
    'src',
    'tools',
    'test/faults',
    'test/support',
    'test/bench',
    'locales',
    'dialogs',
  ])
    cpSync(part, join(dir, part), { recursive: true });
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  for (const name of Object.keys(dependencies)) {
    mkdirSync(join(dir, 'node_modules', name, '..'), { recursive: true });
    execFileSync('ln', ['-s', join(process.cwd(), 'node_modules', name), join(dir, 'node_modules', name)]);
  }
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const TOOLS = Object.entries(scripts).filter(([, script]) => /^node .* (?:tools|test)\//u.test(script));

test('every tool comes after the preload', () => {
  expect(TOOLS.length).toBeGreaterThan(10);
  for (const [name, script] of TOOLS) expect(script, name).toContain(' --import ./tools/preload.ts ');
});

describe('without the packages of development', () => {
  test.each(['faults', 'kills', 'bench', 'demo', 'trace'])('%s says which it needs, in one line', (name) => {
    const ran = spawnSync('sh', ['-c', `exec ${scripts[name]}`], {
      cwd: dir,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    expect(ran.stderr).toMatch(
      /^This is for those who work on Griot: it needs [\w@/-]+, which npm ci --omit=dev .*\n$/u,
    );
    expect([ran.status, ran.stdout]).toEqual([1, '']);
  });
});

test.each([
  ['faults', '--list'],
  ['understanding', '--help'],
])('a reader of %s who leaves early is no fault', (name, flag) => {
  const ran = spawnSync('bash', ['-c', `set -o pipefail; ${scripts[name]} ${flag} | true`], { encoding: 'utf8' });
  expect([ran.status, ran.stderr]).toEqual([0, '']);
});
