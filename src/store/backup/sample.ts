// Opens a part of what is sealed in a database, to prove that this master key opens it.

import { unwrapKeys } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { transcript } from '../turns/transcript.ts';

/** Data keys that are opened, and people whose words are. */
const KEYS = 100;
const PEOPLE = 10;

export interface Sample {
  readonly people: number;
  readonly cases: number;
  readonly keys: number;
  /** Messages that were opened. */
  readonly lines: number;
}

/** `people`: default ten; with Infinity everything is opened. @throws {SealBrokenError} */
export async function openSample(context: Context, most = PEOPLE): Promise<Sample> {
  const db = context.database.read;
  const isAll = most === Infinity;
  const keys = await db
    .selectFrom('keys')
    .selectAll()
    .$if(!isAll, (q) => q.limit(KEYS))
    .execute();
  unwrapKeys(context.master, keys);
  const counted = (table: 'persons' | 'cases') =>
    db
      .selectFrom(table)
      .select((e) => e.fn.countAll().as('all'))
      .executeTakeFirstOrThrow();
  const [people, cases] = [Number((await counted('persons')).all), Number((await counted('cases')).all)];
  let lines = 0;
  const some = db
    .selectFrom('persons')
    .select('id')
    .orderBy('seen_at', 'desc')
    .$if(!isAll, (q) => q.limit(most));
  for (const { id } of await some.execute()) lines += (await transcript(context, id, null)).length;
  return { people, cases, keys: keys.length, lines };
}
