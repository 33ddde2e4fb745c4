// A document for several at the desk: whose words stand in it, and what each of them agreed to.

import { expect, it } from 'vitest';
import { CASE, IN_CASE, pendingOf, say, turnOver } from '../../store/family.ts';
import { openTestDesk, staffTexts } from '../a-desk.ts';
import { keepCase } from '../many-cases.ts';

const { together, purpose } = staffTexts.pt.case;
const NOON = '2026-03-01T12:00:00.000Z';

it('lists each contribution with its consents and the way to its case', async () => {
  const desk = await openTestDesk();
  const { store } = desk.temp;
  const told = { at: NOON, publication: 'confidential', flags: [], mail: null } as const;
  const amina = await keepCase(store, { ...told, number: 7, language: 'fr' });
  const carlos = await keepCase(store, { ...told, number: 8, language: 'es' });
  const pending = await pendingOf(store, await say(store, 'm-1', 'juntos'));
  const join = [carlos.contribution, amina.contribution];
  await store.saveTurn(turnOver(pending, { ...IN_CASE, openCase: CASE, join }));

  const ana = await desk.signedIn('reviewer', { language: 'pt' });
  const pageOf = async (id: string) => {
    await ana.browser.get(`/desk/case/${id}`);
    await ana.browser.post(`/desk/case/${id}/ready`);
    return (await ana.browser.get(`/desk/case/${id}`)).text;
  };
  const page = await pageOf(CASE.case);
  const listed = page.slice(page.indexOf(together.heading));
  expect(page).toContain(together.heading);
  const links = [...listed.matchAll(/href="\/desk\/case\/([^"/]+)">/g)].map(([, id]) => id);
  expect(links).toEqual([carlos.case, amina.case]);
  expect(listed.split(`${purpose.publication}:`)).toHaveLength(3);

  expect(await pageOf(amina.case)).not.toContain(together.heading);
  await desk.close();
});
