// News of a submission that waits for its release. Reviewers can never change a word, make it more public or choose
// another recipient: no type here can express it.

/** Frequent questions of reviewers, translated into every language (bot.json, `staff.questions`). */
export const READY_QUESTIONS = [
  'names-agree',
  'child-named',
  'officer-named',
  'court-open',
  'phone-or-address',
  'link-names',
  'unclear',
  'public-sure',
  'threat',
] as const;
export type ReadyQuestion = (typeof READY_QUESTIONS)[number];

/** Asked in the person's language, or in the reviewer's own words. */
export type StaffQuestion =
  { readonly kind: 'ready'; readonly id: ReadyQuestion } | { readonly kind: 'own'; readonly text: string };

/**
 * The person's choice for a text that nobody released before the deadline, or about which they were asked and did not
 * answer.
 */
export const IF_UNREACHABLE = ['withhold', 'confidential', 'not-send'] as const;
export type IfUnreachable = (typeof IF_UNREACHABLE)[number];

/** The outcome at the deadline. */
export type DeadlineDecision = 'withheld' | 'confidential' | 'not-sent';

/** An event of the review that the person is told. */
export type ReviewNews =
  | { readonly kind: 'released' }
  /** Sent only if the reviewer chose to tell the person. */
  | { readonly kind: 'held'; readonly words: string }
  | { readonly kind: 'given-back'; readonly question: StaffQuestion }
  /** A word of the text that should rather be "[name withheld]". */
  | { readonly kind: 'withholding-proposed'; readonly words: string }
  | { readonly kind: 'deadline'; readonly decision: DeadlineDecision }
  /** Held because of doubt, and the deadline (ISO 8601 UTC) is near. */
  | { readonly kind: 'deadline-near'; readonly deadline: string };
