// Troubles of the installation that staff were told about. A row lasts as long as its trouble, and a day at least: what comes
// and goes within a day is one trouble.

import type { Context } from '../db/context.ts';

const HOUR = 3_600_000;
const SUBJECT = 'installation';
/** Hours after which a trouble that still lasts is told again. */
const AGAIN = 7 * 24;
const ONE_TROUBLE = 24;

export function troubleRows({ database }: Context) {
  const before = (now: string, hours: number) => new Date(Date.parse(now) - hours * HOUR).toISOString();
  return {
    /** Returns true for one process only, which then tells staff; again after an hour if it did not say that it has. */
    claim: (kind: string, now: string): Promise<boolean> =>
      database.write(async (db) => {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('staff_notices')
          .values({ subject: SUBJECT, kind, person: null, at: now, sent: 0 })
          .onConflict((c) =>
            c
              .columns(['subject', 'kind'])
              .doUpdateSet({ at: now, sent: 0 })
              .where((e) =>
                e.or([
                  e('staff_notices.at', '<=', before(now, AGAIN)),
                  e.and([e('staff_notices.sent', '=', 0), e('staff_notices.at', '<=', before(now, 1))]),
                ]),
              ),
          )
          .executeTakeFirst();
        return (numInsertedOrUpdatedRows ?? 0n) > 0n;
      }),
    /** Not delivered: the next look may try again. */
    told: (kind: string, went: boolean): Promise<void> =>
      database.write(async (db) => {
        const isIt = { subject: SUBJECT, kind };
        if (went)
          await db
            .updateTable('staff_notices')
            .set({ sent: 1 })
            .where((e) => e.and(isIt))
            .execute();
        else
          await db
            .deleteFrom('staff_notices')
            .where((e) => e.and(isIt))
            .execute();
      }),
    over: (kind: string, now: string): Promise<void> =>
      database.write(async (db) => {
        await db
          .deleteFrom('staff_notices')
          .where((e) => e.and({ subject: SUBJECT, kind }))
          .where('at', '<=', before(now, ONE_TROUBLE))
          .execute();
      }),
  };
}

export type TroubleRows = ReturnType<typeof troubleRows>;
