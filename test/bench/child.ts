// A process of its own for what can be measured in a fresh one only.

import { type ChildProcess, fork, spawn } from 'node:child_process';
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

/** Milliseconds. */
const PATIENCE = 120_000;

export function forkChild(file: string, args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args);
}

/** The port that it says over IPC when it is ready. `onQr`: the code that it wants to be scanned before. */
export function portOf(child: ChildProcess, onQr: (qr: string) => void = () => undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('it does not become ready')), PATIENCE);
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
    child.on('message', ({ port, qr }: { readonly port?: number; readonly qr?: string }) => {
      if (qr !== undefined) onQr(qr);
      if (port === undefined) return;
      clearTimeout(late);
      resolve(port);
    });
  });
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const end = new Promise((resolve) => child.once('exit', resolve));
  if (child.connected) child.disconnect();
  const killed = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  await end;
  clearTimeout(killed);
}
