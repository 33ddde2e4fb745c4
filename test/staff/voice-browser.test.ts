// A reviewer at the desk, in a real browser: hears a real recording, types it, and it is on its way to its speaker.

import { Hono } from 'hono';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebEnv } from '../../src/channels/web-chat/visitor.ts';
import { type RunningWeb, securityHeaders, startWeb } from '../../src/web/server.ts';
import { IN_CASE, NOON, openCase, PHONE, save } from '../store/family.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { CAN_SPEAK, spokenOpus } from '../support/spoken.ts';
import { openTestDesk, type TestDesk } from './a-desk.ts';

const WORDS = 'Personne ne nous a prévenus. Nous avons cherché deux jours.';
const why = noBrowser ?? (CAN_SPEAK ? null : 'espeak-ng and ffmpeg are not both installed');

describe.skipIf(why !== null)(`a reviewer who listens${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let desk: TestDesk;
  let web: RunningWeb;
  let browser: Browser;
  let person: string;

  beforeAll(async () => {
    desk = await openTestDesk({ now: NOON, deps: { publicUrl: new URL('http://127.0.0.1/') } });
    const { store } = desk.temp;
    person = await openCase(store);
    const sound = { bytes: spokenOpus(WORDS, 'fr'), type: 'audio/ogg' };
    await store.receive({ from: PHONE, messageId: 'v1', event: { id: 'v1', at: NOON, kind: 'voice' }, sound });
    await save(store, person, { ...IN_CASE, queueVoice: [{ id: 'v1', by: 'person' }] });
    const app = new Hono<WebEnv>();
    app.use(securityHeaders({ https: false, microphone: false }));
    app.get('/icon.svg', (c) => c.body(null, 204));
    app.route('/', desk.app);
    web = await startWeb(app, { port: 0, host: '127.0.0.1' });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await web.close();
    await desk.close();
  });

  it('hears it, types it, and gives it to its speaker', async () => {
    const reviewer = await desk.signedIn('reviewer', { language: 'fr' });
    const base = `http://127.0.0.1:${web.port}`;
    const context = await browser.newContext({ locale: 'fr-FR' });
    const [name = '', value = ''] = (/(?:^|; )(griot-desk=[^;]*)/.exec(reviewer.browser.cookie ?? '')?.[1] ?? '').split(
      '=',
    );
    await context.addCookies([{ name, value, url: base }]);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${base}/desk/voice`);
    await page.getByRole('link', { name: 'Écouter et écrire' }).click();
    const seconds = await page.evaluate<number>(`(async () => {
      const audio = document.querySelector('audio');
      audio.muted = true;
      await audio.play();
      return audio.duration;
    })()`);
    expect(seconds).toBeGreaterThan(2);
    await page.getByLabel('Ce qui a été dit').fill(WORDS);
    await page.getByRole('button', { name: 'Le donner à la personne' }).click();
    await page.getByText('Le texte est parti vers la personne').waitFor();
    expect(await page.locator('main').innerText()).toContain('Aucun enregistrement');
    expect((await desk.temp.store.nextTurn(person))?.event).toMatchObject({ text: WORDS, by: 'person' });
    const log = await desk.temp.store.audit.find({}, 100);
    expect(log.filter(({ staff }) => staff === reviewer.id).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['voice.hear', 'voice.type']),
    );
    expect(complaints).toEqual([]);
  });
});
