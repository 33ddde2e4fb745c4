// A process of its own for what can be measured in a fresh one only.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Runs a file of this folder; its standard output is numbers as JSON. Rejects with what it said where it fails. */
export async function runChild(
  file: string,
  args: readonly string[],
  nodeArgs: readonly string[] = [],
): Promise<Readonly<Record<string, number>>> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...nodeArgs, path, ...args], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`${file} ended with ${child.exitCode}: ${said}`);
  return JSON.parse(said) as Readonly<Record<string, number>>;
}
