// The pages around an account in a real browser, on a phone: everything can be seen and reached.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { openWhole, type WholeApp } from '../web/whole-app.ts';
import { PASSWORD } from './a-desk.ts';
import { ColleagueAtPage } from './colleague-at-page.ts';

/** Milliseconds, on a machine that is busy with others. */
const PATIENCE = 300_000;
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const;

describe.skipIf(noBrowser !== null)(
  `accounts in Chromium${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  { timeout: PATIENCE },
  () => {
    let browser: Browser;
    let whole: WholeApp;
    beforeAll(async () => {
      browser = await openBrowser();
      whole = await openWhole();
    }, PATIENCE);
    afterAll(async () => {
      await browser.close();
      await whole.close();
      expect(whole.faults).toEqual([]);
    });

    const at = (name: string, role: 'reader' | 'administrator', language: 'en' | 'fr' | 'es' | 'pt') =>
      ColleagueAtPage.at(
        browser,
        { url: whole.url, staff: whole.app.store.staff, now: () => new Date() },
        { name, role, language },
        PHONE,
      );

    it.each(['en', 'fr', 'es', 'pt'] as const)('their pages fit, and axe finds nothing: %s', async (language) => {
      const lea = await at(`Lea ${language}`, 'administrator', language);
      for (const path of [
        'account',
        'account/password',
        'account/codes',
        'account/passkeys',
        'staff',
        'audit',
        'prove',
      ]) {
        await lea.page.goto(`${whole.url}/desk/${path}`);
        await lea.fitsTheWidth();
        await lea.findsNothingWithAxe();
      }
      await lea.leaves();
    });

    it('an administrator reaches every act over a colleague without moving the page sideways', async () => {
      const rui = await at('Rui Exemplo', 'reader', 'pt');
      const lea = await at('Lea Exemple', 'administrator', 'fr');
      await lea.page.goto(`${whole.url}/desk/staff`);
      for (const act of ['recover', 'sessions/end', 'disable']) {
        const button = lea.page.locator(`form[action$="/${rui.id}/${act}"] button`);
        const box = await button.boundingBox();
        expect((box?.x ?? 999) + (box?.width ?? 999), act).toBeLessThanOrEqual(360);
      }
      await lea.page.locator(`form[action$="/${rui.id}/sessions/end"] button`).click();
      await lea.page.locator('.note').waitFor();
      expect(await lea.page.locator('.note').innerText()).toBe('Toutes les sessions de Rui Exemplo sont fermées.');
      await rui.page.goto(`${whole.url}/desk`);
      expect(rui.page.url()).toContain('/desk/sign-in');
      await rui.leaves();
      await lea.leaves();
    });

    it('a new password is chosen with the present one', async () => {
      const eva = await at('Eva Exemplo', 'reader', 'es');
      await eva.page.goto(`${whole.url}/desk/account/password`);
      const chosen = 'paraguas limon rio tranquilo';
      await eva.sends({ now: PASSWORD, new: chosen, again: chosen });
      await eva.page.waitForURL('**/desk/account');
      expect(await eva.page.locator('main').innerText()).toContain('Cambió la contraseña');
      await eva.leaves();
    });
  },
);
