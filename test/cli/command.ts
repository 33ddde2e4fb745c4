// Commands as an operator runs them: a process of its own, nothing of this process's environment but the path.

import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** Everything that comes on standard input; the end of it follows. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** `src/cli/<name>.ts`, without npm before it, which takes longer than the command. */
export function command(name: string, args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const file = `src/cli/${name}.ts`;
  return start(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], options);
}

/** `npm run -s <script> -- <args>`: the words that the README gives. */
export function npmRun(script: string, args: readonly string[]): Promise<Ended> {
  return start('npm', ['run', '-s', script, '--', ...args], {});
}

async function start(program: string, args: readonly string[], options: CommandOptions): Promise<Ended> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...options.env };
  const child = spawn(program, args, { cwd: ROOT, env, stdio: 'pipe' });
  child.stdin.end(options.input ?? '');
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}
