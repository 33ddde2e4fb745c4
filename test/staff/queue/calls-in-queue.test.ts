// The queue of a desk that serves several calls: each row says its call, and the list can be narrowed to one.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DeskBrowser, openTestDesk, type TestDesk } from '../a-desk.ts';
import { keepCase } from '../many-cases.ts';

const AT = '2026-03-01T10:00:00.000Z';

let desk: TestDesk;
let browser: DeskBrowser;

beforeEach(async () => {
  desk = await openTestDesk();
  ({ browser } = await desk.signedIn('reviewer'));
});
afterEach(() => desk.close());

const keep = (number: number, callId: string) =>
  keepCase(desk.temp.store, {
    ...{ number, callId, at: AT, language: 'en', publication: 'confidential', flags: [], mail: 'review' },
  });

it('says nothing of calls while there is only one', async () => {
  await keep(1, 'emler-2024');
  const { text } = await browser.get('/desk');
  expect(text).not.toContain('name="call"');
  expect(text).not.toContain('emler-2024');
});

it('says the call of each row, and narrows to one; without a match it says how to see more', async () => {
  const [first, other] = [await keep(1, 'emler-2024'), await keep(2, 'emler-2027')];
  const both = (await browser.get('/desk')).text;
  expect(both).toContain('<option value="emler-2027"');
  for (const { reference } of [first, other]) expect(both).toContain(reference);
  const narrowed = (await browser.get('/desk?call=emler-2027')).text;
  expect(narrowed).toMatch(/<option value="emler-2027" selected/u);
  expect(narrowed).toContain(other.reference);
  expect(narrowed).not.toContain(first.reference);
  expect((await browser.get('/desk?call=no-such-call')).text).toContain('Take a filter away to see more.');
});
