// A mail that found no way by itself is put under a case by a person, and taken out again: sealed anew each time, under the
// key of whom it belongs to from then on. It tells nobody, and ends nothing.

import type { Selectable } from 'kysely';
import { unwrapKey } from '../../vault/keys-of-master.ts';
import { open, seal } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { keysOf, makeKey } from '../encryption/keys.ts';
import type { Assigned, MailInSummary } from './mails-in-port.ts';
import { NOBODY, placeOf } from './read-mails-in.ts';
import { openValue, sealValue } from '../encryption/sealed-value.ts';
import type { Tables } from '../schema/tables.ts';
import type { Owner } from '../turns/turn-work.ts';

export function assignMail(
  context: Context,
  id: string,
  { reference, by, at }: { readonly reference: string; readonly by: string; readonly at: string },
): Promise<Assigned> {
  return context.database.write(async (db) => {
    const ours = await db
      .selectFrom('outbox')
      .innerJoin('keys', 'keys.owner', 'outbox.contribution')
      .select(['outbox.id', 'outbox.person', 'outbox.contribution', 'keys.wrapped'])
      .where('outbox.reference', '=', reference)
      .orderBy('outbox.position', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (ours === undefined) return 'unknown';
    const row = await db
      .selectFrom('mails_in')
      .selectAll()
      .where('id', '=', id)
      .where('contribution', 'is', null)
      .executeTakeFirst();
    const nobody = (await keysOf(context, db, [NOBODY])).get(NOBODY);
    if (row === undefined || nobody === undefined) return 'gone';
    const { person, contribution } = ours;
    const to = { id: contribution, key: unwrapKey(context.master, contribution, ours.wrapped) };
    const { numUpdatedRows } = await db
      .updateTable('mails_in')
      .set({
        ...{ person, contribution, outbox: ours.id, reference, moved_by: by, moved_at: at },
        ...sealedFor(row, { id: NOBODY, key: nobody }, to),
      })
      .where('id', '=', id)
      .where('contribution', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n ? 'assigned' : 'gone';
  });
}

export function unassignMail(
  context: Context,
  id: string,
  { case: caseId, at }: { readonly case: string; readonly at: string },
): Promise<boolean> {
  return context.database.write(async (db) => {
    const row = await db
      .selectFrom('mails_in')
      .innerJoin('contributions as c', 'c.id', 'mails_in.contribution')
      .selectAll('mails_in')
      .where('mails_in.id', '=', id)
      .where('c.case_id', '=', caseId)
      .where('moved_by', 'is not', null)
      .executeTakeFirst();
    const contribution = row?.contribution ?? null;
    if (row === undefined || contribution === null) return false;
    const keys = await keysOf(context, db, [NOBODY, contribution]);
    const key = keys.get(contribution);
    if (key === undefined) return false;
    const to = { id: NOBODY, key: keys.get(NOBODY) ?? (await makeKey(context, db, NOBODY)) };
    const { numUpdatedRows } = await db
      .updateTable('mails_in')
      .set({
        ...{ person: null, contribution: null, outbox: null, reference: null, moved_by: null, moved_at: at },
        ...sealedFor(row, { id: contribution, key }, to),
      })
      .where('id', '=', id)
      .where('contribution', '=', contribution)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  });
}

function sealedFor({ id, sealed, bytes }: Selectable<Tables['mails_in']>, from: Owner, to: Owner) {
  const summary = openValue<MailInSummary>(from.key, placeOf('sealed', from.id, id), sealed);
  const whole = open(from.key, placeOf('bytes', from.id, id), bytes);
  return {
    sealed: sealValue(to.key, placeOf('sealed', to.id, id), summary),
    bytes: seal(to.key, placeOf('bytes', to.id, id), whole),
  };
}
