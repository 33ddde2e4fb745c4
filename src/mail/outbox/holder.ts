// A name for this process that says where it runs, so that another one on the same machine can see when it is gone.

import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/** Names that this very process goes by: one for each app that it runs. */
const ours = new Set<string>();

/** `place/pid/random`. The place is empty where it cannot be known: then nobody takes this process for gone. */
export function nameThisProcess(): string {
  const name = [placeOfThisProcess(), process.pid, randomUUID()].join('/');
  ours.add(name);
  return name;
}

/** It has stopped: what it still seems to hold was left. */
export function forgetName(name: string): void {
  ours.delete(name);
}

/**
 * True where it is certain: on this machine, since its last start and among the processes that we see, none has that
 * number, or we have it ourselves and do not go by that name.
 */
export function isGone(holder: string, self: string): boolean {
  const [place, pid] = holder.split('/');
  const [here, own] = self.split('/');
  if (holder === self || ours.has(holder) || place === undefined || place === '' || place !== here) return false;
  return pid === own || !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** One start of one machine, and in it one space of process numbers: each container has its own. Linux only. */
function placeOfThisProcess(): string {
  try {
    const start = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${start}:${readlinkSync('/proc/self/ns/pid')}`.replaceAll('/', '');
  } catch {
    return '';
  }
}
