// The page to print in a real browser: on a small phone, with axe-core, and on paper.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { startWeb, type RunningWeb } from '../../src/web/server.ts';
import { findWithAxe } from '../support/axe.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { printed } from '../support/printed.ts';
import { scriptedChat } from './scripted-chat.ts';

/** CSS pixels between the margins of an A4 sheet. */
const ON_PAPER = { width: 665, height: 1000 };

describe.skipIf(noBrowser !== null)(
  `the page to print in Chromium${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  () => {
    let browser: Browser;
    let web: RunningWeb;
    const at = (language: string) => `http://127.0.0.1:${web.port}/print/${language}`;

    beforeAll(async () => {
      browser = await openBrowser();
      const { app } = scriptedChat(undefined, { trial: true, printed: printed({ trial: true, phone: null }) }, true);
      web = await startWeb(app, { port: 0, host: '127.0.0.1' });
    });
    afterAll(async () => {
      await browser.close();
      await web.close();
    });

    it.each(WHOLE_LANGUAGES)(
      'fits a small phone and has nothing for axe-core to find, light and dark (%s)',
      async (language) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          const viewport = { width: 360, height: 740 };
          const context = await browser.newContext({ viewport, isMobile: true, hasTouch: true, colorScheme });
          const page = await context.newPage();
          const complaints: string[] = [];
          page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
          await page.goto(at(language));
          expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
          expect(await findWithAxe(page)).toEqual([]);
          expect(complaints).toEqual([]);
          await context.close();
        }
      },
    );

    it('is whole once it is loaded: without network, and without scripts', async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
      await page.goto(at('pt'));
      expect(asked.filter((path) => path !== '/icon.svg').sort()).toEqual(['/chat.css', '/print.css', '/print/pt']);
      await context.setOffline(true);
      expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000);
      await context.close();
    });

    it.each(WHOLE_LANGUAGES)(
      'is black on white on paper, large enough, and no question is too long for a sheet (%s)',
      async (language) => {
        const context = await browser.newContext({ viewport: ON_PAPER, colorScheme: 'dark' });
        const page = await context.newPage();
        await page.goto(at(language));
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        const small: unknown = await page.evaluate(
          "[...document.querySelectorAll('.sheet *, .trial')].filter((one) => one.getClientRects().length > 0)" +
            '.filter((one) => { const { fontSize, color, backgroundColor } = getComputedStyle(one);' +
            "return parseFloat(fontSize) < 11 * 96 / 72 || color !== 'rgb(0, 0, 0)' || backgroundColor !== 'rgba(0, 0, 0, 0)' })" +
            '.map((one) => one.outerHTML)',
        );
        expect(small).toEqual([]);
        const tall: unknown = await page.evaluate(
          `[...document.querySelectorAll('.whole')].map((one) => one.getBoundingClientRect().height).filter((height) => height > ${ON_PAPER.height} / 1.5)`,
        );
        expect(tall).toEqual([]);
        expect(await page.locator('.trial').isVisible()).toBe(true);
        expect(await page.getByRole('button').count()).toBe(0);
        await context.close();
      },
    );
  },
);
