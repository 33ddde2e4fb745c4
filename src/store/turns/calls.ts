// The recipients of calls, with the account that verified them; and the archived texts of calls that people have
// answered.

import type { Context } from '../db/context.ts';
import type { TurnToSave, TurnWork } from './turn-work.ts';

export interface CallAddress {
  readonly callId: string;
  readonly address: string;
  readonly source: string;
  readonly verifiedBy: string;
  readonly verifiedAt: string;
}

export async function callAddress(context: Context, callId: string): Promise<CallAddress | null> {
  const row = await context.database.read
    .selectFrom('call_addresses')
    .selectAll()
    .where('call_id', '=', callId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { address, source } = row;
  return { callId, address, source, verifiedBy: row.verified_by, verifiedAt: row.verified_at };
}

export async function setCallAddress(context: Context, entry: CallAddress): Promise<void> {
  const { callId, address, source, verifiedBy, verifiedAt } = entry;
  const columns = { address, source, verified_by: verifiedBy, verified_at: verifiedAt };
  await context.database.write((db) =>
    db
      .insertInto('call_addresses')
      .values({ call_id: callId, ...columns })
      .onConflict((c) => c.column('call_id').doUpdateSet(columns))
      .execute(),
  );
}

/** Archives the call of a new case, once per revision. */
export async function archiveCall(
  { db, at }: TurnWork,
  { hash, callId, text }: NonNullable<TurnToSave['archive']>,
): Promise<void> {
  await db
    .insertInto('calls')
    .values({ hash, call_id: callId, text, at })
    .onConflict((c) => c.column('hash').doNothing())
    .execute();
}

/** The archived text of a pinned call. */
export async function archivedCall(context: Context, hash: string): Promise<string | null> {
  const query = context.database.read.selectFrom('calls').select('text').where('hash', '=', hash);
  return (await query.executeTakeFirst())?.text ?? null;
}
