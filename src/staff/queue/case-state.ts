// How a case stands, in one word, and whether it waits for this reviewer. Pure.

import type { Flag } from '../../dialog/engine/effect.ts';
import type { QueueRow } from '../../store/desk/desk-port.ts';
import type { ReviewState } from '../../store/reviews/reviews-port.ts';
import type { SignedIn } from '../signed-in.ts';

export const CASE_STATES = [
  'asks',
  'telling',
  'review',
  'review-second',
  'on-hold',
  'with-person',
  'decided',
  'leaving',
  'written',
  'sent',
  'uncertain',
  'refused',
  'bounced',
  'held',
  'cancelled',
] as const;
/** `asks`: somebody without a case asked for a person. `telling`: nothing is approved yet. */
export type CaseState = (typeof CASE_STATES)[number];

export const NEEDS = ['danger', 'person', 'release', 'mail'] as const;
/** What this reviewer has to do about it. */
export type Need = (typeof NEEDS)[number];

/** What is shown beside a case: what the person or a program noticed, and what is seen from the rows. */
export type ShownFlag = Flag | 'alarm' | 'mail-refused' | 'mail-uncertain' | 'mail-bounced' | 'mail-held';

export function stateOf(row: QueueRow, review: ReviewState | null): CaseState {
  const { mail } = row;
  if (row.case === null) return 'asks';
  if (mail === null) return 'telling';
  if (mail.outcome === 'bounced') return 'bounced';
  switch (mail.state) {
    case 'review':
      if (review?.onHold === true) return 'on-hold';
      if (review !== null && review.decided !== null) return 'decided';
      return review !== null && review.releasedBy.length > 0 ? 'review-second' : 'review';
    case 'given-back':
      return 'with-person';
    case 'waiting':
    case 'frozen':
    case 'sending':
      return mail.handedOver ? 'uncertain' : 'leaving';
    case 'uncertain':
    case 'sent':
    case 'written':
    case 'refused':
    case 'held':
      return mail.state;
    case 'cancelled':
      return review !== null && review.decided !== null ? 'decided' : 'cancelled';
  }
}

/** Null: nothing of it waits for this reviewer. */
export function needOf(row: QueueRow, review: ReviewState | null, staff: Pick<SignedIn, 'id' | 'role'>): Need | null {
  if (staff.role === 'reader' || row.steppedBack.includes(staff.id)) return null;
  const isOpen = ({ lastAt }: { readonly lastAt: string }) => row.answeredAt === null || row.answeredAt < lastAt;
  const open = row.flags.filter(isOpen).map(({ flag }) => flag);
  if (open.includes('in-danger')) return 'danger';
  if (ASKS.some((flag) => open.includes(flag))) return 'person';
  const state = stateOf(row, review);
  if (state === 'review' || state === 'review-second') {
    return review?.releasedBy.includes(staff.id) === true ? null : 'release';
  }
  return state === 'refused' || state === 'bounced' || state === 'held' || state === 'uncertain' ? 'mail' : null;
}

export function flagsOf(row: QueueRow, review: ReviewState | null): readonly ShownFlag[] {
  const state = stateOf(row, review);
  const flags = row.flags.map(({ flag }) => flag);
  const seen: readonly (readonly [ShownFlag, boolean])[] = [
    ['alarm', review?.alarmed === true && review.state === 'waiting'],
    ['changed', row.changed],
    ['mail-refused', state === 'refused'],
    ['mail-bounced', state === 'bounced'],
    ['mail-uncertain', state === 'uncertain'],
    ['mail-held', state === 'held'],
  ];
  const first = URGENT.filter((flag) => flags.includes(flag));
  return [...new Set([...first, ...seen.flatMap(([flag, is]) => (is ? [flag] : [])), ...flags])];
}

/** They wait for words of a person. */
const ASKS: readonly Flag[] = ['asks-for-person', 'wants-contact', 'answered', 'no-file'];

const URGENT: readonly Flag[] = ['in-danger', 'under-age', 'wants-contact', 'asks-for-person', 'doubts', 'threat'];
