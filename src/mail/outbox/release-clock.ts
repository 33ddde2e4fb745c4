// Checks submissions that wait for a release. Sends an alarm two hours before the deadline if nobody has attended to
// them (without a deadline ahead: after a day); at the deadline applies the person's choice. Each happens once, in one
// transaction of the store, in whichever process is first; after a downtime late rather than never. A mail held by
// doubt does not leave at the deadline: person and staff are told a day and two hours before. A notice to staff never
// delays a decision, since a mail server may hang.

import type { Logger } from 'pino';
import type { Store } from '../../store/open.ts';
import type { HeldByDoubt, UnderReview } from '../../store/reviews/review-clock.ts';
import { startWorker, type Worker, type WorkerOptions } from '../../worker.ts';
import type { StaffState, TellStaff } from '../notices/staff-notice.ts';
import { logEach, safeError } from '../safe-error.ts';

export interface ReleaseClockDeps {
  readonly store: {
    readonly reviews: Pick<
      Store['reviews'],
      'underReview' | 'heldByDoubt' | 'tellDeadlineNear' | 'alarm' | 'decide' | 'setClosed'
    >;
  };
  /** The deadline of a call today (ISO 8601 UTC); null if there is none. */
  readonly deadlineOf: (callId: string) => string | null;
  /** Late texts are still accepted; the operator recorded who allowed it. */
  readonly takesLate: boolean;
  readonly now: () => Date;
  /** Null if the operator set no address for staff. */
  readonly tellStaff: TellStaff | null;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly mayRun?: WorkerOptions['mayRun'];
}

const MINUTE = 60_000;
const ALARM_BEFORE = 120 * MINUTE;
/** A text that leaves without a release must arrive in time. */
const LEAVES_BEFORE = 10 * MINUTE;
const OLD = 24 * 60 * MINUTE;

/** A notice that waits. */
type Notice = () => Promise<void>;

/** One mail's fault does not stop the others. `later`: takes the notices; nothing waits for them. */
async function checkReviews(deps: ReleaseClockDeps, later: (notice: Notice) => void): Promise<void> {
  const faults: unknown[] = [];
  for (const one of await deps.store.reviews.underReview()) {
    await lookAt(one, { ...deps, later }).catch((fault: unknown) => void faults.push(fault));
  }
  for (const one of await deps.store.reviews.heldByDoubt()) {
    await remind(one, { ...deps, later }).catch((fault: unknown) => void faults.push(fault));
  }
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} reviews failed because of a fault in the program`);
}

type Looking = ReleaseClockDeps & { readonly later: (notice: Notice) => void };

async function lookAt(one: UnderReview, deps: Looking): Promise<void> {
  const { reviews } = deps.store;
  const now = deps.now().getTime();
  const deadline = deps.deadlineOf(one.callId);
  // Sent after the deadline, or to a call without one: only the alarm of age can follow.
  if (deadline === null || one.since >= deadline) {
    if (one.unattended && now - Date.parse(one.since) >= OLD) await ring(one, 'age', 'old', deps);
    return;
  }
  const left = Date.parse(deadline) - now;
  const closed = left <= 0 && !deps.takesLate;
  if (closed !== one.closed) await reviews.setClosed(one.mail, closed);
  if (one.decided !== null) return;
  if (left <= (one.ifUnreachable === 'confidential' && !one.onHold && !one.doubted ? LEAVES_BEFORE : 0))
    return decide(one, deps);
  if (one.unattended && left <= ALARM_BEFORE) await ring(one, deadline, 'alarm', deps);
}

/** Minutes before the deadline for reminders of mails held by doubt: earliest and latest. */
const REMINDERS = { day: [24 * 60, 12 * 60], hours: [120, 0] } as const;

/** The person may have forgotten that they must decide; staff may know how to reach them. */
async function remind(one: HeldByDoubt, deps: Looking): Promise<void> {
  const deadline = deps.deadlineOf(one.callId);
  if (deadline === null) return;
  const left = Date.parse(deadline) - deps.now().getTime();
  for (const [ring, [from, to]] of Object.entries(REMINDERS)) {
    if (left > from * MINUTE || left <= to * MINUTE) continue;
    const near = { ring, deadline, at: deps.now().toISOString() };
    if (!(await deps.store.reviews.tellDeadlineNear(one.mail, near))) continue;
    deps.later(() => tell(one, 'doubted', deps));
  }
}

async function decide(one: UnderReview, deps: Looking): Promise<void> {
  const decision = await deps.store.reviews.decide(one.mail, deps.now().toISOString());
  if (decision === null) return;
  deps.log.info({ mail: one.mail, decision }, 'decided at the deadline');
  deps.later(() => tell(one, decision, deps));
}

async function ring(one: UnderReview, alarm: string, state: StaffState, deps: Looking): Promise<void> {
  if (one.alarmedFor === alarm) return;
  if (await deps.store.reviews.alarm(one.mail, alarm)) deps.later(() => tell(one, state, deps));
}

/** Best effort: the review desk shows the same. */
async function tell({ mail, reference, kind }: HeldByDoubt, state: StaffState, deps: Looking): Promise<void> {
  if (deps.tellStaff === null) return;
  try {
    if (!(await deps.tellStaff({ reference, kind, state })))
      deps.log.warn({ mail, state }, 'the staff could not be told');
  } catch (error) {
    deps.log.error({ mail, state, ...safeError(error) }, 'the staff could not be told');
  }
}

/** Checks at once, then `everyMs` milliseconds after the end of each check. settle() and stop() also wait for the notices. */
export function startReleaseClock(deps: ReleaseClockDeps, everyMs: number): Worker {
  let telling: Promise<void> = Promise.resolve();
  const later = (notice: Notice): void => {
    telling = telling.then(notice);
  };
  const worker = startWorker(() => checkReviews(deps, later), {
    everyMs,
    mayRun: deps.mayRun,
    onFault: logEach(deps.log, 'the clock of the reviews failed'),
  });
  return {
    ...worker,
    async settle() {
      await worker.settle();
      await telling;
    },
    async stop() {
      await worker.stop();
      await telling;
    },
  };
}
