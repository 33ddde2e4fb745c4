// People who tell their story one message after the other, and how fast they are served for a while.

import { TELLING } from './conversation.ts';
import { percentile } from './figure.ts';

export interface Slice {
  readonly perSecond: number;
  readonly latencies: readonly number[];
  /** Processor time for each, in milliseconds. */
  readonly cpuMs: number;
}

/** Tells the story up to its end, then is somebody new. `say`: resolves when the turn is on the disk. */
export function talker(say: (person: string, text: string) => Promise<void>, name: string, index: number) {
  let people = 0;
  // They do not all stand at the same step.
  let step = 0;
  let texts: readonly string[] = TELLING.slice(0, 1 + (index % TELLING.length));
  return async (): Promise<void> => {
    if (step === texts.length) {
      [step, people, texts] = [0, people + 1, TELLING];
    }
    await say(`${name}-${index}-${people}`, texts[step++] ?? 'hello');
  };
}

/** Each one begins again as soon as it is done, until the time is over; what they left behind belongs to the time. */
export async function slice(
  all: readonly (() => Promise<void>)[],
  ms: number,
  settle?: () => Promise<void>,
): Promise<Slice> {
  const latencies: number[] = [];
  const start = performance.now();
  const cpu = process.cpuUsage();
  await Promise.all(
    all.map(async (act) => {
      while (performance.now() < start + ms) {
        const begun = performance.now();
        await act();
        latencies.push(performance.now() - begun);
      }
    }),
  );
  await settle?.();
  const { user, system } = process.cpuUsage(cpu);
  const count = latencies.length;
  return { perSecond: (count * 1000) / (performance.now() - start), latencies, cpuMs: (user + system) / 1000 / count };
}

export function timesOf(slices: readonly Pick<Slice, 'latencies'>[]): {
  readonly p50Ms: number;
  readonly p99Ms: number;
} {
  const all = slices.flatMap(({ latencies }) => latencies);
  return { p50Ms: percentile(all, 50), p99Ms: percentile(all, 99) };
}
