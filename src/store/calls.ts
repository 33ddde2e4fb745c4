// Where submissions of a call go, by whose word; and the text of calls as they were when somebody answered.

import type { Context } from './context.ts';
import type { CallAddress } from './store.ts';

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

export async function archivedCall(context: Context, hash: string): Promise<string | null> {
  const query = context.database.read.selectFrom('calls').select('text').where('hash', '=', hash);
  return (await query.executeTakeFirst())?.text ?? null;
}
