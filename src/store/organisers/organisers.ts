// An organiser's cases: the sessions that are put away, and the one that is theirs and no case's.

import type { KeyObject } from 'node:crypto';
import type { Context } from '../db/context.ts';
import { prepareQuery } from '../db/database.ts';
import { keysOf, sealValue } from '../encryption/keys.ts';
import { hashMessage } from '../encryption/lookup-hashes.ts';
import { openSession } from '../turns/pending.ts';
import type { TurnWork } from '../turns/turn-work.ts';
import { organiserContext } from './organiser-place.ts';

/** All cases of a person, in no order; the one that is open among them. Sessions unparsed. */
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

/** The session, among those of this person, whose answers this message is part of; null where there is none. */
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

export async function saveHome({ db, person, own }: TurnWork, home: unknown): Promise<void> {
  await upsertHome(db, { person, sealed: sealHome(own.key, person, home) });
}

function sealHome(key: KeyObject, person: string, home: unknown): Buffer {
  return sealValue(key, organiserContext(person), home);
}

const upsertHome = prepareQuery((db, row: { readonly person: string; readonly sealed: Uint8Array }) =>
  db
    .insertInto('organisers')
    .values({ person: row.person, sealed: row.sealed })
    .onConflict((c) => c.column('person').doUpdateSet((e) => ({ sealed: e.ref('excluded.sealed') }))),
);
