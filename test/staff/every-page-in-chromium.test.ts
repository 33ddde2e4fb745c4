// Every page of the desk on a phone and on a large screen, in the languages with the longest words: nothing is wider than
// the screen, and axe finds nothing.

import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeMail } from '../../src/mail/inbound/take-mail.ts';
import { brokenAcrossLines } from '../support/broken-lines.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { openWhole, type WholeApp } from '../web/whole-app.ts';
import { PersonAtPage } from '../web/whole-page.ts';
import { ColleagueAtPage } from './colleague-at-page.ts';
import { keepCase, manyCases, type Kept } from './many-cases.ts';

/** Set to a folder, it keeps pictures of the pages to look at. */
const PICTURES = process.env['DESK_PICTURES'];
const PATIENCE = 300_000;
const OF_MAIL = (words: string, to: string) =>
  Buffer.from(
    `To: ${to}\r\nFrom: "Secretariat of the Experts" <clerk@experts.unbody.int>\r\nSubject: Re: EMLER 2024 Report\r\n` +
      `Date: Mon, 02 Mar 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n` +
      `--b\r\nContent-Type: text/plain\r\n\r\n${words}\r\n` +
      '--b\r\nContent-Type: application/pdf; name="An acknowledgement with a rather long name of its own, signed and scanned.pdf"\r\n' +
      `Content-Disposition: attachment\r\n\r\n${'x'.repeat(40_000)}\r\n--b--\r\n`,
  );

describe.skipIf(noBrowser !== null)(
  `every page of the desk in Chromium${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  { timeout: PATIENCE },
  () => {
    let browser: Browser;
    let whole: WholeApp;
    let kept: Kept;
    let [ofNone, ofCase] = ['', ''];
    beforeAll(async () => {
      browser = await openBrowser();
      whole = await openWhole({ RELEASE: 'two' });
      const { store } = whole.app;
      const now = new Date();
      for (const one of manyCases(12, now.toISOString())) await keepCase(store, one);
      kept = await keepCase(store, {
        ...({ number: 301, language: 'pt', publication: 'public-unnamed', withheld: ['Lambert'] } as const),
        ...({ flags: ['officer-named', 'third-person', 'court-open', 'threat'], mail: 'two', fallback: true } as const),
        at: new Date(now.getTime() - 3_600_000).toISOString(),
      });
      const deps = { store: store.mailsIn, mailbox: 'texts@casa-exemplo.org', now: () => now };
      const [item] = await store.mail(kept.reference);
      await takeMail(deps, OF_MAIL('We have your text. Who is Lambert?', `texts+${item?.replyToken}@casa-exemplo.org`));
      await takeMail(deps, OF_MAIL(`We write about ${kept.reference}. Thank you.`, 'texts@casa-exemplo.org'));
      ofNone = (await store.mailsIn.unmatched())[0]?.id ?? '';
      ofCase = (await store.mailsIn.listOf([kept.reference]))[0]?.id ?? '';
      expect([ofNone, ofCase]).not.toContain('');
    }, PATIENCE);
    afterAll(async () => {
      await browser.close();
      await whole.close();
      expect(whole.faults.filter((fault) => !fault.includes('request-unreadable'))).toEqual([]);
    });

    it.each(['fr', 'pt'] as const)('fits and is accessible, in %s', async (language) => {
      const desk = { url: whole.url, staff: whole.app.store.staff, now: () => new Date() };
      const name = language === 'fr' ? 'Awa Exemple' : 'Rita Exemplo';
      const who = await ColleagueAtPage.at(browser, desk, { name, role: 'administrator', language });
      const caller = await asksForPerson(browser, whole);
      expect(caller).not.toBe('');
      await who.opens(whole.url, kept.reference);
      const at = `/desk/case/${kept.case}`;
      const pages: Readonly<Record<string, string>> = {
        queue: '/desk',
        'queue-done': '/desk?scope=done',
        'queue-not-found': '/desk/find?reference=GR-NADIE',
        case: at,
        'case-open': at,
        transcript: `${at}/transcript/${kept.contribution}`,
        way: `${at}/way`,
        'mail-of-case': `${at}/mail/${ofCase}`,
        person: `/desk/person/${caller}`,
        mails: '/desk/mails',
        mail: `/desk/mails/${ofNone}`,
        'mail-shown-back': `/desk/mails/${ofNone}?reference=${kept.reference}`,
        'mail-unknown': `/desk/mails/${ofNone}?reference=GR-NADIE`,
        exports: '/desk/export',
        'export-of-case': `/desk/export/of/${kept.case}`,
        voice: '/desk/voice',
        account: '/desk/account',
        staff: '/desk/staff',
        audit: '/desk/audit',
        'audit-of-case': `/desk/audit?reads=1&case=${kept.case}`,
        figures: '/desk/figures',
        kept: '/desk/kept',
        doctor: '/desk/doctor',
        prove: '/desk/prove',
        'nothing-here': '/desk/nowhere',
      };
      let seen = 0;
      for (const [page, path] of Object.entries(pages)) {
        await who.page.goto(whole.url + path);
        if (page === 'case-open') {
          await who.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))");
        }
        for (const width of [1440, 360]) {
          await who.page.setViewportSize({ width, height: 760 });
          expect(
            await who.page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
            `${page} ${width}`,
          ).toBe(true);
          if (PICTURES !== undefined) {
            await who.page.screenshot({ path: join(PICTURES, `${page}-${language}-${width}.png`), fullPage: true });
          }
        }
        const pieces = await brokenAcrossLines(who.page);
        expect(pieces.broken, page).toEqual([]);
        seen += pieces.found;
        await who.findsNothingWithAxe();
      }
      expect(seen).toBeGreaterThan(50);
      // A 404 of ours is no complaint about a policy or a script.
      who.complaints.splice(0, who.complaints.length, ...who.complaints.filter((one) => !one.includes('404')));
      await who.leaves();
    });
  },
);

/** Somebody who asks for a person before there is a case. */
async function asksForPerson(browser: Browser, { url, app }: WholeApp): Promise<string> {
  const somebody = await PersonAtPage.at(browser, url, { language: 'es' });
  await somebody.taps('person');
  await somebody.close();
  const row = (await app.store.desk.queue('open')).find((one) => one.case === null);
  return row?.person ?? '';
}
