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
  await ana.hears(/desaparece de los teléfonos en 24 horas/u);
  await ana.hears(/¿Podemos guardar/u);
  await ana.says('ayuda');
  await ana.hears(/Palabras que siempre funcionan/u);
  const since = ana.heard.slice(before);
  const settings = since.filter(({ message }) => normalizeMessageContent(message.message)?.protocolMessage);
  expect(settings).toHaveLength(1);
  const bubbles = since.filter(({ text }) => text !== '');
  expect(bubbles.length).toBeGreaterThan(3);
  for (const { text, message } of bubbles) {
    const content = normalizeMessageContent(message.message);
    expect(content?.extendedTextMessage?.contextInfo?.expiration, text).toBe(86_400);
  }
});
