// Transcribes recordings one after the other: taken from the queue under a lease, sent to the service, posted as an
// event to the speaker. A slow one lets the next begin. Recordings that a crash leaves are taken again after their
// lease.

import type { Logger } from 'pino';
import { endsWithin } from '../deadlines.ts';
import type { Event } from '../dialog/engine/event.ts';
import type { Store } from '../store/open.ts';
import type { VoiceJob } from '../store/voice/voice-seal.ts';
import { startWorker, type Worker } from '../worker.ts';
import type { Transcribe, Transcribed } from './transcriber.ts';

/** Seconds to wait after each failed try; after the last one staff transcribe, or the speaker is told. */
const RETRY_SECONDS = [5, 30, 120, 600, 3_600, 3 * 3_600] as const;
/** In milliseconds: after it another process takes the recordings of a killed one. */
const LEASE_MS = 30_000;
const RENEW_MS = 10_000;
/** Most recordings at the service at once, and their bytes, since they are in memory meanwhile. */
const MOST_AT_ONCE = 64;
const MOST_BYTES = 64 * 1024 * 1024;
/** Milliseconds that a stop waits for cancelled work. */
const STOP_MS = 3_000;

export interface VoiceLoopDeps {
  readonly store: { readonly voice: Pick<Store['voice'], 'take' | 'renew' | 'finish' | 'retry'> };
  readonly transcribe: Transcribe;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly onFault: (error: unknown) => void;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds after which the next recording begins in parallel. */
  readonly slowMs: number;
}

/**
 * Runs at once, then `everyMs` milliseconds after the end of each run. settle() tries everything due, or waits until it
 * counts as slow; stop() cancels running work: it is taken again after the lease.
 */
export function startVoiceLoop(deps: VoiceLoopDeps, everyMs: number): Worker {
  /** Bytes of each slow recording. `take` never gives two of one person. */
  const slow = new Map<Promise<void>, number>();
  const worker = startWorker((stopping) => writeAllDown(deps, slow, stopping), { everyMs, onFault: deps.onFault });
  return {
    ...worker,
    async stop() {
      await endsWithin(STOP_MS, Promise.all([worker.stop(), ...slow.keys()]));
    },
  };
}

async function writeAllDown(
  deps: VoiceLoopDeps,
  slow: Map<Promise<void>, number>,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    const bytes = [...slow.values()].reduce((sum, one) => sum + one, 0);
    if (slow.size >= MOST_AT_ONCE || bytes >= MOST_BYTES) await Promise.race(slow.keys());
    const now = deps.now();
    const job = await deps.store.voice.take(now.toISOString(), deps.newId(), leaseFrom(now));
    if (job === null) return;
    const work = writeDown(deps, job, stopping).catch(deps.onFault);
    slow.set(work, job.sound.bytes.length);
    void work.then(() => slow.delete(work));
    await endsWithin(deps.slowMs, work);
  }
}

async function writeDown(deps: VoiceLoopDeps, job: VoiceJob, stopping: AbortSignal): Promise<void> {
  const outcome = await whileRenewing(deps, job, () => deps.transcribe(job.sound, job.language, stopping));
  if (stopping.aborted) await deps.store.voice.retry(job, deps.now().toISOString());
  else await end(deps, job, outcome);
}

function leaseFrom(now: Date): string {
  return new Date(now.getTime() + LEASE_MS).toISOString();
}

/** A lost lease shows at the end: the result is then ignored. */
async function whileRenewing<T>(deps: VoiceLoopDeps, job: VoiceJob, work: () => Promise<T>): Promise<T> {
  const renew = () => void deps.store.voice.renew(job, leaseFrom(deps.now())).catch(deps.onFault);
  const timer = setInterval(renew, RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
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
