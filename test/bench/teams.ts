// How long Teams waits for our answer, with many conversations at once, next to a stock echo bot in the same run.

import type { ChildProcess } from 'node:child_process';
import { until } from '../support/teams-app.ts';
import { startTeamsNetwork, teamsPerson, type TestNetwork } from '../support/teams-network.ts';
import { ended, forkChild, portOf } from './child.ts';
import { figure, type Figure, median, percentile } from './figure.ts';

/** Milliseconds; Teams gives up at 15,000. */
const MOST = 5_000;
const PATIENCE_MS = 60_000;
const SAYS = ['oi', '1', '1', '1'];

export async function teams({
  conversations,
  rounds,
}: {
  conversations: number;
  rounds: number;
}): Promise<readonly Figure[]> {
  const nets = [await startTeamsNetwork(), await startTeamsNetwork()] as const;
  const children: ChildProcess[] = [];
  try {
    const open = async (file: string, net: TestNetwork) => {
      const child = forkChild(file, [net.origin]);
      children.push(child);
      return speakers(net, await portOf(child), conversations);
    };
    const ours = await open('./teams-child.ts', nets[0]);
    const echo = await open('./teams-echo.ts', nets[1]);
    const took = { ours: [] as number[], echo: [] as number[], oursAhead: [] as number[], echoAhead: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      const words = SAYS[round] ?? `Ele saiu às oito e não voltou mais, e ninguém nos disse nada. (${round})`;
      // People answer what they have read. In the last third they type ahead, as fast as they are answered.
      const ahead = round >= Math.ceil((rounds * 2) / 3);
      const turns = [
        async () => (ahead ? took.oursAhead : took.ours).push(...(await ours(words, ahead))),
        async () => (ahead ? took.echoAhead : took.echo).push(...(await echo(words, ahead))),
      ];
      // Neither always comes first.
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
    }
    const [worst, worstEcho] = [Math.max(...took.ours), Math.max(...took.echo)];
    const beside = {
      echoWorstMs: worstEcho,
      medianMs: median(took.ours),
      echoMedianMs: median(took.echo),
      p99Ms: percentile(took.ours, 99),
      echoP99Ms: percentile(took.echo, 99),
    };
    const name = `the answer to Teams, ${conversations} conversations at once`;
    return [
      figure(`${name}: the worst`, worst, 'ms', { at: 'most', value: MOST }, beside),
      figure(`${name}: the worst over that of a stock echo bot`, worst / worstEcho, 'ratio', null),
      ...(took.oursAhead.length === 0
        ? []
        : [
            figure(
              `${name}, typed ahead: the worst over that of a stock echo bot`,
              Math.max(...took.oursAhead) / Math.max(...took.echoAhead),
              'ratio',
              null,
              { worstMs: Math.max(...took.oursAhead), echoWorstMs: Math.max(...took.echoAhead) },
            ),
          ]),
    ];
  } finally {
    for (const child of children) await ended(child);
    for (const net of nets) await net.close();
  }
}

/**
 * All of them say the same at once; resolves to the milliseconds until each answer, when each has a reply as well. `ahead`: nobody
 * waits for a reply.
 */
function speakers(
  net: TestNetwork,
  port: number,
  count: number,
): (words: string, ahead: boolean) => Promise<readonly number[]> {
  const people = Array.from({ length: count }, (_, i) => teamsPerson(net, port, `bench-${i}`));
  return async (words, ahead) => {
    const before = people.map((person) => person.got().length);
    const took = await Promise.all(
      people.map(async (person) => {
        const begun = performance.now();
        const status = await person.says(words);
        if (status !== 200) throw new Error(`answered ${status}`);
        return performance.now() - begun;
      }),
    );
    const isAnswered = () => people.every((person, i) => person.got().length > (before[i] ?? 0));
    if (!ahead) await until(isAnswered, PATIENCE_MS);
    return took;
  };
}
