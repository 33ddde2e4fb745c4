// The whole way through the page with nothing but a microphone: real Chromium, real speech in French, every question with its
// sound. The service mishears once, and nothing is decided by it.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secondsOfWebm } from '../../src/channels/media/read-sound.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { operatorOn, startApp, type TestApp, until } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { heard, type SpeechService, startSpeechService } from '../support/speech-service.ts';
import { CAN_SPEAK, spokenWav } from '../support/spoken.ts';

const STORY = "Mon fils réparait des radios. Personne ne nous a prévenus. Nous l'avons cherché deux jours.";
const why = noBrowser ?? (CAN_SPEAK ? null : 'espeak-ng and ffmpeg are not both installed');
/** Milliseconds that a word or two take. */
const A_WORD = 1_300;

describe.skipIf(why !== null)(`by voice alone in the page${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let dir: string;
  let sound: string;
  let smtp: TestSmtp;
  let service: SpeechService;
  let app: TestApp;
  let base: string;
  let browser: Browser;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'griot-alone-'));
    sound = join(dir, 'speech.wav');
    writeFileSync(sound, spokenWav('Bonjour.', 'fr'));
    smtp = await startSmtp();
    service = await startSpeechService(heard(''));
    const env = { ...operatorOn(smtp.port), TRANSCRIBE_URL: service.url.href, SPEAK: 'espeak' };
    app = await startApp({ env });
    base = `http://127.0.0.1:${(await app.app.listen()).port}`;
    browser = await openBrowser([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${sound}%noloop`,
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
    await service.close();
    await smtp.close();
    rmSync(dir, { recursive: true, force: true });
  });

  /** Into the microphone; `understood`: what the service makes of it. */
  async function speaks(page: Page, words: string, understood = words): Promise<void> {
    // The browser reads the file again for each recording.
    writeFileSync(sound, spokenWav(words, 'fr'));
    service.answers = [heard(understood)];
    const before = service.received.length;
    await page.getByRole('button', { name: 'Enregistrer ma voix' }).click();
    await page.getByText('Enregistrement en cours').waitFor();
    await page.waitForTimeout(words.length > 40 ? 5_000 : A_WORD);
    await page.getByRole('button', { name: 'Arrêter et envoyer' }).click();
    await service.until(before + 1);
    const recorded = service.received.at(-1)?.bytes ?? Buffer.alloc(0);
    expect(loudest(recorded), words).toBeGreaterThan(1_000);
    // The browser wrote no length into it.
    expect(secondsOfWebm(recorded) ?? 0).toBeGreaterThan(0.5);
    expect(secondsOfWebm(recorded) ?? 0).toBeLessThan(20);
  }

  const last = (page: Page, text: string | RegExp) => page.locator('.line.bot', { hasText: text }).last();

  async function hears(page: Page, text: string | RegExp): Promise<string> {
    const line = last(page, text);
    await line.waitFor();
    expect(await line.locator('audio').count(), String(text)).toBe(1);
    return line.innerText();
  }

  /** Says it, hears it back, and says yes. */
  async function chooses(page: Page, words: string, back: string, then: string | RegExp): Promise<void> {
    await speaks(page, words);
    await hears(page, back);
    await speaks(page, 'Oui.');
    await hears(page, then);
  }

  const phraseIn = (text: string) => /deux mots\s: (\S+ \S+?)\. Sinon/u.exec(text)?.[1] ?? '';

  it('from the first word to the mail', async () => {
    const context = await browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(base);
    await chooses(page, 'Un.', '1 : Continuer', 'Toute personne qui a ce téléphone');
    await chooses(page, 'Continuer.', '1 : Continuer', /garder ce que vous écrivez/u);
    await speaks(page, 'Numéro un.');
    const keep = phraseIn(await hears(page, 'dites ces deux mots'));
    await speaks(page, `${keep}.`);
    await hears(page, 'Qui écrit');
    await speaks(page, STORY);
    await hears(page, 'Personne ne nous a prévenus');
    await speaks(page, 'Oui.');
    await page.locator('.ack').last().waitFor();
    await chooses(page, 'Suivant.', 'J’ai entendu un seul mot', 'mot secret');
    await chooses(page, 'Passer.', 'passer', 'Voici ce qui intéresse');
    await chooses(page, 'Suivant.', 'suivant', 'gouvernement');
    await chooses(page, 'Tout passer.', 'tout passer', 'Les autres personnes et les risques');
    await chooses(page, 'Suivant.', 'suivant', 'Comment nommer la victime');
    await chooses(page, 'Tout passer.', 'tout passer', 'Voici ce qui partirait');
    await chooses(page, 'Quatre.', '4 : ', 'Encore un choix');
    // "Public" said by nobody: a voice on the radio, and a yes after it.
    await speaks(page, 'La radio parle.', 'Deux.');
    await hears(page, '2 : Public');
    await speaks(page, 'Oui.');
    await hears(page, 'Rien n’est décidé');
    await speaks(page, 'Non.');
    await hears(page, 'Alors ce n’est pas cela');
    await chooses(page, 'Trois.', '3 : Confidentiel', 'Dernière question');
    await speaks(page, 'Envoyer.');
    const send = phraseIn(await hears(page, 'Je l’envoie'));
    expect(smtp.received).toHaveLength(0);
    await speaks(page, `Oui, ${send}.`);
    await hears(page, 'C’est approuvé');
    app.later(1);
    await app.app.settle();
    await until(() => smtp.received.length > 0);
    expect(smtp.received).toHaveLength(1);
    expect(await app.app.store.voice.count()).toBe(0);
    // What is read aloud says how to answer by ear.
    const from = (await page.locator('.line audio source').last().getAttribute('src')) ?? '';
    expect((await page.request.get(new URL(from, base).href)).status()).toBe(200);
    expect(app.logged.join('\n')).not.toMatch(/prévenus|Confidentiel\./u);
    await context.close();
  }, 280_000);
});

/** Of a recording, as samples of 16 bits. */
function loudest(recording: Buffer): number {
  const raw = execFileSync('ffmpeg', ['-loglevel', 'error', '-i', 'pipe:0', '-ac', '1', '-f', 's16le', 'pipe:1'], {
    input: recording,
    maxBuffer: 64 * 1024 * 1024,
  });
  let most = 0;
  for (let at = 0; at + 1 < raw.length; at += 2) most = Math.max(most, Math.abs(raw.readInt16LE(at)));
  return most;
}
