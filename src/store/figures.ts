// Counts and ages for those who watch an installation: no person, no words, no references.

import { sql } from 'kysely';
import type { Context } from './db/context.ts';

export interface Figures {
  /** Events without a turn; `first`: the number of the oldest, null if none waits. */
  readonly inbox: { readonly waiting: number; readonly first: number | null };
  /** Replies that are due, by channel; `since`: ISO 8601. */
  readonly replies: readonly { readonly channel: string; readonly waiting: number; readonly since: string }[];
  readonly mails: readonly { readonly state: string; readonly count: number }[];
  /** When the oldest mail became due that has not left; null if none is due. */
  readonly mailDueSince: string | null;
  readonly recordings: { readonly waiting: number; readonly since: string | null };
  /** Processes on this database; SQLite has one. */
  readonly processes: number;
}

export async function figures({ database: { kind, read }, now }: Context): Promise<Figures> {
  const count = sql<number | string>`count(*)`;
  const inbox = await read
    .selectFrom('inbox')
    .select((e) => [count.as('waiting'), e.fn.min('arrival').as('first')])
    .where('person', 'is not', null)
    .where('aside_at', 'is', null)
    .executeTakeFirstOrThrow();
  const replies = await read
    .selectFrom('replies')
    .select((e) => ['channel', count.as('waiting'), e.fn.min('at').as('since')])
    .where('state', '=', sql.lit('waiting'))
    .where('next_try', '<=', now())
    .groupBy('channel')
    .execute();
  const mails = await read
    .selectFrom('outbox')
    .select(['state', count.as('count')])
    .groupBy('state')
    .execute();
  const due = await read
    .selectFrom('outbox')
    .select((e) => e.fn.min('due_at').as('since'))
    .where('state', 'in', ['waiting', 'frozen', 'uncertain'])
    .where('doubted', '=', 0)
    .where('due_at', '<=', now())
    .executeTakeFirst();
  const recordings = await read
    .selectFrom('voice_notes')
    .select((e) => [count.as('waiting'), e.fn.min('arrived_at').as('since')])
    .where('state', '=', 'machine')
    .executeTakeFirstOrThrow();
  const processes = await read.selectFrom('processes').select(count.as('count')).executeTakeFirstOrThrow();
  const first: number | null = inbox.first;
  return {
    inbox: { waiting: Number(inbox.waiting), first },
    replies: replies.map(({ channel, waiting, since }) => ({ channel, waiting: Number(waiting), since })),
    mails: mails.map(({ state, count: all }) => ({ state, count: Number(all) })),
    mailDueSince: due?.since ?? null,
    recordings: { waiting: Number(recordings.waiting), since: recordings.since },
    processes: kind === 'sqlite' ? 1 : Number(processes.count),
  };
}
