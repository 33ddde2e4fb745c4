// Speaking in the page, in a real browser with a microphone that plays real speech; and without one, and without scripts.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningWeb } from '../../src/web/server.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { startApp, type TestApp } from '../support/running-app.ts';
import { heard, startSpeechService, type SpeechService } from '../support/speech-service.ts';
import { CAN_SPEAK, spokenOpus, spokenWav } from '../support/spoken.ts';

const STORY = 'Ninguém nos avisou. Ficamos dois dias procurando por ele.';
const why = noBrowser ?? (CAN_SPEAK ? null : 'espeak-ng and ffmpeg are not both installed');

describe.skipIf(why !== null)(`speaking in the page${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let dir: string;
  let service: SpeechService;
  let app: TestApp;
  let web: RunningWeb;
  let base: string;
  let browser: Browser;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'griot-microphone-'));
    const sound = join(dir, 'speech.wav');
    writeFileSync(sound, spokenWav(STORY, 'pt'));
    service = await startSpeechService(heard(STORY));
    app = await startApp({ env: { TRANSCRIBE_URL: service.url.href, SPEAK: 'espeak' } });
    web = await app.app.listen();
    base = `http://127.0.0.1:${web.port}`;
    browser = await openBrowser([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${sound}`,
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
    await service.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function opened(story: (page: Page) => Promise<void>, options: { javaScriptEnabled?: boolean } = {}) {
    const context = await browser.newContext({ locale: 'pt-BR', reducedMotion: 'reduce', ...options });
    const complaints: string[] = [];
    const page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(base);
    await story(page);
    await context.close();
    expect(complaints).toEqual([]);
  }

  const WAY = [
    ['Continuar', 'Quem estiver com este celular'],
    ['Continuar', 'Podemos guardar'],
    ['Sim. Tenho 18 anos ou mais', 'Quem está escrevendo'],
    ['Família, ou sobrevivente', 'Leve o tempo que precisar'],
  ] as const;

  async function toStory(page: Page): Promise<void> {
    for (const [label, answer] of WAY) {
      await page.getByRole('button', { name: label }).first().click();
      await page.getByText(answer).last().waitFor();
    }
  }

  it('a recording is made, sent, written down, and accepted', async () => {
    await opened(async (page) => {
      expect(await page.locator('#file').isVisible()).toBe(false);
      await toStory(page);
      expect(await page.locator('#log').innerText()).toContain('áudios');
      await page.getByRole('button', { name: 'Gravar minha voz' }).click();
      await page.getByText('Gravando.').waitFor();
      await page.waitForTimeout(2_500);
      await page.getByRole('button', { name: 'Parar e enviar' }).click();
      await page.getByText('Vou escrever o que você disse').waitFor();
      await page.getByText(STORY).waitFor();
      expect(await page.locator('.you').last().innerText()).toContain('um áudio');
      await page.getByRole('button', { name: 'Está certo' }).click();
      await page.locator('.ack').last().waitFor();
      expect(await app.app.store.voice.count()).toBe(0);
      const [received] = service.received;
      expect(received?.type).toMatch(/^audio\/(?:webm|ogg)$/u);
      expect(received?.bytes.length).toBeGreaterThan(2_000);
      expect(received?.fields['language']).toBe('pt');
    });
  });

  it('what is asked can be heard, and by nobody who has not the page', async () => {
    await opened(async (page) => {
      await page.getByRole('button', { name: 'ouvir' }).click();
      const player = page.locator('.line audio').last();
      await player.waitFor();
      const seconds = await page.evaluate<number>(`(async () => {
        const audio = [...document.querySelectorAll('.line audio')].at(-1);
        audio.muted = true;
        await audio.play();
        return audio.duration;
      })()`);
      expect(seconds).toBeGreaterThan(3);
      const from = (await player.locator('source').first().getAttribute('src')) ?? '';
      const heardHere = await page.request.get(new URL(from, base).href);
      expect(heardHere.headers()['content-type']).toBe('audio/ogg');
      const asWav = await page.request.get(new URL(`${from}&as=wav`, base).href);
      expect((await asWav.body()).subarray(0, 4).toString()).toBe('RIFF');
      expect((await fetch(new URL(from, base))).status).toBe(404);
    });
  });

  it('a recording that is thrown away is sent to nobody', async () => {
    await opened(async (page) => {
      await toStory(page);
      const before = service.received.length;
      await page.getByRole('button', { name: 'Gravar minha voz' }).click();
      await page.getByText('Gravando.').waitFor();
      await page.getByRole('button', { name: 'Jogar fora' }).click();
      await page.getByRole('button', { name: 'Gravar minha voz' }).waitFor();
      await page.waitForTimeout(300);
      expect(service.received).toHaveLength(before);
      expect(await app.app.store.voice.count()).toBe(0);
    });
  });

  it('without scripts a file does the same, and a wrong one is told calmly', async () => {
    await opened(
      async (page) => {
        await toStory(page);
        const sound = (name: string, buffer: Buffer) => ({ name, mimeType: 'audio/ogg', buffer });
        await page.locator('#sound').setInputFiles(sound('nota.ogg', spokenOpus(STORY, 'pt')));
        await page.getByRole('button', { name: 'Enviar o áudio' }).click();
        await page.getByText('Vou escrever o que você disse').waitFor();
        await app.app.settle();
        await page.locator('#text').fill('E isto eu escrevo com as mãos.');
        await page.getByRole('button', { name: 'Enviar', exact: true }).click();
        await page.getByText(STORY).waitFor();
        await page.getByRole('button', { name: 'Está certo' }).click();
        await page
          .locator('#sound')
          .setInputFiles(sound('nota.ogg', Buffer.from('isto não é um áudio, de jeito nenhum')));
        await page.getByRole('button', { name: 'Enviar o áudio' }).click();
        await page.getByText('Não posso usar isso').waitFor();
      },
      { javaScriptEnabled: false },
    );
  });

  it('the microphone is allowed to our page alone, and only where it is of use', async () => {
    const answer = await fetch(`${base}/info`);
    expect(answer.headers.get('permissions-policy')).toContain('microphone=(self)');
    const silent = await startApp();
    const other = await silent.app.listen();
    const page = await fetch(`http://127.0.0.1:${other.port}/info`);
    expect(page.headers.get('permissions-policy')).toContain('microphone=()');
    expect(await page.text()).not.toContain('voice.js');
    await silent.close();
  });
});
