// The choices and words of the prompt at a position, and whether it can be answered by voice at all.

import type { PromptTraits } from '../../engine/prompt-traits.ts';
import type { Position } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import { PROMPT } from '../../prompts/prompts.ts';
import type { Typed } from '../../understanding/word-lists.ts';
import { writerOf } from '../voice-queue.ts';
import type { Meaning } from '../../engine/recordings.ts';
import type { Asked } from './understand.ts';

/**
 * Returns true if a recording can be a choice: only if a machine transcribes it at once, and only for people who speak
 * for themselves, since with an organiser two people are in the room. Before the consent it must be the operator's own
 * machine.
 */
export function mayUnderstand(turn: Turn): boolean {
  const { session, world } = turn;
  if (session.gathers !== undefined || session.version === 0 || session.flags.includes('under-age')) return false;
  if (!session.kept && world.operator.voice?.machine !== 'here') return false;
  return writerOf(turn) === 'machine';
}

/** The words that do something there; the question names the first one. */
export function typedAt(turn: Turn, { prompt }: Position): readonly Typed[] {
  return PROMPT[prompt].typed?.(turn) ?? [];
}

// The proof that a spoken choice needs. A choice that sends, publishes or agrees needs a phrase that cannot be said by
// accident; one that holds back needs a yes; one that helps in danger needs nothing.

type Proof = 'none' | 'yes' | 'phrase';

export function proofOf({ atOnce, phrase }: PromptTraits, means: Meaning): Proof {
  switch (means.kind) {
    case 'choice':
      if (atOnce?.includes(means.value) === true) return 'none';
      return phrase?.includes(means.value) === false ? 'yes' : 'phrase';
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

export function askedAt(turn: Turn, place: Position): Asked {
  const prompt = PROMPT[place.prompt];
  const { takes } = prompt.traits;
  return {
    choices: turn.choicesAt(place),
    typed: typedAt(turn, place),
    name: takes === 'name',
    secret: takes === 'secret',
    asksLanguage: prompt.asksLanguage === true,
  };
}
