// When a released mail leaves: after its window, but in time.

import { expect, it } from 'vitest';
import { leavesFrom } from '../../../src/staff/case/release-window.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const inMinutes = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();

it.each<[string, number, number | null, number]>([
  ['without a deadline', 1, null, 1],
  ['long before the deadline', 30, 24 * 60, 30],
  ['so near that the window is shortened', 30, 25, 15],
  ['so near that nothing is left of the window: it leaves at once', 30, 10.5, 0],
  ['in the last ten minutes: it leaves at once', 1, 4, 0],
  ['after the deadline, late', 5, -60, 5],
])('%s', (_, releaseMinutes, deadline, expected) => {
  const call =
    deadline === null ? null : { deadline: { instant: inMinutes(deadline), assumed: false, date: '2026-03-01' } };
  const from = leavesFrom({ now: () => new Date(NOW), releaseMinutes }, call);
  expect(from.toISOString()).toBe(inMinutes(expected));
});
