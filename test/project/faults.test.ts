import { describe, expect, it } from 'vitest';
import { faultsIn, numbersIn, ROWS } from '../faults/rows.ts';
import { read, trackedFiles } from './files.ts';

const SHOWN = trackedFiles('test/*.test.ts').map((path) => ({ path, shows: faultsIn(read(path)) }));

describe('the table of faults', () => {
  it('reads numbers out of titles', () => {
    const titles = [
      'fault 3: full',
      'P17, fault 34: a flood',
      'faults 5–8: x',
      'faults 24, 26: y',
      'a fault 1x, default 2',
    ];
    expect(titles.map((title) => [...faultsIn(title)])).toEqual([[3], [34], [5, 6, 7, 8], [24, 26], [1]]);
  });

  it.each(ROWS)('$row is shown by a test', ({ row }) => {
    expect(SHOWN.filter(({ shows }) => numbersIn(row).some((one) => shows.has(one)))).not.toEqual([]);
  });

  it('has a row for every number that a title names', () => {
    const known = new Set(ROWS.flatMap(({ row }) => numbersIn(row)));
    for (const { path, shows } of SHOWN)
      expect(
        [...shows].filter((one) => !known.has(one)),
        path,
      ).toEqual([]);
  });
});
