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
  'harmed-check',
  'author-form',
  'author-name',
  'author-check',
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
  'age-whose',
  'minor',
  'minor-waiting',
  'language',
  'doubt',
  'person',
  'stop',
  'hold',
  'erase',
  'locked',
  'copy',
  'code',
  'review',
  'review-part',
  'review-remove',
  'review-role',
  'names-where',
  'link-tracking',
  'over-limit',
  'over-limit-part',
  'cut-sure',
  'voice-check',
  'voice-consent',
  'voice-left',
  'heard',
  'withdraw-kind',
  'withdraw-sure',
  'gone',
  'closed',
  'erase-which',
  'hand-over',
  'handing',
  'code-withdraw',
  'close-case',
  'new-code',
  'joint-over',
  'joint-member',
  'joint-review',
  'import',
  'import-text',
  'import-end',
] as const;

/** Asked only of organisers, who have many cases. */
export const GATHERING_PROMPTS = [
  'together',
  'teller-name',
  'teller-language',
  'teller-written',
  'teller-consent',
  'home',
  'cases',
  'reader-name',
  'reader-how',
  'reader-language',
  'reader-agrees',
  'take-over',
  'ready',
  'joint',
  'joint-split',
  'joint-open',
] as const;

export const PROMPTS = [...MAIN_PROMPTS, ...GATHERING_PROMPTS, ...ASIDE_PROMPTS] as const;
export type PromptId = (typeof PROMPTS)[number];

/** What the word of one's own guards: wherever the text is shown, changed, made public or sent. Never *stop*, *delete*, *withdraw*. */
export const GUARDED: readonly PromptId[] = [
  'review',
  'review-part',
  'review-remove',
  'review-role',
  'names-where',
  'harmed-check',
  'author-check',
  'read-back',
  'read-back-check',
  'over-limit',
  'over-limit-part',
  'cut-sure',
  'publication',
  'publication-sure',
  'names-found',
  'standing',
  'if-unreachable',
  'send',
  'staff-question',
  'staff-proposal',
  'copy',
  'code',
  'voice-check',
  'new-code',
  'cases',
  'reader-agrees',
  'joint',
  'joint-split',
  'joint-over',
  'joint-member',
  'joint-review',
  'import',
];

/** What a person has said yes to so far. */
export interface Consents {
  readonly kept: boolean;
  readonly adult: boolean;
  readonly publication: string | null;
  readonly gathers?: 'home' | 'case';
}

const BEFORE_KEEP: readonly PromptId[] = [
  'hello',
  'safety',
  'keep',
  'keep-yes',
  'age-whose',
  'minor',
  'minor-waiting',
  'language',
  'doubt',
  'person',
  'stop',
  'hold',
  'erase',
  'gone',
  'closed',
  'heard',
  'together',
  'own-word',
  'locked',
  'teller-name',
  'teller-language',
  'teller-written',
  'teller-consent',
  'home',
  'cases',
  'erase-which',
  'code-withdraw',
];
/** The consent that the way to a prompt would pass over, to be asked instead; null where nothing is missing. */
export function missingConsent(prompt: PromptId, consents: Consents): 'keep' | 'teller-consent' | 'publication' | null {
  if (BEFORE_KEEP.includes(prompt)) return null;
  if (!consents.kept || !consents.adult) return consents.gathers === undefined ? 'keep' : 'teller-consent';
  return prompt === 'send' && consents.publication === null ? 'publication' : null;
}
