// One whole way in Spanish, from "hola" to the mail in a real SMTP server and the file on the phone.

import { normalizeMessageContent } from '@whiskeysockets/baileys';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readDocx } from '../../../src/channels/read-docx/read-docx.ts';
import { startSmtp, type TestSmtp } from '../../support/smtp.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { openGriotThatMails, until, type Griot } from './griot.ts';

let smtp: TestSmtp;
let griot: Griot;
let rosa: WhatsAppPerson;

beforeAll(async () => {
  smtp = await startSmtp();
  griot = await openGriotThatMails(smtp.port);
  rosa = await griot.person('rosa');
});
afterAll(async () => {
  await griot.close();
  await smtp.close();
});

it('carries a mother from "hola" to the mail, and gives her the file', async () => {
  const way: readonly (readonly [string, RegExp])[] = [
    ['hola', /\*4\* Salir y borrar/u],
    ['1', /Mensajes que desaparecen/u],
    ['1', /¿Podemos guardar/u],
    ['1', /Quién escribe|¿Quién/u],
    ['soy la mamá', /./u],
    ['Mi hijo arreglaba radios. En el expediente es un número, y el número está mal copiado.', /^Guardado/u],
    ['siguiente', /palabra secreta/u],
    ['saltar', /Elija uno por su número/u],
    ['1', /Escriba lo que quiera/u],
    ['Me dijeron que investigara yo. Llevo cuatro años yendo los martes.', /^Guardado/u],
    ['siguiente', /otro punto/u],
    ['siguiente', /./u],
    ['saltar todo', /./u],
    ['siguiente', /./u],
    ['saltar todo', /\*2\*/u],
  ];
  for (const [says, hears] of way) {
    await rosa.says(says);
    await rosa.hears(hears).catch((error: unknown) => {
      throw new Error(`after "${says}"`, { cause: error });
    });
  }
  await rosa.says('2');
  const theFile = () =>
    rosa.heard.find(({ message }) => {
      const { documentMessage } = normalizeMessageContent(message.message) ?? {};
      return documentMessage?.fileName?.endsWith('.docx');
    });
  await until(() => theFile() !== undefined);
  const file = theFile();
  expect(file).toBeDefined();
  if (file === undefined) return;
  const read = await readDocx(await rosa.bytesOf(file));
  expect(read).toMatchObject({ ok: true, text: expect.stringContaining('el número está mal copiado') as unknown });
  for (const says of ['1', '3', 'ENVIAR']) {
    await rosa.says(says);
    await rosa.hears(/./u);
    await griot.app().settle();
  }
  await until(() => smtp.received.length > 0);
  const [received] = smtp.received;
  expect(received?.mail.attachments.map(({ filename }) => filename?.replace(/^.*\./u, '')).toSorted()).toContain(
    'docx',
  );
  expect(JSON.stringify(received?.mail.text)).toContain('CONFIDENCIAL');
  const raw = Buffer.from(received?.raw ?? []).toString('latin1');
  for (const secret of [rosa.account.number, rosa.account.lid]) expect(raw).not.toContain(secret);
});
