// Records which runs of the program stopped cleanly. A run that did not leaves its row.

import type { Context } from '../db/context.ts';

/** Days after which rows are deleted: no draft is kept as long. */
const LONGEST_DAYS = 400;
const PREFIX = 'boot/';

export async function recordStart(context: Context, boot: string): Promise<void> {
  const value = context.now();
  const old = new Date(Date.parse(value) - LONGEST_DAYS * 86_400_000).toISOString();
  await context.database.write(async (db) => {
    await db.deleteFrom('meta').where('name', 'like', `${PREFIX}%`).where('value', '<', old).execute();
    await db
      .insertInto('meta')
      .values({ name: `${PREFIX}${boot}`, value })
      .onConflict((c) => c.column('name').doUpdateSet({ value }))
      .execute();
  });
}

export async function recordStop(context: Context, boot: string): Promise<void> {
  await context.database.write(async (db) => {
    await db.deleteFrom('meta').where('name', '=', `${PREFIX}${boot}`).execute();
  });
}

/** True for a run that did not stop cleanly, unless it is known to go on. */
export async function endedUncleanly(context: Context, boot: string): Promise<boolean> {
  const row = await context.database.read
    .selectFrom('meta')
    .select('value')
    .where('name', '=', `${PREFIX}${boot}`)
    .where((e) => e.not(e.exists(e.selectFrom('processes').select('name').where('boot', '=', boot))))
    .executeTakeFirst();
  return row !== undefined;
}
