// The next event of a person, with all that a turn over it needs.

import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import type { Event } from '../../dialog/engine/event.ts';
import { unwrapKey } from '../../vault/keys-of-master.ts';
import type { Context } from '../db/context.ts';
import { prepareQuery } from '../db/prepared-query.ts';
import { openValue } from '../encryption/keys.ts';
import { organiserContext } from '../organisers/organiser-place.ts';
import { openAddress } from '../people/addresses.ts';
import { eventContext } from './inbox.ts';
import type { PendingTurn } from './turn-work.ts';

export async function nextTurn(context: Context, person: string): Promise<PendingTurn | null> {
  const [row] = (await selectNext(context.database.read, { person })).rows;
  if (row === undefined || row.event === null) return null;
  const key = unwrapKey(context.master, person, row.wrapped);
  const answersAt = row.mark === null || row.address === null ? null : openAddress(key, person, row.mark, row.address);
  return {
    inboxId: row.inbox_mark,
    person,
    event: openValue<Event>(key, eventContext(person, row.inbox_mark), row.event),
    language: row.language,
    address: row.came_from === null ? null : answersAt,
    answersAt,
    session:
      row.session_id === null || row.session === null
        ? null
        : orBroken(() => openSession(key, person, row.session_id ?? '', row.session ?? new Uint8Array())),
    ...(row.home === null
      ? {}
      : { home: orBroken(() => openValue<unknown>(key, organiserContext(person), row.home ?? new Uint8Array())) }),
    version: row.version,
    begun: row.begun !== 0,
  };
}

/** A session that cannot be read is none that can be parsed; what was said is known all the same. */
function orBroken(open: () => unknown): unknown {
  try {
    return open();
  } catch {
    return 'broken';
  }
}

const selectNext = prepareQuery((db, { person }: { person: string }) =>
  db
    .selectFrom('inbox')
    .innerJoin('persons', 'persons.id', 'inbox.person')
    .innerJoin('keys', 'keys.owner', 'persons.id')
    .leftJoin('addresses', (join) =>
      join
        .on('addresses.mark', '=', sql<string>`coalesce(inbox.address_mark, persons.address_mark)`)
        .onRef('addresses.person', '=', 'inbox.person'),
    )
    .leftJoin('sessions', 'sessions.id', 'persons.current_session')
    .leftJoin('organisers', 'organisers.person', 'persons.id')
    .select([
      'organisers.sealed as home',
      'inbox.mark as inbox_mark',
      'inbox.address_mark as came_from',
      'inbox.sealed as event',
      'inbox.begun',
      'persons.language',
      'persons.version',
      'keys.wrapped',
      'addresses.mark',
      'addresses.sealed as address',
      'sessions.id as session_id',
      'sessions.sealed as session',
    ])
    .where('inbox.person', '=', person)
    .where('inbox.aside_at', 'is', null)
    .orderBy('inbox.arrival')
    .limit(1),
);

/** The current session as last saved, unparsed; null before the first turn. */
export async function session(context: Context, person: string): Promise<unknown> {
  const row = await context.database.read
    .selectFrom('persons')
    .innerJoin('keys', 'keys.owner', 'persons.id')
    .innerJoin('sessions', 'sessions.id', 'persons.current_session')
    .select(['sessions.id', 'sessions.sealed', 'keys.wrapped'])
    .where('persons.id', '=', person)
    .executeTakeFirst();
  if (row === undefined) return null;
  return openSession(unwrapKey(context.master, person, row.wrapped), person, row.id, row.sealed);
}

export function openSession(key: KeyObject, person: string, id: string, sealed: Uint8Array): unknown {
  return openValue(key, { table: 'sessions', column: 'sealed', owner: person, row: id }, sealed);
}
