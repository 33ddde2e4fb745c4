// A whole conversation with the real app in Chromium, from the greeting to the mail: on a small phone, with scripts and
// without, and what may happen on the way.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { operatorOn, until } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { openWhole, type WholeApp } from './whole-app.ts';
import { PersonAtPage, type PersonOptions } from './whole-page.ts';

/** An invented mother; the asterisks, the tag, the braces and the dove are hers and stay hers. No PDF can hold the dove, so none is offered. */
const TOLD = {
  pt: {
    name: 'Davi Exemplo',
    story: [
      'Meu filho se chamava Davi Exemplo. Tinha 19 anos.\nA polícia entrou na nossa rua às seis da manhã. *Ele não tinha arma.*',
      'O delegado disse que ia ligar. Nunca ligou. O sargento Fulano Inventado passava na nossa porta e ria. <b>{{org}}</b>',
    ],
    topic: 'O promotor arquivou em um mês. Soubemos pelo jornal.',
    ask: 'Que abram de novo a investigação.',
    formats: ['docx', 'pdf'],
  },
  es: {
    name: 'Davi Ejemplo',
    story: [
      'Mi hijo se llamaba Davi Ejemplo. Tenía 19 años.\nLa policía entró en nuestra calle a las seis. *No tenía arma.*',
      'El fiscal dijo que iba a llamar. Nunca llamó. El sargento Fulano Inventado pasaba por la puerta y se reía. <b>{{org}}</b> \u{13080}',
    ],
    topic: 'Archivaron el caso en un mes. Lo supimos por el periódico.',
    ask: 'Que abran otra vez la investigación.',
    formats: ['docx'],
  },
} as const;
const OFFICER = 'Fulano Inventado';

/** Milliseconds, on a machine that is busy with others: alone it takes a tenth of it. */
const PATIENCE = 300_000;

describe.skipIf(noBrowser !== null)(
  `a whole conversation in Chromium${noBrowser === null ? '' : ` (skipped: ${noBrowser})`}`,
  { timeout: PATIENCE },
  () => {
    let browser: Browser;
    let smtp: TestSmtp;
    let whole: WholeApp;
    /** Where *leave quickly* goes. */
    let elsewhere: Server;

    beforeAll(async () => {
      elsewhere = createServer((_, response) => response.end('weather'));
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
      browser = await openBrowser();
      smtp = await startSmtp();
      const leaveUrl = `http://localhost:${(elsewhere.address() as AddressInfo).port}/`;
      whole = await openWhole({ ...operatorOn(smtp.port), SEND_WINDOW_MINUTES: '10' }, { leaveUrl });
    });
    afterAll(async () => {
      await browser.close();
      await whole.close();
      await smtp.close();
      elsewhere.close();
      elsewhere.closeAllConnections();
      expect(whole.faults).toEqual([]);
    });

    const at = (options: PersonOptions) => PersonAtPage.at(browser, whole.url, options);

    async function toTheStory(mother: PersonAtPage): Promise<void> {
      for (const choice of ['go-on', 'go-on', 'keep-adult', 'family']) await mother.taps(choice);
    }

    describe.each([
      ['pt', true],
      ['es', false],
    ] as const)('in %s, with scripts: %s', (language, scripts) => {
      it('goes from the greeting to the mail, and what was seen is what left', async () => {
        const { name, story, topic, ask, formats } = TOLD[language];
        const mother = await at({ language, scripts });
        const { page } = mother;
        await mother.isFitForAll();
        await toTheStory(mother);
        await mother.seesTheTopOf('story.family');
        for (const text of story) await mother.says(text);
        const saved = new RegExp(`^${mother.text('saved.plain').slice(0, -1)}`, 'u');
        await expect.poll(() => page.getByText(saved).count()).toBe(1);
        await mother.isFitForAll();

        await mother.presses('next');
        await mother.presses('skip');
        await mother.isFitForAll();
        await mother.tapsNumber(1);
        await mother.seesTheTopOf('topics.topic');
        await mother.says(topic);
        await mother.presses('next');
        await mother.presses('next');
        await mother.says(ask);
        await mother.presses('next');
        await mother.presses('skip-all');
        await mother.tapsLabel(mother.text('others.officer', { text: OFFICER }));
        await mother.reads('others.done');
        await mother.presses('next');
        await mother.taps('initials');
        await mother.says(name);
        await mother.taps('name-right');
        await mother.taps('none');
        await mother.presses('skip');

        await mother.taps('here');
        await mother.seesTheTopOf('read-back.top', 'first');
        const readBack = await mother.log();
        const [first = '', second = ''] = story;
        expect(readBack).toContain(first.split('\n')[1]);
        expect(readBack).toContain('<b>{{org}}</b>');
        expect(readBack.split(OFFICER)).toHaveLength(4); // her own words, the choice she tapped, and what was withheld
        expect(second).toContain(OFFICER);
        await mother.isFitForAll();
        await mother.taps('right');
        await mother.taps('confidential');
        await mother.seesTheTopOf('send.first-line');
        await mother.isFitForAll();

        expect(await page.locator('.files').last().getByRole('link').count()).toBe(formats.length);
        const seen = new Map<string, Buffer>();
        for (const format of formats) {
          const { name: file, bytes } = await mother.download(format);
          expect(file).toBe(`document.${format}`);
          seen.set(format, bytes);
        }
        const before = smtp.received.length;
        await mother.field.fill(mother.text('send.ask').includes('ENVIAR') ? 'ENVIAR' : 'SEND');
        await mother.sendButton.dblclick();
        await mother.reads('sent.waiting');
        expect(await page.locator('.you').getByText('ENVIAR').count()).toBe(1);
        await mother.taps('yes');
        await mother.reads('after.ask');

        whole.later(11);
        await until(() => smtp.received.length > before);
        if (scripts) await mother.reads('delivery.accepted');
        else
          await expect
            .poll(() => page.reload().then(() => mother.log()))
            .toContain(mother.beginning('delivery.accepted'));
        expect(smtp.received).toHaveLength(before + 1);
        const carried = smtp.received[before]?.mail.attachments.map(({ mimeType, content }) => {
          const format = mimeType === 'application/pdf' ? 'pdf' : 'docx';
          return [format, content instanceof ArrayBuffer && seen.get(format)?.equals(Buffer.from(content))];
        });
        expect(carried).toEqual(formats.map((format) => [format, true]));
        await mother.isFitForAll();

        await mother.taps('copy');
        expect(await page.locator('.files').last().getByRole('link').count()).toBe(1);
        expect((await mother.download('docx')).bytes.length).toBeGreaterThan(1000);
        await mother.close();
      });

      it('is left at once, and gone on with by its code on another phone, which shows nothing of before', async () => {
        const mother = await at({ language, scripts });
        await toTheStory(mother);
        await mother.says(TOLD[language].story[0]);
        const aside = await PersonAtPage.at(browser, `${whole.url}/code`, {
          language,
          scripts,
          context: mother.context,
        });
        await aside.page.locator('form[action="/code"] button').click();
        const code = await aside.page.locator('p.code').innerText();
        await aside.isFitForAll();
        expect(await mother.log()).toContain(TOLD[language].name);
        await mother.leaves();
        await mother.page.getByText('weather').waitFor();
        await expect.poll(async () => (await mother.context.cookies(whole.url)).length).toBe(0);
        await mother.page.goBack();
        expect(await mother.page.content()).not.toContain(TOLD[language].name);
        await mother.close();

        const later = await at({ language, scripts });
        await later.page.goto(`${whole.url}/back`);
        await later.page.locator('#code').fill(code.toLowerCase().replaceAll('-', ' '));
        await later.page.locator('form[action="/back"] button').click();
        await later.reads('story.short');
        expect(await later.page.content()).not.toContain(TOLD[language].name);
        await later.presses('next');
        await later.reads('own-word.ask');
        await later.close();
      });
    });

    it.each([true, false])('is begun by keyboard alone (scripts: %s)', async (scripts) => {
      const mother = await at({ language: 'pt', scripts });
      const { page } = mother;
      const focused = () => page.locator(':focus').innerText();
      const tabTo = async (label: string) => {
        const passed: string[] = [];
        while (passed.at(-1)?.includes(label) !== true) {
          expect(passed.length, `on the way to ${label}: ${passed.join(', ')}`).toBeLessThan(16);
          await page.keyboard.press('Tab');
          passed.push(await focused());
        }
      };
      const steps = [
        ['go-on', 'safety.network'],
        ['go-on', 'keep.ask'],
        ['keep-adult', 'for-whom.ask'],
        ['family', 'story.family'],
      ] as const;
      for (const [choice, next] of steps) {
        await tabTo(mother.text(`choices.${choice}`));
        await mother.does(() => page.keyboard.press('Enter'));
        await mother.reads(next);
      }
      await mother.field.focus();
      await page.keyboard.type('Ninguém veio nos contar nada.');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await mother.reads('saved.plain');
      await mother.close();
    });

    it('shows in one tab what is said in the other; a button of before changes nothing', async () => {
      const one = await at({ language: 'pt' });
      const two = await at({ language: 'pt', context: one.context });
      await one.taps('go-on');
      await two.reads('safety.network');
      await one.close();

      const here = await at({ language: 'pt', scripts: false });
      const there = await at({ language: 'pt', scripts: false, context: here.context });
      await here.taps('go-on');
      await there.taps('go-on');
      await there.reads('choice.stale');
      await there.taps('go-on');
      await there.reads('keep.ask');
      await here.close();
    });

    it('goes on from where it is after a step back in the browser', async () => {
      const mother = await at({ language: 'pt', scripts: false });
      for (const choice of ['go-on', 'go-on', 'keep-adult']) await mother.taps(choice);
      await mother.page.goBack();
      await mother.page.goBack();
      await mother.reads('for-whom.ask');
      await mother.taps('family');
      await mother.reads('story.family');
      await mother.close();
    });

    it.each([true, false])(
      'goes on when the program was started again in the middle (scripts: %s)',
      async (scripts) => {
        const alone = await openWhole();
        const mother = await PersonAtPage.at(browser, alone.url, { language: 'pt', scripts });
        await toTheStory(mother);
        await mother.says('Meu nome é Ana Exemplo.');
        await alone.stop();
        if (scripts) {
          await mother.field.fill('Ninguém investigou.');
          await mother.sendButton.click();
          await mother.page.getByText(mother.around.chat.offline).waitFor();
        }
        await alone.startAgain();
        if (scripts) await mother.sendButton.click();
        else await mother.says('Ninguém investigou.');
        await mother.reads('welcome-back.answers');
        await mother.page.locator('.you').getByText('Ninguém investigou.').waitFor();
        expect(await mother.field.inputValue()).toBe('');
        await mother.presses('next');
        await mother.reads('own-word.ask');
        expect(mother.complaints.every((one) => one.includes('ERR_CONNECTION') || one.includes('ERR_INCOMPLETE'))).toBe(
          true,
        );
        await mother.context.close();
        await alone.close();
      },
    );

    it('keeps what is being written where it is while something arrives', async () => {
      const mother = await at({ language: 'pt' });
      const sister = await at({ language: 'pt', context: mother.context });
      for (const choice of ['go-on', 'go-on', 'keep-adult']) await mother.taps(choice);
      await mother.field.fill('Ainda escrevo');
      await mother.field.focus();
      const top = async () => Math.round((await mother.field.boundingBox())?.y ?? -1);
      const before = await top();
      await sister.taps('family');
      await mother.reads('story.family');
      expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(2);
      expect(await mother.field.inputValue()).toBe('Ainda escrevo');
      await mother.close();
    });

    it.each(['en', 'fr', 'es', 'pt'] as const)('weighs at most 14 KB at its first load, in %s', async (language) => {
      const mother = await PersonAtPage.at(browser, 'about:blank', { language });
      const wire = await mother.context.newCDPSession(mother.page);
      let bytes = 0;
      wire.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
      await wire.send('Network.enable');
      await mother.page.goto(whole.url, { waitUntil: 'load' });
      await mother.reads('hello.first');
      expect(bytes).toBeGreaterThan(4000);
      expect(bytes).toBeLessThanOrEqual(14 * 1024);
      await mother.close();
    });
  },
);
