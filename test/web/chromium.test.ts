// The page in a real browser: with and without scripts, on small screens, by keyboard, with axe-core.

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWeb, type RunningWeb } from '../../src/web/server.ts';
import { findWithAxe } from '../support/axe.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { reply, scriptedChat, type Script, type ScriptedChat } from './scripted-chat.ts';

const script: Script = ({ event }) => {
  if (event.kind === 'opened') {
    const choices = [
      { number: 1, value: 'go', label: 'continuar' },
      { number: 2, value: 'person', label: 'falar com uma pessoa' },
    ];
    return { said: [reply('Olá. Sou um programa automático.', { prompt: { id: 'hello', version: 1 }, choices })] };
  }
  if (event.kind !== 'message') return { said: [] };
  if (event.choice !== undefined) {
    const commands = [
      { command: 'next', word: 'próximo' },
      { command: 'pause', word: 'pausa' },
    ];
    return {
      said: [
        reply('Conte com as suas palavras.\n\nQuando acabar: *próximo*.', {
          prompt: { id: 'story', version: 1 },
          commands,
        }),
      ],
    };
  }
  if (event.text === 'apagar') return { said: [], farewell: [reply('Tudo foi apagado.')] };
  if (event.text === 'próximo') return { said: [reply('Leia o texto.', { file: 'preview' })] };
  return { said: [reply('Guardado.', { acknowledgement: true })] };
};

describe.skipIf(noBrowser !== null)(
  `the web chat in Chromium${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  () => {
    let browser: Browser;
    let chat: ScriptedChat;
    let web: RunningWeb;
    let elsewhere: RunningWeb;
    let base: string;

    beforeAll(async () => {
      browser = await openBrowser();
      const away = scriptedChat();
      elsewhere = await startWeb(away.app, { port: 0, host: '127.0.0.1' });
      chat = scriptedChat(
        script,
        { trial: true, leaveUrl: new URL(`http://localhost:${elsewhere.port}/health`) },
        true,
      );
      const files = (['docx', 'pdf'] as const).map((format) => ({ format, bytes: new Uint8Array([1]) }));
      chat.people.document = () => Promise.resolve({ files });
      web = await startWeb(chat.app, { port: 0, host: '127.0.0.1' });
      base = `http://127.0.0.1:${web.port}`;
    });
    afterAll(async () => {
      await browser.close();
      chat.deps.changes.close();
      await Promise.all([web.close(), elsewhere.close()]);
    });

    /** A page of its own, on which any complaint of the browser fails the test. */
    async function opened(options: BrowserContextOptions, story: (page: Page) => Promise<void>): Promise<void> {
      const context = await browser.newContext({ locale: 'pt-BR', reducedMotion: 'reduce', ...options });
      const complaints: string[] = [];
      const page = await context.newPage();
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await page.goto(base);
      await story(page);
      await context.close();
      expect(complaints).toEqual([]);
    }

    const fitsWidth = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth');
    const logText = (page: Page) => page.locator('#log').innerText();

    describe.each([
      ['360 px', { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }],
      ['320 px', { viewport: { width: 320, height: 568 }, isMobile: true, hasTouch: true }],
      ['320 px, without scripts', { viewport: { width: 320, height: 568 }, javaScriptEnabled: false }],
      ['1280 px, without scripts', { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false }],
      ['1280 px', { viewport: { width: 1280, height: 900 } }],
    ])('%s', (_, options) => {
      it('carries a conversation from the greeting to the file', () =>
        opened(options, async (page) => {
          await page.getByRole('button', { name: '1 continuar' }).click();
          await page.getByText('Conte com as suas palavras.').waitFor();
          expect(await page.locator('#log strong').allInnerTexts()).toEqual(['próximo']);
          const field = page.getByLabel('Sua mensagem');
          for (const text of ['Meu filho se chamava Davi.\nTinha 19 anos.', 'Ninguém investigou.']) {
            await field.fill(text);
            await page.getByRole('button', { name: 'Enviar' }).click();
            await page.getByText(text).last().waitFor();
            await expect.poll(() => field.inputValue()).toBe('');
          }
          await expect.poll(() => page.getByText('Guardado.').count()).toBe(1);
          expect(await fitsWidth(page)).toBe(true);
          await field.fill('Isso é tudo.');
          await page.getByRole('button', { name: 'próximo' }).click();
          await page.getByRole('link', { name: 'Arquivo PDF' }).waitFor();
          expect(await logText(page)).toMatch(
            /Meu filho se chamava Davi\.\nTinha 19 anos\.[^]*Isso é tudo\.[^]*próximo[^]*Leia/,
          );
          await page.reload();
          expect(await logText(page)).toContain('Isso é tudo.');
          expect(await fitsWidth(page)).toBe(true);
          for (const box of await page.locator('button:visible').all()) {
            expect((await box.boundingBox())?.height).toBeGreaterThanOrEqual(44);
          }
        }));

      it('leaves quickly to another page, and a step back shows nothing', () =>
        opened(options, async (page) => {
          const field = page.getByLabel('Sua mensagem');
          await field.fill('Meu nome é Maria.');
          await page.getByRole('button', { name: 'Enviar' }).click();
          await page.getByText('Meu nome é Maria.').last().waitFor();
          await page.getByRole('button', { name: 'Sair rápido' }).click();
          await page.waitForURL(/\/health$/);
          await expect.poll(async () => (await page.context().cookies(base)).length).toBe(0);
          await page.goBack();
          expect(await page.content()).not.toContain('Meu nome é Maria.');
        }));

      it('shows the farewell when all was erased', () =>
        opened(options, async (page) => {
          await page.getByLabel('Sua mensagem').fill('apagar');
          await page.getByRole('button', { name: 'Enviar' }).click();
          await page.getByText('Tudo foi apagado.').waitFor();
          await page.getByRole('link', { name: 'Começar de novo' }).click();
          await page.getByText('Sou um programa automático').waitFor();
        }));
    });

    it.each(['light', 'dark'] as const)('has nothing for axe-core to find, in %s colours', async (colorScheme) => {
      for (const width of [320, 1280]) {
        const context = await browser.newContext({
          locale: 'pt-BR',
          colorScheme,
          bypassCSP: true,
          viewport: { width, height: 800 },
        });
        const page = await context.newPage();
        const check = async () => {
          expect(await findWithAxe(page)).toEqual([]);
        };
        await page.goto(base);
        await check();
        await page.getByRole('button', { name: '1 continuar' }).click();
        await page.getByRole('button', { name: 'próximo' }).click();
        await page.getByRole('link', { name: 'Arquivo PDF' }).waitFor();
        await check();
        for (const path of ['/info', '/code', '/back', '/nowhere']) {
          await page.goto(base + path);
          await check();
        }
        await page.goto(`${base}/code`);
        await page.getByRole('button', { name: 'Criar um código' }).click();
        await page.getByText('Ele só aparece agora.').waitFor();
        await check();
        await context.close();
      }
    });

    it.each([true, false])('is spoken with by keyboard alone (scripts: %s)', (javaScriptEnabled) =>
      opened({ javaScriptEnabled, viewport: { width: 1280, height: 900 } }, async (page) => {
        const focused = () => page.locator(':focus').innerText();
        await page.keyboard.press('Tab');
        expect(await focused()).toBe('Sair rápido');
        expect(await page.evaluate('getComputedStyle(document.activeElement).outlineWidth')).toBe('3px');
        await page.keyboard.press('Tab');
        expect(await focused()).toBe('Ir para a sua mensagem');
        await page.keyboard.press('Enter');
        await page.keyboard.type('Ana');
        if (!javaScriptEnabled) await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.locator('.you').getByText('Ana').waitFor();
        if (javaScriptEnabled) {
          await page.keyboard.type('um');
          await page.keyboard.press('Shift+Enter');
          await page.keyboard.type('dois');
          expect(await page.getByLabel('Sua mensagem').inputValue()).toBe('um\ndois');
        }
      }),
    );

    it('never takes a new line from a phone', () =>
      opened({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }, async (page) => {
        await page.getByLabel('Sua mensagem').pressSequentially('um\ndois');
        expect(await page.getByLabel('Sua mensagem').inputValue()).toBe('um\ndois');
      }));

    it('keeps the words when there is no connection, and says them once afterwards', async () => {
      const context = await browser.newContext({ locale: 'pt-BR' });
      const page = await context.newPage();
      await page.goto(base);
      await context.setOffline(true);
      await page.getByLabel('Sua mensagem').fill('Foram dois tiros.');
      await page.getByRole('button', { name: 'Enviar' }).click();
      await page.getByText('não há conexão').waitFor();
      expect(await page.getByLabel('Sua mensagem').inputValue()).toBe('Foram dois tiros.');
      await context.setOffline(false);
      await page.getByRole('button', { name: 'Enviar' }).click();
      await page.getByText('Guardado.').waitFor();
      expect(await page.locator('.you').count()).toBe(1);
      await context.close();
    });

    it('draws what the bot says of its own accord, and hides the lines after a quiet time', async () => {
      const context = await browser.newContext({ locale: 'pt-BR' });
      const page = await context.newPage();
      await page.clock.install();
      await page.goto(base);
      await page.getByLabel('Sua mensagem').fill('Foi o sargento Lima.');
      await page.getByRole('button', { name: 'Enviar' }).click();
      await page.getByText('Guardado.').waitFor();
      const cookie = (await context.cookies(base))[0]?.value ?? '';
      const known = await chat.people.personAt({ channel: 'web-chat', account: 'default', address: cookie });
      await expect.poll(() => chat.deps.changes.listening(known?.person ?? '')).toBe(1);
      chat.say(known?.person ?? '', reply('Seu texto saiu.'));
      await page.getByText('Seu texto saiu.').waitFor();
      await page.clock.fastForward('16:00');
      await page.getByText('A página ficou parada por um tempo').waitFor();
      expect(await page.content()).not.toContain('sargento Lima');
      await context.close();
    });

    it('goes to the last answer at once if it is loaded again, and shows nobody the way there', () =>
      opened({ viewport: { width: 360, height: 640 }, reducedMotion: 'no-preference' }, async (page) => {
        await page.addInitScript(`{
          const go = window.scrollBy.bind(window);
          window.ways = [];
          window.scrollBy = (to) => { window.ways.push(to.behavior); go(to); };
        }`);
        await page.getByRole('button', { name: '1 continuar' }).click();
        await page.getByText('Conte com as suas palavras.').waitFor();
        await page.reload();
        expect(await page.evaluate('window.ways')).toEqual(['instant']);
      }));

    it('finds its conversation again after a link from elsewhere', () =>
      opened({}, async (page) => {
        await page.getByLabel('Sua mensagem').fill('Sou a avó.');
        await page.getByRole('button', { name: 'Enviar' }).click();
        await page.getByText('Guardado.').waitFor();
        await page.goto(`http://localhost:${elsewhere.port}/health`);
        await page.evaluate(`location.href = ${JSON.stringify(`${base}/`)}`);
        await page.waitForURL(/\?here$|127\.0\.0\.1:\d+\/$/);
        await page.getByText('Sou a avó.').waitFor();
      }));

    it.each([
      [70_000, 'Sua mensagem é longa demais para ir de uma vez', 70_000],
      [3_000_000, 'É texto demais de uma vez', null],
    ])('tells calmly when a text of %i characters is too long', async (length, heading, kept) => {
      const context = await browser.newContext({ locale: 'pt-BR', javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(base);
      // Not drawn: the browser would take a minute to lay it out.
      await page.evaluate(
        `const field = document.getElementById('text'); field.style.display = 'none'; field.value = 'b'.repeat(${length})`,
      );
      await page.getByRole('button', { name: 'Enviar' }).click();
      await page.getByRole('heading', { name: heading }).waitFor();
      if (kept !== null) expect(await page.getByLabel('Sua mensagem').inputValue()).toHaveLength(kept);
      await context.close();
    });
  },
);
