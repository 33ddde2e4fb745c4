// A mail belongs to the process that sends it as long as that process renews its lease in the database. A process that
// cannot renew it lets go before any other may take over; and the last piece of a mail is sent only after another check
// of the lease.

import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import type { Store } from '../../store/open.ts';
import type { MailHold } from './transport.ts';

// The name of this process contains its machine, so that another one on the same machine can see that it has ended.

/** Names of this process: one for each app in it. */
const ours = new Set<string>();

/** `place/pid/random`. The place is empty if it is not known: then nobody considers this process gone. */
export function nameThisProcess(): string {
  const name = [placeOfThisProcess(), process.pid, randomUUID()].join('/');
  ours.add(name);
  return name;
}

/** The app has stopped: mails that it still seems to hold were left. */
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
  /** Time without a beat, observed without interruption, after which another process takes over. */
  readonly ends: number;
  /** Time without a successful beat after which the holder lets go: well before `ends`. */
  readonly letsGo: number;
  readonly beat: number;
}

export const LEASE_TIMES: LeaseTimes = { ends: 120_000, letsGo: 90_000, beat: 20_000 };

export interface HeldMail extends MailHold {
  /** The attempt is over. */
  end(): void;
}

/** Call it after startSending(). Uses the monotonic clock; a failed write to the database is no beat. */
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
  /** True if this process is sending it. Default: none. */
  readonly isUnderWay?: (mail: string) => boolean;
}

/**
 * Makes mails of a dead process due again; returns how many. At once if the holder is certainly gone, or is this
 * process, which is not sending it; otherwise when its beat has not changed for the time of a lease.
 */
export function watchLeases({ store, holder, now, times, isUnderWay }: LeaseWatchDeps): () => Promise<number> {
  let seen: ReadonlyMap<string, { readonly mark: string; readonly since: number }> = new Map();
  return async () => {
    const before = seen;
    // A failed check counts as an interruption: the holder may also have lost the database.
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
