// Parts as effects change them, and the old content that is kept for *undo*.

import type { Language } from '../../languages.ts';
import type { Effect, Part } from './effect.ts';
import { countWords } from '../../words.ts';

/** Parts after the effects of a turn. */
export function partsAfter(parts: readonly Part[], effects: readonly Effect[]): readonly Part[] {
  return effects.reduce<readonly Part[]>((now, effect) => {
    if (effect.kind === 'part.add') return [...now, effect.part];
    if (effect.kind === 'part.replace') return now.map((part) => (part.id === effect.part.id ? effect.part : part));
    if (effect.kind === 'part.remove') return now.filter(({ id }) => !effect.ids.includes(id));
    return now;
  }, parts);
}

/** True if the part was taken out and its row is kept for *undo* only. */
export function isPutAside({ pending, was, text }: Part): boolean {
  return pending === true && was !== undefined && text === '';
}

/** Takes a part out but keeps its row, so that *undo* restores its position. */
export function putAside(part: Part): Part {
  return { id: part.id, slot: part.slot, text: '', words: 0, pending: true, was: standing(part) };
}

export function replaced(part: Part, text: string): Part {
  return { id: part.id, slot: part.slot, text, words: countWords(text), was: standing(part) };
}

/** The part before the change; null if nothing is known of that. */
export function broughtBack({ id, slot, was }: Part): Part | null {
  return was === undefined ? null : { id, slot, ...was };
}

/** The part without its old content. */
export function asItStands({ was: _, ...part }: Part): Part {
  return part;
}

/** A part with a translation in place of its words, which are kept with it. */
export function translated(part: Part, text: string, language: Language): Part {
  const original = part.original ?? { text: part.text, language };
  return { id: part.id, slot: part.slot, text, words: countWords(text), original };
}

/** With its author's own words again. */
export function inOwnWords(part: Part): Part {
  const text = part.original?.text ?? part.text;
  return { id: part.id, slot: part.slot, text, words: countWords(text) };
}

function standing({ id: _, slot: __, was: ___, ...part }: Part): NonNullable<Part['was']> {
  return part;
}
