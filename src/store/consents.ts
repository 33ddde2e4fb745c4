// Consents: appended, never changed; the last row of a purpose counts, no row means no. And a case's flags.

import type { KeyObject } from 'node:crypto';
import type { Context } from './context.ts';
import { keysOf } from './keys.ts';
import { openValue, sealValue } from './sealed-value.ts';
import type { ConsentRow } from './store.ts';
import type { TurnWork } from './turn-work.ts';

type Sealed = Omit<ConsentRow, 'purpose' | 'at' | 'mine'>;

export async function saveConsents({ context, db, turn, person, own, contribution }: TurnWork): Promise<void> {
  if (turn.consents.length === 0) return;
  const values = turn.consents.map(({ purpose, at, mine, ...given }) => {
    const [owner, of] = mine === true ? [own, null] : [contribution ?? own, contribution?.id ?? null];
    const id = context.newId();
    const sealed = sealValue(owner.key, placeOf(owner.id, id), given satisfies Sealed);
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
    ...openValue<Sealed>(key, placeOf(contribution, id), sealed),
  }));
}

/** What each contribution chose last about publication, for those whose keys are given. */
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
      return [[contribution, openValue<Sealed>(key, placeOf(contribution, id), sealed).value] as const];
    }),
  );
}

export async function saveFlags({ db, turn, person, contribution }: TurnWork): Promise<void> {
  const over = turn.unflag ?? [];
  if (over.length > 0 && contribution !== null) {
    await db.deleteFrom('flags').where('contribution', '=', contribution.id).where('flag', 'in', over).execute();
  }
  if (turn.flags.length === 0) return;
  const values = turn.flags.map((flag) => ({ person, contribution: contribution?.id ?? null, flag, at: turn.at }));
  await db.insertInto('flags').values(values).execute();
}

function placeOf(owner: string, row: string) {
  return { table: 'consents', column: 'sealed', owner, row };
}
