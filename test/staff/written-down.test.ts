// Whoever looks at the queue or a case leaves a row; and what is seen does not stand in the row.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { CASE, IN_CASE, pendingOf, say, STORY, turnOver } from '../store/family.ts';
import { openTestDesk, type Colleague, type TestDesk } from './a-desk.ts';

let desk: TestDesk;
let ana: Colleague;
beforeEach(async () => {
  desk = await openTestDesk();
  ana = await desk.signedIn('reviewer');
  const { store } = desk.temp;
  const person = await say(store, 'm-1', STORY);
  const pending = await pendingOf(store, person);
  await store.saveTurn(turnOver(pending, { ...IN_CASE, openCase: CASE }));
  // Before the first case she is warned of hard content, and says that she is ready.
  await ana.browser.get(`/desk/case/${CASE.case}`);
  await ana.browser.post(`/desk/case/${CASE.case}/ready`);
});
afterEach(() => desk.close());

it.each([
  ['queue.view', '/desk', null],
  ['case.view', `/desk/case/${CASE.case}`, CASE.case],
])('%s', async (action, path, of) => {
  const page = await ana.browser.get(path);
  expect(page.status).toBe(200);
  const [row] = await desk.temp.store.audit.find({ action }, 1);
  expect(row).toMatchObject({ staff: ana.id, action, case: of });
  expect(JSON.stringify(row)).not.toMatch(/Koffi|Agbodjan|police/);
});
