import type { Typed } from '../../understanding/lexicon.ts';
import type { PromptId } from '../../prompts/steps.ts';
import type { Turn } from '../../engine/turn-in-progress.ts';

const TYPED_AT: Readonly<Partial<Record<PromptId, readonly Typed[]>>> = {
  send: ['send'],
  'publication-sure': ['publish'],
  erase: ['erase', 'withdraw'],
  'withdraw-sure': ['withdraw'],
  'over-limit-part': ['erase'],
  'review-remove': ['erase'],
};

/** The words that do something there; the first is the one that is asked for. */
export function typedAt({ session }: Pick<Turn, 'session'>, prompt: PromptId): readonly Typed[] {
  if (prompt === 'cut-sure') return [session.cut?.kind === 'new-text' ? 'replace' : 'erase'];
  return TYPED_AT[prompt] ?? [];
}
