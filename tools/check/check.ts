// npm run check: every check of the house, as many at once as there are processors. What each says is shown when it ends; the
// first word of a failure is its name. Ends with 1 if one of them fails.

import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The scripts of package.json, those that take longest first. */
const CHECKS = ['check:lint', 'check:types', 'check:format', 'check:layers', 'check:wording'];

/** Resolves to what the script said; null if all is well. */
function run(script: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0 ? null : Buffer.concat(said).toString('utf8')));
  });
}

const left = [...CHECKS];
const failed: string[] = [];
async function runAll(): Promise<void> {
  for (let script = left.shift(); script !== undefined; script = left.shift()) {
    const began = performance.now();
    const said = await run(script);
    const seconds = Math.round((performance.now() - began) / 1000);
    process.stdout.write(`${script}: ${said === null ? `good, ${seconds} s` : `fails\n${said}`}\n`);
    if (said !== null) failed.push(script);
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, runAll));
if (failed.length > 0) process.stdout.write(`${failed.join(', ')}: see above\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
