// What is said to the bot is heard, what is told is not interrupted: shares that may only rise, on lines that the recogniser was
// trained with (dev, given) and on lines that it never met (held). `npm run -s understanding -- --mistakes` prints where it is wrong.

import { beforeAll, describe, expect, it } from 'vitest';
import { figuresOf, judge } from '../../tools/understanding/measure.ts';
import { isTelling, loadSet, type SetName } from '../../tools/understanding/sets.ts';

type Figures = ReturnType<typeof figuresOf>;

interface Bounds {
  readonly noticed: number;
  readonly urgent: number;
  readonly interrupted: number;
  readonly unpointed: number;
}

/** Least shares of what is noticed, most of what is interrupted or reaches the document unseen. Mended only towards the better. */
const BOUNDS: Readonly<Partial<Record<SetName, Bounds>>> = {
  given: { noticed: 0.92, urgent: 1, interrupted: 0.01, unpointed: 0.005 },
  held: { noticed: 0.64, urgent: 0.61, interrupted: 0.03, unpointed: 0.025 },
};

describe.each(Object.entries(BOUNDS))('of the set %s', (set, { noticed, urgent, interrupted, unpointed }) => {
  let figures: Figures;
  beforeAll(async () => {
    figures = figuresOf(await judge(loadSet(set as SetName).filter(isTelling)));
  });

  const share = ({ right, of }: { readonly right: number; readonly of: number }) => right / of;

  it('talk is noticed', () => expect(share(figures.noticed)).toBeGreaterThanOrEqual(noticed));
  it('danger, despair and the wish to stop are noticed', () =>
    expect(share(figures.urgent)).toBeGreaterThanOrEqual(urgent));
  it('what is told is not interrupted', () => expect(share(figures.interrupted)).toBeLessThanOrEqual(interrupted));
  it('talk that stays in the text is listed before the read-back', () =>
    expect(share(figures.unpointed)).toBeLessThanOrEqual(unpointed));
});
