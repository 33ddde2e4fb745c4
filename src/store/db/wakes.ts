// Tells other processes on the same PostgreSQL what was committed, so that they need not wait for their next look. After the commit,
// never within it: a transaction with a NOTIFY holds a lock of the whole database until it is on the disk.

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import type { CommitListener, Rows, Written } from './database.ts';

const CHANNEL = 'griot';
/** Milliseconds for which wake-ups are gathered. */
const GATHER_MS = 10;
/** PostgreSQL takes less than 8,000 bytes at once. */
const MOST_PEOPLE = 150;
const AGAIN_MS = 1_000;

const KINDS = ['inbox', 'outbox', 'recordings', 'replies', 'transcript'] as const satisfies readonly Written[];
/** Their people are named: of the others it is enough to know that there is something. */
const NAMED: readonly Written[] = ['inbox', 'transcript'];

const wakeSchema = z.tuple([z.string(), z.enum(KINDS)], z.string());

export interface Wakes {
  /** Called with everything that this process has committed. */
  readonly tell: CommitListener;
  readonly listen: (listener: CommitListener) => void;
  close(): Promise<void>;
}

/** `ask`: one statement on any connection. It connects for itself once somebody listens. */
export function openWakes(url: string, ask: (text: string, values: readonly string[]) => Promise<unknown>): Wakes {
  const self = randomUUID();
  const listeners: CommitListener[] = [];
  const rows: Rows = new Map();
  let gathering: NodeJS.Timeout | undefined;
  let client: pg.Client | null = null;
  let again: NodeJS.Timeout | undefined;
  let isOver = false;

  const flush = async (): Promise<void> => {
    gathering = undefined;
    const told = [...rows].flatMap(([what, people]) => chunks(NAMED.includes(what) ? [...people] : [], what));
    rows.clear();
    const texts = told.map((one) => JSON.stringify([self, ...one]));
    // A wake-up that is lost is made up for by the next look.
    await Promise.all(texts.map((text) => ask(`select pg_notify('${CHANNEL}', $1)`, [text]).catch(() => undefined)));
  };

  const hear = ({ payload = '' }: pg.Notification): void => {
    const wake = wakeSchema.safeParse(parsed(payload));
    if (!wake.success || wake.data[0] === self) return;
    const [, what, ...people] = wake.data;
    for (const listener of listeners) listener(what, new Set(people));
  };

  const connect = async (): Promise<void> => {
    const mine = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000 });
    client = mine;
    const gone = () => {
      if (client !== mine || isOver) return;
      client = null;
      mine.end().catch(() => undefined);
      again = setTimeout(() => void connect(), AGAIN_MS).unref();
    };
    mine.on('error', gone);
    mine.on('end', gone);
    mine.on('notification', hear);
    try {
      await mine.connect();
      await mine.query(`listen ${CHANNEL}`);
      // Nobody told us anything until now.
      for (const listener of listeners) for (const what of KINDS) listener(what, new Set());
    } catch {
      gone();
    }
  };

  return {
    tell(what, people) {
      const known = rows.get(what) ?? new Set();
      for (const person of people) known.add(person);
      rows.set(what, known);
      gathering ??= setTimeout(() => void flush(), GATHER_MS).unref();
    },
    listen(listener) {
      listeners.push(listener);
      if (listeners.length === 1) void connect();
    },
    async close() {
      isOver = true;
      clearTimeout(again);
      if (gathering !== undefined) {
        clearTimeout(gathering);
        await flush();
      }
      await client?.end().catch(() => undefined);
    },
  };
}

function chunks(people: readonly string[], what: Written): (readonly string[])[] {
  const all: (readonly string[])[] = [];
  for (let from = 0; from === 0 || from < people.length; from += MOST_PEOPLE) {
    all.push([what, ...people.slice(from, from + MOST_PEOPLE)]);
  }
  return all;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
