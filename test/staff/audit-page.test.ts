import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AUDIT_ACTIONS } from '../../src/staff/audit/audit.ts';
import { type Colleague, openTestDesk, type TestDesk } from './a-desk.ts';

let desk: TestDesk;
let lea: Colleague;
beforeEach(async () => {
  desk = await openTestDesk();
  lea = await desk.signedIn('administrator', { name: 'Léa Exemple', language: 'fr' });
});
afterEach(() => desk.close());

it('shows what was done, the newest first, and that it was looked at', async () => {
  await desk.audit.record({ staff: lea, action: 'case.release', reference: 'GRT-1', detail: 'one' });
  const page = await lea.browser.get('/desk/audit');
  expect(page.status).toBe(200);
  const rows = [...page.text.matchAll(/<td>(\d+)<\/td>/g)].map(([, number]) => Number(number));
  expect(rows).toEqual([4, 3, 2, 1]);
  expect(page.text).toContain('Léa Exemple');
  expect(page.text).toContain('A laissé partir');
});

it('is looked through by reference, by colleague, by act, and page by page', async () => {
  for (let i = 1; i <= 120; i += 1) await desk.audit.record({ staff: lea, action: 'case.view', reference: `GRT-${i}` });
  const one = await lea.browser.get('/desk/audit?reference=GRT-7&action=case.view');
  expect(one.text.match(/<td>GRT-\d+<\/td>/g)).toEqual(['<td>GRT-7</td>']);
  const first = await lea.browser.get(`/desk/audit?action=case.view&staff=${lea.id}`);
  expect(first.text.match(/<td>GRT-\d+<\/td>/g)).toHaveLength(100);
  const older = /href="(\/desk\/audit\?[^"]*before=\d+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect((await lea.browser.get(older)).text.match(/<td>GRT-\d+<\/td>/g)).toHaveLength(20);
  expect((await lea.browser.get('/desk/audit?staff=nobody')).text).toContain('Rien ne correspond.');
});

it('takes anything in its address without a fault', async () => {
  for (const query of [
    'before=x',
    'before=-1',
    'before=9e99',
    'action=%27%3B--',
    'reference=%00%3Cscript%3E',
    'staff=%FF',
  ]) {
    expect((await lea.browser.get(`/desk/audit?${query}`)).status, query).toBe(200);
  }
  expect(desk.faults).toEqual([]);
});

it('checks the log on a click, says what is wrong and where, and writes down what it found', async () => {
  await lea.browser.get('/desk/audit');
  expect((await lea.browser.post('/desk/audit/check')).text).toContain('Le journal est entier');
  if (desk.temp.database.kind === 'sqlite') {
    const db = new DatabaseSync(desk.temp.database.file);
    db.exec("drop trigger audit_no_update; update audit set staff = 'somebody else' where number = 2");
    db.close();
  }
  const page = await lea.browser.post('/desk/audit/check');
  expect(page.text).toContain('La ligne 2 a été changée.');
  expect((await desk.temp.store.audit.find({ action: 'audit.verify' }, 5)).map(({ detail }) => detail)).toEqual([
    'changed',
    'whole',
  ]);
});

it('has a word for every act', () => {
  for (const texts of Object.values(desk.deps.texts)) {
    expect(Object.keys(texts.audit.actions).toSorted()).toEqual([...AUDIT_ACTIONS].toSorted());
  }
});
