// "Next": one case for one reviewer. Two who ask at the same time get two cases.

import type { QueueFacts } from '../../store/desk/queue-row.ts';
import type { Desk, SignedIn } from '../desk.ts';
import { loadMine } from './load-queue.ts';
import type { QueueEntry } from './order-queue.ts';
import { callerMark } from './row-words.ts';

/** The page of the recordings. */
export const RECORDINGS = '/desk/voice';

export function hrefOf({ row }: Pick<QueueEntry<QueueFacts>, 'row'>): string {
  return row.case === null ? `/desk/person/${row.person}` : `/desk/case/${row.case}`;
}

/** Assigns the first case that needs them to this reviewer. Returns its page; null: nothing needs them. `not`: one case. */
export async function takeNext(desk: Desk, staff: SignedIn, not?: string): Promise<string | null> {
  const mine = (await loadMine(desk, staff)).filter(({ row }) => not === undefined || row.case !== not);
  // Nobody is sent to a case that somebody reads, unless somebody is in danger or nothing else is left.
  const isRead = ({ row, loss }: QueueEntry<QueueFacts>) =>
    loss !== 'danger' && row.readers.some(({ staff: reader }) => reader !== staff.id);
  for (const entry of [...mine.filter((one) => !isRead(one)), ...mine.filter(isRead)]) {
    if (await take(desk, staff, entry.row)) return entry.loss === 'recording' ? RECORDINGS : hrefOf(entry);
  }
  return null;
}

async function take(desk: Desk, staff: SignedIn, row: QueueFacts): Promise<boolean> {
  if (row.assignedTo === staff.id) return true;
  const item = row.case === null ? { person: row.person } : { case: row.case };
  const at = desk.now().toISOString();
  if (!(await desk.store.desk.claim(item, { from: row.assignedTo, to: staff.id, at }))) return false;
  await desk.audit.record({
    staff,
    action: 'case.assign',
    detail: row.case === null ? 'next, before a case' : 'next',
    ...(row.case === null ? {} : { case: row.case }),
    ...(row.case === null ? { reference: callerMark(row.person) } : {}),
    ...(row.reference === null ? {} : { reference: row.reference }),
  });
  return true;
}
