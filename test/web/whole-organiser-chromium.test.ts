// An organiser at the real page in Chromium, on a small phone: several people, a switch in the middle of an answer, the own
// word after a quiet time, the read-back, and a text that goes over to its person's own browser and is sent from there.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import mammoth from 'mammoth';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSession } from '../../src/dialog/engine/session.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { operatorOn, until } from '../support/running-app.ts';
import { startSmtp, type ReceivedMail, type TestSmtp } from '../support/smtp.ts';
import { HAND_OVER } from './at-page.ts';
import { openWhole, type WholeApp } from './whole-app.ts';
import { PersonAtPage, PHONE } from './whole-page.ts';

/** Where pictures of the pages are put; none are made without it. */
const PICTURES = process.env['PICTURES'];

const STORIES = {
  Amina: 'They came at night with torches. Nobody told her where her brother was.',
  Carlos: 'Vio el coche sin placas en la esquina.',
  Dina: 'Ela foi à delegacia todas as manhãs. O guarda disse que não havia queixa.',
} as const;
type Name = keyof typeof STORIES;
const MORE = 'Pidió el expediente tres veces y nadie respondió.';
const UNSENT = 'The nurse told her something that she';
const OWN_WORD = 'girasol';
const CARLOS = 'Carlos: 0 of 5 points, 8 words, not read back yet, to come: the names, who may read it';

describe.skipIf(noBrowser !== null)(
  `an organiser in Chromium${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  () => {
    let browser: Browser;
    let smtp: TestSmtp;
    let whole: WholeApp;
    let organiser: PersonAtPage;

    beforeAll(async () => {
      browser = await openBrowser();
      smtp = await startSmtp();
      whole = await openWhole(operatorOn(smtp.port));
      const context = await browser.newContext({ ...PHONE, locale: 'en-GB', reducedMotion: 'reduce' });
      await context.clock.install();
      organiser = await PersonAtPage.at(browser, whole.url, { language: 'en', context });
    });
    afterAll(async () => {
      await browser.close();
      await whole.close();
      await smtp.close();
      expect(whole.faults).toEqual([]);
    });

    async function looks(name: string, who = organiser): Promise<void> {
      await who.isFitForAll();
      if (PICTURES === undefined) return;
      mkdirSync(PICTURES, { recursive: true });
      await who.page.screenshot({ path: join(PICTURES, `organiser-${name}.png`) });
    }

    /** Nobody touches the phone. */
    async function isQuietFor(minutes: number): Promise<void> {
      whole.later(minutes);
      await organiser.page.clock.fastForward(minutes * 60_000);
    }

    async function begins(name: Name, told: 'en' | 'es' | 'pt'): Promise<void> {
      await organiser.says(name);
      await organiser.taps(`language-${told}`);
      if (told !== 'en') await organiser.taps(`language-${told}`);
      await organiser.taps('teller-yes');
      await organiser.says(STORIES[name]);
      await expect.poll(() => organiser.log()).toMatch(new RegExp(`Saved[^\\n]*\\n${name}`, 'u'));
    }

    async function keptOf(name: Name): Promise<readonly string[]> {
      const cookie = (await organiser.context.cookies())[0]?.value ?? '';
      const { store } = whole.app;
      const known = await store.personAt({ channel: 'web-chat', account: 'default', address: cookie });
      const all = await store.sessions(known?.person ?? '');
      const { contribution } =
        all.map(({ session }) => parseSession(session)).find(({ teller }) => teller?.label === name) ?? {};
      return (await store.parts(contribution ?? '')).map(({ text }) => text);
    }

    async function textOf({ mail }: ReceivedMail): Promise<string> {
      const file = mail.attachments.find(({ filename }) => filename?.endsWith('.docx') === true);
      if (file === undefined || typeof file.content === 'string') throw new Error('there is no Word file');
      return (await mammoth.extractRawText({ buffer: Buffer.from(new Uint8Array(file.content)) })).value;
    }

    it('writes down what three people tell, in three languages', async () => {
      for (const choice of ['go-on', 'go-on', 'keep-adult', 'organiser', 'each']) await organiser.taps(choice);
      await looks('own-word');
      await organiser.says(OWN_WORD);
      await organiser.says(OWN_WORD);
      await begins('Amina', 'en');
      await looks('story');
      await organiser.says('new');
      await begins('Dina', 'pt');
      await organiser.says('new');
      await begins('Carlos', 'es');
    });

    it('switches in the middle of an answer, and loses nothing', async () => {
      await organiser.says('Amina');
      await looks('switch');
      await organiser.taps('doubt-command');
      await organiser.reads('gathering.opened');
      await organiser.says('Her mother heard it, too.');
      await organiser.says('cases');
      await looks('cases');
      expect(await organiser.choice(CARLOS).count()).toBe(1);
      // The same list as a page, and from there into a text.
      await organiser.page.locator('#commands [value="/cases"]').click();
      await organiser.page.locator('#cases li').nth(2).waitFor();
      await looks('overview');
      await organiser.page.locator('#cases li', { hasText: 'Carlos' }).locator('button').click();
      await organiser.reads('gathering.opened');
      await organiser.says(MORE);
      expect(await keptOf('Carlos')).toEqual([STORIES.Carlos, MORE]);
      expect(await keptOf('Amina')).toEqual([STORIES.Amina, 'Her mother heard it, too.']);
      expect(await keptOf('Dina')).toEqual([STORIES.Dina]);
    });

    it('shows nothing of anybody after five quiet minutes, asks for the own word, and gives back what was typed', async () => {
      await organiser.field.fill(UNSENT);
      await isQuietFor(4);
      expect(await organiser.log()).toContain(MORE);
      await isQuietFor(2);
      await organiser.page.locator('#quiet').waitFor();
      const nothing = async () => {
        const { page } = organiser;
        const typed = await organiser.field.inputValue();
        const shown = `${await page.locator('body').innerText()}\n${typed}`;
        for (const words of [...Object.values(STORIES), MORE, UNSENT, ...Object.keys(STORIES)]) {
          expect(shown).not.toContain(words);
        }
      };
      await nothing();
      await looks('quiet');
      await organiser.does(() => organiser.page.locator('#quiet a').click());
      await organiser.reads('locked.ask');
      await nothing();
      await organiser.says('tulip');
      await organiser.reads('locked.wrong');
      await nothing();
      await looks('locked');
      await organiser.says(OWN_WORD);
      await expect.poll(() => organiser.field.inputValue()).toBe(UNSENT);
      await organiser.field.fill('');

      // Whoever opens the page again sees as little.
      await isQuietFor(6);
      await organiser.page.reload();
      await organiser.reads('locked.ask');
      await nothing();
      await organiser.says(OWN_WORD);

      // So is the page with the list, which nobody has to touch for that.
      await organiser.page.locator('#commands [value="/cases"]').click();
      await organiser.page.locator('#cases li').first().waitFor();
      expect(await organiser.page.locator('#cases').innerText()).toContain('Amina');
      await isQuietFor(6);
      await organiser.page.locator('.note', { hasText: 'The list is hidden now.' }).waitFor();
      expect(await organiser.page.locator('body').innerText()).not.toContain('Amina');
      await looks('overview-hidden');
      await organiser.page.locator('#main a.button').click();
      await organiser.reads('locked.ask');
      await nothing();
      await organiser.says(OWN_WORD);
    });

    it('keeps what is told before the own word was given, and asks about it', async () => {
      await isQuietFor(6);
      await organiser.page.reload();
      await organiser.reads('locked.ask');
      const told = 'Su hermana vio lo mismo desde la ventana de la cocina.';
      await organiser.says(told);
      await organiser.reads('aside.waits');
      await organiser.says(OWN_WORD);
      await organiser.taps('doubt-add');
      expect(await keptOf('Carlos')).toEqual([STORIES.Carlos, MORE, told]);
    });

    it('reads a text back to its person, and sends it', async () => {
      await organiser.says('cases');
      await organiser.tapsNumber(1);
      await organiser.presses('next');
      for (const command of ['next', 'skip-all', 'next', 'skip-all'] as const)
        await organiser.says(command.replace('-', ' '));
      await organiser.taps('not-now');
      await organiser.taps('confidential');
      await organiser.says('R. M.');
      await organiser.taps('read-aloud');
      await organiser.taps('language-en');
      await organiser.seesTheTopOf('gathering.read-text');
      await looks('read-back');
      await organiser.taps('agrees-yes');
      await looks('code');
      const { bytes } = await organiser.download('docx');
      const { value } = await mammoth.extractRawText({ buffer: bytes });
      expect(value).toContain(STORIES.Amina);
      expect(value).not.toContain(STORIES.Carlos);
      await organiser.says('SEND');
      await organiser.taps('no');
      await until(() => smtp.received.length === 1);
    });

    it('hands a text over to its person, who sends it from a browser of their own', async () => {
      await organiser.says('cases');
      await organiser.tapsNumber(3);
      await organiser.says('hand over');
      await looks('hand-over');
      await organiser.taps('hand-person');
      const code = HAND_OVER.exec((await organiser.log()).split('\n').toReversed().join('\n'))?.[0] ?? '';
      await looks('handing');
      const carlos = await PersonAtPage.at(browser, whole.url, { language: 'es' });
      await carlos.says(code.toLowerCase().replace('-', ' '));
      for (const choice of ['go-on', 'go-on', 'keep-adult']) await carlos.taps(choice);
      await looks('take-over', carlos);
      expect(await carlos.log()).not.toContain(MORE);
      await carlos.taps('take-yes');
      await carlos.reads('codes.yours');
      await carlos.taps('family');
      for (const word of ['siguiente', 'saltar', 'siguiente', 'saltar todo', 'siguiente', 'saltar todo'])
        await carlos.says(word);
      await carlos.taps('here');
      expect(await carlos.log()).toContain(MORE);
      expect(await carlos.log()).not.toContain(STORIES.Amina);
      await carlos.taps('right');
      await carlos.taps('confidential');
      await carlos.says('ENVIAR');
      await carlos.taps('no');
      await until(() => smtp.received.length === 2);
      await carlos.close();

      const [amina = '', hers = ''] = await Promise.all(smtp.received.map(textOf));
      expect(amina).toContain(STORIES.Amina);
      expect(hers).toContain(MORE);
      expect(hers).not.toContain(STORIES.Amina);
      await organiser.says('cases');
      await organiser.reads('codes.told-taken');
      await looks('taken');
      await organiser.close();
    });
  },
);
