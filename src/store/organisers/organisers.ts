// An organiser's cases: the open session, and those that are put away.

import type { Context } from '../db/context.ts';
import { hashMessage, keysOf } from '../encryption/keys.ts';
import { openSession } from '../turns/pending.ts';

/** All cases of a person, including the open one, in no order. Sessions unparsed. */
export async function sessions(
  context: Context,
  person: string,
): Promise<readonly { readonly key: string; readonly open: boolean; readonly session: unknown }[]> {
  const db = context.database.read;
  const key = (await keysOf(context, db, [person])).get(person);
  if (key === undefined) return [];
  const rows = await db
    .selectFrom('sessions')
    .innerJoin('persons', 'persons.id', 'sessions.person')
    .select(['sessions.id', 'sessions.sealed', 'persons.current_session'])
    .where('sessions.person', '=', person)
    .execute();
  return rows.map(({ id, sealed, current_session }) => ({
    key: id,
    open: id === current_session,
    session: openSession(key, person, id, sealed),
  }));
}

/** The session of this person whose answers include this message; null if there is none. */
export async function sessionWithPart(context: Context, person: string, messageId: string): Promise<string | null> {
  const row = await context.database.read
    .selectFrom('parts')
    .innerJoin('sessions', 'sessions.contribution', 'parts.contribution')
    .select('sessions.id')
    .where('sessions.person', '=', person)
    .where('parts.mark', '=', hashMessage(context.master, person, messageId))
    .executeTakeFirst();
  return row?.id ?? null;
}
