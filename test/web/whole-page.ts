// A person at the real page in Chromium: taps, presses and types by the words that stand on it, and waits until the page
// has taken it, with scripts or without.

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { callFiller } from '../../src/texts/terms.ts';
import { findWithAxe } from '../support/axe.ts';
import { shelf } from '../support/player.ts';
import type { Language } from '../../src/languages.ts';

/** Old phones are narrow. */
export const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const;

const LOCALE: Readonly<Record<Language, string>> = {
  ...{ en: 'en-GB', fr: 'fr-FR', es: 'es-MX', pt: 'pt-BR', ht: 'ht-HT', ar: 'ar-TN' },
};

interface Tree {
  readonly [name: string]: string | boolean | Tree;
}

interface Around {
  readonly chat: { readonly write: string; readonly send: string; readonly offline: string };
  readonly leave: string;
}

const read = (language: Language, file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../locales/${language}/${file}`, import.meta.url), 'utf8'));

export interface PersonOptions {
  readonly language: Language;
  readonly scripts?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Another tab of the same browser. */
  readonly context?: BrowserContext;
}

export class PersonAtPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly #language: Language;
  readonly #texts: Tree;
  readonly #scripts: boolean;
  readonly around: Around;
  /** What the browser complained of; must stay empty. */
  readonly complaints: string[] = [];

  private constructor(page: Page, context: BrowserContext, language: Language, scripts: boolean) {
    this.#scripts = scripts;
    this.page = page;
    this.context = context;
    this.#language = language;
    this.#texts = read(language, 'bot.json') as Tree;
    this.around = read(language, 'web.json') as Around;
    page.on('pageerror', ({ message }) => this.complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  static async at(browser: Browser, url: string, options: PersonOptions): Promise<PersonAtPage> {
    const { language, scripts = true, viewport = PHONE.viewport } = options;
    const context =
      options.context ??
      (await browser.newContext({
        ...PHONE,
        viewport,
        locale: LOCALE[language],
        javaScriptEnabled: scripts,
        reducedMotion: 'reduce',
      }));
    const page = await context.newPage();
    const person = new PersonAtPage(page, context, language, scripts);
    await page.goto(url);
    return person;
  }

  /** A text of the bot, by its key in bot.json, as the first call fills it, with what stands in its other places. */
  text(key: string, places: Readonly<Record<string, string>> = {}): string {
    const text = this.#written(key);
    if (text === undefined) throw new Error(`there is no text ${key}`);
    const filled = callFiller(this.#language, (one) => this.#written(one), shelf.current('emler-2024'))(text);
    return filled.replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) => places[name] ?? place);
  }

  #written(key: string): string | undefined {
    const text = key
      .split('.')
      .reduce<string | boolean | Tree | undefined>(
        (tree, name) => (typeof tree === 'object' ? tree[name] : undefined),
        this.#texts,
      );
    return typeof text === 'string' ? text : undefined;
  }

  /** How a text begins, as far as it is always the same: enough to find it on the page. */
  beginning(key: string): string {
    return (this.text(key).split(/\n|\{\{|\*/)[0] ?? '').trim();
  }

  /** A choice, by its name in dialogs/intake.yaml; it must stand there in the person's own language. */
  async taps(choice: string): Promise<void> {
    await this.tapsLabel(this.text(`choices.${choice}`));
  }

  async tapsLabel(label: string): Promise<void> {
    await this.does(() => this.choice(label).click());
  }

  async tapsNumber(number: number): Promise<void> {
    await this.does(() =>
      this.page
        .locator('#choices button')
        .nth(number - 1)
        .click(),
    );
  }

  choice(label: string): Locator {
    return this.page.locator('#choices button').filter({ has: this.page.getByText(label, { exact: true }) });
  }

  /** One of the words worth a button: next, skip … */
  async presses(command: string): Promise<void> {
    const name = this.text(`commands.${command}`);
    await this.does(() => this.page.locator('#commands').getByRole('button', { name, exact: true }).click());
  }

  async says(text: string): Promise<void> {
    await this.field.fill(text);
    await this.does(() => this.sendButton.click());
  }

  get field(): Locator {
    return this.page.getByLabel(this.around.chat.write);
  }

  get sendButton(): Locator {
    return this.page.getByRole('button', { name: this.around.chat.send, exact: true });
  }

  /** Resolves when the page has taken what was done: every page and every part brings a new id for the form. */
  async does(deed: () => Promise<void>): Promise<void> {
    const id = this.page.locator('#say input[name=id]');
    const before = await id.inputValue();
    await deed();
    await expect.poll(() => id.inputValue(), { timeout: 240_000 }).not.toBe(before);
    await this.page.locator('#say:not([aria-busy])').waitFor();
  }

  log(): Promise<string> {
    return this.page.locator('#log').innerText();
  }

  /** Large and small letters count: "First, your safety." is not "first, your safety.". */
  #lines(key: string): Locator {
    const letters = this.beginning(key).replace(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
    return this.page.locator('.line').getByText(new RegExp(letters, 'u'));
  }

  async reads(key: string): Promise<void> {
    await this.#lines(key).last().waitFor();
  }

  async download(format: 'docx' | 'pdf'): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const link = this.page.locator(`.files a[href$="format=${format}"]`).last();
    const [download] = await Promise.all([this.page.waitForEvent('download'), link.click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }

  /** Nothing wider than the screen, nothing too small to tap, nothing for axe-core to find. */
  async isFitForAll(): Promise<void> {
    expect(await this.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const low: unknown = await this.page.evaluate(
      "[...document.querySelectorAll('button, .button, textarea, input:not([type=hidden])')]" +
        '.filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 44)' +
        '.map((one) => one.outerHTML)',
    );
    expect(low).toEqual([]);
    // Without scripts axe-core cannot run either; the pages are the same.
    if (!this.#scripts) return;
    expect(await findWithAxe(this.page)).toEqual([]);
  }

  /** The newest of these lines, or the first of a row of them, is on the screen, and not behind the header. */
  async seesTheTopOf(key: string, which: 'newest' | 'first' = 'newest'): Promise<void> {
    const all = this.#lines(key);
    const line = which === 'first' ? all.first() : all.last();
    const header = (await this.page.locator('header').boundingBox())?.height ?? 0;
    const top = async () => (await line.boundingBox())?.y ?? -1;
    await expect.poll(top).toBeGreaterThanOrEqual(header - 1);
    await expect.poll(top).toBeLessThan(PHONE.viewport.height - 44);
  }

  async leaves(): Promise<void> {
    await this.page.getByRole('button', { name: this.around.leave }).click();
  }

  async close(): Promise<void> {
    await this.context.close();
    expect(this.complaints).toEqual([]);
  }
}
