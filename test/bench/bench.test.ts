// The bench runs, and gives what it says. How fast it is here is nobody's business.

import { describe, expect, it } from 'vitest';
import { figure, median, percentile } from './figure.ts';
import { QUICK, WHOLE } from './measure.ts';
import { hasDialogs } from './stock.ts';

const COUNTED = ['bytes', 'people', 'answers', 'mails'];

describe('the bench', () => {
  it('has the same pieces short and long', () => {
    expect(Object.keys(QUICK)).toEqual(Object.keys(WHOLE));
  });

  const here = Object.entries(QUICK).filter(([piece]) => piece !== 'stock' || hasDialogs());
  it.each(here)('%s gives figures, each with its aim', async (_, measure) => {
    const figures = await measure();
    expect(figures).not.toEqual([]);
    for (const { name, value, unit, aim, met, beside } of figures) {
      expect([name, unit]).not.toContain('');
      // What is kept for each conversation may well be nothing, and the faults of a storm must be.
      for (const number of [value, ...Object.values(beside)])
        expect(number).toBeGreaterThanOrEqual(COUNTED.includes(unit) ? 0 : 1e-9);
      expect(met === null).toBe(aim === null);
    }
  });
});

describe('a figure', () => {
  it('says whether its aim was met', () => {
    expect(figure('turns', 40_000, 'turns/s', { at: 'least', value: 40_000 })).toMatchObject({
      aim: '≥ 40000',
      met: true,
    });
    expect(figure('growth', 1.2049, 'ratio', { at: 'most', value: 1.2 })).toMatchObject({ value: 1.2, met: false });
  });

  it('is the middle one, or the one that 99 of 100 are below', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([median(hundred), percentile(hundred, 99)]).toEqual([50, 99]);
    expect(() => median([])).toThrow('nothing was measured');
  });
});
