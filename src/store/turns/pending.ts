// The next event of a person, with everything that its turn needs.

import type { KeyObject } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { openValue, type SealContext, sealValue, unwrapKey } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { prepareQuery } from '../db/database.ts';
import { isBlocked, withAccount } from '../messengers/account-rows.ts';
import type { Tables } from '../schema/tables.ts';
import { eventContext, openAddress } from './inbox.ts';
import type { PendingTurn, SessionToSave, TurnToSave, TurnWork } from './turn-work.ts';

// The session's row, and the person's row that points to it.

type Session = Selectable<Tables['sessions']>;
type Person = Pick<Selectable<Tables['persons']>, 'id' | 'version' | 'language' | 'current_session'>;
type Writer = Pick<Selectable<Tables['persons']>, 'id' | 'seen_at' | 'address_mark'>;

/** `before.address_mark`: the address of the event, null if it is not theirs any more. */
export async function saveSession(
  work: TurnWork,
  turn: Pick<TurnToSave, 'pending' | 'session' | 'state' | 'cases'>,
  before: { readonly current_session: string | null; readonly address_mark: string | null },
): Promise<void> {
  const { db, at, person, number } = work;
  const current = await saveRows(work, turn, before.current_session);
  const changed = { id: person, version: number, language: turn.state.language, current_session: current };
  if (turn.pending.addressMark === null) await updatePerson(db, changed);
  else await updateWriter(db, { ...changed, seen_at: at, address_mark: before.address_mark });
}

/** Returns the session that is open afterwards; null if an organiser has none open. */
async function saveRows(
  work: TurnWork,
  { cases, ...turn }: SessionToSave & Pick<TurnToSave, 'cases'>,
  open: string | null,
): Promise<string | null> {
  const { db } = work;
  if (cases === null) return putRow(work, turn, open);
  if (open !== null && cases.left === 'dropped') await db.deleteFrom('sessions').where('id', '=', open).execute();
  else if (cases.left !== null && cases.left !== 'dropped') await putRow(work, cases.left, open);
  if (cases.row === 'home') return cases.opens ? null : open;
  const row = cases.row === 'open' ? open : cases.row === 'new' ? null : cases.row.other;
  const saved = await putRow(work, turn, row);
  return cases.opens ? saved : open;
}

/** Makes a new row if it has none yet. */
async function putRow(
  { context, db, at, person, own }: TurnWork,
  { session, state }: SessionToSave,
  known: string | null,
): Promise<string> {
  const id = known ?? context.newId();
  const row: Session = {
    id,
    person,
    case_id: state.case,
    contribution: state.contribution,
    step: state.step,
    language: state.language,
    reference: state.reference,
    call_id: state.callId,
    sealed: sealValue(own.key, sessionContext(person, id), session),
    updated_at: at,
  };
  if (known === null) await db.insertInto('sessions').values(row).execute();
  else await updateSession(db, row);
  return id;
}

const updateSession = prepareQuery((db, row: Session) =>
  db
    .updateTable('sessions')
    .set({
      case_id: row.case_id,
      contribution: row.contribution,
      step: row.step,
      language: row.language,
      reference: row.reference,
      call_id: row.call_id,
      sealed: row.sealed,
      updated_at: row.updated_at,
    })
    .where('id', '=', row.id),
);

const updatePerson = prepareQuery((db, row: Person) =>
  db
    .updateTable('persons')
    .set({ version: row.version, language: row.language, current_session: row.current_session })
    .where('id', '=', row.id),
);

const updateWriter = prepareQuery((db, row: Person & Writer) =>
  db
    .updateTable('persons')
    .set({
      version: row.version,
      language: row.language,
      current_session: row.current_session,
      seen_at: row.seen_at,
      address_mark: row.address_mark,
    })
    .where('id', '=', row.id),
);

/** The organiser's own session. */
export async function saveHome({ db, person, own }: TurnWork, home: unknown): Promise<void> {
  await upsertHome(db, { person, sealed: sealValue(own.key, organiserContext(person), home) });
}

const upsertHome = prepareQuery((db, row: { readonly person: string; readonly sealed: Uint8Array }) =>
  db
    .insertInto('organisers')
    .values({ person: row.person, sealed: row.sealed })
    .onConflict((c) => c.column('person').doUpdateSet((e) => ({ sealed: e.ref('excluded.sealed') }))),
);

/** As last saved, unparsed; null for people who write for themselves. */
export async function organiserHome(context: Context, person: string): Promise<unknown> {
  const row = await context.database.read
    .selectFrom('organisers')
    .innerJoin('keys', 'keys.owner', 'organisers.person')
    .select(['organisers.sealed', 'keys.wrapped'])
    .where('organisers.person', '=', person)
    .executeTakeFirst();
  if (row === undefined) return null;
  return openValue(unwrapKey(context.master, person, row.wrapped), organiserContext(person), row.sealed);
}

export async function nextTurn(context: Context, person: string): Promise<PendingTurn | null> {
  const [row] = (await selectNext(context.database.read, { person })).rows;
  if (row === undefined || row.event === null) return null;
  const key = unwrapKey(context.master, person, row.wrapped);
  const answersAt = row.mark === null || row.address === null ? null : openAddress(key, person, row.mark, row.address);
  return {
    inboxId: row.inbox_mark,
    person,
    event: openValue(key, eventContext(person, row.inbox_mark), row.event),
    language: row.language,
    addressMark: row.came_from === null ? null : row.mark,
    answersAt,
    session: row.session_id === null ? null : openOrBroken(key, sessionContext(person, row.session_id), row.session),
    ...(row.home === null ? {} : { home: openOrBroken(key, organiserContext(person), row.home) }),
    version: row.version,
    ...(row.blocked === null ? {} : { blocked: row.blocked }),
    begun: row.begun === 0 ? 'no' : row.begun_in === null ? 'died' : 'elsewhere',
  };
}

/** A session that cannot be decrypted becomes one that cannot be parsed; the event is still known. */
function openOrBroken(key: KeyObject, context: SealContext, sealed: Uint8Array | null): unknown {
  try {
    return sealed === null ? null : openValue(key, context, sealed);
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
    .leftJoin('processes', 'processes.boot', 'inbox.begun_by')
    .select([
      'organisers.sealed as home',
      'inbox.mark as inbox_mark',
      'inbox.address_mark as came_from',
      'inbox.sealed as event',
      'inbox.begun',
      'processes.name as begun_in',
      'persons.language',
      'persons.version',
      'keys.wrapped',
      'addresses.mark',
      'addresses.sealed as address',
      'sessions.id as session_id',
      'sessions.sealed as session',
      sql<string | null>`(select max(account.at) from addresses other ${withAccount}
        where other.person = inbox.person and inbox.address_mark = addresses.mark
          and other.channel <> addresses.channel and ${isBlocked})`.as('blocked'),
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
  return openValue(key, sessionContext(person, id), sealed);
}

export function sealSession(key: KeyObject, person: string, id: string, session: unknown): Buffer {
  return sealValue(key, sessionContext(person, id), session);
}

function organiserContext(person: string): SealContext {
  return { table: 'organisers', column: 'sealed', owner: person, row: person };
}

function sessionContext(owner: string, row: string): SealContext {
  return { table: 'sessions', column: 'sealed', owner, row };
}
