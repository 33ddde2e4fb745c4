// The order of the steps and the guards between them. Code on purpose: no edit of a data file can skip a consent.

/** The main way, in order; 'topic', 'topic-one' and the like are visited from the one before them. */
export const MAIN_PROMPTS = [
  'hello',
  'safety',
  'keep',
  'for-whom',
  'held',
  'story',
  'own-word',
  'topics',
  'topic',
  'topic-one',
  'asks-government',
  'asks-experts',
  'good',
  'else',
  'links',
  'others',
  'harmed-form',
  'harmed-name',
  'author-form',
  'author-name',
  'submission-language',
  'read-back',
  'read-back-check',
  'publication',
  'publication-sure',
  'names-found',
  'standing',
  'if-unreachable',
  'send',
  'staff-question',
  'staff-proposal',
  'write-back',
  'after',
] as const;

/** Prompts that interrupt another one and lead back to it. */
export const ASIDE_PROMPTS = [
  'keep-yes',
  'minor',
  'minor-waiting',
  'language',
  'doubt',
  'person',
  'stop',
  'erase',
  'locked',
  'copy',
  'review',
  'review-part',
  'review-remove',
  'link-tracking',
  'over-limit',
  'over-limit-part',
  'withdraw-kind',
  'withdraw-sure',
  'gone',
  'closed',
] as const;

export const PROMPTS = [...MAIN_PROMPTS, ...ASIDE_PROMPTS] as const;
export type PromptId = (typeof PROMPTS)[number];

/** What the word of one's own guards: wherever the text is shown, changed, made public or sent. Never *stop*, *delete*, *withdraw*. */
export const GUARDED: readonly PromptId[] = [
  'review',
  'review-part',
  'review-remove',
  'read-back',
  'read-back-check',
  'over-limit',
  'over-limit-part',
  'publication',
  'publication-sure',
  'names-found',
  'standing',
  'if-unreachable',
  'send',
  'staff-question',
  'staff-proposal',
  'copy',
];

/** What a person has said yes to so far. */
export interface Consents {
  readonly kept: boolean;
  readonly adult: boolean;
  readonly publication: string | null;
}

const BEFORE_KEEP: readonly PromptId[] = [
  'hello',
  'safety',
  'keep',
  'keep-yes',
  'minor',
  'minor-waiting',
  'language',
  'doubt',
  'person',
  'stop',
  'erase',
  'gone',
  'closed',
];
/** The consent that the way to a prompt would pass over, to be asked instead; null where nothing is missing. */
export function missingConsent(prompt: PromptId, consents: Consents): 'keep' | 'publication' | null {
  if (BEFORE_KEEP.includes(prompt)) return null;
  if (!consents.kept || !consents.adult) return 'keep';
  return prompt === 'send' && consents.publication === null ? 'publication' : null;
}
