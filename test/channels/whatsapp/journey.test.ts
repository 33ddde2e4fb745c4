// One whole way in Spanish, from "hola" to the mail in a real SMTP server and the file on the phone.

import { normalizeMessageContent } from '@whiskeysockets/baileys';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocx } from '../../../src/channels/media/read-docx.ts';
import { ACCOUNT } from '../../../src/channels/whatsapp/for-app.ts';
import { parseSession, type Session } from '../../../src/dialog/engine/session.ts';
import { startSmtp, type TestSmtp } from '../../support/smtp.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { openGriotThatMails, saysInTurn, until, type Griot } from './griot.ts';
import { type GriotProcess, startGriotProcess } from './start-griot-process.ts';

let smtp: TestSmtp;
let griot: Griot;
let rosa: WhatsAppPerson;
let doomed: GriotProcess | null = null;

beforeAll(async () => {
  smtp = await startSmtp();
  griot = await openGriotThatMails(smtp.port);
  rosa = await griot.person('rosa');
});
afterAll(async () => {
  doomed?.end();
  await griot.close();
  await smtp.close();
});

const WAY: readonly (readonly [string, RegExp])[] = [
  ['hola', /\*4\* Salir y borrar/u],
  ['1', /Mensajes que desaparecen/u],
  ['1', /¿Podemos guardar/u],
  ['1', /Quién escribe|¿Quién/u],
  ['soy la mamá', /./u],
  ['Mi hijo arreglaba radios. En el expediente es un número, y el número está mal copiado.', /^Guardado/u],
  ['siguiente', /palabra secreta/u],
  ['saltar', /Elija un número/u],
  ['1', /Responda solo lo que quiera/u],
  ['Me dijeron que investigara yo. Llevo cuatro años yendo los martes.', /^Guardado/u],
  ['siguiente', /otro punto/u],
  ['siguiente', /./u],
  ['saltar todo', /./u],
  ['siguiente', /./u],
  ['saltar todo', /\*2\*/u],
];

/** To the question whether the name stands in it, which has arrived. */
async function toNames(person: WhatsAppPerson): Promise<void> {
  for (const [says, hears] of WAY) {
    await person.says(says);
    await person.hears(hears).catch((error: unknown) => {
      throw new Error(`after "${says}"`, { cause: error });
    });
    // Who answers has read all of what was asked.
    await griot.app().settle();
  }
  // A question whose arrival the server has not confirmed would be asked again by the next start.
  const known = await griot
    .app()
    .store.personAt({ channel: 'whatsapp', account: ACCOUNT, address: `${person.account.lid}@lid` });
  const { at } = await sessionOf(person);
  while (typeof (await griot.app().store.newestAsking(known?.person ?? '', at.prompt))?.arrivedAt !== 'string') {
    await delay(5);
  }
}

const sessionOf = async (person: WhatsAppPerson): Promise<Session> => {
  const { store } = griot.app();
  const known = await store.personAt({ channel: 'whatsapp', account: ACCOUNT, address: `${person.account.lid}@lid` });
  return parseSession(await store.session(known?.person ?? ''));
};

const filesOf = ({ heard }: WhatsAppPerson) =>
  heard.flatMap((one) => {
    const { documentMessage } = normalizeMessageContent(one.message.message) ?? {};
    return documentMessage?.fileName?.endsWith('.docx') === true ? [one] : [];
  });

it('carries a mother from "hola" to the mail, and gives her the file, for whose upload no text waits', async () => {
  await toNames(rosa);
  await griot.stop();
  const release = griot.server.media.holdUploads();
  doomed = await startGriotProcess(griot);
  for (const [says, hears] of [
    ['2', /^¿Está todo bien\?/u],
    ['1', /^Una elección más/u],
  ] as const) {
    await rosa.says(says);
    await rosa.hears(hears);
  }
  expect(filesOf(rosa)).toEqual([]);
  await doomed.kill();
  release();
  await griot.start();
  await until(() => filesOf(rosa).length > 0);
  await griot.app().settle();
  const [file, ...more] = filesOf(rosa);
  expect(more).toEqual([]);
  expect(file).toBeDefined();
  if (file === undefined) return;
  const read = await readDocx(await rosa.bytesOf(file));
  expect(read).toMatchObject({ ok: true, text: expect.stringContaining('el número está mal copiado') as unknown });
  await saysInTurn(griot, rosa, ['3', 'ENVIAR']);
  await until(() => smtp.received.length > 0);
  const [received] = smtp.received;
  expect(received?.mail.attachments.map(({ filename }) => filename?.replace(/^.*\./u, '')).toSorted()).toContain(
    'docx',
  );
  expect(JSON.stringify(received?.mail.text)).toContain('CONFIDENCIAL');
  const raw = Buffer.from(received?.raw ?? []).toString('latin1');
  for (const secret of [rosa.account.number, rosa.account.lid]) expect(raw).not.toContain(secret);
});

describe('no harm 13: what is written before the question arrived answers nothing', () => {
  it('typed ahead while our bubbles wait: no mail leaves; once they are there, what is answered counts', async () => {
    const ana = await griot.person('ana');
    await toNames(ana);
    const before = smtp.received.length;
    griot.server.pause(griot.account);
    for (const says of ['2', '1', '3', 'ENVIAR', 'ENVIAR']) await ana.says(says);
    const { store } = griot.app();
    const known = await store.personAt({ channel: 'whatsapp', account: ACCOUNT, address: `${ana.account.lid}@lid` });
    const taken = async () => {
      const said = (await store.transcript(known?.person ?? '', null)).filter(({ text }) => text === 'ENVIAR');
      return said.length === 2 && (await store.peopleWaiting()).length === 0;
    };
    while (!(await taken())) await delay(20);
    expect(await sessionOf(ana)).toMatchObject({ at: { prompt: 'read-back-check' }, publication: null, mails: [] });
    griot.server.resume(griot.account);
    await ana.hears(/^Quizás escribió esto antes de que le llegara/u);
    await griot.app().settle();
    expect(smtp.received).toHaveLength(before);
    await saysInTurn(griot, ana, ['1', '3', 'ENVIAR']);
    await until(() => smtp.received.length > before);
  });

  it('a "2" that quotes the safety step makes nobody a minor at the keep question', async () => {
    const tomas = await griot.person('tomas');
    await tomas.says('hola');
    await tomas.hears(/Salir y borrar/u);
    await tomas.says('1');
    const safety = await tomas.hears(/Mensajes que desaparecen/u);
    await tomas.says('1');
    await tomas.hears(/¿Podemos guardar/u);
    const to = `${griot.account.number}@s.whatsapp.net`;
    await tomas.socket().sendMessage(to, { text: '2' }, { quoted: safety.message });
    await tomas.hears(/^Usted respondió a un mensaje mío anterior/u);
    await tomas.hears(/\*2\*/u);
    expect(await sessionOf(tomas)).toMatchObject({ at: { prompt: 'keep' }, kept: false, flags: [] });
    await tomas.says('1');
    await tomas.hears(/Quién escribe/u);
  });
});
