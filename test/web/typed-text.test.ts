// What is typed and not sent: it survives the page's own links, the language button and a reload, and nobody finds it later.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWeb, type RunningWeb } from '../../src/web/server.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { browserLike } from './browser-like.ts';
import { greeting, reply, scriptedChat, type Script, type ScriptedChat } from './scripted-chat.ts';

const TYPED = 'Meu filho se chamava Davi.\nTinha 19 anos — e "sorria" <muito>.';

const speaks: Script = (incoming) =>
  incoming.event.kind === 'message' && incoming.event.text === 'english'
    ? { said: [reply('Hello. I am an automatic program.', { language: 'en' })] }
    : greeting(incoming);

const fieldIn = (page: string) => /<textarea[^>]*>\n([^<]*)<\/textarea>/.exec(page)?.[1] ?? null;

describe('no harm 20: what is typed, on the server', () => {
  it.each(['/', '/info', '/code', '/back'])('goes with the link to %s and comes back', async (go) => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    const left = await maria.say({ text: 'Davi', go });
    expect([left.status, left.headers.get('location')]).toEqual([303, go]);
    expect(chat.taken).toHaveLength(1);
    expect(fieldIn((await maria.get('/')).text)).toBe('Davi');
    expect(fieldIn((await maria.get('/')).text)).toBe('Davi');
    await maria.say({ text: 'Davi' });
    expect(fieldIn((await maria.get('/')).text)).toBe('');
  });

  it('is led to no other page', async () => {
    const maria = browserLike(scriptedChat().app);
    await maria.get('/');
    expect((await maria.say({ text: 'Davi', go: 'https://example.org/' })).status).toBe(400);
    expect((await maria.say({ text: 'Davi', go: '//example.org' })).status).toBe(400);
  });

  it('is gone with the web session, with leaving, and with erasing', async () => {
    for (const ends of ['quiet', 'leave', 'erase']) {
      const chat = scriptedChat();
      const maria = browserLike(chat.app);
      await maria.get('/');
      await maria.say({ text: 'Davi', go: '/info' });
      const { cookie } = maria;
      if (ends === 'quiet') chat.pass(15);
      if (ends === 'leave') await maria.post('/leave');
      if (ends === 'erase') await maria.say({ text: 'apagar' });
      maria.cookie = cookie;
      expect((await maria.get('/')).text).not.toContain('Davi');
    }
  });

  it('waits while a word of one’s own is asked for', async () => {
    let locked: true | undefined = true;
    const chat = scriptedChat(({ event }) => ({
      said: event.kind === 'opened' ? [reply('Palavra?', locked ? { locked } : {})] : [reply('Sim.')],
    }));
    const maria = browserLike(chat.app);
    await maria.get('/');
    await maria.say({ text: 'Davi', go: '/info' });
    expect((await maria.get('/')).text).not.toContain('Davi');
    locked = undefined;
    chat.say('person-1', reply('Aberto.'));
    expect(fieldIn((await maria.get('/')).text)).toBe('Davi');
  });
});

describe.skipIf(noBrowser !== null)(
  `no harm 20: what is typed, in Chromium${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  () => {
    let browser: Browser;
    let chat: ScriptedChat;
    let web: RunningWeb;
    let base: string;
    beforeAll(async () => {
      browser = await openBrowser();
      chat = scriptedChat(speaks, { leaveUrl: new URL('about:blank') }, true);
      web = await startWeb(chat.app, { port: 0, host: '127.0.0.1' });
      base = `http://127.0.0.1:${web.port}`;
    });
    afterAll(async () => {
      await browser.close();
      chat.deps.changes.close();
      await web.close();
    });

    async function opened(javaScriptEnabled: boolean, story: (page: Page) => Promise<void>): Promise<void> {
      const context = await browser.newContext({ locale: 'pt-BR', javaScriptEnabled });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', ({ message }) => complaints.push(message));
      await page.goto(base);
      await story(page);
      await context.close();
      expect(complaints).toEqual([]);
    }
    const field = (page: Page) => page.locator('#text');
    const laidDown = (page: Page) => page.evaluate<string>('JSON.stringify(Object.entries(sessionStorage))');

    describe.each([true, false])('with scripts: %s', (scripts) => {
      it('survives every link of the page, and the way back from each', () =>
        opened(scripts, async (page) => {
          for (const name of ['O que este navegador guarda', 'Pedir um código para voltar', 'Já tenho um código']) {
            await field(page).fill(TYPED);
            await page.locator('footer').getByRole('button', { name }).click();
            await page.locator('h1:not(.unseen)').waitFor();
            expect(await page.content()).not.toContain('Davi');
            await page.getByRole('link', { name: 'Voltar à conversa' }).first().click();
            await expect.poll(() => field(page).inputValue()).toBe(TYPED);
          }
          await page.locator('header .name').click();
          await expect.poll(() => field(page).inputValue()).toBe(TYPED);
        }));

      it('survives the language button', () =>
        opened(scripts, async (page) => {
          await field(page).fill(TYPED);
          await page.getByRole('button', { name: 'English' }).click();
          await page.getByText('Hello. I am an automatic program.').waitFor();
          await expect.poll(() => field(page).inputValue()).toBe(TYPED);
          expect(await page.locator('html').getAttribute('lang')).toBe('en');
        }));
    });

    it('is given back without scripts where it is refused, and can be sent from there', () =>
      opened(false, async (page) => {
        const long = `${TYPED}\n${'Ele sorria. '.repeat(100_000)}`;
        // Not drawn: the browser would take long to lay it out.
        await page.evaluate(
          `const field = document.getElementById('text'); field.style.display = 'none'; field.value = ${JSON.stringify(long)}`,
        );
        await page.locator('button.send').click();
        await page.getByText('É texto demais de uma vez').waitFor();
        const beginning = await field(page).inputValue();
        expect(beginning.startsWith(TYPED)).toBe(true);
        expect(long.startsWith(beginning)).toBe(true);
        await field(page).fill(beginning.slice(0, 60_000));
        await page.locator('button.send').click();
        await page.locator('.line.you').first().waitFor();
        expect(chat.taken.at(-1)?.event).toMatchObject({ text: beginning.slice(0, 60_000) });
      }));

    it('survives a reload, twice, and what was deleted stays deleted', () =>
      opened(true, async (page) => {
        await field(page).pressSequentially('Davi');
        for (let i = 0; i < 2; i += 1) {
          await page.reload();
          await expect.poll(() => field(page).inputValue()).toBe('Davi');
          expect(await laidDown(page)).toBe('[]');
        }
        await page.locator('footer').getByRole('button', { name: 'Já tenho um código' }).click();
        await page.getByRole('link', { name: 'Voltar à conversa' }).first().click();
        await expect.poll(() => field(page).inputValue()).toBe('Davi');
        await field(page).fill('');
        await page.reload();
        await page.locator('#text').waitFor();
        await expect.poll(() => laidDown(page)).toBe('[]');
        expect(await field(page).inputValue()).toBe('');
      }));

    it('lies nowhere in clear, and opens under no later key', () =>
      opened(true, async (page) => {
        await field(page).fill('Davi');
        await page.goto(`${base}/info`);
        const found = await laidDown(page);
        expect(found).not.toContain('Davi');
        expect(found).not.toContain('[]');
        // Somebody else, later: the web session and its key are gone.
        await page.context().clearCookies();
        await page.goto(base);
        await page.locator('#text').waitFor();
        await expect.poll(() => laidDown(page)).toBe('[]');
        expect(await field(page).inputValue()).toBe('');
      }));

    it('is gone with leaving', () =>
      opened(true, async (page) => {
        await field(page).fill('Davi');
        await page.reload();
        await expect.poll(() => field(page).inputValue()).toBe('Davi');
        await page.getByRole('button', { name: 'Sair rápido' }).click();
        await page.waitForURL('about:blank');
        await expect.poll(async () => (await page.context().cookies(base)).length).toBe(0);
        await page.goto(base);
        await page.locator('#text').waitFor();
        expect(await laidDown(page)).not.toContain('Davi');
        expect(await field(page).inputValue()).toBe('');
      }));
  },
);
