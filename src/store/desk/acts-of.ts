// Reads the flags of people and the acts of staff, the oldest first.

import type { Flag } from '../../dialog/engine/effect.ts';
import type { Queries } from '../db/database.ts';
import type { QueueRow } from './queue-row.ts';

/** Expects the oldest first. */
export function once(rows: readonly { readonly flag: Flag; readonly at: string }[]): QueueRow['flags'] {
  const times = Map.groupBy(rows, ({ flag }) => flag);
  return [...times].map(([flag, all]) => ({ flag, at: all[0]?.at ?? '', lastAt: all.at(-1)?.at ?? '' }));
}

/** Acts by which staff asked the person something. */
const QUESTIONS: readonly string[] = ['give-back', 'propose-withholding'];

/** Acts of staff that show whom a case may wait for, oldest first. */
export async function actsOf(db: Queries, only?: string) {
  return db
    .selectFrom('reviews')
    .select(['case_id', 'person', 'reviewer', 'act', 'at'])
    .where('act', 'in', ['step-back', 'say', 'give-back', 'propose-withholding'])
    .$if(only !== undefined, (q) => q.where('case_id', '=', only ?? ''))
    .orderBy('position')
    .execute();
}

export function decidedIn(
  acts: readonly { readonly act: string; readonly reviewer: string | null; readonly at: string }[],
): Pick<QueueRow, 'steppedBack' | 'answeredAt' | 'askedAt'> {
  return {
    steppedBack: acts.flatMap(({ act, reviewer }) => (act === 'step-back' && reviewer !== null ? [reviewer] : [])),
    answeredAt: acts.findLast(({ act }) => act !== 'step-back')?.at ?? null,
    askedAt: acts.findLast(({ act }) => QUESTIONS.includes(act))?.at ?? null,
  };
}
