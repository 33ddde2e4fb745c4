// What a person of the operator can have to say about a submission that waits for its release. They never change a word,
// raise the publicity or choose another recipient: nothing here could carry it.

/** Questions that reviewers ask again and again, ready in every language (bot.json, `staff.questions`). */
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

/** What the person chose for a text that nobody released before the deadline, or about which they were asked and did not answer. */
export const IF_UNREACHABLE = ['withhold', 'confidential', 'not-send'] as const;
export type IfUnreachable = (typeof IF_UNREACHABLE)[number];

/** What became of it at the deadline. */
export type DeadlineDecision = 'withheld' | 'confidential' | 'not-sent';

/** What happened to a submission under review, as the person's conversation learns it. */
export type ReviewNews =
  | { readonly kind: 'released' }
  /** Only where the reviewer chose to tell it. */
  | { readonly kind: 'held'; readonly words: string }
  | { readonly kind: 'given-back'; readonly question: StaffQuestion }
  /** A word of the text that should rather become "[name withheld]". */
  | { readonly kind: 'withholding-proposed'; readonly words: string }
  | { readonly kind: 'deadline'; readonly decision: DeadlineDecision }
  /** Held by doubt, and the deadline (ISO 8601 UTC) comes. */
  | { readonly kind: 'deadline-near'; readonly deadline: string };
