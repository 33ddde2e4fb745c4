// The service as it may be: right, wrong, empty, slow, broken, somewhere else. Real speech, byte for byte.

import { afterEach, describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { endpoint, transcriber } from '../../src/voice/transcriber.ts';
import {
  type Answer,
  broken,
  heard,
  silence,
  startSpeechService,
  status,
  type SpeechService,
} from '../support/speech-service.ts';
import { CAN_SPEAK, spokenOpus } from '../support/spoken.ts';

const SOUND = { bytes: Buffer.from('OggS, more or less'), type: 'audio/ogg' };
const never = new AbortController().signal;

let service: SpeechService;
afterEach(() => service.close());

async function asks(
  answers: readonly Answer[],
  { timeout = 120_000, key = null as string | null, sound = SOUND, language = 'pt' as const } = {},
) {
  service = await startSpeechService(...answers);
  return transcriber({ url: service.url, model: 'whisper-1', key, timeout })(sound, language, never);
}

describe('a service that writes recordings down', () => {
  it.runIf(CAN_SPEAK).each(WHOLE_LANGUAGES)(
    'is handed real speech as it was recorded, with its language (%s)',
    async (language) => {
      const words = {
        en: 'Nobody told us.',
        fr: 'Personne ne nous a prévenus.',
        es: 'Nadie nos avisó.',
        pt: 'Ninguém nos avisou.',
      };
      const bytes = spokenOpus(words[language], language);
      service = await startSpeechService(heard(words[language]));
      const transcribe = transcriber({ url: service.url, model: 'tiny', key: 'secret', timeout: 120_000 });
      expect(await transcribe({ bytes, type: 'audio/ogg' }, language, never)).toEqual({
        kind: 'text',
        text: words[language],
      });
      const [one] = service.received;
      expect(one?.bytes.equals(bytes)).toBe(true);
      expect(one).toMatchObject({
        path: '/v1/audio/transcriptions',
        authorization: 'Bearer secret',
        fileName: 'recording.ogg',
        type: 'audio/ogg',
        fields: { model: 'tiny', language, response_format: 'verbose_json' },
      });
    },
  );

  it('may hear nothing, and may say wrong things: both are text', async () => {
    expect(await asks([heard('')])).toEqual({ kind: 'text', text: '' });
  });

  it.each([
    ['busy', status(503)],
    ['asking for patience', status(429)],
    ['wanting another key', status(401)],
    ['a page of HTML', status(200, '<html><body>Welcome</body></html>')],
    ['JSON of another kind', status(200, '{"result":"?"}')],
    ['leading somewhere else', status(307)],
    ['breaking off in the middle', broken],
  ])('is asked again later where it is %s', async (_, answer) => {
    expect(await asks([answer])).toMatchObject({ kind: 'later' });
  });

  it('is asked again later where it is too slow', async () => {
    expect(await asks([silence], { timeout: 50 })).toEqual({ kind: 'later', error: 'TimeoutError' });
  });

  it('is asked again later where nobody is there', async () => {
    service = await startSpeechService(silence);
    const { url } = service;
    await service.close();
    const transcribe = transcriber({ url, model: 'm', key: null, timeout: 500 });
    expect(await transcribe(SOUND, 'pt', never)).toMatchObject({ kind: 'later' });
    service = await startSpeechService(silence);
  });

  it.each([
    ['that it cannot read it', status(415, 'no audio')],
    ['so with a smile', status(200, '{"error":"FFmpeg conversion failed"}')],
    ['far too much', heard('x'.repeat(2_000_000))],
  ])('is not asked again where it says %s', async (_, answer) => {
    expect(await asks([answer])).toMatchObject({ kind: 'never' });
    expect(service.received).toHaveLength(1);
  });

  it('that does not know a language is left to listen for itself', async () => {
    const refusal = status(400, '{"error":{"message":"Unsupported language: pt"}}');
    expect(await asks([refusal, heard('Ninguém nos avisou.')])).toEqual({ kind: 'text', text: 'Ninguém nos avisou.' });
    expect(service.received.map(({ fields }) => fields['language'])).toEqual(['pt', undefined]);
  });

  it('says that it doubts what it heard, where it says how sure it is', async () => {
    const answer = (segment: object): Answer => status(200, JSON.stringify({ text: 'Sim.', segments: [segment] }));
    const sure = { avg_logprob: -0.2, no_speech_prob: 0.01 };
    expect(await asks([answer(sure)])).toEqual({ kind: 'text', text: 'Sim.' });
    await service.close();
    for (const doubt of [{ no_speech_prob: 0.9 }, { avg_logprob: -1.4 }]) {
      expect(await asks([answer({ ...sure, ...doubt })])).toEqual({ kind: 'text', text: 'Sim.', unsure: true });
      await service.close();
    }
    expect(await asks([answer({ avg_logprob: 'low' })])).toEqual({ kind: 'text', text: 'Sim.' });
  });

  it('that knows only the short form, and no language, is asked so', async () => {
    const format = status(400, '{"error":{"message":"response_format verbose_json is not supported"}}');
    const language = status(400, '{"error":{"message":"Unsupported language: pt"}}');
    expect(await asks([format, language, heard('Sim.')])).toEqual({ kind: 'text', text: 'Sim.' });
    expect(service.received.map(({ fields }) => [fields['response_format'], fields['language']])).toEqual([
      ['verbose_json', 'pt'],
      ['json', 'pt'],
      ['json', undefined],
    ]);
  });

  it('is found whatever of its address was configured', () => {
    for (const given of ['http://127.0.0.1:9', 'http://127.0.0.1:9/v1', 'http://127.0.0.1:9/v1/']) {
      expect(endpoint(new URL(given), 'audio/transcriptions').href).toBe('http://127.0.0.1:9/v1/audio/transcriptions');
    }
  });
});
