// Starts cloud-process.ts on the data of a test, in place of the program in this process.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CloudApp } from '../../support/cloud-app.ts';

const PROGRAM = fileURLToPath(new URL('cloud-process.ts', import.meta.url));

export interface CloudProcess {
  readonly child: ChildProcess;
  /** Everything that it printed so far. */
  printed(): string;
  readonly ended: Promise<unknown>;
}

/** `step`: at which it ends itself; `env`: in addition, and two calls are served. Resolves when the webhook answers, or it is dead. */
export async function startCloudProcess(
  { dir, graph }: Pick<CloudApp, 'dir' | 'graph'>,
  { step = '', env }: { readonly step?: string; readonly env?: Readonly<Record<string, string>> },
): Promise<CloudProcess> {
  const more = env === undefined ? [] : [JSON.stringify(env)];
  const args = ['--disable-warning=ExperimentalWarning', PROGRAM, dir, graph.base.href, step, ...more];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  let printed = '';
  const port = await new Promise<string>((resolve, reject) => {
    const hear = (data: Buffer) => {
      printed += data.toString();
      const found = /^started (\d+)$/mu.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    // One that dies of what a former one left has no port.
    child.once('exit', () => resolve(''));
    child.once('error', reject);
  });
  if (port !== '') graph.webhook = new URL(`http://127.0.0.1:${port}/whatsapp/webhook`);
  return { child, ended, printed: () => printed };
}
