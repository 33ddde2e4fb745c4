// What is said, as sound: real voices in four languages, made once, and never needed: the text is always there.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readSound, secondsOfOpus } from '../../src/channels/media/read-sound.ts';
import { aloudText } from '../../src/channels/render.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { espeakSound, type MakeSound, serviceSound, speaker } from '../../src/voice/speaker.ts';
import { shelf, texts } from '../support/player.ts';
import { startSilentPeer } from '../support/silent-peer.ts';
import { CAN_SPEAK } from '../support/spoken.ts';

const now = () => new Date('2026-11-23T12:00:00Z');
const emler = shelf.current('emler-2024');
const quiet = () => undefined;

describe.skipIf(!CAN_SPEAK)(
  `espeak-ng${CAN_SPEAK ? '' : ' (skipped: espeak-ng and ffmpeg are not both installed)'}`,
  () => {
    it.each(WHOLE_LANGUAGES)(
      'speaks the three consents in %s, as messengers and as browsers want it',
      async (language) => {
        const make = espeakSound();
        for (const key of ['keep.ask', 'publication.ask', 'voice.consent']) {
          const text = texts.translate(
            language,
            { key, params: { org: 'Casa', idle: 30, closed: 90, host: 'x' } },
            emler.hash,
          );
          const opus = await make(text, language, 'opus');
          expect(readSound(opus)).toEqual({ ok: true, type: 'audio/ogg' });
          // About as long as somebody takes to read it.
          expect(secondsOfOpus(opus)).toBeGreaterThan(text.split(' ').length / 5);
          expect(secondsOfOpus(opus)).toBeLessThan(text.split(' ').length);
          expect(readSound(await make(text, language, 'wav'))).toEqual({ ok: true, type: 'audio/wav' });
        }
      },
    );

    it('is handed the text by a pipe, so that no text is an option or a command', async () => {
      const sound = await espeakSound()('-w /tmp/not-this.wav; $(echo) "--help"', 'en', 'wav');
      expect(readSound(sound)).toEqual({ ok: true, type: 'audio/wav' });
    });
  },
);

describe('a sound', () => {
  const counting = (): { make: MakeSound; made: string[] } => {
    const made: string[] = [];
    return {
      made,
      make: (text, language, as) => {
        made.push(`${text}/${language}/${as}`);
        return Promise.resolve(new Uint8Array([1]));
      },
    };
  };

  it('is made once for each text, language and form, also where many ask at once', async () => {
    const { make, made } = counting();
    const speak = speaker(make, now, quiet);
    await Promise.all([speak('Olá.', 'pt', 'opus'), speak('Olá.', 'pt', 'opus'), speak('Olá.', 'pt', 'wav')]);
    await speak('Olá.', 'pt', 'opus');
    await speak('Olá.', 'es', 'opus');
    expect(made).toEqual(['Olá./pt/opus', 'Olá./pt/wav', 'Olá./es/opus']);
  });

  it('is forgotten after a quarter of an hour', async () => {
    const { make, made } = counting();
    let at = now();
    const speak = speaker(make, () => at, quiet);
    await speak('Olá.', 'pt', 'opus');
    at = new Date(at.getTime() + 16 * 60_000);
    await speak('Olá.', 'pt', 'opus');
    expect(made).toHaveLength(2);
  });

  it('that cannot be made is none, and is tried again the next time', async () => {
    const faults: unknown[] = [];
    let fails = true;
    const speak = speaker(
      () => (fails ? Promise.reject(new Error('no')) : Promise.resolve(new Uint8Array([1]))),
      now,
      (fault) => faults.push(fault),
    );
    expect(await speak('Olá.', 'pt', 'opus')).toBeNull();
    fails = false;
    expect(await speak('Olá.', 'pt', 'opus')).not.toBeNull();
    expect(faults).toHaveLength(1);
  });
});

describe('a speech service', () => {
  let server: Server | null = null;
  afterEach(() => server?.close());

  async function answering(status: number, body: string): Promise<{ url: URL; asked: string[] }> {
    const asked: string[] = [];
    server = createServer((request, response) => {
      let said = '';
      request.on('data', (chunk: Buffer) => (said += chunk.toString()));
      request.on('end', () => {
        asked.push(`${request.url ?? ''} ${said}`);
        response.writeHead(status).end(body);
      });
    });
    await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening));
    return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), asked };
  }

  it('is asked for what is needed', async () => {
    const { url, asked } = await answering(200, 'OggS');
    const sound = await serviceSound({ url, model: 'tts-1', voice: 'alloy' })('Olá.', 'pt', 'opus');
    expect(Buffer.from(sound).toString()).toBe('OggS');
    expect(asked).toEqual([
      '/v1/audio/speech {"model":"tts-1","voice":"alloy","input":"Olá.","response_format":"opus"}',
    ]);
  });

  it.each([
    [500, ''],
    [307, ''],
    [200, ''],
  ])('that answers %i with "%s" gives no sound', async (status, body) => {
    const { url } = await answering(status, body);
    await expect(serviceSound({ url, model: 'm', voice: 'v' })('Olá.', 'pt', 'opus')).rejects.toThrow();
  });
});

describe('no harm 22: what speaks and hangs', () => {
  it('a service: its text has to do, and it is asked again', async () => {
    const peer = await startSilentPeer({ half: { answer: 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nOggS' } });
    const url = new URL(`http://127.0.0.1:${peer.port}`);
    const faults: unknown[] = [];
    const speak = speaker(
      serviceSound({ url, model: 'm', voice: 'v' }, 100),
      () => new Date(),
      (error) => faults.push(error),
    );
    expect(await speak('Olá.', 'pt', 'opus')).toBeNull();
    expect(await speak('Olá.', 'pt', 'opus')).toBeNull();
    expect(faults).toHaveLength(2);
    await peer.close();
  });

  it('a program, also one that does not want to end', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'griot-speaker-'));
    const script = (name: string, hangs: boolean) =>
      writeFileSync(
        join(dir, name),
        `#!/bin/sh\n[ "$1" = --version ] && exit 0\n${hangs ? "trap '' TERM\nexec 0<&-\nwhile :; do :; done" : 'cat'}\n`,
        { mode: 0o755 },
      );
    script('espeak-ng', true);
    script('opusenc', false);
    const path = process.env['PATH'];
    process.env['PATH'] = `${dir}:${path ?? ''}`;
    try {
      await expect(espeakSound(200)('Olá.', 'pt', 'opus')).rejects.toThrow('ended with a signal');
    } finally {
      process.env['PATH'] = path;
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

describe('what is read aloud', () => {
  it('is the words without our marks, and every choice once', () => {
    const choices = [
      { number: 1, value: 'a', label: 'Continuar' },
      { number: 2, value: 'b', label: 'Sair' },
    ];
    const text = 'Escreva *pausa*.\n*1* Continuar\n*2* Sair';
    const bold = [
      [8, 15],
      [17, 20],
      [31, 34],
    ] as const;
    const inText = aloudText({ bubbles: [{ text, bold }], choices });
    expect(inText).toBe('Escreva pausa.\n1. Continuar\n2. Sair');
    const onButtons = aloudText({ bubbles: [{ text: 'Escolha.', bold: [] }], choices });
    expect(onButtons).toBe('Escolha.\n1. Continuar.\n2. Sair.');
  });
});
