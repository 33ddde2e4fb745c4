// What stands open at a place, and whether it can be answered by voice at all.

import { PROMPT } from '../../prompts/prompts.ts';
import type { Position } from '../../engine/session.ts';
import type { PromptId } from '../../prompts/steps.ts';
import type { Turn } from '../../engine/turn-in-progress.ts';
import { typedAt } from './typed-at.ts';
import type { Asked } from './understand.ts';

/** Never spoken: whoever is near would hear it. */
export const SECRET: readonly PromptId[] = ['own-word', 'locked'];
/** A name is wanted. */
export const NAMES: readonly PromptId[] = ['harmed-name', 'author-name'];

/** Looks at the conversation as if it stood there. */
export function lookFrom<T>(turn: Turn, place: Position, look: () => T): T {
  const { at } = turn.session;
  turn.change({ at: place });
  try {
    return look();
  } finally {
    turn.change({ at });
  }
}

export function askedAt(turn: Turn, place: Position): Asked {
  const prompt = PROMPT[place.prompt];
  return {
    choices: lookFrom(turn, place, () => prompt.options?.(turn) ?? []),
    typed: typedAt(turn, place.prompt),
    name: NAMES.includes(place.prompt),
    secret: SECRET.includes(place.prompt),
    asksLanguage: prompt.asksLanguage === true,
  };
}
