// The clock of the reviews looks every few seconds at whatever waits: an alarm that has rung costs it nothing more.

import { expect, it } from 'vitest';
import { startReleaseClock } from '../../src/mail/outbox/release-clock.ts';
import type { UnderReview } from '../../src/store/reviews/review-clock.ts';

const NOON = '2026-11-23T12:00:00.000Z';
const DAYS_AGO = '2026-11-20T12:00:00.000Z';
const DEADLINE = '2026-11-23T13:00:00.000Z';

/** The alarms for a text whose last one was `alarmedFor`. */
async function rings(alarmedFor: string | null, deadline: string | null = DEADLINE): Promise<readonly string[]> {
  const rung: string[] = [];
  const waiting: UnderReview = {
    ...{
      mail: 'mail-1',
      person: 'person-1',
      reference: 'GR-1',
      callId: 'call',
      kind: 'submission',
      since: DAYS_AGO,
      alarmedFor,
    },
    ...{ unattended: true, onHold: false, doubted: false, closed: false, ifUnreachable: 'withhold', decided: null },
  };
  const nothing = () => undefined;
  const clock = startReleaseClock(
    {
      store: {
        reviews: {
          underReview: () => Promise.resolve([waiting]),
          heldByDoubt: () => Promise.resolve([]),
          tellDeadlineNear: () => Promise.resolve(false),
          alarm: (_, what) => Promise.resolve(rung.push(what) > 0),
          setClosed: () => Promise.resolve(),
          decide: () => Promise.resolve(null),
        },
      },
      deadlineOf: () => deadline,
      takesLate: true,
      now: () => new Date(NOON),
      tellStaff: null,
      log: { info: nothing, warn: nothing, error: nothing },
    },
    3_600_000,
  );
  await clock.settle();
  await clock.stop();
  return [...new Set(rung)];
}

it('rings two hours before a deadline, and writes nothing once it has rung for this one', async () => {
  expect(await rings(null)).toEqual([DEADLINE]);
  expect(await rings('2026-11-22T13:00:00.000Z')).toEqual([DEADLINE]);
  expect(await rings(DEADLINE)).toEqual([]);
});

it('rings for the age of a text without a deadline, and writes nothing once it has', async () => {
  expect(await rings(null, null)).toEqual(['age']);
  expect(await rings('age', null)).toEqual([]);
});
