// Runs deliverDue() again and again. A run that throws is logged, and the next one follows.

import { watchLeases } from '../../lease.ts';
import type { Store } from '../../store/open.ts';
import { startWorker, type Worker } from '../../worker.ts';
import { logEach } from '../safe-error.ts';
import { deliverDue, type DeliveryDeps, MAIL_LEASE, type UnderWay } from './deliver-due.ts';

export type LoopDeps = DeliveryDeps & { readonly store: Pick<Store, 'sendingMails' | 'takeOverMail'> };

/**
 * Runs at once, then `everyMs` milliseconds after the end of each run. settle() attempts everything due, at most twenty
 * mails; stop() waits for the mails in progress (with a silent server, ten minutes).
 */
export function startDeliveryLoop(deps: LoopDeps, everyMs: number): Worker {
  const underWay: UnderWay = new Map();
  const { store, holder, now, lease = MAIL_LEASE } = deps;
  const takeOver = watchLeases({
    leases: () => store.sendingMails(),
    takeOver: (mail) => store.takeOverMail(mail, now().toISOString()),
    ...{ holder, ends: lease.ends, isUnderWay: (mail) => underWay.has(mail) },
  });
  const worker = startWorker(
    async (stopping) => {
      if (stopping.aborted) return;
      // A mail that this process should be sending, but is not, was left by a failed run.
      const taken = await takeOver();
      if (taken > 0) deps.log.warn({ mails: taken }, 'taken over from a process that is gone');
      await deliverDue(deps, stopping, underWay);
    },
    { everyMs, onFault: logEach(deps.log, 'a delivery run failed') },
  );
  return {
    ...worker,
    async settle() {
      await worker.settle();
      await Promise.all(underWay.values());
    },
    async stop() {
      await worker.stop();
      await Promise.all(underWay.values());
    },
  };
}
