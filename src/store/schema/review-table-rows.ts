// Rows of what waits for a release, and of what was done about it. Clear and sealed as in tables.ts.

import type { Generated } from 'kysely';
import type { DeadlineDecision, IfUnreachable } from '../../dialog/staff-review/review.ts';
import type { ReviewActKind } from '../reviews/reviews-port.ts';

/** What was agreed at SEND about the review of one mail, and how far it came. `mail`: the id of its row in the outbox. */
export interface ReviewTermsTable {
  mail: string;
  person: string;
  contribution: string;
  needed: number;
  if_unreachable: IfUnreachable | null;
  /** The approved confidential version, which may leave in its place at the deadline. */
  fallback_sha256: string | null;
  fallback_request: Uint8Array | null;
  /** Releases of an earlier round count no more. */
  round: Generated<number>;
  on_hold: Generated<number>;
  closed: Generated<number>;
  alarmed_for: string | null;
  decided: DeadlineDecision | null;
  decided_at: string | null;
}

/** Acts of staff, and the person's answers to proposals; never changed. */
export interface ReviewsTable {
  position: Generated<number>;
  id: string;
  mail: string | null;
  case_id: string | null;
  person: string;
  contribution: string | null;
  reviewer: string | null;
  act: ReviewActKind;
  sha256: string | null;
  round: number;
  note: Uint8Array | null;
  at: string;
}
