// A mail belongs to the process that hands it over for as long as that process says so in the database. Whoever cannot
// say it any more lets go, before anybody else may take over; and the last piece of a mail leaves only after the
// database has said once more whose it is.

import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import type { Store } from '../../store/open.ts';
import type { MailHold } from './transport.ts';

// A name for this process that says where it runs, so that another one on the same machine can see when it is gone.

/** Names that this very process goes by: one for each app that it runs. */
const ours = new Set<string>();

/** `place/pid/random`. The place is empty if it cannot be known: then nobody takes this process for gone. */
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
 * Returns true if it is certain: on this machine, since its last start and among the processes that we see, none has that
 * number, or we have it ourselves and do not go by that name.
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

/** One start of one machine, and in it one space of process numbers: each container has its own. Linux only. */
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

export const LEASE_TIMES: LeaseTimes = { ends: 120_000, letsGo: 90_000, beat: 20_000 };

export interface HeldMail extends MailHold {
  /** The attempt is over. */
  end(): void;
}

/** After startSending(). Time is measured by the clock that never jumps; a failure of the database is no beat. */
export function holdMail(
  store: Pick<Store, 'keepSending'>,
  mail: string,
  holder: string,
  { letsGo, beat }: LeaseTimes,
): HeldMail {
  const lost = new AbortController();
  let last = performance.now();
  const keep = async (): Promise<boolean> => {
    const asked = performance.now();
    try {
      if (!(await store.keepSending(mail, holder))) lost.abort();
      else last = asked;
    } catch {
      return false;
    }
    return !lost.signal.aborted;
  };
  const timer = setInterval(() => {
    if (performance.now() - last >= letsGo) lost.abort();
    else void keep();
  }, beat);
  return { lost: lost.signal, isStillOurs: keep, end: () => clearInterval(timer) };
}

export interface LeaseWatchDeps {
  readonly store: Pick<Store, 'sendingMails' | 'takeOverMail'>;
  readonly holder: string;
  readonly now: () => Date;
  readonly times: LeaseTimes;
  /** This process is handing it over. Default: none. */
  readonly isUnderWay?: (mail: string) => boolean;
}

/**
 * Makes what a dead process left due again; gives how many mails. At once if the holder is certainly gone, or was
 * this process, which is not sending it; otherwise when its beat has stood still for as long as a lease lasts.
 */
export function watchLeases({ store, holder, now, times, isUnderWay }: LeaseWatchDeps): () => Promise<number> {
  let seen: ReadonlyMap<string, { readonly mark: string; readonly since: number }> = new Map();
  return async () => {
    const before = seen;
    // A look that fails is a break: the holder may have been kept from the database as well.
    seen = new Map();
    const leases = await store.sendingMails();
    const at = performance.now();
    const standing = leases.map((lease) => {
      const mark = `${lease.beat} ${lease.holder}`;
      const known = before.get(lease.mail);
      return { lease, mark, since: known?.mark === mark ? known.since : at };
    });
    seen = new Map(standing.map(({ lease, mark, since }) => [lease.mail, { mark, since }]));
    let taken = 0;
    for (const { lease, since } of standing) {
      if (isUnderWay?.(lease.mail) === true) continue;
      const gone = lease.holder === holder || (lease.holder !== null && isGone(lease.holder, holder));
      if (!gone && at - since < times.ends) continue;
      if (await store.takeOverMail(lease, now().toISOString())) taken += 1;
    }
    return taken;
  };
}
