// A mother who cannot write, over the WhatsApp server: from her first voice note to the mail she sends nothing but speech, and
// hears every question. The service mishears as services do, and nothing is decided by it.

import { createHash } from 'node:crypto';
import { normalizeMessageContent } from '@whiskeysockets/baileys';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secondsOfOpus } from '../../../src/channels/media/read-sound.ts';
import { parseSession } from '../../../src/dialog/engine/session.ts';
import { startSmtp, type TestSmtp } from '../../support/smtp.ts';
import { heard, startSpeechService, type SpeechService } from '../../support/speech-service.ts';
import { CAN_SPEAK, silentOpus, spokenOpus } from '../../support/spoken.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { openGriotThatMails, until, type Griot } from './griot.ts';

const STORY = 'Mi hijo arreglaba radios. Nadie nos avisó. Lo buscamos dos días.';

describe.skipIf(!CAN_SPEAK)(
  `by voice alone${CAN_SPEAK ? '' : ' (skipped: espeak-ng and ffmpeg are not both installed)'}`,
  () => {
    let smtp: TestSmtp;
    let service: SpeechService;
    let griot: Griot;
    let rosa: WhatsAppPerson;
    /** What each recording holds, by its bytes: the service writes down what it was really given. */
    const said = new Map<string, string>();
    const nameOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

    beforeAll(async () => {
      smtp = await startSmtp();
      service = await startSpeechService((response, received) => {
        heard(said.get(nameOf(received.bytes)) ?? 'Esto no lo dijo nadie.')(response, received);
      });
      griot = await openGriotThatMails(smtp.port, { TRANSCRIBE_URL: service.url.href, SPEAK: 'espeak' });
      rosa = await griot.person('rosa');
    });
    afterAll(async () => {
      await griot.close();
      await service.close();
      await smtp.close();
    });

    /** `understood`: what the service makes of it, where it mishears. */
    async function speaks(words: string, understood = words): Promise<void> {
      const audio = words === '' ? silentOpus(1) : spokenOpus(words, 'es');
      said.set(nameOf(audio), understood);
      await rosa.sends({ audio, ptt: true, mimetype: 'audio/ogg; codecs=opus', seconds: 3 });
    }

    /** Says it, hears it back, and says yes. */
    async function chooses(words: string, back: RegExp, then: RegExp): Promise<void> {
      await speaks(words);
      await rosa.hears(back);
      await speaks('Sí.');
      await rosa.hears(then);
    }

    const isVoice = (one: (typeof rosa.heard)[number]) =>
      normalizeMessageContent(one.message.message)?.audioMessage?.ptt === true;

    async function phrase(back: RegExp): Promise<string> {
      const { text } = await rosa.hears(back);
      return /palabras: \*([^*]+)\*/u.exec(text)?.[1] ?? '';
    }

    it('from the first voice note to the mail', async () => {
      await speaks('Buenas.');
      await rosa.hears(/También puede oír/u);
      await rosa.hears(/\*4\* Salir y borrar/u);
      await chooses('Uno.', /1: Continuar/u, /Quien tenga este teléfono/u);
      // What listeners make of silence is no yes.
      await speaks('Continuar.');
      await rosa.hears(/1: Continuar/u);
      await speaks('', 'Gracias.');
      await rosa.hears(/No se decidió nada/u);
      await speaks('Sí.');
      await rosa.hears(/¿Podemos guardar/u);
      await speaks('La uno.');
      const keep = await phrase(/1: Sí\. Tengo 18/u);
      await speaks(`${keep}.`);
      await rosa.hears(/¿Quién escribe\?/u);

      await speaks(STORY);
      await rosa.hears(/arreglaba radios/u);
      await rosa.hears(/\*1\* Está bien/u);
      await speaks('Sí.');
      await rosa.hears(/^Guardado/u);
      await rosa.hears(/\*siguiente\*/u);
      expect(await partsOfRosa()).toEqual([STORY]);
      await chooses('Siguiente.', /Oí una palabra/u, /palabra secreta/u);
      await chooses('Saltar.', /\*saltar\*/u, /\*5\*/u);
      await chooses('Siguiente.', /\*siguiente\*/u, /¿Qué le pide a su gobierno/u);
      await chooses('Saltar todo.', /Oí una palabra/u, /Otras personas y riesgos|riesgos/u);
      await chooses('Siguiente.', /\*siguiente\*/u, /\*3\* Sin nombre/u);
      await chooses('Saltar todo.', /\*saltar todo\*/u, /\*4\* Ahora no/u);
      await chooses('La una.', /1: Aquí/u, /arreglaba radios/u);
      await rosa.hears(/¿Está todo bien\?/u);
      await chooses('Uno.', /1: Está bien/u, /sitio web/u);
      await chooses('Tres.', /3: Confidencial/u, /escriba ENVIAR/u);

      // "No lo envíe" heard as "enviar": said back, and a child says yes in the background. Nothing leaves.
      await speaks('No lo envíe todavía.', 'Enviar.');
      await rosa.hears(/¿Lo envío/u);
      await speaks('Sí.');
      await rosa.hears(/No se decidió nada/u);
      await speaks('No.');
      await rosa.hears(/Entonces no es eso/u);
      await rosa.hears(/escriba ENVIAR/u);
      await griot.app().settle();
      expect(smtp.received).toHaveLength(0);

      await speaks('Enviar.');
      await speaks(`${await phrase(/¿Lo envío/u)}.`);
      await rosa.hears(/Aprobado/u);
      await until(() => smtp.received.length > 0);
      const mail = smtp.received[0];
      expect(mail?.mail.attachments.length).toBeGreaterThan(0);
      await chooses('No.', /2: No/u, /Nuestra copia se borra/u);
      await griot.app().settle();

      // Every question came as a voice message, too, and the recordings are gone.
      expect(rosa.heard.filter(isVoice).length).toBeGreaterThan(40);
      const last = rosa.heard.findLast(isVoice);
      if (last === undefined) throw new Error('nothing was heard');
      expect(secondsOfOpus(await rosa.bytesOf(last))).toBeGreaterThan(1);
      expect(await griot.app().store.voice.count()).toBe(0);
      const given = await consentsOfRosa();
      expect(given.find(({ purpose }) => purpose === 'keep')?.spoken).toBe(`La uno. · ${keep}.`);
      expect(given.find(({ purpose }) => purpose === 'publication')).toMatchObject({
        value: 'confidential',
        spoken: 'Tres. · Sí.',
      });
      expect(given.find(({ purpose }) => purpose === 'approve')?.spoken).toContain('Enviar.');
      const raw = Buffer.from(mail?.raw ?? []).toString('latin1');
      for (const never of ['OggS', keep, 'Enviar. ·']) expect(raw).not.toContain(never);
      expect(griot.logged.join('\n')).not.toMatch(/arreglaba|Continuar\.|OpusHead/u);
    }, 240_000);

    async function contributionOfRosa(): Promise<string> {
      const { store } = griot.app();
      const address = { channel: 'whatsapp', account: 'default', address: `${rosa.account.lid}@lid` };
      const person = (await store.personAt(address))?.person ?? '';
      return parseSession(await store.session(person)).contribution ?? '';
    }

    const partsOfRosa = async () =>
      (await griot.app().store.parts(await contributionOfRosa())).flatMap(({ text, pending }) =>
        pending === true ? [] : [text],
      );
    const consentsOfRosa = async () => griot.app().store.consents(await contributionOfRosa());
  },
);
