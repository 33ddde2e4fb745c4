import type { Effect, Part } from './effect.ts';

/** Answers, with what some effects change in them. */
export function partsAfter(parts: readonly Part[], effects: readonly Effect[]): readonly Part[] {
  return effects.reduce<readonly Part[]>((now, effect) => {
    if (effect.kind === 'part.add') return [...now, effect.part];
    if (effect.kind === 'part.replace') return now.map((part) => (part.id === effect.part.id ? effect.part : part));
    if (effect.kind === 'part.remove') return now.filter(({ id }) => !effect.ids.includes(id));
    return now;
  }, parts);
}
