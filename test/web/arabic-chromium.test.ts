// A conversation in Arabic in a real browser: the page runs from right to left, on a small phone and on a desk, and a code
// in it reads as it is written.

import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findWithAxe } from '../support/axe.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { openWhole, type WholeApp } from './whole-app.ts';

/** Folder for pictures of the pages; none are made without it. */
const PICTURES = process.env['PICTURES'];
const SIZES = [
  { name: 'phone', viewport: { width: 360, height: 740 } },
  { name: 'desk', viewport: { width: 1280, height: 900 } },
] as const;
const STORY = 'أخي سامر كان عمره ٢٣ سنة. لم يخبرنا أحد في Hospital Central.';

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

/** From the left edge of the window to that of the text: where the first letters of a line begin. */
function edgesOf(page: Page, selector: string): Promise<{ readonly left: number; readonly right: number }> {
  return page.evaluate<{ left: number; right: number }>(
    `(() => { const box = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect();
      return { left: box.left, right: innerWidth - box.right }; })()`,
  );
}

describe.skipIf(noBrowser !== null)(`Arabic in Chromium${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  let browser: Browser;
  let whole: WholeApp;
  beforeAll(async () => {
    browser = await openBrowser();
    whole = await openWhole();
  });
  afterAll(async () => {
    await browser.close();
    await whole.close();
  });

  it.each(SIZES)('runs from right to left on a $name', async ({ name, viewport }) => {
    const context = await browser.newContext({ viewport, locale: 'ar-TN' });
    const page = await context.newPage();
    const say = async (text: string) => {
      const before = await page.getAttribute('#say input[name=id]', 'value');
      await page.fill('#text', text);
      await page.click('#say .send');
      await expect.poll(() => page.getAttribute('#say input[name=id]', 'value')).not.toBe(before);
    };
    await page.goto(whole.url);
    expect(await page.getAttribute('html', 'dir')).toBe('rtl');
    expect(await page.getAttribute('html', 'lang')).toBe('ar');
    await say('السلام عليكم');
    await picture(page, `ar-${name}-hello`);
    for (const text of ['١', '١', 'نعم', STORY]) await say(text);
    // The bot's lines begin at the right, hers at the left; nothing is wider than the window.
    const [bot, own] = [await edgesOf(page, '#log .bot p'), await edgesOf(page, '#log .you p')];
    expect(bot.right).toBeLessThan(bot.left + viewport.width / 2);
    expect(own.left).toBeLessThan(own.right);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    // Every line of a bubble ends at its left, the first one too.
    expect(
      await page.evaluate<number>(
        `Math.max(...[...document.querySelectorAll('#log .bot .said > b')].map((line) =>
          line.closest('p').getBoundingClientRect().right - line.getBoundingClientRect().right))`,
      ),
    ).toBeLessThan(24);
    expect(await findWithAxe(page)).toEqual([]);
    await picture(page, `ar-${name}-story`);

    await page.goto(`${whole.url}/print/ar`);
    expect(await page.getAttribute('html', 'dir')).toBe('rtl');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await picture(page, `ar-${name}-print`);
    await context.close();
  });

  it('a code in it reads from left to right, as on paper', async () => {
    const context = await browser.newContext({ viewport: SIZES[0].viewport, locale: 'ar' });
    const page = await context.newPage();
    await page.goto(whole.url);
    // The groups of a code stand in their order, in the middle of an Arabic sentence.
    const places = await page.evaluate<number[]>(`(() => {
      const line = document.createElement('p');
      line.textContent = 'الرمز: \\u2068AB12-34CD-56EF\\u2069.';
      document.querySelector('main').append(line);
      const text = line.firstChild;
      return ['AB12', '34CD', '56EF'].map((group) => {
        const range = document.createRange();
        const at = text.data.indexOf(group);
        range.setStart(text, at);
        range.setEnd(text, at + 4);
        return range.getBoundingClientRect().left;
      });
    })()`);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    await context.close();
  });
});
