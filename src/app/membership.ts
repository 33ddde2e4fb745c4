// This process among all that share the database. It beats there, and whoever sees a beat stand still frees what that process held:
// at once if it has ended on the same machine, else after half a minute and more. docs/decisions/0225-any-number-of-processes.md.

import type { Logger } from 'pino';
import type { Self } from '../conversation/deliver-replies.ts';
import { forgetName, type LeaseTimes, nameThisProcess, watchLeases } from '../lease.ts';
import { safeError } from '../mail/safe-error.ts';
import type { Store } from '../store/open.ts';

/** Between `letsGo` and `ends` lie the token and the pace of one message on Teams, which were waited for since. */
const TIMES: LeaseTimes = { ends: 45_000, letsGo: 15_000, beat: 2_000 };

export interface Membership extends Self {
  /** Only one process at a time gets true, and keeps it as long as it lives. */
  isOurs(lease: string): Promise<boolean>;
  /** Hands over everything that it holds. */
  leave(): Promise<void>;
}

const ALONE: Membership = {
  name: () => null,
  isSure: () => true,
  isOurs: () => Promise.resolve(true),
  leave: () => Promise.resolve(),
};

export interface MembershipOptions {
  readonly store: Pick<Store, 'shared'>;
  /** This run of the program. */
  readonly boot: string;
  /** Another process ended without leaving. */
  readonly onGone: () => void;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  readonly times?: LeaseTimes;
}

/** On SQLite there is one process, which is asked nothing. */
export async function joinProcesses(options: MembershipOptions): Promise<Membership> {
  const { boot, onGone, log, times = TIMES } = options;
  const { shared } = options.store;
  if (shared === null) return ALONE;
  let name = nameThisProcess();
  await shared.join(name, boot);
  let last = performance.now();
  let isOver = false;

  const watch = watchLeases({
    leases: () => shared.running(),
    takeOver: (lease) => shared.bury(lease),
    ...{ holder: name, ends: times.ends, isUnderWay: (id) => id === name },
  });

  const beat = async (): Promise<void> => {
    const asked = performance.now();
    if (!(await shared.beat(name))) {
      log.warn('this process stood still, and others have taken over what it held');
      forgetName(name);
      name = nameThisProcess();
      await shared.join(name, boot);
    }
    last = asked;
    const gone = await watch();
    if (gone === 0) return;
    log.warn({ processes: gone }, 'taken over from a process that is gone');
    onGone();
  };
  let beating: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    timer = setTimeout(() => {
      beating = beat()
        .catch((error: unknown) =>
          log.error(safeError(error), 'the database could not be told that this process lives'),
        )
        .finally(() => {
          if (!isOver) next();
        });
    }, times.beat);
  };
  next();

  return {
    name: () => name,
    isSure: () => performance.now() - last < times.letsGo,
    isOurs: (lease) => shared.hold(lease, name),
    async leave() {
      isOver = true;
      clearTimeout(timer);
      await beating;
      clearTimeout(timer);
      await shared.leave(name);
      forgetName(name);
    },
  };
}
