// Starts griot-process.ts on the data of a test, in place of the program in this process.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freeLease, type Griot } from './griot.ts';

const PROGRAM = fileURLToPath(new URL('griot-process.ts', import.meta.url));

export interface GriotProcess {
  /** With -9, at once. */
  readonly end: () => void;
  /** The same, as it is a minute later. */
  kill(): Promise<void>;
}

/** Its uploads come to the server's store, which no deadline ends. Resolves when it has started. */
export async function startGriotProcess(griot: Pick<Griot, 'dir' | 'server'>): Promise<GriotProcess> {
  const { url, media } = griot.server;
  const args = ['--disable-warning=ExperimentalWarning', PROGRAM, griot.dir, url, 'uploads', String(media.port)];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  const ended = once(child, 'exit').finally(() => process.off('exit', end));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (data: Buffer) => data.includes('started') && resolve());
    void ended.then(() => reject(new Error('ended before it started')));
  });
  return {
    end,
    async kill() {
      end();
      await ended;
      await freeLease(griot);
    },
  };
}
