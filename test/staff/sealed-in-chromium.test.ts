// A case that is sealed to the keys of staff, at the desk in a real browser: opened with a key that never leaves the page, and
// opened again for everybody.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noBrowser, openBrowser } from '../support/browser.ts';
import * as running from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { ColleagueAtPage } from './colleague-at-page.ts';

const PICTURES = process.env['DESK_PICTURES'];
const PATIENCE = 300_000;
const DAY = 24 * 60;

describe.skipIf(noBrowser !== null)(
  `a sealed case in Chromium${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  { timeout: PATIENCE },
  () => {
    let browser: Browser;
    let smtp: TestSmtp;
    let griot: running.TestApp;
    let phone: running.Phone;
    let identities: string[];
    let folder: string;
    let [url, reference, id] = ['', '', ''];
    let who: ColleagueAtPage;

    beforeAll(async () => {
      browser = await openBrowser();
      smtp = await startSmtp();
      folder = mkdtempSync(join(tmpdir(), 'griot-keys-'));
      identities = [await generateIdentity(), await generateIdentity()];
      const recipients = await Promise.all(identities.map((one) => identityToRecipient(one)));
      const env = { ...running.operatorOn(smtp.port), CLOSED_KEYS: recipients.join(' '), HOST: '127.0.0.1' };
      griot = await running.startApp({ env });
      phone = griot.phone('+00 000 0111');
      await phone.saysAll([...running.TO_SEND, 'SEND', '2']);
      await running.until(async () => (await phone.session()).mails[0]?.outcome === 'accepted');
      await griot.app.settle();
      const { closedKeys } = griot.app.store;
      for (const one of recipients) await closedKeys.prove(closedKeys.wordOf(one), recipients, griot.now.toISOString());
      griot.later(15 * DAY);
      await griot.reopen();
      await running.until(async () => (await phone.session()).putAway !== undefined);
      reference = (await phone.session()).reference ?? '';
      id = (await griot.app.store.desk.find(reference)) ?? '';
      url = `http://127.0.0.1:${(await griot.app.listen()).port}`;
      const desk = { url, staff: griot.app.store.staff, now: () => griot.now };
      who = await ColleagueAtPage.at(browser, desk, { name: 'Ana Exemplo', role: 'administrator' });
    }, PATIENCE);
    afterAll(async () => {
      await who.leaves();
      await browser.close();
      await griot.close();
      await smtp.close();
      rmSync(folder, { recursive: true, force: true });
    });
    beforeEach(async () => {
      await who.context.setOffline(false);
      await who.page.goto(`${url}/desk/case/${id}/sealed`);
      await who.page.locator('#sealed-ready').waitFor();
    });

    const opens = async (key: string) => {
      await who.page.locator('#key-text').fill(key);
      await who.page.locator('#sealed-form button').click();
    };
    const said = () => who.page.locator('#sealed-said');
    const picture = async (name: string) => {
      for (const width of [1440, 360]) {
        await who.page.setViewportSize({ width, height: 760 });
        await who.fitsTheWidth();
        if (PICTURES === undefined) continue;
        await who.page.screenshot({ path: join(PICTURES, `${name}-${width}.png`), fullPage: true });
      }
      await who.findsNothingWithAxe();
    };

    it('opens with a key from a file, without a network; what was said and the documents are there', async () => {
      const sent: string[] = [];
      who.page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
      await picture('sealed-asks');
      await who.context.setOffline(true);
      const key = join(folder, 'mine.key');
      writeFileSync(key, `# created: today\n# public key: age1…\n${identities[1] ?? ''}\n`);
      await who.page.locator('#key-file').setInputFiles(key);
      await who.page.locator('#sealed-form button').click();
      await who.page.locator('.opened-lines li').first().waitFor();
      expect(await who.page.locator('#sealed-opened article').innerText()).toContain(running.STORY);
      expect(await who.page.locator('.opened-lines').innerText()).toContain(running.STORY);
      const names = await who.page.locator('#sealed-opened .links a').allInnerTexts();
      expect(names).toEqual(expect.arrayContaining(['transcript.txt', 'everything.json']));
      expect(names.some((one) => /^documents\/.*\.docx$/u.test(one))).toBe(true);
      const [download] = await Promise.all([
        who.page.waitForEvent('download'),
        who.page.locator('#sealed-opened .links a', { hasText: '.docx' }).first().click(),
      ]);
      expect(
        readFileSync(await download.path())
          .subarray(0, 2)
          .toString(),
      ).toBe('PK');
      await picture('sealed-opened');
      expect(sent).toEqual([]);
      await who.page.locator('#sealed-close').click();
      expect(await who.page.locator('#sealed-opened').innerHTML()).toBe('');
      expect(await who.page.content()).not.toContain(running.STORY);
    });

    it('says in words why a key does not open it, and shows nothing', async () => {
      const other = await generateIdentity();
      const tail = (await identityToRecipient(other)).slice(-8);
      for (const [key, says] of [
        ['', 'Choose the file'],
        ['hello', 'not a whole secret key'],
        [identities[0]?.slice(0, -1) ?? '', 'not a whole secret key'],
        [await identityToRecipient(identities[0] ?? ''), 'public half'],
        ['age-encryption.org/v1 -> scrypt', 'locked with a passphrase'],
        [other, `yours is …${tail}`],
      ] as const) {
        await opens(key);
        await said().filter({ hasText: says }).waitFor();
        expect(await who.page.locator('#sealed-opened').innerHTML()).toBe('');
      }
      await picture('sealed-refused');
    });

    it('is given by the server without a word of it, and each time that is a row of the audit log', async () => {
      const text = await (await who.context.request.get(`${url}/desk/case/${id}/sealed`)).text();
      expect(text).toContain('data-cases');
      expect(text).not.toContain(running.STORY);
      const rows = await griot.app.store.audit.find({ reference, action: 'case.open-sealed' }, 10);
      expect(rows.map(({ staff }) => staff)).toContain(who.id);
    });

    it('is opened again only with the box ticked and the right key, and is then as it was before', async () => {
      const post = async (fields: Record<string, string>) => {
        const csrf = await who.page.locator('#open-again input[name=csrf]').inputValue();
        const form = { csrf, ...fields };
        const answer = await who.context.request.post(`${url}/desk/case/${id}/sealed/open-again`, {
          ...{ form, headers: { origin: url }, maxRedirects: 0 },
        });
        return answer.headers()['location'] ?? '';
      };
      const [one] = await griot.app.store.sealedCase(id);
      const wrong = JSON.stringify({ [one?.contribution ?? '']: Buffer.alloc(32, 9).toString('base64') });
      expect(await post({ keys: wrong, sure: 'yes' })).toContain('said=wrong-key');
      expect(await post({ keys: 'nothing', sure: 'yes' })).toContain('said=wrong-key');
      expect(await post({ keys: wrong })).toContain('said=unsure');
      expect(await griot.app.store.sealedCase(id)).toHaveLength(1);

      await who.page.reload();
      await opens(identities[0] ?? '');
      await who.page.locator('#again-sure').check();
      await who.page.locator('#open-again button').click();
      await who.page.waitForURL(/said=opened-again/u);
      expect(await griot.app.store.sealedCase(id)).toEqual([]);
      expect(await phone.kept()).toEqual([running.STORY]);
      expect((await phone.session()).putAway).toBeUndefined();
      expect(await phone.asks('review')).toContain('Your story: 17 words');
      const rows = await griot.app.store.audit.find({ reference, action: 'case.open-again' }, 10);
      expect(rows.map(({ detail }) => detail)).toEqual([
        ...['opened-again', 'asked', 'unsure', 'wrong-key', 'asked', 'wrong-key', 'asked'],
      ]);
      expect(griot.logged.join('\n')).not.toContain('AGE-SECRET-KEY');
    });
  },
);
