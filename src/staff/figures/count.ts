// Figures that point at nobody: every number is rounded down to a multiple of five, and one from 1 to 4 is "fewer than 5".
// Totals are rounded alike, so that no small number is the difference of two others. Pure.

import type { FigureRow } from '../../store/desk/desk-figures.ts';

/** Numbers below it are not shown. */
export const LEAST = 5;

/** 'few': from 1 to 4. */
export type Shown = number | 'few';

export interface Counted {
  readonly key: string;
  readonly received: Shown;
  readonly sent: Shown;
  readonly accepted: Shown;
  readonly withdrawn: Shown;
  /** Of the time from SEND to the last release, rounded up; null: fewer than five were released. */
  readonly medianHours: number | null;
}

export const DIMENSIONS = ['total', 'language', 'channel', 'call', 'week'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export function shownNumber(count: number): Shown {
  if (count === 0) return 0;
  return count < LEAST ? 'few' : Math.floor(count / LEAST) * LEAST;
}

/** In the order of the keys; weeks by their Monday. */
export function countBy(rows: readonly FigureRow[], dimension: Dimension): readonly Counted[] {
  const groups = Map.groupBy(rows, (row) => keyOf(row, dimension));
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, of]) => ({
      key,
      received: shownNumber(of.length),
      sent: shownNumber(of.filter(({ sent }) => sent).length),
      accepted: shownNumber(of.filter(({ accepted }) => accepted).length),
      withdrawn: shownNumber(of.filter(({ withdrawn }) => withdrawn).length),
      medianHours: medianHours(of.flatMap(({ releasedAfter }) => releasedAfter ?? [])),
    }));
}

function keyOf({ language, channel, call, receivedAt }: FigureRow, dimension: Dimension): string {
  switch (dimension) {
    case 'total':
      return '';
    case 'language':
      return language;
    case 'channel':
      return channel ?? '';
    case 'call':
      return call;
    case 'week':
      return mondayOf(receivedAt);
  }
}

const DAY = 86_400_000;

/** YYYY-MM-DD, in UTC. */
function mondayOf(at: string): string {
  const day = new Date(at);
  const since = (day.getUTCDay() + 6) % 7;
  return new Date(day.getTime() - since * DAY).toISOString().slice(0, 10);
}

function medianHours(times: readonly number[]): number | null {
  if (times.length < LEAST) return null;
  const sorted = times.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return Math.max(1, Math.ceil((lower + upper) / 2 / 3_600_000));
}
