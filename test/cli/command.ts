// Commands as an operator runs them: a process of its own, nothing of this process's environment but its paths.

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
  /** Default: that of this process. */
  readonly account?: { readonly uid: number; readonly gid: number };
}

/** `npm run -s griot -- <words> <args>`, without npm before it, which takes longer than the command. `words`: "staff add". */
export function griot(words: string, args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const before = [
    '--disable-warning=ExperimentalWarning',
    'src/cli/griot.ts',
    ...words.split(' ').filter((word) => word !== ''),
  ];
  return start(process.execPath, [...before, ...args], options);
}

/** `npm run -s <script> -- <args>`: the words that the README gives. */
export function npmRun(script: string, args: readonly string[]): Promise<Ended> {
  return start('npm', ['run', '-s', script, '--', ...args], {});
}

async function start(program: string, args: readonly string[], options: CommandOptions): Promise<Ended> {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  const env = { PATH, HOME, NODE_COMPILE_CACHE, ...options.env };
  const child = spawn(program, args, { cwd: ROOT, env, stdio: 'pipe', ...options.account });
  child.stdin.end(options.input ?? '');
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}
