// Reads the configuration, opens the app, waits for a signal, closes. Begin reading here.

import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { explainError } from './explain-error.ts';
import { isScriptOfNpm, readEnvironment } from './config/config.ts';
import { endWithNpm } from './end-with-npm.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`Griot needs Node 22.18 or newer; this is ${process.version}. "npm start" brings its own.\n`);
  process.exit(1);
}

if (isScriptOfNpm()) endWithNpm();

// Node caches the compiled code: from the second start on, loading takes half the time. If the folder is not writable,
// nothing is cached.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/griot', import.meta.url)));

/** Milliseconds from a signal to the end, even if something hangs. */
const LAST_MS = 28_000;

const { openApp } = await import('./app.ts');
const { openLog } = await import('./log.ts');
const { safeError } = await import('./mail/safe-error.ts');

try {
  const { config, secrets } = readEnvironment();
  const log = openLog(config.logLevel);
  // Also for rejections that nobody caught. Node would print the message, which may quote what somebody wrote.
  process.once('uncaughtException', (error, origin) => {
    log.fatal({ ...safeError(error), origin }, 'a fault that nothing caught: the program ends');
    process.exit(1);
  });
  const app = await openApp({ config, secrets, log, alone: true });
  // Before anybody is told that it runs: whoever reads that may stop it at once.
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    // Even if something hangs: stored data is safe at any moment.
    setTimeout(() => process.exit(1), LAST_MS).unref();
    void app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  // SIGHUP: its terminal was closed.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);

  const say = (line: string) => process.stdout.write(`${line}\n`);
  // Before anything else can fail: the next start would not say it again.
  if (app.madeKey) {
    say(
      `A master key was made: ${config.masterKeyFile}. Back it up, apart from the data: without it nothing can be read.`,
    );
  }
  const { port } = await app.listen();
  if (config.trial) say('TRIAL: no operator is configured. Nothing leaves this machine.');
  say(`Ready: http://localhost:${port}/`);
} catch (error) {
  process.stderr.write(`${explainError(error)}\n`);
  // A partly opened app must not stay: it would keep the process up without a listener.
  process.exit(1);
}
