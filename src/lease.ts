// A row that is worked on belongs to one process as long as that process renews its lease in the database, by counting a beat. Another
// process takes over once it has seen the same beat for long enough, by its own steady clock: no clocks are compared.

import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

// The name of this process contains its machine, so that another one on the same machine can see that it has ended.

/** Names of this process: one for each app in it. */
const ours = new Set<string>();

/** `place/pid/random`. The place is empty if it is not known: then nobody considers this process gone. */
export function nameThisProcess(): string {
  const name = [placeOfThisProcess(), process.pid, randomUUID()].join('/');
  ours.add(name);
  return name;
}

/** The app has stopped: rows that it still seems to hold were left. */
export function forgetName(name: string): void {
  ours.delete(name);
}

/**
 * Returns true if it is certain: on this machine, since its last start and among the visible processes, none has that
 * number, or it is our own number and not our name.
 */
function isGone(holder: string, self: string): boolean {
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

/** Identifies one boot of a machine and one namespace of process numbers, since each container has its own. Linux only. */
function placeOfThisProcess(): string {
  try {
    const start = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${start}:${readlinkSync('/proc/self/ns/pid')}`.replaceAll('/', '');
  } catch {
    return '';
  }
}

/** Milliseconds. */
export interface LeaseTimes {
  /** So long without a beat, seen without a break, and somebody else takes over. */
  readonly ends: number;
  /** So long without a beat that reached the database, and the holder lets go: well before `ends`. */
  readonly letsGo: number;
  readonly beat: number;
}

export interface Lease {
  /** Of what is held. */
  readonly id: string;
  /** Null: a version of this program that named nobody. */
  readonly holder: string | null;
  /** Grows as long as the holder lives. */
  readonly beat: number;
}

export interface Held {
  /** Aborted: it may be another process's by now. */
  readonly lost: AbortSignal;
  /** Beats once more. Returns false if it is another process's, or if the database cannot say so. */
  isStillOurs(): Promise<boolean>;
  /** The work is over: no further beat. */
  end(): void;
}

/**
 * From the moment a lease was taken. `keep` beats once in the database, and resolves with false if another process has it. Time is
 * measured by the clock that never jumps; a failure of the database is no beat.
 */
export function holdLease(keep: () => Promise<boolean>, { letsGo, beat }: Omit<LeaseTimes, 'ends'>): Held {
  const lost = new AbortController();
  let last = performance.now();
  const isStillOurs = async (): Promise<boolean> => {
    const asked = performance.now();
    try {
      if (!(await keep())) lost.abort();
      else last = asked;
    } catch {
      return false;
    }
    return !lost.signal.aborted;
  };
  const timer = setInterval(() => {
    if (performance.now() - last >= letsGo) lost.abort();
    else void isStillOurs();
  }, beat);
  return { lost: lost.signal, isStillOurs, end: () => clearInterval(timer) };
}

export interface LeaseWatchDeps<L extends Lease> {
  readonly leases: () => Promise<readonly L[]>;
  /** Frees it if it is held as it was read, by this holder and at this beat; false if it is not. */
  readonly takeOver: (lease: L) => Promise<boolean>;
  /** This process, as nameThisProcess() named it. */
  readonly holder: string;
  readonly ends: number;
  /** This process works on it. */
  readonly isUnderWay: (id: string) => boolean;
  /** Milliseconds of a clock that never jumps. */
  readonly steadyMs?: () => number;
}

/**
 * Frees what a dead process left; returns how many. At once if the holder is certainly gone, or was this process, which does
 * not work on it; otherwise when its beat has stood still for as long as a lease lasts.
 */
export function watchLeases<L extends Lease>(deps: LeaseWatchDeps<L>): () => Promise<number> {
  const { leases, takeOver, holder: self, ends, isUnderWay, steadyMs = () => performance.now() } = deps;
  let seen: ReadonlyMap<string, { readonly mark: string; readonly since: number }> = new Map();
  return async () => {
    const before = seen;
    // A look that fails is a break: the holder may have been kept from the database as well.
    seen = new Map();
    const held = await leases();
    const at = steadyMs();
    const standing = held.map((lease) => {
      const mark = `${lease.beat} ${lease.holder}`;
      const known = before.get(lease.id);
      return { lease, mark, since: known?.mark === mark ? known.since : at };
    });
    seen = new Map(standing.map(({ lease, mark, since }) => [lease.id, { mark, since }]));
    let taken = 0;
    for (const { lease, since } of standing) {
      const { id, holder } = lease;
      if (isUnderWay(id)) continue;
      const gone = holder === self || (holder !== null && isGone(holder, self));
      if (!gone && at - since < ends) continue;
      if (await takeOver(lease)) taken += 1;
    }
    return taken;
  };
}
