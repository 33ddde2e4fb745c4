// The session's row, and the person's that points to it.

import type { Selectable } from 'kysely';
import { prepareQuery } from '../db/prepared-query.ts';
import { sealValue } from '../encryption/keys.ts';
import type { Tables } from '../schema/tables.ts';
import type { SessionToSave, TurnToSave, TurnWork } from './turn-work.ts';

type Session = Selectable<Tables['sessions']>;
type Person = Pick<Selectable<Tables['persons']>, 'id' | 'version' | 'language' | 'current_session'>;
type Writer = Pick<Selectable<Tables['persons']>, 'id' | 'seen_at' | 'address_mark'>;

/** `before.address_mark`: where the event came from, null where that address is theirs no more. */
export async function saveSession(
  work: TurnWork,
  turn: Pick<TurnToSave, 'pending' | 'session' | 'state' | 'cases'>,
  before: { readonly current_session: string | null; readonly address_mark: string | null },
): Promise<void> {
  const { db, at, person, number } = work;
  const current = await saveRows(work, turn, before.current_session);
  const changed = { id: person, version: number, language: turn.state.language, current_session: current };
  if (turn.pending.address === null) await updatePerson(db, changed);
  else await updateWriter(db, { ...changed, seen_at: at, address_mark: before.address_mark });
}

/** The session that is open afterwards; null where an organiser has none open. */
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

/** In a row of its own where it has none yet. */
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
    sealed: sealValue(own.key, { table: 'sessions', column: 'sealed', owner: person, row: id }, session),
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
