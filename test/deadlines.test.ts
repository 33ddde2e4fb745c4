import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TimedOutError, within } from '../src/deadlines.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const throwsAtOnce = (): Promise<void> => {
  throw new Error('no connection');
};

test('work that takes longer fails, and is told so', async () => {
  let signal: AbortSignal | undefined;
  const ended = expect(
    within(100, (given) => {
      signal = given;
      return new Promise<void>(() => undefined);
    }),
  ).rejects.toThrow(TimedOutError);
  await vi.advanceTimersByTimeAsync(100);
  await ended;
  expect(signal?.aborted).toBe(true);
});

test.each([
  ['that ends', () => Promise.resolve()],
  ['that fails', () => Promise.reject(new Error('no connection'))],
  ['that throws before it began', throwsAtOnce],
])('work %s leaves no timer behind', async (_, work: () => Promise<void>) => {
  await within(100, work).catch(() => undefined);
  expect(vi.getTimerCount()).toBe(0);
});
