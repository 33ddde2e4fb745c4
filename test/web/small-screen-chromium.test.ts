// What is on the first screens of an old phone, 360 × 640: who this is, that it is free and not the police, and the first
// choice; later the field to write in. On no page is anything wider than the screen. Boxes are measured, no letters.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../src/languages.ts';
import { ColleagueAtPage } from '../staff/colleague-at-page.ts';
import { keepCase, manyCases } from '../staff/many-cases.ts';
import { brokenAcrossLines } from '../support/broken-lines.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { operatorOn } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { openWhole, type WholeApp } from './whole-app.ts';
import { PersonAtPage } from './whole-page.ts';

/** Where pictures of the pages are put; none are made without it. */
const PICTURES = process.env['PICTURES'];
const SCREEN = { width: 360, height: 640 } as const;
const PATIENCE = 300_000;

interface Said {
  /** Who this is, that it is free, and that it is not the police. */
  readonly first: readonly string[];
  readonly story: string;
  readonly send: string;
}

const SAID: Readonly<Partial<Record<Language, Said>>> = {
  en: {
    first: ['a program', 'Casa Exemplo', 'free', 'or the police'],
    story: 'They killed my brother Samuel Example. Nobody told us for two days.',
    send: 'SEND',
  },
  fr: {
    first: ['un programme', 'Casa Exemplo', 'gratuit', 'ni la police'],
    story: 'Ils ont tué mon frère Moussa Exemple. Pendant deux jours, personne ne nous a rien dit.',
    send: 'ENVOYER',
  },
  es: {
    first: ['un programa', 'Casa Exemplo', 'gratis', 'ni la policía'],
    story: 'Mataron a mi hermano Juan Ejemplo. Nadie nos avisó durante dos días.',
    send: 'ENVIAR',
  },
  pt: {
    first: ['um programa', 'Casa Exemplo', 'de graça', 'nem a polícia'],
    story: 'Mataram meu irmão Davi Exemplo. Ninguém nos avisou durante dois dias.',
    send: 'ENVIAR',
  },
  ht: {
    first: ['yon pwogram', 'Casa Exemplo', 'gratis', 'nou pa lapolis'],
    story: 'Yo touye frè m Jan Egzanp. Pandan de jou pèsonn pa t di nou anyen. Nou tann dosye a dezan.',
    send: 'VOYE',
  },
  ar: {
    first: ['برنامج', 'Casa Exemplo', 'مجاني', 'ولسنا الشرطة'],
    story: 'قتلوا أخي سامر مثال. لم يخبرنا أحد مدة يومين. انتظرنا الملف سنتين، ولم يسمحوا لنا بقراءته.',
    send: 'إرسال',
  },
};

const LANGUAGES = Object.entries(SAID) as [Language, Said][];

describe.skipIf(noBrowser !== null)(
  `a small screen in Chromium${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  { timeout: PATIENCE },
  () => {
    let browser: Browser;
    let smtp: TestSmtp;
    let whole: WholeApp;
    let reference: string;
    beforeAll(async () => {
      browser = await openBrowser();
      smtp = await startSmtp();
      whole = await openWhole(operatorOn(smtp.port));
      const at = new Date().toISOString();
      for (const one of manyCases(6, at)) await keepCase(whole.app.store, one);
      const flags = ['officer-named', 'third-person', 'court-open', 'threat'] as const;
      const kept = { number: 301, language: 'fr', publication: 'public-unnamed', mail: 'two', at, flags } as const;
      reference = (await keepCase(whole.app.store, kept)).reference;
    }, PATIENCE);
    afterAll(async () => {
      await browser.close();
      await whole.close();
      await smtp.close();
    });

    it.each(LANGUAGES)(
      'shows first what matters first, and the field where one writes (%s)',
      async (language, said) => {
        const person = await PersonAtPage.at(browser, whole.url, { language, viewport: SCREEN });
        const { page } = person;
        const fits = (name: string) => isNoWider(page, `${language}-${name}`);

        // First contact, before anything was touched.
        const line = page.locator('#log .line').first();
        for (const words of said.first) expect(await line.innerText()).toContain(words);
        await isWithin(page, line);
        await isWithin(page, person.choice(person.text('choices.go-on')));
        expect(await page.evaluate('scrollY')).toBe(0);
        await fits('1-first-contact');

        for (const choice of ['go-on', 'go-on', 'keep-adult', 'family']) await person.taps(choice);
        await isWithin(page, person.field);
        await fits('2-story');
        await person.says(said.story);
        expect(await page.evaluate('document.activeElement.id')).toBe(await person.field.getAttribute('id'));
        await isWithin(page, person.field);
        await fits('3-saved');

        for (const command of ['next', 'skip', 'next', 'skip-all'])
          await person.says(person.text(`commands.${command}`));
        // In a language that the call does not take: that of the headings, and one's own words as they are.
        if (language === 'ar' || language === 'ht') for (const number of [1, 2]) await person.tapsNumber(number);
        for (const command of ['next', 'skip-all']) await person.says(person.text(`commands.${command}`));
        await person.seesTheTopOf('read-back.ask');
        await fits('4-read-back');
        await person.taps('here');
        await fits('5-read-back-here');
        await person.taps('right');
        await fits('6-publication');
        await person.tapsNumber(3);
        await fits('7-send');
        await person.says(said.send);
        expect(await page.evaluate('document.activeElement.id')).toBe(await person.field.getAttribute('id'));
        await fits('8-sent');

        await page.goto(`${whole.url}/print/${language}`);
        await fits('9-print');
        await person.close();
      },
    );

    it.each(LANGUAGES)('holds the queue and a case of the desk (%s)', async (language) => {
      const desk = { url: whole.url, staff: whole.app.store.staff, now: () => new Date() };
      const name = `Ana Exemplo ${language}`;
      const colleague = await ColleagueAtPage.at(
        browser,
        desk,
        { name, role: 'reviewer', language },
        { viewport: SCREEN },
      );
      expect(await colleague.page.getAttribute('html', 'lang')).toBe(language);
      await isNoWider(colleague.page, `${language}-desk-queue`);
      await colleague.opens(whole.url, reference);
      await isNoWider(colleague.page, `${language}-desk-case`);
      await colleague.context.close();
    });
  },
);

/** Whole on the screen, as it is scrolled now. */
async function isWithin(page: Page, what: Locator): Promise<void> {
  const header = (await page.locator('header').boundingBox())?.height ?? 0;
  await expect.poll(async () => (await what.boundingBox())?.y ?? -1).toBeGreaterThanOrEqual(header - 1);
  const bottom = async () => {
    const box = await what.boundingBox();
    return box === null ? Infinity : box.y + box.height;
  };
  await expect.poll(bottom).toBeLessThanOrEqual(SCREEN.height);
}

/** Names what is too wide. What scrolls in a box of its own is meant to. */
async function isNoWider(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) {
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), name).toBeLessThanOrEqual(0);
  expect((await brokenAcrossLines(page)).broken, name).toEqual([]);
}
