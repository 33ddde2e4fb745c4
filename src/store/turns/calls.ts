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
  /** Null: in use. A withdrawn one is not used even if the call's file says that it is verified. */
  readonly withdrawnAt: string | null;
}

/** All on record for a call, in the order in which they were verified. */
export async function callAddresses(context: Context, callId: string): Promise<readonly CallAddress[]> {
  const rows = await context.database.read
    .selectFrom('call_recipients')
    .selectAll()
    .where('call_id', '=', callId)
    .orderBy('verified_at')
    .orderBy('address')
    .execute();
  return rows.map(({ address, source, ...row }) => ({
    ...{ callId, address, source },
    ...{ verifiedBy: row.verified_by, verifiedAt: row.verified_at, withdrawnAt: row.withdrawn_at },
  }));
}

/** Each replaces what was on record for the same address. */
export async function recordCallAddresses(context: Context, entries: readonly CallAddress[]): Promise<void> {
  await context.database.write(async (db) => {
    for (const { callId, address, source, verifiedBy, verifiedAt, withdrawnAt } of entries) {
      const columns = { source, verified_by: verifiedBy, verified_at: verifiedAt, withdrawn_at: withdrawnAt };
      await db
        .insertInto('call_recipients')
        .values({ call_id: callId, address, ...columns })
        .onConflict((c) => c.columns(['call_id', 'address']).doUpdateSet(columns))
        .execute();
    }
  });
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
