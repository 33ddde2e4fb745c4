// Passkeys in a real browser, with an authenticator that Chromium plays (https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/).

import { createServer } from 'node:http';
import { once } from 'node:events';
import { TOTP } from 'otpauth';
import type { Browser, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { openWhole, type WholeApp } from '../web/whole-app.ts';
import { PASSWORD } from './a-desk.ts';
import { ColleagueAtPage } from './colleague-at-page.ts';

/** Milliseconds, on a machine that is busy with others. */
const PATIENCE = 300_000;
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const;

describe.skipIf(noBrowser !== null)(
  `passkeys in Chromium${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  { timeout: PATIENCE },
  () => {
    let browser: Browser;
    let whole: WholeApp;
    /** As PUBLIC_URL has it, once the port is known. */
    let url: string;
    let ahead = 0;
    beforeAll(async () => {
      browser = await openBrowser();
      whole = await openWhole();
      await whole.startAgain();
      url = `http://localhost:${new URL(whole.url).port}`;
    }, PATIENCE);
    afterAll(async () => {
      await browser.close();
      await whole.close();
      expect(whole.faults).toEqual([]);
    });

    const later = (minutes: number) => {
      ahead += minutes * 60_000;
      whole.later(minutes);
    };
    const now = () => new Date(Date.now() + ahead);
    const at = (name: string, options: BrowserContextOptions = {}) =>
      ColleagueAtPage.at(
        browser,
        { url, staff: whole.app.store.staff, now },
        { name, role: 'reviewer', language: 'pt' },
        options,
      );
    const account = async ({ id }: ColleagueAtPage) => {
      const found = await whole.app.store.staff.account(id);
      const { totp } = await whole.app.store.staff.secrets(id);
      if (found === null || totp === null) throw new Error('There is no such account.');
      return { email: found.email, code: () => new TOTP({ secret: totp }).generate({ timestamp: now().getTime() }) };
    };
    /** Out, and in again as far as the second factor. */
    const toSecond = async (colleague: ColleagueAtPage) => {
      const { email } = await account(colleague);
      await colleague.page.goto(`${url}/desk/account`);
      await colleague.page.locator('form.sign-out button').click();
      await colleague.page.waitForURL('**/desk/sign-in');
      await colleague.sends({ email, password: PASSWORD });
      await colleague.page.waitForURL('**/desk/sign-in/code*');
    };
    const addsPasskey = async ({ page }: ColleagueAtPage) => {
      await page.goto(`${url}/desk/account/passkeys`);
      await page.locator('#name').fill('Telefone');
      await page.locator('button[data-passkey="add"]').click();
      await page.locator('.note').waitFor();
    };
    const usesPasskey = async ({ page }: ColleagueAtPage) => {
      await page.locator('button[data-passkey="use"]').click();
    };
    const rows = async ({ id }: ColleagueAtPage, action: string) =>
      (await whole.app.store.audit.find({ action, staff: id }, 10)).map(({ detail }) => detail);

    it('one is added, signs in, and proves again who it is, under the strict policy, on a phone', async () => {
      const ana = await at('Ana Exemplo', PHONE);
      await authenticator(ana.page);
      await ana.page.goto(`${url}/desk/account`);
      await ana.findsNothingWithAxe();
      await ana.page.locator('a[href="/desk/account/passkeys"]').click();
      // By the script of the page.
      await ana.page.locator('.without-passkey').waitFor({ state: 'hidden' });
      await ana.findsNothingWithAxe();
      await ana.fitsTheWidth();
      // Enter in the field does what the button does.
      await ana.page.locator('#name').fill('Telefone <b>da Ana</b>');
      await ana.page.keyboard.press('Enter');
      await ana.page.locator('.note').waitFor();
      expect(await ana.page.locator('bdi').innerText()).toBe('Telefone <b>da Ana</b>');
      await ana.findsNothingWithAxe();
      await ana.fitsTheWidth();

      await toSecond(ana);
      await ana.findsNothingWithAxe();
      await ana.fitsTheWidth();
      await usesPasskey(ana);
      await ana.page.waitForURL('**/desk');
      expect(await rows(ana, 'sign-in')).toEqual(['passkey', 'set-up']);

      later(11);
      await ana.page.goto(`${url}/desk/account/codes`);
      await ana.page.waitForURL('**/desk/prove*');
      await ana.findsNothingWithAxe();
      // Without the password there is nothing to ask the passkey for.
      await usesPasskey(ana);
      expect(new URL(ana.page.url()).pathname).toBe('/desk/prove');
      await ana.page.locator('#password').fill(PASSWORD);
      await usesPasskey(ana);
      await ana.page.waitForURL('**/desk/account/codes');
      expect(await rows(ana, 'prove')).toEqual(['passkey']);
      await ana.leaves();
    });

    it('one is not added twice, and not by a device that cannot ask for a finger, a face or a PIN', async () => {
      const rui = await at('Rui Exemplo');
      const device = await authenticator(rui.page);
      await addsPasskey(rui);
      await rui.page.goto(`${url}/desk/account/passkeys`);
      await rui.page.locator('#name').fill('Outra');
      await rui.page.locator('button[data-passkey="add"]').click();
      await rui.page.locator('.with-passkey .problem').waitFor();
      expect(await rui.page.locator('.with-passkey .problem').innerText()).toContain('Nenhuma chave de acesso');
      await rui.findsNothingWithAxe();
      await toSecond(rui);
      await device.verifies(false);
      await usesPasskey(rui);
      await rui.page.locator('.with-passkey .problem').waitFor();
      // The code stands below, as on any day.
      later(1);
      await rui.sends({ code: (await account(rui)).code() });
      await rui.page.waitForURL('**/desk');
      await rui.leaves();
    });

    it('one that was removed meanwhile is refused, and then no more asked for', async () => {
      const iris = await at('Iris Exemplo');
      await authenticator(iris.page);
      await addsPasskey(iris);
      await toSecond(iris);
      const [passkey] = await whole.app.store.passkeys.of(iris.id);
      await whole.app.store.passkeys.remove(iris.id, passkey?.id ?? '');
      await usesPasskey(iris);
      await iris.page.locator('main > .problem').waitFor();
      expect(await iris.page.locator('main > .problem').innerText()).toContain('não foi aceita');
      expect(await iris.page.locator('[data-passkey]').count()).toBe(0);
      expect(await rows(iris, 'sign-in.fail')).toEqual(['passkey']);
      await iris.page.goto(`${url}/desk`);
      expect(iris.page.url()).toContain('/desk/sign-in/code');
      expectOnlyRefusals(iris);
      await iris.context.close();
    });

    it('an answer that was sent before is refused in another sign-in', async () => {
      const eva = await at('Eva Exemplo');
      await authenticator(eva.page);
      await addsPasskey(eva);
      await toSecond(eva);
      const [sent] = await Promise.all([
        eva.page.waitForRequest((request) => request.method() === 'POST'),
        usesPasskey(eva),
      ]);
      await eva.page.waitForURL('**/desk');
      const answer = new URLSearchParams(sent.postData() ?? '').get('passkey') ?? '';
      expect(answer).toContain('"signature"');
      await toSecond(eva);
      await send(eva.page, answer);
      await eva.page.locator('main > .problem').waitFor();
      expect(await rows(eva, 'sign-in.fail')).toEqual(['passkey']);
      expectOnlyRefusals(eva);
      await eva.context.close();
    });

    it('one that a page of another origin got hold of is refused; under another name the browser gives none', async () => {
      const noa = await at('Noa Exemplo');
      const device = await authenticator(noa.page);
      await addsPasskey(noa);
      await toSecond(noa);
      const asked = (await noa.page.locator('[data-passkey]').getAttribute('data-options')) ?? '';
      const forged = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<h1>Griot</h1>'));
      forged.listen(0, '127.0.0.1');
      await once(forged, 'listening');
      try {
        const address = forged.address();
        const port = typeof address === 'object' ? address?.port : undefined;
        const elsewhere = await noa.context.newPage();
        await device.copyTo(await authenticator(elsewhere));
        // The same host name, so the browser gives it: only the port says that it is not our page.
        await elsewhere.goto(`http://localhost:${port ?? 0}/`);
        const answer = String(await elsewhere.evaluate(answerTo(asked)));
        expect(answer).toContain('"signature"');
        await send(noa.page, answer);
        await noa.page.locator('main > .problem').waitFor();
        expect(await rows(noa, 'sign-in.fail')).toEqual(['passkey']);
        await elsewhere.goto(`http://127.0.0.1:${port ?? 0}/`);
        await expect(elsewhere.evaluate(answerTo(asked))).rejects.toThrow(/SecurityError/);
      } finally {
        forged.close();
      }
      expectOnlyRefusals(noa);
      await noa.context.close();
    });

    it('without scripts the page is as it was: a code, and a word about what is missing', async () => {
      const teo = await at('Teo Exemplo', { javaScriptEnabled: false });
      await teo.page.goto(`${url}/desk/account/passkeys`);
      expect(await teo.page.locator('.without-passkey').isVisible()).toBe(true);
      expect(await teo.page.locator('.with-passkey').first().isVisible()).toBe(false);
      const passkey = { name: 'Chave', host: 'localhost', transports: [], counter: 0 };
      const key = { ...passkey, credential: 'AAAA', publicKey: Uint8Array.of(1) };
      expect(await whole.app.store.passkeys.add(teo.id, key)).toBe(true);
      await toSecond(teo);
      expect(await teo.page.locator('[data-passkey]').isVisible()).toBe(false);
      later(1);
      await teo.sends({ code: (await account(teo)).code() });
      await teo.page.waitForURL('**/desk');
      await teo.leaves();
    });
  },
);

/** A refused sign-in is no complaint about a policy or a script. */
function expectOnlyRefusals({ complaints }: ColleagueAtPage): void {
  expect(complaints.filter((one) => !one.includes('401 (Unauthorized)'))).toEqual([]);
}

/** In the form of the page, past its script. */
async function send(page: Page, answer: string): Promise<void> {
  await page.evaluate(`{
    const form = document.querySelector('form[action="/desk/sign-in/code"]');
    form.elements.passkey.value = ${JSON.stringify(answer)};
    form.submit();
  }`);
}

/** What a forged page would run. */
const answerTo = (options: string) => `(async (json) => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const { challenge, allowCredentials, ...rest } = JSON.parse(json);
  const named = allowCredentials.map((one) => ({ ...one, id: bytes(one.id) }));
  const { id, response } = await navigator.credentials.get({
    publicKey: { ...rest, challenge: bytes(challenge), allowCredentials: named },
  });
  const { clientDataJSON, authenticatorData, signature } = response;
  return JSON.stringify({
    id,
    response: {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
    },
  });
})(${JSON.stringify(options)})`;

/** A phone that asks for a finger, played by Chromium for one page. */
async function authenticator(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    cdp,
    authenticatorId,
    verifies: (isUserVerified: boolean) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    async copyTo(other: { readonly cdp: CDPSession; readonly authenticatorId: string }) {
      const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
      for (const credential of credentials) {
        await other.cdp.send('WebAuthn.addCredential', { authenticatorId: other.authenticatorId, credential });
      }
    },
  };
}
