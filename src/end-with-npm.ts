// npm passes a signal to the shell that it runs a script in, and the shell ends without passing it on: the process would go on
// with nobody who knows of it, hold the port and the data, and greet people.

import { readFileSync } from 'node:fs';

const LOOK_MS = 500;

/** Once the shell or the npm above it has ended, this process does what SIGTERM does. */
export function endWithNpm(): void {
  const began = above();
  const look = setInterval(() => {
    if (above() === began) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_MS);
  look.unref();
}

/** The parent, and its parent as far as the system tells: some shells put the script in their own place, and are not there. */
function above(): string {
  const parent = process.ppid;
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    // After the name, which may hold anything: the state, then the parent.
    const [, grandparent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${parent} ${grandparent}`;
  } catch {
    return String(parent);
  }
}
