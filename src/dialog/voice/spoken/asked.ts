// What stands open at a place, and whether it can be answered by voice at all.

import type { PromptTraits } from '../../engine/prompt-traits.ts';
import type { Position } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import { PROMPT } from '../../prompts/prompts.ts';
import type { Typed } from '../../understanding/lexicon.ts';
import { writerOf } from '../voice-queue.ts';
import type { Meaning } from './interpretation.ts';
import type { Asked } from './understand.ts';

/**
 * Can what is spoken here be a choice? Only where a machine writes it down at once, and only for who speaks for themselves:
 * where an organiser gathers, two people are in the room. Before anything may be kept it must be the operator's own machine.
 */
export function mayUnderstand(turn: Turn): boolean {
  const { session, world } = turn;
  if (session.gathers !== undefined || session.version === 0 || session.flags.includes('under-age')) return false;
  if (!session.kept && world.operator.voice?.machine !== 'here') return false;
  return writerOf(turn) === 'machine';
}

/** The words that do something there; the first is the one that is asked for. */
export function typedAt(turn: Turn, { prompt }: Position): readonly Typed[] {
  return PROMPT[prompt].typed?.(turn) ?? [];
}

// What a spoken choice needs before it counts. What makes a text leave, more public, or agreed to needs a phrase that cannot
// be said by accident; what holds it back needs a yes; what takes somebody out of danger needs nothing.

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
  const { takes } = prompt.traits;
  return {
    choices: lookFrom(turn, place, () => prompt.options?.(turn) ?? []),
    typed: typedAt(turn, place),
    name: takes === 'name',
    secret: takes === 'secret',
    asksLanguage: prompt.asksLanguage === true,
  };
}
