// The queue of one reviewer: rows from the store, how each stands with its reviewers, in order.

import type { QueueRow } from '../../store/desk/desk-port.ts';
import type { Desk } from '../desk.ts';
import type { SignedIn } from '../signed-in.ts';
import { entryOf, ordered, type QueueEntry } from './order-queue.ts';

export async function loadQueue(
  desk: Desk,
  staff: Pick<SignedIn, 'id' | 'role'>,
  scope: 'open' | 'done' = 'open',
): Promise<readonly QueueEntry[]> {
  const rows = await desk.store.desk.queue(scope);
  const entries = await Promise.all(rows.map((row) => entry(desk, row, staff)));
  return scope === 'done' ? entries : ordered(entries);
}

/** Only what waits for reviewers, or was decided for them, has a review to ask for. */
async function entry(desk: Desk, row: QueueRow, staff: Pick<SignedIn, 'id' | 'role'>): Promise<QueueEntry> {
  const state = row.mail?.state;
  const asks = state === 'review' || state === 'given-back' || state === 'cancelled';
  const review = asks && row.mail !== null ? await desk.store.reviews.stateOf(row.mail.reference) : null;
  return entryOf(row, review, { call: desk.knows.callOf(row.callId), staff, now: desk.now() });
}
