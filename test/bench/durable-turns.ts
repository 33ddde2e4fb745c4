// Turns through the real conversation on the real disk, beside what the disk gives at the same time.

import { figure, median, type Figure } from './figure.ts';
import { openRawCommits } from './raw-commits.ts';
import { slice, type Slice, talker, timesOf } from './talkers.ts';
import { openTempApp, type Channels } from './temp-app.ts';

const SOME = 64;
const MANY = 512;

const KINDS = ['raw', 'rawShared', 'one', 'some', 'many', 'push'] as const;
type Kind = (typeof KINDS)[number];

/** The kinds of work take turns, slice by slice, so that a busy machine is busy for all of them. */
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
    Array.from({ length: size }, (_, index) =>
      talker((person, text) => temp.say(channel, person, text), `of-${size}`, index),
    );
  const [one, some, many] = [crowd('web-chat', 1), crowd('web-chat', SOME), crowd('web-chat', MANY)];
  const push = crowd('push', SOME);
  const shared = Array.from({ length: SOME }, () => () => raw.commitShared());
  const work: Record<Kind, () => Promise<Slice>> = {
    raw: () => slice([() => raw.commit()], sliceMs),
    rawShared: () => slice(shared, sliceMs),
    one: () => slice(one, sliceMs, settle),
    some: () => slice(some, sliceMs, settle),
    many: () => slice(many, sliceMs, settle),
    push: () => slice(push, sliceMs, settle),
  };
  const found: Record<Kind, Slice[]> = { raw: [], rawShared: [], one: [], some: [], many: [], push: [] };
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
  const times = (kind: Kind) => ({
    ...timesOf(found[kind]),
    cpuMs: median(found[kind].map((of) => of.cpuMs)),
  });
  const turns = (kind: Kind, what: string) =>
    figure(`durable turns, ${what}`, rate(kind), 'turns/s', null, { toRaw: toRaw(kind), ...times(kind) });
  const { p50Ms, p99Ms } = timesOf(found.some);
  return [
    figure('raw commits', rate('raw'), 'commits/s', null, { sharedBy64: rate('rawShared') }),
    turns('one', '1 conversation'),
    turns('some', `${SOME} conversations`),
    turns('many', `${MANY} conversations`),
    turns('push', `${SOME} conversations, replies sent out`),
    figure(
      `durable turns at ${SOME} over raw commits`,
      toRaw('some'),
      'ratio',
      { at: 'least', value: 1 },
      {
        raw: rate('raw'),
        turns: rate('some'),
      },
    ),
    figure(`the wait of 99 in 100 over that of half, ${SOME} conversations`, p99Ms / p50Ms, 'ratio', {
      at: 'most',
      value: 10,
    }),
  ];
}
