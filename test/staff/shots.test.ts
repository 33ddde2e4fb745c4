import { test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openWhole } from '../web/whole-app.ts';
import { ColleagueAtPage } from './colleague-at-page.ts';
import { keepCase, manyCases, referenceOf } from './many-cases.ts';

test('shots', { timeout: 300_000 }, async () => {
  const whole = await openWhole({ RELEASE: 'two' });
  whole.later(Math.round((Date.parse('2024-05-22T20:00:00Z') - Date.now()) / 60_000));
  const now = () => new Date('2024-05-22T20:00:00Z');
  const browser = await openBrowser();
  const t = Date.now();
  for (const one of manyCases(60, now().toISOString())) await keepCase(whole.app.store, one);
  console.log('kept', Date.now() - t);
  const ana = await ColleagueAtPage.at(browser, { url: whole.url, staff: whole.app.store.staff, now: () => new Date(Date.now() + Math.round((Date.parse('2024-05-22T20:00:00Z') - T0) / 60_000) * 60_000) }, { name: 'Ana Exemplo', role: 'reviewer' }, { viewport: { width: 1440, height: 900 } });
  const shoot = async (name: string) => {
    await ana.page.setViewportSize({ width: 1440, height: 900 });
    await ana.page.screenshot({ path: `/tmp/griot/shots/${name}-1440.png` });
    await ana.page.screenshot({ path: `/tmp/griot/shots/${name}-1440-full.png`, fullPage: true });
    await ana.page.setViewportSize({ width: 360, height: 740 });
    await ana.page.screenshot({ path: `/tmp/griot/shots/${name}-360.png` });
    await ana.page.screenshot({ path: `/tmp/griot/shots/${name}-360-full.png`, fullPage: true });
  };
  await ana.page.goto(`${whole.url}/desk`);
  await shoot('queue');
  await ana.page.goto(`${whole.url}/desk/find?reference=${referenceOf(3)}`);
  await shoot('warning');
  await ana.opens(whole.url, referenceOf(3));
  await shoot('case');
  await ana.page.goto(await ana.page.locator('.source').first().getAttribute('href').then((h) => whole.url + h));
  await shoot('transcript');
  console.log(ana.complaints, whole.faults);
  await browser.close();
  await whole.close();
});
const T0 = Date.now();
