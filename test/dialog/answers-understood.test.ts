// Answers in people's own words are understood, and nothing is bound that was not said back: shares that may only rise, and
// mistakes that may only become fewer. `npm run -s understanding -- --mistakes` prints the lines of `given` and `dev`.

import { beforeAll, describe, expect, it } from 'vitest';
import { judgeAnswers, type Row, ROWS, sharesOf } from '../../tools/understanding/answers.ts';
import { loadSet, type SetName } from '../../tools/understanding/sets.ts';

type Bounds = Readonly<Partial<Record<Row, number>>>;

/** Least shares; most for the rows that count mistakes. `held`: lines that nobody looked at while building. */
const BOUNDS: Readonly<Partial<Record<SetName, Bounds>>> = {
  given: { yesNo: 0.95, refusals: 0.95, roles: 0.95, names: 0.95, namesWrong: 0, secrets: 0.8, elsewhere: 0.88 },
  dev: {
    yesNo: 0.95,
    refusals: 0.95,
    roles: 0.95,
    ages: 0.95,
    names: 0.95,
    namesWrong: 0.03,
    secrets: 0.85,
    elsewhere: 0.9,
    heldWrong: 0.1,
    lost: 0.04,
  },
  held: {
    yesNo: 0.5,
    refusals: 0.5,
    roles: 0.85,
    rolesWrong: 0.1,
    ages: 0.8,
    names: 0.78,
    namesWrong: 0.19,
    secrets: 0.75,
    takenBack: 0.5,
    elsewhere: 0.6,
    lost: 0.09,
  },
  unseen: {
    yesNo: 0.5,
    yesNoWrong: 0.012,
    refusals: 0.4,
    roles: 0.83,
    rolesWrong: 0.09,
    ages: 0.58,
    names: 0.68,
    namesWrong: 0.24,
    secrets: 0.5,
    heldWrong: 0.42,
    elsewhere: 0.62,
    lost: 0.01,
  },
};

/** True of every set, if it has no bound for them: no mistake of these at all. */
const NEVER: readonly Row[] = ['yesNoWrong', 'consentWrong', 'agesWrong', 'namesUnsaid', 'secretsWrong'];
const ALWAYS: readonly Row[] = ['held', 'unsent'];

describe.each(Object.entries(BOUNDS))('of the set %s', (set, bounds) => {
  let shares: ReturnType<typeof sharesOf>;
  beforeAll(async () => {
    shares = sharesOf(await judgeAnswers(loadSet(set as SetName)));
  });

  const shareOf = (row: string): number => {
    const { right = 0, of = 0 } = shares[row] ?? {};
    return of === 0 ? Number.NaN : right / of;
  };

  it.each(Object.entries(bounds))('%s is as good as %d', (row, bound) => {
    if (ROWS[row as Row]) expect(shareOf(row)).toBeLessThanOrEqual(bound);
    else expect(shareOf(row)).toBeGreaterThanOrEqual(bound);
  });

  it.each(NEVER.filter((row) => bounds[row] === undefined))('%s: none', (row) => expect(shares[row]?.right).toBe(0));
  it.each(ALWAYS)('%s: all', (row) => expect(shares[row]?.right).toBe(shares[row]?.of));
});
