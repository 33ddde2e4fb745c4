// Turns through the real conversation on the real disk, beside what the disk gives at the same time.

import { TELLING } from './conversation.ts';
import { figure, median, percentile, type Figure } from './figure.ts';
import { openRawCommits } from './raw-commits.ts';
import { openTempApp, type Channels, type TempApp } from './temp-app.ts';

const MANY = 64;

interface Slice {
  readonly perSecond: number;
  readonly latencies: readonly number[];
  /** Processor time for each, in milliseconds. */
  readonly cpuMs: number;
}

const KINDS = ['raw', 'rawShared', 'one', 'many', 'push'] as const;
type Kind = (typeof KINDS)[number];

/** Five kinds of work take turns, slice by slice, so that a busy machine is busy for all of them. */
export async function durableTurns({
  rounds,
  sliceMs,
}: {
  rounds: number;
  sliceMs: number;
}): Promise<readonly Figure[]> {
  const temp = await openTempApp();
  const raw = openRawCommits();
  const settle = () => temp.app.settle();
  const crowd = (channel: Channels, size: number) =>
    Array.from({ length: size }, (_, index) => talker(temp, channel, index));
  const one = crowd('web-chat', 1);
  const many = crowd('web-chat', MANY);
  const push = crowd('push', MANY);
  const work: Record<Kind, () => Promise<Slice>> = {
    raw: () => slice([() => raw.commit()], sliceMs),
    rawShared: () =>
      slice(
        Array.from({ length: MANY }, () => () => raw.commitShared()),
        sliceMs,
      ),
    one: () => slice(one, sliceMs, settle),
    many: () => slice(many, sliceMs, settle),
    push: () => slice(push, sliceMs, settle),
  };
  const found: Record<Kind, Slice[]> = { raw: [], rawShared: [], one: [], many: [], push: [] };
  try {
    for (let round = -1; round < rounds; round++) {
      for (const kind of KINDS) {
        const measured = await work[kind]();
        if (round >= 0) found[kind].push(measured); // the first round warms up
      }
    }
  } finally {
    await temp.close();
    raw.close();
  }
  const rate = (kind: Kind) => median(found[kind].map(({ perSecond }) => perSecond));
  /** Of each round by itself, then the middle one. */
  const toRaw = (kind: Kind) =>
    median(found[kind].map(({ perSecond }, round) => perSecond / (found.raw[round]?.perSecond ?? perSecond)));
  const times = (kind: Kind) => {
    const all = found[kind].flatMap(({ latencies }) => latencies);
    const cpuMs = median(found[kind].map((one) => one.cpuMs));
    return { p50Ms: percentile(all, 50), p99Ms: percentile(all, 99), cpuMs };
  };
  const half = { at: 'least', value: 0.5 } as const;
  return [
    figure('raw commits', rate('raw'), 'commits/s', null, { sharedBy64: rate('rawShared') }),
    figure('durable turns, 1 conversation', rate('one'), 'turns/s', null, { toRaw: toRaw('one'), ...times('one') }),
    figure('durable turns, 64 conversations', rate('many'), 'turns/s', null, times('many')),
    figure('durable turns at 64 over raw commits', toRaw('many'), 'ratio', half, {
      raw: rate('raw'),
      turns: rate('many'),
    }),
    figure('durable turns, 64 conversations, replies sent out', rate('push'), 'turns/s', null, {
      toRaw: toRaw('push'),
      ...times('push'),
    }),
  ];
}

/** Tells the story up to its end, then is somebody new. */
function talker(temp: TempApp, channel: Channels, index: number): () => Promise<void> {
  let people = 0;
  // They do not all stand at the same step.
  let step = 0;
  let texts: readonly string[] = TELLING.slice(0, 1 + (index % TELLING.length));
  return async () => {
    if (step === texts.length) {
      [step, people, texts] = [0, people + 1, TELLING];
    }
    await temp.say(channel, `${index}-${people}`, texts[step++] ?? 'hello');
  };
}

/** Each one begins again as soon as it is done, until the time is over; what they left behind belongs to the time. */
async function slice(all: readonly (() => Promise<void>)[], ms: number, settle?: () => Promise<void>): Promise<Slice> {
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
