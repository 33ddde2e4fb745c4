// Turns on PostgreSQL from one, two and four processes, beside single rows that are committed to the same server.

import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startPostgres } from '../support/postgres.ts';
import { type Figure, figure, median } from './figure.ts';
import type { Asked, Served } from './processes-child.ts';
import { slice, timesOf } from './talkers.ts';

export interface ProcessesOptions {
  readonly processes: readonly number[];
  readonly conversations: readonly number[];
  readonly rounds: number;
  readonly sliceMs: number;
}

interface Crowd {
  readonly processes: number;
  readonly conversations: number;
  readonly served: Served[];
}

const CHILD = fileURLToPath(new URL('./processes-child.ts', import.meta.url));
/** Conversations at which processes are compared. */
const COMPARED = 64;

export async function processes(options: ProcessesOptions): Promise<readonly Figure[]> {
  const postgres = await startPostgres();
  if (postgres === null) throw new Error('there is no PostgreSQL for this platform');
  const dir = mkdtempSync(join(tmpdir(), 'griot-bench-processes-'));
  const children: ChildProcess[] = [];
  const db = new pg.Client({ connectionString: await postgres.newDatabase() });
  try {
    await db.connect();
    await db.query('create table rows (id serial primary key, text text not null)');
    const url = await postgres.newDatabase();
    while (children.length < Math.max(...options.processes)) children.push(await open(url, dir));
    const commit = async () => {
      await db.query({ name: 'row', text: 'insert into rows (text) values ($1)', values: ['They killed my brother.'] });
    };
    return await measure(options, children, () => slice([commit], options.sliceMs));
  } finally {
    await Promise.all(children.map(ended));
    await db.end();
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function measure(
  { processes: counts, conversations, rounds, sliceMs }: ProcessesOptions,
  children: readonly ChildProcess[],
  commit: () => ReturnType<typeof slice>,
): Promise<readonly Figure[]> {
  const crowds: readonly Crowd[] = counts.flatMap((count) =>
    conversations
      .filter((size) => size >= count)
      .map((size) => ({ processes: count, conversations: size, served: [] })),
  );
  const raw: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const { perSecond } = await commit();
    if (round >= 0) raw.push(perSecond); // the first round warms up
    for (const crowd of crowds) {
      const own = crowd.conversations / crowd.processes;
      const parts = await Promise.all(
        children.slice(0, crowd.processes).map((child) => ask(child, { conversations: own, ms: sliceMs })),
      );
      if (round >= 0) crowd.served.push(together(parts));
    }
  }
  const rate = (crowd: Crowd) => median(crowd.served.map(({ perSecond }) => perSecond));
  const figures = crowds.map((crowd) => {
    const toRaw = median(crowd.served.map(({ perSecond }, round) => perSecond / (raw[round] ?? perSecond)));
    const cpuMs = median(crowd.served.map((of) => of.cpuMs));
    const name = `durable turns on PostgreSQL, processes: ${crowd.processes}, conversations: ${crowd.conversations}`;
    return figure(name, rate(crowd), 'turns/s', null, { toRaw, ...timesOf(crowd.served), cpuMs });
  });
  const of = (count: number) =>
    crowds.find(({ processes: all, conversations: size }) => all === count && size === COMPARED);
  const [one, two] = [of(1), of(2)];
  return [
    figure('raw commits on PostgreSQL', median(raw), 'commits/s', null),
    ...figures,
    ...(one === undefined || two === undefined
      ? []
      : [
          figure(
            `two processes over one, ${COMPARED} conversations`,
            median(two.served.map(({ perSecond }, round) => perSecond / (one.served[round]?.perSecond ?? perSecond))),
            'ratio',
            { at: 'least', value: 1.6 },
            { processors: cpus().length },
          ),
        ]),
  ];
}

function together(parts: readonly Served[]): Served {
  return {
    perSecond: parts.reduce((sum, { perSecond }) => sum + perSecond, 0),
    latencies: parts.flatMap(({ latencies }) => latencies),
    cpuMs: median(parts.map(({ cpuMs }) => cpuMs)),
  };
}

async function open(url: string, dir: string): Promise<ChildProcess> {
  const child = fork(CHILD, [url, dir], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  await heard(child);
  return child;
}

async function ask(child: ChildProcess, asked: Asked): Promise<Served> {
  child.send(asked);
  return (await heard(child)) as Served;
}

function heard(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null) => reject(new Error(`a process ended with ${code}`));
    child.once('exit', gone);
    child.once('message', (message) => {
      child.off('exit', gone);
      resolve(message);
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = new Promise((resolve) => child.once('exit', resolve));
  if (child.connected) child.disconnect();
  await end;
}
