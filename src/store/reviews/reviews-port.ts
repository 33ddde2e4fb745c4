// The port of the review desk to what waits for a release. Every function that changes something is one act of one
// reviewer: one transaction, compare-and-set over the SHA-256 that they saw. What it means for the person goes into their
// inbox in the same transaction; the conversation takes it from there. A text, a recipient or a publicity cannot be given
// to any of these functions: staff release exactly what the person approved, or do not.
//
// The audit log is the desk's: it records every call with its result after the call returned. The row in `reviews` is
// part of the act itself, so an act without its record in the log can be found.

import type { MailKind } from '../../dialog/engine/event.ts';
import type { DeadlineDecision, IfUnreachable, StaffQuestion } from '../../dialog/staff-review/review.ts';
import type { ReviewActKind } from '../schema/feature-tables.ts';
import type { StaffRole } from '../schema/staff-columns.ts';

/** A signed-in member of the staff, as far as acts are judged by it. */
export interface Reviewer {
  /** Of their account. */
  readonly id: string;
  readonly role: StaffRole;
}

/** Whose act, over which version of which submission. */
export interface Act {
  readonly reviewer: Reviewer;
  readonly reference: string;
  /** Hex, of the manifest that the reviewer had before their eyes. */
  readonly sha256: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** Why nothing was done. Each has a calm sentence on the page. */
export type NotDone =
  /** Another version lies there now; look again. */
  | { readonly kind: 'changed'; readonly sha256: string }
  /** Its person took it back, or it was given back to them. */
  | { readonly kind: 'taken-back' }
  /** It has left, or is on its way. */
  | { readonly kind: 'left' }
  /** This very act of this reviewer stands already: the same reviewer twice counts once. */
  | { readonly kind: 'already' }
  /** A reviewer holds it; the hold must be lifted first. */
  | { readonly kind: 'on-hold' }
  /** The deadline is over, and late texts are not taken. */
  | { readonly kind: 'closed' }
  /** Readers only read; who stepped back from a case does not decide in it. */
  | { readonly kind: 'not-allowed'; readonly why: 'reader' | 'stepped-back' }
  /** The words do not stand in what was approved. */
  | { readonly kind: 'not-in-text' }
  /** Nothing by that reference: never there, or erased. */
  | { readonly kind: 'unknown' };

export interface Done {
  readonly kind: 'done';
}

/** `leaves`: enough releases are there; it goes when its window has closed. */
export type Released =
  { readonly kind: 'done'; readonly given: number; readonly needed: number; readonly leaves: boolean } | NotDone;

/** To whom words go: the person of a submission, of a text that has no reference yet, or one without any (e.g. under age). */
export type Addressee =
  { readonly reference: string } | { readonly contribution: string } | { readonly person: string };

/** How staff made sure who asked for the word to be set back. A list, so that no word about anybody stands in the audit log. */
export const OWN_WORD_REASONS = ['called-back', 'in-person', 'vouched-for'] as const;
export type OwnWordReason = (typeof OWN_WORD_REASONS)[number];

/** One act as it was done, oldest first. */
export interface ReviewRow {
  readonly id: string;
  readonly act: ReviewActKind;
  /** Null for what the person did. */
  readonly reviewer: string | null;
  /** Null for what is about no version: words to the person, stepping back. */
  readonly sha256: string | null;
  /** A reason, words, a question as given ("ready:" and its id, or the words); null where there were none. */
  readonly note: string | null;
  readonly at: string;
}

/** How a submission stands with its reviewers. */
export interface ReviewState {
  readonly mail: string;
  readonly reference: string;
  readonly case: string;
  readonly person: string;
  readonly sha256: string;
  /** 1 or 2, as the person was told at SEND; 2 also where a second reviewer was asked for. */
  readonly needed: number;
  /** Different reviewers whose release of exactly this version counts. */
  readonly releasedBy: readonly string[];
  readonly onHold: boolean;
  /** `waiting`: for reviewers. `with-person`: given back, no answer yet. `over`: released, decided or taken back. */
  readonly state: 'waiting' | 'with-person' | 'over';
  /** What the person chose; null where nothing was asked (no deadline ahead) or nothing chosen: then it is not sent. */
  readonly ifUnreachable: IfUnreachable | null;
  /** The alarm rang: two hours before the deadline, or a day old without one, and nobody had done anything. */
  readonly alarmed: boolean;
  readonly decided: DeadlineDecision | null;
  /** ISO 8601 UTC; when SEND was typed. */
  readonly since: string;
}

/** A submission that waits for staff or, given back, for its person; for the clock. */
export interface UnderReview {
  readonly mail: string;
  readonly person: string;
  readonly reference: string;
  readonly callId: string;
  readonly since: string;
  readonly kind: MailKind;
  /** No reviewer has done anything about it. */
  readonly unattended: boolean;
  readonly onHold: boolean;
  /** Held by its person's own doubt. */
  readonly doubted: boolean;
  /** Which deadline (ISO) the alarm rang for, or 'age'; null: it has not. */
  readonly alarmedFor: string | null;
  readonly ifUnreachable: IfUnreachable | null;
  /** Late texts are not taken: nothing is released any more. */
  readonly closed: boolean;
  /** 'withheld' only: what is decided otherwise is under review no more. */
  readonly decided: DeadlineDecision | null;
}

/** An approved mail that its person's doubt holds, whoever releases it. */
export type HeldByDoubt = Pick<UnderReview, 'mail' | 'reference' | 'kind' | 'callId'>;

export interface Reviews {
  /**
   * Releases exactly this version. The mail leaves when as many different reviewers as it needs have done so, after its
   * window; the last one makes it due in the same transaction.
   */
  release(act: Act): Promise<Released>;
  /**
   * Keeps it here until the hold is lifted: neither a release nor the deadline sends it. Releases given before count no
   * more. `tell`: words for the person; null tells them nothing.
   */
  hold(act: Act & { readonly reason: string; readonly tell: string | null }): Promise<Done | NotDone>;
  /** It waits for releases again, from anew. Any reviewer may lift a hold. */
  liftHold(act: Act): Promise<Done | NotDone>;
  /** Asks the person; nothing leaves before they type SEND again, but for what they chose for the deadline. */
  giveBack(act: Act & { readonly question: StaffQuestion }): Promise<Done | NotDone>;
  /** Asks the person whether these words, as they stand in the text, should be withheld. They accept or refuse. */
  proposeWithholding(act: Act & { readonly words: string }): Promise<Done | NotDone>;
  /** From now on this version needs two different reviewers. Never fewer than before. */
  askSecond(act: Act): Promise<Done | NotDone>;
  /** The same bytes, or the same approved content where none were frozen, once more: refused, uncertain or held mails. */
  retry(act: Act): Promise<Done | NotDone>;
  /** Conflict of interest: this reviewer decides nothing more in this case, and releases they gave count no more. */
  stepBack(
    act: Pick<Act, 'reviewer' | 'reference' | 'at'> & { readonly reason: string | null },
  ): Promise<Done | NotDone>;
  /** Words to the person, marked as a person's; delivered at once only where they allowed it, else on their next message. */
  say(words: {
    readonly reviewer: Reviewer;
    readonly to: Addressee;
    readonly text: string;
    readonly at: string;
  }): Promise<Done | NotDone>;

  /** The word of one's own counts no more; its person is told. `reason`: in a word of ours. Nothing changes for who has none. */
  setOwnWordBack(act: {
    readonly reviewer: Reviewer;
    readonly to: Addressee;
    readonly reason: OwnWordReason;
    readonly at: string;
  }): Promise<Done | NotDone>;

  /** Every act about a reference, oldest first; also those over versions that were taken back. */
  reviewsOf(reference: string): Promise<readonly ReviewRow[]>;
  /** Of its newest version; null where it never was under review, or is erased. */
  stateOf(reference: string): Promise<ReviewState | null>;

  // — for the clock (delivery/release-clock.ts) —
  underReview(): Promise<readonly UnderReview[]>;
  /** True for the one caller that may ring. `alarm`: the deadline it rings for, or 'age'. */
  alarm(mail: string, alarm: string): Promise<boolean>;
  /** Every approved mail that doubt holds and that has not begun to leave. */
  heldByDoubt(): Promise<readonly HeldByDoubt[]>;
  /** Posted to its person that the deadline (ISO 8601 UTC) is near, once for each `ring`. True for the one caller that did. */
  tellDeadlineNear(
    mail: string,
    near: { readonly ring: string; readonly deadline: string; readonly at: string },
  ): Promise<boolean>;
  /** Carries out what the person chose, once; what is on hold or doubted is not sent by it. Null where it was decided, released or taken back meanwhile. */
  decide(mail: string, at: string): Promise<DeadlineDecision | null>;
  /** Told by the clock after the deadline: nothing is released while late texts are not taken. */
  setClosed(mail: string, closed: boolean): Promise<void>;
}
