// What the server erases because its time is over stands in the audit log: how many, and nothing of whose.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from '../support/running-app.ts';
import { openWhole, type WholeApp } from '../web/whole-app.ts';
import { keepCase } from './many-cases.ts';

let whole: WholeApp;
beforeEach(async () => {
  whole = await openWhole();
});
afterEach(() => whole.close());

const rows = () => whole.app.store.audit.find({ action: 'case.delete' }, 10);

it('once for each run that erased something', async () => {
  const at = new Date().toISOString();
  const kept = await keepCase(whole.app.store, {
    number: 7,
    language: 'pt',
    at,
    publication: 'confidential',
    flags: [],
    mail: null,
  });
  await whole.startAgain();
  expect(await rows()).toEqual([]);
  whole.later(31 * 24 * 60);
  await whole.startAgain();
  await until(async () => (await rows()).length > 0);
  expect(await whole.app.store.desk.exists(kept.case)).toBe(false);
  const [row] = await rows();
  expect(row).toMatchObject({
    staff: null,
    reference: null,
    case: null,
    detail: 'retention, drafts 1, closed 0, held 0',
  });
  await whole.startAgain();
  expect(await rows()).toHaveLength(1);
  expect(whole.faults).toEqual([]);
});
