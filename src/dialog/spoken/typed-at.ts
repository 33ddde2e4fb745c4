import type { Typed } from '../lexicon.ts';
import type { PromptId } from '../steps.ts';

const TYPED_AT: Readonly<Partial<Record<PromptId, readonly Typed[]>>> = {
  send: ['send'],
  'publication-sure': ['publish'],
  erase: ['erase', 'withdraw'],
  'withdraw-sure': ['withdraw'],
};

/** The words that do something there; the first is the one that is asked for. */
export function typedAt(prompt: PromptId): readonly Typed[] {
  return TYPED_AT[prompt] ?? [];
}
