import { afterAll, beforeAll, expect, it } from 'vitest';
import { normalizeMessageContent } from '@whiskeysockets/baileys';
import { openGriot, type Griot } from './griot.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';

let griot: Griot;
let ana: WhatsAppPerson;
beforeAll(async () => {
  griot = await openGriot();
  ana = await griot.person('ana');
});
afterAll(() => griot.close());

it('messages that vanish are switched on from the chat, and every bubble of ours carries the expiry', async () => {
  await ana.says('hola');
  await ana.hears(/Salir y borrar/u);
  await ana.says('1');
  await ana.hears(/Mensajes que desaparecen/u);
  const before = ana.heard.length;
  await ana.says('2');
  await ana.hears(/desaparece de los teléfonos en 24 horas[^]*¿Podemos guardar/u);
  await ana.says('ayuda');
  await ana.hears(/Palabras que siempre funcionan/u);
  const since = ana.heard.slice(before);
  const settings = since.filter(({ message }) => normalizeMessageContent(message.message)?.protocolMessage);
  expect(settings).toHaveLength(1);
  const bubbles = since.filter(({ text }) => text !== '');
  expect(bubbles.length).toBeGreaterThan(1);
  for (const { text, message } of bubbles) {
    const content = normalizeMessageContent(message.message);
    expect(content?.extendedTextMessage?.contextInfo?.expiration, text).toBe(86_400);
  }
});

it('after a restart they still vanish, and her phone is not told so again', async () => {
  await griot.stop();
  await griot.start();
  const before = ana.heard.length;
  await ana.says('ayuda');
  await ana.hears(/Palabras que siempre funcionan/u);
  await griot.app().settle();
  const since = ana.heard.slice(before).map(({ message }) => normalizeMessageContent(message.message));
  expect(since.filter((content) => content?.protocolMessage)).toEqual([]);
  for (const content of since) expect(content?.extendedTextMessage?.contextInfo?.expiration).toBe(86_400);
});

it('what a phone alone switched on is kept as well', async () => {
  const rosa = await griot.person('rosa');
  await rosa.says('hola');
  await rosa.hears(/Salir y borrar/u);
  await rosa.sends({ disappearingMessagesInChat: 604_800 });
  // Taken in their order.
  await rosa.says('ayuda');
  await rosa.hears(/Palabras que siempre funcionan/u);
  // A question that is asked again after the start is answered after it.
  await griot.app().settle();
  await griot.stop();
  await griot.start();
  await rosa.says('1');
  const { message } = await rosa.hears(/Quien tenga este teléfono/u);
  expect(normalizeMessageContent(message.message)?.extendedTextMessage?.contextInfo?.expiration).toBe(604_800);
});
