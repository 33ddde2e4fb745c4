// Comes before every tool: names a package of development that a server does not have, and lets a reader of the output leave early
// (`npm run -s faults -- --list | head`).

import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const { devDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};

registerHooks({
  resolve(specifier, context, nextResolve) {
    try {
      return nextResolve(specifier, context);
    } catch (error) {
      const name = Object.keys(devDependencies).find((one) => specifier === one || specifier.startsWith(`${one}/`));
      if (name === undefined) throw error;
      process.stderr.write(
        `This is for those who work on Griot: it needs ${name}, which npm ci --omit=dev leaves out. In a clone of its own: npm ci, then the same again.\n`,
      );
      process.exit(1);
    }
  },
});

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
