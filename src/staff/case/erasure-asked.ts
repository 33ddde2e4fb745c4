// Where two must agree to an erasure, the first one's word is a row of the audit log: it cannot be changed, and says who.

import type { Desk } from '../desk.ts';

/** Why a case is erased. From a list, so that no word about anybody reaches the log, which keeps it for ever. */
export const ERASE_REASONS = ['asked', 'danger', 'under-age', 'not-theirs'] as const;

/** So long one person's word waits for another's, in milliseconds. */
const WAITS = 3 * 24 * 60 * 60_000;
/** Before the reason, in such a row. */
export const ASKED = 'asked ';
/** Whoever asked, or another reviewer, has thought better of it. */
export const TAKEN_BACK = 'taken back';

export interface ErasureAsked {
  readonly by: string;
  readonly name: string;
  readonly reason: (typeof ERASE_REASONS)[number];
}

/** The erasure that waits for a second person; null where nobody asked for one lately who may, or it was taken back. */
export async function erasureAsked({ store, now }: Desk, caseId: string): Promise<ErasureAsked | null> {
  const rows = await store.audit.find({ case: caseId, action: 'case.erase' }, 20);
  const since = new Date(now().getTime() - WAITS).toISOString();
  const row = rows.find(({ at, detail }) => at >= since && isWord(detail ?? ''));
  const reason = ERASE_REASONS.find((one) => row?.detail === `${ASKED}${one}`);
  const by = row?.staff ?? null;
  const account = by === null ? null : await store.staff.account(by);
  if (reason === undefined || account?.state !== 'active' || account.role !== 'administrator') return null;
  return { by: account.id, name: account.name, reason };
}

function isWord(detail: string): boolean {
  return detail === TAKEN_BACK || detail.startsWith(ASKED);
}
