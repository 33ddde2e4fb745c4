// The stretches of a paragraph that Word must know apart: their direction and their language.

import { levelsOf } from '../direction.ts';
import { passagesOf } from '../passages.ts';

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly rightToLeft: boolean;
  readonly language: string | null;
}

export type Shown = Omit<Stretch, 'start' | 'end'> & { readonly text: string };

/** Together they are the whole text. */
export function wordRunsOf(text: string): readonly Stretch[] {
  const levels = levelsOf(text);
  const passages = passagesOf(text);
  if (levels === null && passages.length === 0)
    return [{ start: 0, end: text.length, rightToLeft: false, language: null }];
  const stretches: { start: number; end: number; rightToLeft: boolean; language: string | null }[] = [];
  let passage = 0;
  for (let at = 0; at < text.length; at++) {
    while ((passages[passage]?.end ?? Infinity) <= at) passage++;
    const here = passages[passage];
    const language = here !== undefined && here.start <= at ? here.language : null;
    const rightToLeft = (levels?.[at] ?? 0) % 2 === 1;
    const last = stretches.at(-1);
    if (last?.rightToLeft === rightToLeft && last.language === language) last.end = at + 1;
    else stretches.push({ start: at, end: at + 1, rightToLeft, language });
  }
  return stretches;
}

/** The parts of the stretches between two places of the text. */
export function within(text: string, stretches: readonly Stretch[], start: number, end: number): readonly Shown[] {
  return stretches
    .filter((one) => one.end > start && one.start < end)
    .map(({ rightToLeft, language, ...one }) => ({
      ...{ rightToLeft, language },
      text: text.slice(Math.max(one.start, start), Math.min(one.end, end)),
    }));
}
