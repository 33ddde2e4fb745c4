import { expect } from 'vitest';
import { conditionOf, SOUND } from './invariants.ts';
import { until } from './running-app.ts';

/** Of an app that runs: what is on its way, such as the outcome of a mail, is taken first. */
export async function expectSound(dir: string): Promise<void> {
  await until(() => conditionOf(dir).waiting === 0);
  expect(conditionOf(dir)).toEqual(SOUND);
}
