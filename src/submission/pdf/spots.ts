// Runs at their places, and the strings that a file shows them as.

import type { Run } from './runs.ts';

/** A run at its place; `line` counts within its text. */
export interface Spot {
  readonly run: Run;
  readonly x: number;
  readonly line: number;
}

/** Neighbours that belong together, in their order. */
export function together<T>(all: readonly T[], belong: (one: T, other: T) => boolean): readonly (readonly T[])[] {
  const groups: T[][] = [];
  for (const one of all) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && belong(before, one)) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** Readers turn a word from right to left around, but not signs alone: those are shown in the order of the text. */
export function signBySign(spot: Spot, size: number): readonly Spot[] {
  const { run } = spot;
  if (!run.isSign || run.clusters.length < 2) return [spot];
  let right = spot.x + run.width * size;
  return run.clusters.map((cluster) => {
    const width = cluster.advance / run.face.unitsPerEm;
    right -= width * size;
    return { ...spot, x: right, run: { ...run, clusters: [cluster], width } };
  });
}

/** Shown as one string. Words from right to left are shown one by one, in the order in which they are read. */
export function isOneStretch(one: Run, other: Run): boolean {
  return one.face === other.face && one.level === other.level && one.level % 2 === 0;
}
