// Transcribes recordings one after the other: taken from the queue under a lease, sent to the service, posted as an
// event to the speaker. A slow one lets the next begin. Recordings that a crash leaves are taken over (lease.ts).

import type { Logger } from 'pino';
import { endsWithin } from '../deadlines.ts';
import type { Event } from '../dialog/engine/event.ts';
import { holdLease, type LeaseTimes, watchLeases } from '../lease.ts';
import type { Store } from '../store/open.ts';
import type { VoiceJob } from '../store/voice/voice-seal.ts';
import { startWorker, type Worker } from '../worker.ts';
import type { Transcribe, Transcribed } from './transcriber.ts';

/** Seconds to wait after each failed try; after the last one staff transcribe, or the speaker is told. */
const RETRY_SECONDS = [5, 30, 120, 600, 3_600, 3 * 3_600] as const;
/** A lost lease shows at the end: the result is then ignored. */
const VOICE_LEASE: LeaseTimes = { ends: 30_000, letsGo: 30_000, beat: 10_000 };
/** Most recordings at the service at once, and their bytes, since they are in memory meanwhile. */
const MOST_AT_ONCE = 64;
const MOST_BYTES = 64 * 1024 * 1024;
/** Milliseconds that a stop waits for cancelled work. */
const STOP_MS = 3_000;

export interface VoiceLoopDeps {
  readonly store: {
    readonly voice: Pick<Store['voice'], 'take' | 'renew' | 'finish' | 'retry' | 'leases' | 'takeOver'>;
  };
  readonly transcribe: Transcribe;
  readonly now: () => Date;
  readonly newId: () => string;
  /** This process, among all that share the database (lease.ts). */
  readonly holder: string;
  /** Default VOICE_LEASE. */
  readonly lease?: LeaseTimes;
  /** Milliseconds of a clock that never jumps. */
  readonly steadyMs?: () => number;
  readonly onFault: (error: unknown) => void;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds after which the next recording begins in parallel. */
  readonly slowMs: number;
}

/**
 * Runs at once, then `everyMs` milliseconds after the end of each run. settle() tries everything due, or waits until it
 * counts as slow; stop() cancels running work, which is then due again.
 */
export function startVoiceLoop(deps: VoiceLoopDeps, everyMs: number): Worker {
  const underWay: UnderWay = new Map();
  const { voice } = deps.store;
  const takeOver = watchLeases({
    ...deps,
    leases: () => voice.leases(),
    takeOver: (lease) => voice.takeOver(lease),
    ends: (deps.lease ?? VOICE_LEASE).ends,
    isUnderWay: (lease) => underWay.has(lease),
  });
  const run = (stopping: AbortSignal) => writeAllDown(deps, { underWay, takeOver }, stopping);
  const worker = startWorker(run, { everyMs, onFault: deps.onFault });
  return {
    ...worker,
    async stop() {
      await endsWithin(STOP_MS, Promise.all([worker.stop(), ...worksOf(underWay)]));
    },
  };
}

/** The recordings at the service, by their leases. `take` never gives two of one person. */
type UnderWay = Map<string, { readonly work: Promise<void>; readonly bytes: number }>;

const worksOf = (underWay: UnderWay) => [...underWay.values()].map(({ work }) => work);

async function writeAllDown(
  deps: VoiceLoopDeps,
  { underWay, takeOver }: { readonly underWay: UnderWay; readonly takeOver: () => Promise<number> },
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    const bytes = [...underWay.values()].reduce((sum, one) => sum + one.bytes, 0);
    if (underWay.size >= MOST_AT_ONCE || bytes >= MOST_BYTES) await Promise.race(worksOf(underWay));
    await takeOver();
    const job = await deps.store.voice.take(deps.now().toISOString(), deps.newId(), deps.holder);
    if (job === null) return;
    const work = writeDown(deps, job, stopping)
      .catch(deps.onFault)
      .finally(() => underWay.delete(job.lease));
    underWay.set(job.lease, { work, bytes: job.sound.bytes.length });
    await endsWithin(deps.slowMs, work);
  }
}

async function writeDown(deps: VoiceLoopDeps, job: VoiceJob, stopping: AbortSignal): Promise<void> {
  const held = holdLease(() => deps.store.voice.renew(job), deps.lease ?? VOICE_LEASE);
  const outcome = await deps.transcribe(job.sound, job.language, stopping).finally(() => held.end());
  if (stopping.aborted) await deps.store.voice.retry(job, deps.now().toISOString());
  else await end(deps, job, outcome);
}

async function end(deps: VoiceLoopDeps, job: VoiceJob, outcome: Transcribed): Promise<void> {
  const { store, now, log } = deps;
  if (outcome.kind === 'later') {
    const seconds = RETRY_SECONDS[job.attempts];
    log.warn({ error: outcome.error, attempt: job.attempts + 1 }, 'a recording could not be written down');
    if (seconds !== undefined) {
      return store.voice.retry(job, new Date(now().getTime() + seconds * 1000).toISOString());
    }
  }
  if (outcome.kind === 'never') log.warn({ error: outcome.error }, 'the service cannot read a recording');
  const id = `voice/${job.mark}/${job.lease}`;
  const about = { id, at: now().toISOString(), note: job.note };
  const event: Event =
    outcome.kind === 'text'
      ? { ...about, kind: 'voice-written', text: outcome.text, by: 'machine', ...(outcome.unsure && { unsure: true }) }
      : { ...about, kind: 'voice-failed', why: outcome.kind === 'never' ? 'unreadable' : 'service' };
  await store.voice.finish(job, event);
}
