// What is changed, or taken back, on the phone after it was put into the document: before SEND, in the window, and after the
// mail has left; over the wire, to a real mail server.

import { afterEach, expect, it } from 'vitest';
import { readDocx } from '../../../src/channels/media/read-docx.ts';
import { startSmtp, type TestSmtp } from '../../support/smtp.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { openGriotThatMails, toStory, until, type Griot } from './griot.ts';

let smtp: TestSmtp | null = null;
let griot: Griot | null = null;
afterEach(async () => {
  await griot?.close();
  await smtp?.close();
  [griot, smtp] = [null, null];
});

/** Rosa has told two things and stands before the last question. */
async function beforeSend(windowMinutes: string) {
  smtp = await startSmtp();
  griot = await openGriotThatMails(smtp.port, { SEND_WINDOW_MINUTES: windowMinutes });
  const rosa = await griot.person('rosa');
  await toStory(rosa);
  const ids: string[] = [];
  for (const text of ['Mi hijo arreglaba radios en la calle Errata.', 'Su jefe se llama Don Indicio.']) {
    ids.push(await rosa.says(text));
    await rosa.hears(/^Guardado/u);
  }
  const way: readonly (readonly [string, RegExp])[] = [
    ['siguiente', /palabra secreta/u],
    ['saltar', /Elija un número/u],
    ['siguiente', /./u],
    ['saltar todo', /./u],
    ['siguiente', /./u],
    ['saltar todo', /\*4\*/u],
    ['4', /\*3\*/u],
    ['3', /escriba ENVIAR/u],
  ];
  for (const [says, hears] of way) {
    await rosa.says(says);
    await rosa.hears(hears);
    // Who answers has read all of what was asked.
    await griot.app().settle();
  }
  return { rosa, ids, smtp, griot };
}

async function arrived(server: TestSmtp): Promise<string> {
  const file = server.received.at(-1)?.mail.attachments.find(({ filename }) => filename?.endsWith('.docx') === true);
  if (file === undefined || typeof file.content === 'string') throw new Error('no Word file');
  const read = await readDocx(new Uint8Array(file.content));
  return read.ok ? read.text : read.why;
}

/** In this order, in one message or in several. */
const hearsAll = async (person: WhatsAppPerson, ...patterns: readonly RegExp[]) => {
  let last = '';
  for (const pattern of patterns) if (!pattern.test(last)) last = (await person.hears(pattern)).text;
};

it('an edit at the last question builds the document again: what she approves, and what arrives, has her last words', async () => {
  const { rosa, ids, smtp: server } = await beforeSend('0');
  await rosa.edits(ids[0] ?? '', 'Mi hijo arreglaba radios en la calle Ejemplo.');
  await hearsAll(rosa, /Cambié esa parte/u, /Así empieza su archivo final/u, /escriba ENVIAR/u);
  await rosa.says('ENVIAR');
  await until(() => server.received.length > 0);
  const text = await arrived(server);
  expect(text).toContain('en la calle Ejemplo.');
  expect(text).not.toContain('Errata');
});

it('deleted for everyone inside the window: she hears that the approved text still has it; stopped and sent again, it is out', async () => {
  const { rosa, ids, smtp: server, griot: running } = await beforeSend('10');
  await rosa.says('ENVIAR');
  await rosa.hears(/\*1\* /u);
  await rosa.deletes(ids[1] ?? '');
  await rosa.hears(/documento aprobado no cambia[^]*\*parar\*/u);
  await rosa.says('parar');
  await hearsAll(rosa, /no sale\. Su texto/u, /\*3\* Enviarlo de todos modos/u);
  await running.app().settle();
  expect(server.connections()).toBe(0);
  const before = rosa.heard.length;
  await rosa.says('1');
  await rosa.hears(/\*4\* Ahora no/u);
  await rosa.says('siguiente');
  await rosa.hears(/\*3\* Confidencial/u);
  await running.app().settle();
  await rosa.says('3');
  await rosa.hears(/escriba ENVIAR/u);
  const shown = rosa.heard.slice(before).map(({ text }) => text);
  expect(shown.join()).not.toContain('Indicio');
});

it('deleted, and edited, after the mail has left: she is told that what was sent is not changed by it', async () => {
  const { rosa, ids, smtp: server, griot: app } = await beforeSend('0');
  await rosa.says('ENVIAR');
  await until(() => server.received.length > 0);
  await app.app().settle();
  await rosa.deletes(ids[1] ?? '');
  const deleted = await rosa.hears(/lo que guardamos\./u);
  expect(deleted.text).toContain('todavía lo tiene');
  await rosa.edits(ids[0] ?? '', 'Mi hijo arreglaba radios.');
  const edited = await rosa.hears(/lo que guardamos\./u);
  expect(edited.text).toContain('no cambia con eso');
  expect(await arrived(server)).toContain('Don Indicio');
  expect(server.received).toHaveLength(1);
});
