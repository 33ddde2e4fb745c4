// What a spoken choice needs before it counts. What makes a text leave, more public, or agreed to needs a phrase that cannot
// be said by accident; what holds it back needs a yes; what takes somebody out of danger needs nothing.

import type { PromptId } from '../../prompts/steps.ts';
import type { Meaning } from './candidate.ts';

export type Proof = 'none' | 'yes' | 'phrase';

/** Consents, and whatever makes a text more public or sends it. Everything else at these prompts is the safer answer. */
const OPEN: Readonly<Partial<Record<PromptId, readonly string[]>>> = {
  keep: ['keep-adult'],
  'keep-yes': ['yes'],
  'harmed-form': ['full', 'initials'],
  'author-form': ['full', 'initials'],
  publication: ['public-unnamed'],
  'names-found': ['names-stay'],
  'if-unreachable': ['unreachable-confidential'],
  'staff-question': ['question-send'],
  'staff-proposal': ['proposal-keep'],
  'write-back': ['yes'],
  'voice-consent': ['voice-yes'],
};

export function proofOf(prompt: PromptId, means: Meaning): Proof {
  switch (means.kind) {
    case 'choice':
      if (prompt === 'hello' && means.value === 'danger') return 'none';
      return OPEN[prompt]?.includes(means.value) === true ? 'phrase' : 'yes';
    case 'command':
      return means.command === 'stop' ? 'none' : 'yes';
    case 'typed':
      return 'phrase';
    case 'no':
      return 'none';
    case 'language':
    case 'name':
      return 'yes';
    default:
      return means satisfies never;
  }
}
