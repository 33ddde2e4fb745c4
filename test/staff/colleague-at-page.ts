// Somebody of the staff at the real desk in Chromium: sets up the account as the pages lead, signs in with both factors,
// and whatever the browser complains of on the way is kept.

import { inGroups, makeCrockford } from '../../src/crockford.ts';
import { randomBytes } from 'node:crypto';
import { TOTP } from 'otpauth';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { findWithAxe } from '../support/axe.ts';
import type { Language } from '../../src/languages.ts';
import { SET_UP_LENGTH } from '../../src/staff/sign-in/second-factor.ts';
import type { StaffRole } from '../../src/store/schema/staff-columns.ts';
import type { StaffRows } from '../../src/store/staff/staff-codes.ts';

const PASSWORD = 'veranda-salt-paper-otter';

export interface DeskAt {
  readonly url: string;
  readonly staff: StaffRows;
  /** The server's clock. */
  readonly now: () => Date;
}

export interface Colleague {
  readonly name: string;
  readonly role: StaffRole;
  readonly language?: Language;
}

export class ColleagueAtPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly id: string;
  /** Must stay empty: errors, and what the content security policy stopped. */
  readonly complaints: string[] = [];

  private constructor(page: Page, context: BrowserContext, id: string) {
    this.page = page;
    this.context = context;
    this.id = id;
    page.on('pageerror', ({ message }) => this.complaints.push(message));
    page.on('dialog', (dialog) => {
      this.complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  /** Signed in, with the queue before them. */
  static async at(
    browser: Browser,
    desk: DeskAt,
    { name, role, language = 'en' }: Colleague,
    options: BrowserContextOptions = {},
  ): Promise<ColleagueAtPage> {
    const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}@casa-exemplo.org`;
    const id = await desk.staff.addAccount({ name, email, role, language, signInBy: 'password' });
    if (id === null) throw new Error('The address is taken.');
    const code = makeCrockford(SET_UP_LENGTH, randomBytes);
    await desk.staff.inviteAgain(id, code, new Date(desk.now().getTime() + 86_400_000).toISOString());
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    const colleague = new ColleagueAtPage(page, context, id);
    await page.goto(`${desk.url}/desk/set-up`);
    await colleague.sends({ email, code: inGroups(code) });
    await colleague.sends({ new: PASSWORD, again: PASSWORD });
    const secret = ((await page.locator('.code').first().textContent()) ?? '').replaceAll(/\s/g, '');
    await colleague.sends({ code: new TOTP({ secret }).generate({ timestamp: desk.now().getTime() }) });
    await page.goto(`${desk.url}/desk`);
    return colleague;
  }

  /** Fills in the fields by their names and sends the form. */
  async sends(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(fields)) await this.page.locator(`main [name="${name}"]`).fill(value);
    await this.page.locator('main button.send').first().click();
    await this.page.waitForLoadState();
  }

  /** Opens a case by its reference, past the page that warns. */
  async opens(url: string, reference: string): Promise<void> {
    await this.page.goto(`${url}/desk/find?reference=${reference}`);
    const go = this.page.locator('form[action$="/ready"] button');
    if ((await go.count()) > 0) await go.click();
    await this.page.locator('.document').first().waitFor();
  }

  async findsNothingWithAxe(): Promise<void> {
    expect(await findWithAxe(this.page)).toEqual([]);
  }

  async fitsTheWidth(): Promise<void> {
    expect(await this.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  }

  async leaves(): Promise<void> {
    await this.context.close();
    expect(this.complaints).toEqual([]);
  }
}
