// The real process, the commands that operators type beside it, and a colleague in a real browser: from the set-up code to
// the account's end. Then every byte that was left behind is looked through for what must stand nowhere in clear.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { griot as command } from '../cli/command.ts';
import { findWithAxe } from '../support/axe.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { wordsFoundIn } from '../support/invariants.ts';
import { MASTER_KEY, startProcess, type RunningProcess } from '../support/running-app.ts';

const NAME = 'Wilhelmine Castellanos';
const EMAIL = 'wilhelmine@casa-exemplo.org';
const PASSWORD = 'marmalade lantern otter vinyl';
/** Set to a folder, it keeps pictures of the pages to look at. */
const PICTURES = process.env['DESK_PICTURES'];

describe.skipIf(noBrowser !== null)(`the desk, whole${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`, () => {
  let dir: string;
  let env: Record<string, string>;
  let griot: RunningProcess;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const secrets: string[] = [];
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'griot-desk-'));
    env = { DATA_DIR: dir, MASTER_KEY, LOG_LEVEL: 'trace' };
    griot = await startProcess(env);
    browser = await openBrowser();
    const context = await browser.newContext({ locale: 'en', viewport: { width: 360, height: 740 } });
    page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      // A form that was refused is answered with 422, which Chromium tells too.
      if (message.type() === 'error' && !message.text().includes('status of 422')) complaints.push(message.text());
    });
  });
  afterAll(async () => {
    await browser.close();
    await griot.kill();
    rmSync(dir, { recursive: true, force: true });
  });

  /** What axe finds, whether the page is wider than the screen, and a picture where one is wanted. */
  async function looksRight(name: string): Promise<void> {
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 740 });
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${name} ${width}`).toBe(true);
      if (PICTURES !== undefined)
        await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`), fullPage: true });
    }
    expect(await findWithAxe(page), name).toEqual([]);
  }

  const code = (secret: string, steps = 0) => new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

  it('is set up with a code that a command printed while the server ran', async () => {
    const given = ['--name', NAME, '--email', EMAIL, '--role', 'administrator', '--language', 'en'];
    const added = await command('staff add', given, { env });
    expect(added).toMatchObject({ code: 0, stderr: '' });
    const setUpCode = /type +([\w-]{24})/.exec(added.stdout)?.[1] ?? '';
    secrets.push(setUpCode, setUpCode.replaceAll('-', ''));

    await page.goto(`${griot.url}/desk`);
    await looksRight('sign-in');
    await page.getByRole('link', { name: 'I have a set-up code' }).click();
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Set-up code').fill(setUpCode);
    await looksRight('set-up');
    await press('Go on');
    await page.getByLabel('Password').fill('password1234');
    await page.getByLabel('The same again').fill('password1234');
    await press('Go on');
    await page.getByText('Too easy to guess.').waitFor();
    await looksRight('password');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByLabel('The same again').fill(PASSWORD);
    await press('Go on');
    await page.getByRole('img', { name: 'QR code for the app' }).waitFor();
    await looksRight('app');
    const secret = (await page.locator('.code').innerText()).replaceAll(' ', '');
    secrets.push(secret);
    // The step before this one: the sign-in that follows needs a code that was not used.
    await page.getByLabel('Code', { exact: true }).fill(code(secret, -1));
    await press('Finish');
    const codes = await page.locator('ul.code li').allInnerTexts();
    expect(codes).toHaveLength(8);
    secrets.push(...codes, ...codes.map((one) => one.replaceAll('-', '')));
    await looksRight('codes');
    await page.getByRole('link', { name: 'I have kept them' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  });

  it('lets her in with both factors, and shows her account, her colleagues and the log', async () => {
    await press('Sign out');
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill(PASSWORD);
    await press('Sign in');
    const secret = secrets[2] ?? '';
    await page.getByLabel('Code', { exact: true }).fill(code(secret));
    await looksRight('code');
    await press('Go on');
    await page.getByRole('link', { name: 'Your account' }).click();
    await page.getByText(EMAIL).waitFor();
    await looksRight('account');
    await page.getByRole('link', { name: 'Staff' }).click();
    await looksRight('staff');
    await page.getByRole('link', { name: 'Audit log' }).click();
    await press('Check the log');
    await page.getByText('The log is whole').waitFor();
    await looksRight('audit');
    secrets.push(...(await page.context().cookies()).map(({ value }) => value));
  });

  it('shows her out as soon as a command disables her, while the server runs', async () => {
    expect((await command('staff list', [], { env })).stdout).toContain('administrator, active');
    expect(await command('staff disable', [EMAIL.toUpperCase()], { env })).toMatchObject({ code: 0, stderr: '' });
    await page.goto(`${griot.url}/desk/account`);
    await page.getByLabel('Password').waitFor();
    expect(page.url()).toBe(`${griot.url}/desk/sign-in`);
  });

  it('has left a log that is whole, and no name, address, password, secret or code in clear anywhere', async () => {
    expect(complaints).toEqual([]);
    const verified = await command('audit verify', [], { env });
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(verified.stdout).toMatch(/The log is whole: \d+ rows/);

    expect(secrets.length).toBeGreaterThan(18);
    expect(secrets.filter((secret) => secret.length < 12)).toEqual([]);
    const canaries = [NAME, EMAIL, 'Wilhelmine', 'wilhelmine', PASSWORD, '$argon2id', ...secrets];
    expect(wordsFoundIn(dir, canaries, () => false)).toEqual([]);
    expect(
      wordsFoundIn(dir, ['account.set-up'], () => false),
      'the search itself works',
    ).toEqual(['account.set-up']);
    for (const canary of canaries) expect(griot.said()).not.toContain(canary);
    expect(griot.said()).not.toContain('a fault in the program');
  });
});
