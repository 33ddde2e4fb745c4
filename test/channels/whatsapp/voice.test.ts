// By voice over WhatsApp: real speech, a real line, and a service that answers as services do.

import { normalizeMessageContent } from '@whiskeysockets/baileys';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSound, secondsOfOpus } from '../../../src/channels/media/read-sound.ts';
import { parseSession } from '../../../src/dialog/engine/session.ts';
import { startSmtp, type TestSmtp } from '../../support/smtp.ts';
import { heard, silence, startSpeechService, status, type SpeechService } from '../../support/speech-service.ts';
import { CAN_SPEAK, film, silentOpus, spokenOpus } from '../../support/spoken.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { openGriot, openGriotThatMails, saysInTurn, until, type Griot } from './griot.ts';

const STORY = 'Mi hijo arreglaba radios. Nadie nos avisó.';
const LATER = 'Un mes después cerraron el caso.';
const CANARY = 'Esto lo entendió mal la máquina.';

describe.skipIf(!CAN_SPEAK)(
  `a mother who speaks${CAN_SPEAK ? '' : ' (skipped: espeak-ng and ffmpeg are not both installed)'}`,
  () => {
    let smtp: TestSmtp;
    let service: SpeechService;
    let griot: Griot;
    let rosa: WhatsAppPerson;

    beforeAll(async () => {
      smtp = await startSmtp();
      service = await startSpeechService(heard(STORY));
      griot = await openGriotThatMails(smtp.port, { TRANSCRIBE_URL: service.url.href });
      rosa = await griot.person('rosa');
    });
    afterAll(async () => {
      await griot.close();
      await service.close();
      await smtp.close();
    });

    const speaks = (audio: Buffer) => rosa.sends({ audio, ptt: true, mimetype: 'audio/ogg; codecs=opus', seconds: 4 });

    it('is written down, corrected, and sent: the mail holds what she accepted and nothing else', async () => {
      for (const [says, ...hears] of [
        ['hola', /Primero, su seguridad[^]*\*4\*/u],
        ['1', /mensajes de voz[^]*Mensajes que desaparecen/u],
        ['1', /¿Podemos guardar/u],
        ['1', /Quién/u],
      ] as const) {
        await griot.app().settle();
        await rosa.says(says);
        for (const each of hears) await rosa.hears(each);
      }
      const story = spokenOpus(STORY, 'es');
      await speaks(story);
      await rosa.hears(/Voy a escribir lo que usted dijo/u);
      await rosa.hears(/Esto es lo que entendí[^]*arreglaba radios/u);
      expect(service.received[0]?.bytes.equals(story)).toBe(true);
      expect(service.received[0]?.fields['language']).toBe('es');
      await griot.app().settle();
      await rosa.says('arreglaba radios viejas, no arreglaba radios');
      await rosa.hears(/radios viejas/u);
      await griot.app().settle();
      await rosa.says('1');
      await rosa.hears(/^Guardado/u);
      expect(await griot.app().store.voice.count()).toBe(0);

      service.answers = [heard(CANARY)];
      await speaks(spokenOpus(LATER, 'es'));
      await rosa.hears(/entendió mal/u);
      await griot.app().settle();
      await rosa.says('2');
      await rosa.hears(/dígalo otra vez/u);
      service.answers = [status(503), heard(LATER)];
      await speaks(spokenOpus(LATER, 'es'));
      await rosa.hears(/Voy a escribir/u);
      await griot.app().settle();
      await rosa.says('Mi hermana lo buscó en tres hospitales.');
      await rosa.hears(/cerraron el caso/u);
      await griot.app().settle();
      await rosa.says('1');
      await rosa.hears(/^Guardado/u);

      await griot.app().settle();
      const rest = ['siguiente', 'saltar', 'siguiente', 'saltar todo', 'siguiente', 'saltar todo', '4', '3', 'ENVIAR'];
      await saysInTurn(griot, rosa, rest);
      await until(() => smtp.received.length > 0);
      const mail = smtp.received[0]?.mail;
      const parts = await partsOfRosa();
      expect(parts).toEqual([
        'Mi hijo arreglaba radios viejas. Nadie nos avisó.',
        LATER,
        'Mi hermana lo buscó en tres hospitales.',
      ]);
      expect(mail?.attachments.length).toBeGreaterThan(0);
      const raw = Buffer.from(smtp.received[0]?.raw ?? []).toString('latin1');
      for (const kept of [CANARY, 'OggS', 'OpusHead']) expect(raw).not.toContain(kept);
      expect(griot.logged.join('\n')).not.toMatch(/arreglaba|entendió mal|cerraron el caso|OpusHead/u);
      expect(await griot.app().store.voice.count()).toBe(0);
    });

    async function partsOfRosa(): Promise<readonly string[]> {
      const { store } = griot.app();
      const address = { channel: 'whatsapp', account: 'default', address: `${rosa.account.lid}@lid` };
      const person = (await store.personAt(address))?.person ?? '';
      const { contribution } = parseSession(await store.session(person));
      return (await store.parts(contribution ?? '')).map(({ text }) => text);
    }
  },
);

describe.skipIf(!CAN_SPEAK)(
  `recordings that are none${CAN_SPEAK ? '' : ' (skipped: espeak-ng and ffmpeg are not both installed)'}`,
  () => {
    let service: SpeechService;
    let griot: Griot;
    let ana: WhatsAppPerson;
    let longSilence: Buffer;

    beforeAll(async () => {
      // Made before anybody is connected: a phone that hears nothing for so long would be cut off on a busy machine.
      longSilence = silentOpus(20 * 60);
      service = await startSpeechService(heard(''));
      griot = await openGriot({ TRANSCRIBE_URL: service.url.href, SPEAK: 'espeak' });
      ana = await griot.person('ana');
      for (const [says, hears] of [
        ['hola', /\*4\*/u],
        ['1', /\*1\*/u],
        ['1', /¿Podemos guardar/u],
        ['1', /Quién/u],
        ['soy la mamá', /\*pausa\*/u],
      ] as const) {
        await ana.says(says);
        await ana.hears(hears);
      }
    });
    afterAll(async () => {
      await griot.close();
      await service.close();
    });

    it.each([
      ['silence', () => silentOpus(2), {}, /No oí palabras/u],
      ['twenty minutes, said to be four seconds', () => longSilence, {}, /demasiado larga/u],
      ['twenty minutes, as it says', () => silentOpus(2), { seconds: 1200 }, /demasiado larga/u],
      ['0 bytes', () => Buffer.alloc(0), {}, /no llegó entera/u],
      ['a film', () => film('mp4'), {}, /No puedo usar esto/u],
      ['a text', () => Buffer.from('OggS, but only the name of it, and then some words.'), {}, /No puedo usar esto/u],
      ['16 MB and more', () => Buffer.concat([silentOpus(1), Buffer.alloc(17 << 20)]), {}, /demasiado larga|no llegó/u],
    ] as const)('%s: a calm word, and nothing is kept', async (_, audio, said, reply) => {
      await ana.sends({ audio: audio(), ptt: true, mimetype: 'audio/ogg; codecs=opus', seconds: 4, ...said });
      await ana.hears(reply);
      await until(() => true);
      expect(await griot.app().store.voice.count()).toBe(0);
    });

    it('and what is asked can be heard, as a voice message', async () => {
      await ana.says('escuchar');
      const isVoice = (one: (typeof ana.heard)[number]) =>
        normalizeMessageContent(one.message.message)?.audioMessage?.ptt === true;
      await until(() => ana.heard.some(isVoice));
      const [voice] = ana.heard.filter(isVoice);
      if (voice === undefined) throw new Error('nothing was heard');
      const sound = await ana.bytesOf(voice);
      expect(readSound(sound)).toEqual({ ok: true, type: 'audio/ogg' });
      expect(secondsOfOpus(sound)).toBeGreaterThan(2);
    });

    it('deleted for everyone while it is being written down, it is gone', async () => {
      service.answers = [silence];
      const before = service.received.length;
      const id = await ana.sends({
        audio: spokenOpus('Bórrelo.', 'es'),
        ptt: true,
        mimetype: 'audio/ogg; codecs=opus',
      });
      await ana.hears(/Voy a escribir/u);
      await until(() => service.received.length > before);
      await ana.deletes(id);
      await ana.hears(/./u);
      expect(await griot.app().store.voice.count()).toBe(0);
    });
  },
);
