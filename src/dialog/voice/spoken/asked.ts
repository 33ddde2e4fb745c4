// What stands open at a place, and whether it can be answered by voice at all.

import type { Position } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import { PROMPT } from '../../prompts/prompts.ts';
import type { PromptId } from '../../prompts/steps.ts';
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

// What a spoken choice needs before it counts. What makes a text leave, more public, or agreed to needs a phrase that cannot
// be said by accident; what holds it back needs a yes; what takes somebody out of danger needs nothing.

type Proof = 'none' | 'yes' | 'phrase';

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
