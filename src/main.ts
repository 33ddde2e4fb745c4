// Read the configuration, open the app, wait for a signal, close. Begin reading here.

import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { explainError } from './explain-error.ts';
import { readEnvironment } from './config/config.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`Griot needs Node 22.18 or newer; this is ${process.version}. "npm start" brings its own.\n`);
  process.exit(1);
}

// Node keeps our code compiled beside the libraries: from the second start on, reading it takes half the time. Where that
// folder cannot be written to, nothing is kept.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/griot', import.meta.url)));

/** Milliseconds from a signal to the end, whatever hangs. */
const LAST_MS = 28_000;

const { openApp } = await import('./app.ts');
const { openLog } = await import('./log.ts');

try {
  const { config, secrets } = readEnvironment();
  const log = openLog(config.logLevel);
  const app = await openApp({ config, secrets, log });
  const say = (line: string) => process.stdout.write(`${line}\n`);
  // Before all that can still fail: the next start would not say it again.
  if (app.madeKey) {
    say(
      `A master key was made: ${config.masterKeyFile}. Back it up, apart from the data: without it nothing can be read.`,
    );
  }
  const { port } = await app.listen();
  if (config.trial) say('TRIAL: no operator is configured. Nothing leaves this machine.');
  say(`Ready: http://localhost:${port}/`);

  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'stopping');
    // Whatever hangs: what is kept is safe at any moment.
    setTimeout(() => process.exit(1), LAST_MS).unref();
    void app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  process.stderr.write(`${explainError(error)}\n`);
  // Half an app must not live on: what it had begun would keep the process up, with nobody listening.
  process.exit(1);
}
