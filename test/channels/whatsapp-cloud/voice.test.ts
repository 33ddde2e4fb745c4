// Voice over the Cloud API: recordings in, answers aloud.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secondsOfOpus } from '../../../src/channels/media/read-sound.ts';
import { type CloudApp, openCloudApp } from '../../support/cloud-app.ts';
import { until } from '../../support/running-app.ts';
import { heard, startSpeechService, type SpeechService } from '../../support/speech-service.ts';
import { CAN_SPEAK, film, spokenOpus } from '../../support/spoken.ts';

const STORY = 'Mi hijo arreglaba radios. Nadie nos avisó.';

describe.skipIf(!CAN_SPEAK)(
  `a mother who speaks${CAN_SPEAK ? '' : ' (skipped: espeak-ng and ffmpeg are not both installed)'}`,
  () => {
    let service: SpeechService;
    let cloud: CloudApp;
    beforeAll(async () => {
      service = await startSpeechService(heard(STORY));
      cloud = await openCloudApp({ TRANSCRIBE_URL: service.url.href, SPEAK: 'espeak' });
    });
    afterAll(async () => {
      await cloud.close();
      await service.close();
    });

    it('is written down; what is said back to her is also sent as a voice message', async () => {
      const rosa = cloud.person(1);
      for (const [says, hears] of [
        ['hola', /Salir y borrar/u],
        ['1', /Quien tenga este teléfono/u],
        ['1', /¿Podemos guardar/u],
        ['1', /Quién/u],
      ] as const) {
        await rosa.says(says);
        await rosa.hears(hears);
        await cloud.settle();
      }
      const story = spokenOpus(STORY, 'es');
      const sound = { bytes: story, type: 'audio/ogg; codecs=opus', name: 'voice.ogg' };
      await rosa.sendsFile('audio', sound, { voice: true });
      await rosa.hears(/Esto es lo que entendí[^]*arreglaba radios/u);
      expect(service.received[0]?.bytes.equals(story)).toBe(true);
      await until(() => rosa.heard.some(({ type }) => type === 'audio'));
      const audio = rosa.heard.find(({ type }) => type === 'audio')?.message['audio'] as { id: string; voice: boolean };
      expect(audio.voice).toBe(true);
      const file = cloud.graph.files.get(audio.id);
      expect(file?.type).toBe('audio/ogg');
      expect(secondsOfOpus(file?.bytes ?? Buffer.alloc(0))).toBeGreaterThan(1);
      expect(cloud.graph.refused).toEqual([]);
    });

    it('a film that says it is a recording gets an honest word', async () => {
      const tomas = cloud.person(2);
      const before = await cloud.app().store.voice.count();
      await tomas.says('hola');
      await tomas.hears(/Salir y borrar/u);
      await cloud.settle();
      await tomas.sendsFile('audio', { bytes: film('mp4'), type: 'audio/ogg', name: 'x' }, { voice: true });
      await tomas.hears(/No puedo usar esto/u);
      await cloud.settle();
      expect(service.received).toHaveLength(1);
      expect(await cloud.app().store.voice.count()).toBe(before);
    });
  },
);
