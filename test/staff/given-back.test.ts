// The whole way in Chromium: a sister writes in the web chat, a reviewer gives her text back with a question, she mends it,
// the reviewer releases it, and exactly that mail arrives at a real mail server.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { operatorOn, RECIPIENT, until } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { openWhole, type WholeApp } from '../web/whole-app.ts';
import { PersonAtPage } from '../web/whole-page.ts';
import { staffTexts } from './a-desk.ts';
import { ColleagueAtPage } from './colleague-at-page.ts';

const PATIENCE = 300_000;
const STORY = 'They took my brother in March. Officer Invented Person stood by. Nobody told us for two days.';
const MENDED = 'After that we asked for the file five times. It was always somewhere else.';

describe.skipIf(noBrowser !== null)(
  `a text that is given back${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  { timeout: PATIENCE },
  () => {
    let browser: Browser;
    let smtp: TestSmtp;
    let whole: WholeApp;
    beforeAll(async () => {
      browser = await openBrowser();
      smtp = await startSmtp();
      whole = await openWhole({ ...operatorOn(smtp.port), RELEASE: 'staff' });
    });
    afterAll(async () => {
      await browser.close();
      await whole.close();
      await smtp.close();
      expect(whole.faults).toEqual([]);
    });

    it('is mended by its person, read again, released, and arrives', async () => {
      const sister = await PersonAtPage.at(browser, whole.url, { language: 'en' });
      for (const choice of ['go-on', 'go-on', 'keep-adult', 'family']) await sister.taps(choice);
      await sister.says(STORY);
      for (const text of ['next', 'skip', 'next', 'skip all', 'next', 'skip all', '4', '3', 'SEND'])
        await sister.says(text);
      const rows = await whole.app.store.reviews.underReview();
      const reference = rows[0]?.reference ?? '';
      expect(rows).toHaveLength(1);
      expect(smtp.received).toHaveLength(0);

      const desk = { url: whole.url, staff: whole.app.store.staff, now: () => new Date() };
      const ana = await ColleagueAtPage.at(browser, desk, { name: 'Ana Exemplo', role: 'reviewer', language: 'es' });
      expect(await ana.page.locator('.next').innerText()).toContain(reference);
      await ana.opens(whole.url, reference);
      const document = ana.page.locator('.sheet');
      expect(await document.innerText()).toContain('They took my brother in March.');
      expect(await document.locator('mark.officer').innerText()).toBe('Invented Person');
      expect(await ana.page.locator('.checks .wrong').count()).toBe(0);
      // What she said yes to, word for word, in her language: a reviewer who reads Spanish sees the English that she saw.
      const agreed = await ana.page.locator('.consents').innerHTML();
      for (const words of [
        `to ${RECIPIENT}, subject`,
        'May we keep what you write, locked, for this text only?',
        '<li>Yes. I am 18 or older</li>',
      ]) {
        expect(agreed).toContain(words);
      }
      expect(agreed).not.toContain(staffTexts.es.case.wordingGone);
      await ana.page.locator('details:has([name="question"]) > summary').click();
      await ana.page.locator('[name="question"][value="unclear"]').click();
      await ana.page.locator('.said').waitFor();

      // She hears it when she writes again, in her language, and mends her text.
      await sister.says('hello');
      await until(async () => (await sister.log()).includes('hard to follow'));
      await sister.taps('question-change');
      await whole.app.settle();
      expect(smtp.received).toHaveLength(0);
      await mend(sister);
      await sister.says('SEND');
      expect(smtp.received).toHaveLength(0);

      await ana.opens(whole.url, reference);
      expect(await document.innerText()).toContain(MENDED);
      // What she mended is marked for who looked before, however soon, and for nobody else.
      const marked = ana.page.locator('.sheet .answer:has(.tag.new)');
      expect(await marked.count()).toBe(1);
      expect(await marked.innerText()).toContain(MENDED);
      await ana.page.reload();
      expect(await marked.count()).toBe(1);
      const bea = await ColleagueAtPage.at(browser, desk, { name: 'Bea Exemplo', role: 'reviewer', language: 'fr' });
      await bea.opens(whole.url, reference);
      expect(await bea.page.locator('.sheet').innerText()).toContain(MENDED);
      expect(await bea.page.locator('.tag.new').count()).toBe(0);
      await bea.leaves();
      await ana.page.locator('form[action$="/release"] button').click();
      await ana.page.waitForLoadState();
      // Her minute to undo it.
      whole.later(1);
      await until(() => smtp.received.length === 1);
      const [mail] = smtp.received;
      expect(mail?.to).toEqual([RECIPIENT]);
      expect(mail?.mail.attachments.map(({ filename }) => filename?.split('.').at(-1)).sort()).toEqual(['docx', 'pdf']);
      await until(async () => (await whole.app.store.mail(reference)).at(-1)?.state === 'sent');
      await ana.opens(whole.url, reference);
      expect(await ana.page.locator('.attempts').last().innerText()).toContain('aceptado por su servidor');
      await ana.leaves();
      await sister.close();
    });
  },
);

/** Review, her story, add; then back through the read-back to the last question. */
async function mend(sister: PersonAtPage): Promise<void> {
  await sister.tapsNumber(1);
  await sister.taps('part-add');
  await sister.says(MENDED);
  for (const text of ['next', 'next']) await sister.says(text);
  await sister.taps('question-send');
}
