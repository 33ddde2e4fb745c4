// How much a built document has too much, by words, by pages, and for several people together.

import { describe, expect, it } from 'vitest';
import type { CallForInputs } from '../../src/calls/call.ts';
import { aboutPages, excessOf, lengthIn } from '../../src/dialog/engine/limit.ts';
import { fixtureCall } from '../fixtures/calls/fixture-call.ts';

const call = (limit: Partial<CallForInputs['limit']>): CallForInputs => {
  const base = fixtureCall('emler-2023');
  return { ...base, limit: { words: 'not-stated', pages: 'not-stated', counts: 'not-stated', ...limit } };
};

describe('too much', () => {
  it('by words: exactly so many must go', () => {
    expect(excessOf(call({ words: 1000 }), false, { words: 1000 })).toBeNull();
    expect(excessOf(call({ words: 1000 }), false, { words: 1001 })).toEqual({ words: 1, pages: null });
  });

  it('by pages: about so many must go as fill what is over, and a page that is full is no more than a page', () => {
    const two = call({ pages: 2 });
    expect(excessOf(two, false, { words: 900, pages: 2 })).toBeNull();
    expect(excessOf(two, false, { words: 900, pages: 2.5 })).toEqual({ words: 180, pages: { has: 3, allowed: 2 } });
  });

  it('by both: the stricter says how many', () => {
    const both = call({ words: 500, pages: 2 });
    expect(excessOf(both, false, { words: 900, pages: 2.5 })?.words).toBe(400);
    expect(excessOf(both, false, { words: 900, pages: 1.5 })).toEqual({ words: 400, pages: null });
  });

  it('for several people, by their own limit', () => {
    const joint = call({ pages: 2, joint: { words: 'not-stated', pages: 4 } });
    expect(excessOf(joint, true, { words: 900, pages: 3.2 })).toBeNull();
    expect(excessOf(joint, false, { words: 900, pages: 3.2 })).not.toBeNull();
  });

  it('never without a limit, or before anything is measured', () => {
    expect(excessOf(call({}), false, { words: 90_000, pages: 300 })).toBeNull();
    expect(excessOf(call({ pages: 2 }), false, { words: 900 })).toBeNull();
  });
});

describe('the length that is told', () => {
  it.each([
    [{}, {}, '-unlimited', 0],
    [{ words: 500 }, {}, '', 500],
    [{ words: 500, counts: 'main-text' }, {}, '-main', 500],
    [{ words: 500, pages: 2 }, { pages: 1.2 }, '-pages', 2],
  ] as const)('%o', (limit, built, ending, most) => {
    const told = lengthIn(call(limit), false, { words: 300, ...built });
    expect([told.ending, told.params.limit]).toEqual([ending, most]);
  });

  it('before it is built: about so many pages', () => {
    expect(aboutPages(call({ pages: 3 }), 40)).toEqual({ pages: 1, limit: 3 });
    expect(aboutPages(call({ pages: 3, 'assume-words-per-page': 100 }), 201)).toEqual({ pages: 3, limit: 3 });
  });
});
