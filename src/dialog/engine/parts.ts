// Answers as they stand, and what is left of them after one was taken out or replaced, so that *undo* finds it.

import type { Effect, Part } from './effect.ts';
import { countWords } from '../../words.ts';

/** Answers, with what some effects change in them. */
export function partsAfter(parts: readonly Part[], effects: readonly Effect[]): readonly Part[] {
  return effects.reduce<readonly Part[]>((now, effect) => {
    if (effect.kind === 'part.add') return [...now, effect.part];
    if (effect.kind === 'part.replace') return now.map((part) => (part.id === effect.part.id ? effect.part : part));
    if (effect.kind === 'part.remove') return now.filter(({ id }) => !effect.ids.includes(id));
    return now;
  }, parts);
}

/** Taken out, and kept in its place for *undo*: no answer any more. */
export function isPutAside({ pending, was, text }: Part): boolean {
  return pending === true && was !== undefined && text === '';
}

/** Its row stays, so that it comes back to where it stood. */
export function putAside(part: Part): Part {
  return { id: part.id, slot: part.slot, text: '', words: 0, pending: true, was: standing(part) };
}

export function replaced(part: Part, text: string): Part {
  return { id: part.id, slot: part.slot, text, words: countWords(text), was: standing(part) };
}

/** As it was before; null where nothing is known of that. */
export function broughtBack({ id, slot, was }: Part): Part | null {
  return was === undefined ? null : { id, slot, ...was };
}

/** As it stands, without what it was. */
export function asItStands({ was: _, ...part }: Part): Part {
  return part;
}

function standing({ text, words, pending }: Part): NonNullable<Part['was']> {
  return { text, words, ...(pending === undefined ? {} : { pending }) };
}
