// Parts of answers, and held parts from before the consent.

import type { Part } from '../../dialog/engine/effect.ts';
import { openValue, sealValue, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { prepareQuery, type Queries } from '../db/database.ts';
import { hashMessage, keysOf } from '../encryption/keys.ts';
import { sealLineFor } from './transcript.ts';
import type { EffectsToSave, Owner, TurnWork } from './turn-work.ts';

interface Row {
  readonly mark: string;
  readonly sealed: Uint8Array;
  readonly words: number;
}

/** In the order in which they were first saved. */
export async function parts(context: Context, contribution: string): Promise<readonly Part[]> {
  const db = context.database.read;
  const key = (await keysOf(context, db, [contribution])).get(contribution);
  if (key === undefined) return [];
  const rows = await db
    .selectFrom('parts')
    .select(['mark', 'sealed', 'words'])
    .where('contribution', '=', contribution)
    .orderBy('position')
    .execute();
  return rows.map((row) => decryptPart('parts', { id: contribution, key }, row));
}

export async function held(
  context: Context,
  person: string,
  db: Queries = context.database.read,
): Promise<readonly Part[]> {
  const key = (await keysOf(context, db, [person])).get(person);
  return key === undefined ? [] : heldRows(db, { id: person, key });
}

/** Of `part.add` and `part.replace`: an existing part is replaced in its position. */
export async function putParts(
  work: TurnWork,
  changed: readonly EffectsToSave['part.add' | 'part.replace'][],
): Promise<void> {
  const { db, contribution } = work;
  if (contribution === null) throw new Error('A part belongs to a contribution; without a case it can only be held.');
  for (const { part } of changed) {
    await upsertPart(db, { contribution: contribution.id, ...sealedRow(work, contribution, part) });
  }
}

function sealedRow({ context, person }: TurnWork, owner: Owner, part: Part): Row {
  const mark = hashMessage(context.master, person, part.id);
  return { mark, sealed: sealPart('parts', owner, mark, part), words: part.words };
}

const upsertPart = prepareQuery((db, row: Row & { readonly contribution: string }) =>
  db
    .insertInto('parts')
    .values({ contribution: row.contribution, mark: row.mark, sealed: row.sealed, words: row.words })
    .onConflict((c) =>
      c.columns(['contribution', 'mark']).doUpdateSet((e) => ({
        sealed: e.ref('excluded.sealed'),
        words: e.ref('excluded.words'),
      })),
    ),
);

export async function holdParts(
  { db, context, at, person, own }: TurnWork,
  holds: readonly EffectsToSave['hold'][],
): Promise<void> {
  const values = lastOfEach(holds.map(({ part }) => part)).map((part) => {
    const mark = hashMessage(context.master, person, part.id);
    return { person, mark, sealed: sealPart('held', own, mark, part), words: part.words, held_at: at };
  });
  await db
    .insertInto('held')
    .values(values)
    .onConflict((c) =>
      c.columns(['person', 'mark']).doUpdateSet((e) => ({
        sealed: e.ref('excluded.sealed'),
        words: e.ref('excluded.words'),
      })),
    )
    .execute();
}

/** Seals held parts under the contribution's key, with their lines in the transcript: from now on they are erased with it. */
export async function useHeld(work: TurnWork, uses: readonly EffectsToSave['held.use'][]): Promise<void> {
  for (const use of uses) await moveHeld(work, use);
}

async function moveHeld(work: TurnWork, { slot, first, ids }: EffectsToSave['held.use']): Promise<void> {
  const { db, context, person, own, contribution } = work;
  if (contribution === null) throw new Error('Held parts can be used only in a case.');
  const all = (await heldRows(db, own)).filter(({ id }) => ids.includes(id));
  if (all.length === 0) return;
  const marks = all.map((part) => hashMessage(context.master, person, part.id));
  const used = all.map((part) => sealedRow(work, contribution, { ...part, slot }));
  const order = first?.map((id) => hashMessage(context.master, person, id));
  const rows =
    order === undefined ? used : earlyFirst(used, await takeRows(db, contribution), order, ({ mark }) => mark);
  for (const row of rows) await upsertPart(db, { contribution: contribution.id, ...row });
  const lines = await db
    .selectFrom('lines')
    .select(['mark', 'sealed'])
    .where('person', '=', person)
    .where('contribution', 'is', null)
    .where('sealed', 'is not', null)
    .where('mark', 'in', marks)
    .execute();
  for (const { mark, sealed } of lines) {
    if (sealed === null) continue;
    await db
      .updateTable('lines')
      .set({ contribution: contribution.id, sealed: sealLineFor(own, contribution, mark, sealed) })
      .where('person', '=', person)
      .where('mark', '=', mark)
      .execute();
  }
  await db.deleteFrom('held').where('person', '=', person).where('mark', 'in', marks).execute();
}

/**
 * Held parts first, together with other early ones, in this order of ids. Held parts that are not in the order (of an
 * old session) come first.
 */
export function earlyFirst<T>(
  held: readonly T[],
  others: readonly T[],
  order: readonly string[],
  idOf: (one: T) => string,
): readonly T[] {
  const place = new Map(order.map((id, index) => [id, index]));
  const isEarly = (one: T) => place.has(idOf(one));
  const early = [...held, ...others.filter(isEarly)];
  return [
    ...early.toSorted((a, b) => (place.get(idOf(a)) ?? -1) - (place.get(idOf(b)) ?? -1)),
    ...others.filter((one) => !isEarly(one)),
  ];
}

/** Removes rows from the table, to insert them after others; they are sealed for their hash and not for their position. */
async function takeRows(db: TurnWork['db'], contribution: Owner): Promise<readonly Row[]> {
  const mine = db.selectFrom('parts').where('contribution', '=', contribution.id);
  const rows = await mine.select(['mark', 'sealed', 'words']).orderBy('position').execute();
  await db.deleteFrom('parts').where('contribution', '=', contribution.id).execute();
  return rows;
}

export async function eraseHeld(
  { context, db, person }: TurnWork,
  erases: readonly EffectsToSave['held.erase'][],
): Promise<void> {
  for (const { ids } of erases) {
    let held = db.deleteFrom('held').where('person', '=', person);
    let lines = db
      .updateTable('lines')
      .set({ sealed: null })
      .where('person', '=', person)
      .where('contribution', 'is', null);
    if (ids !== undefined) {
      const marks = ids.map((id) => hashMessage(context.master, person, id));
      held = held.where('mark', 'in', marks);
      lines = lines.where('mark', 'in', marks);
    }
    await held.execute();
    await lines.execute();
  }
}

export async function removeParts(
  { db, context, person, contribution }: TurnWork,
  removed: readonly EffectsToSave['part.remove'][],
): Promise<void> {
  const marks = removed.flatMap(({ ids }) => ids).map((id) => hashMessage(context.master, person, id));
  if (marks.length === 0) return;
  await db.deleteFrom('held').where('person', '=', person).where('mark', 'in', marks).execute();
  if (contribution === null) return;
  await db.deleteFrom('parts').where('contribution', '=', contribution.id).where('mark', 'in', marks).execute();
}

async function heldRows(db: TurnWork['db'], own: Owner): Promise<readonly Part[]> {
  const rows = await db
    .selectFrom('held')
    .select(['mark', 'sealed', 'words'])
    .where('person', '=', own.id)
    .orderBy('position')
    .execute();
  return rows.map((row) => decryptPart('held', own, row));
}

/** One statement cannot touch the same row twice. */
function lastOfEach(all: readonly Part[]): readonly Part[] {
  return [...new Map(all.map((part) => [part.id, part])).values()];
}

export function sealPart(table: 'parts' | 'held', owner: Owner, row: string, part: Part): Buffer {
  const { words: _, ...sealed } = part;
  return sealValue(owner.key, contextOf(table, owner, row), sealed);
}

export function decryptPart(table: 'parts' | 'held', owner: Owner, { mark, sealed, words }: Row): Part {
  return { ...openValue(owner.key, contextOf(table, owner, mark), sealed), words };
}

function contextOf(table: 'parts' | 'held', { id: owner }: Owner, row: string): ValueContext<Omit<Part, 'words'>> {
  return { table, column: 'sealed', owner, row };
}

export function partMark(context: Context, person: string, messageId: string): string {
  return hashMessage(context.master, person, messageId);
}
