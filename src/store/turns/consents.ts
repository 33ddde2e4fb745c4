// Consents: appended, never changed; the last row of a purpose counts, no row means no. And a case's flags.

import type { KeyObject } from 'node:crypto';
import { openValue, sealValue, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { keysOf } from '../encryption/keys.ts';
import type { ConsentRow, EffectsToSave, TurnWork } from './turn-work.ts';

type Sealed = Omit<ConsentRow, 'purpose' | 'at' | 'mine'>;

export async function addConsents(
  { context, db, person, own, contribution }: TurnWork,
  added: readonly EffectsToSave['consent'][],
): Promise<void> {
  const values = added.map(({ row: { purpose, at, mine, ...given } }) => {
    const [owner, of] = mine === true ? [own, null] : [contribution ?? own, contribution?.id ?? null];
    const id = context.newId();
    const sealed = sealValue(owner.key, consentContext(owner.id, id), given);
    return { id, person, contribution: of, purpose, sealed, at };
  });
  await db.insertInto('consents').values(values).execute();
}

/** Oldest first. */
export async function consents(context: Context, contribution: string): Promise<readonly ConsentRow[]> {
  const db = context.database.read;
  const key = (await keysOf(context, db, [contribution])).get(contribution);
  if (key === undefined) return [];
  const rows = await db
    .selectFrom('consents')
    .select(['id', 'purpose', 'sealed', 'at'])
    .where('contribution', '=', contribution)
    .orderBy('position')
    .execute();
  return rows.map(({ id, purpose, sealed, at }) => ({
    purpose,
    at,
    ...openValue(key, consentContext(contribution, id), sealed),
  }));
}

/** The last publication choice of each contribution whose key is given. */
export async function publicationsOf(
  context: Context,
  keys: ReadonlyMap<string, KeyObject>,
): Promise<ReadonlyMap<string, string>> {
  if (keys.size === 0) return new Map();
  const rows = await context.database.read
    .selectFrom('consents')
    .select(['id', 'contribution', 'sealed'])
    .where('purpose', '=', 'publication')
    .where('contribution', 'in', [...keys.keys()])
    .orderBy('position')
    .execute();
  const last = new Map(rows.map((row) => [row.contribution, row]));
  return new Map(
    [...last.values()].flatMap(({ id, contribution, sealed }) => {
      const key = contribution === null ? undefined : keys.get(contribution);
      if (contribution === null || key === undefined) return [];
      return [[contribution, openValue(key, consentContext(contribution, id), sealed).value] as const];
    }),
  );
}

export async function removeFlags(
  { db, contribution }: TurnWork,
  removed: readonly EffectsToSave['unflag'][],
): Promise<void> {
  if (contribution === null) return;
  const over = removed.map(({ flag }) => flag);
  await db.deleteFrom('flags').where('contribution', '=', contribution.id).where('flag', 'in', over).execute();
}

export async function addFlags(
  { db, at, person, contribution }: TurnWork,
  added: readonly EffectsToSave['flag'][],
): Promise<void> {
  const values = added.map(({ flag }) => ({ person, contribution: contribution?.id ?? null, flag, at }));
  await db.insertInto('flags').values(values).execute();
}

export function consentContext(owner: string, row: string): ValueContext<Sealed> {
  return { table: 'consents', column: 'sealed', owner, row };
}
