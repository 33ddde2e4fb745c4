// Over the wire: unmodified Baileys sockets on both sides, a server of ours between them.

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { proto } from '@whiskeysockets/baileys';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT } from '../../../src/channels/whatsapp/for-app.ts';
import { node, seconds } from '../../support/whatsapp-server/node.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { openGriot, toStory, until, type Griot } from './griot.ts';
import { aDocx } from './a-docx.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const STORY = 'Mi hermano vendía flores en el mercado de San Ejemplo.';

let griot: Griot;
let ana: WhatsAppPerson;

beforeAll(async () => {
  griot = await openGriot();
  ana = await griot.person('ana');
});
afterAll(() => griot.close());

async function idle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 150));
  await griot.app().settle();
}

async function partsOf(person: WhatsAppPerson): Promise<readonly string[]> {
  const { store } = griot.app();
  const known = await store.personAt({ channel: 'whatsapp', account: ACCOUNT, address: `${person.account.lid}@lid` });
  const session = (await store.session(known?.person ?? '')) as { contribution: string };
  return (await store.parts(session.contribution)).map(({ text }) => text);
}

describe('a mother tells', () => {
  it('in several bubbles, which are one answer, acknowledged once', async () => {
    await toStory(ana);
    const before = ana.heard.length;
    await Promise.all([ana.says(STORY), ana.says('Tenía treinta años.'), ana.says('Cantaba en misa.')]);
    await ana.hears(/^Guardado/u);
    await delay(1_000);
    expect(ana.heard.slice(before).map(({ text }) => text.slice(0, 8))).toEqual(['Guardado']);
    expect((await partsOf(ana)).toSorted()).toEqual([STORY, 'Tenía treinta años.', 'Cantaba en misa.'].toSorted());
  });

  it('and an edited message changes the answer', async () => {
    const id = await ana.says('Nació en Villa Errata.');
    await ana.hears(/^Guardado/u);
    await ana.edits(id, 'Nació en Villa Ejemplo.');
    await ana.hears(/Cambié esa parte/u);
    expect(await partsOf(ana)).toContain('Nació en Villa Ejemplo.');
    expect(await partsOf(ana)).not.toContain('Nació en Villa Errata.');
  });

  it('and a message deleted for everyone is taken out of answer and transcript', async () => {
    const id = await ana.says('El cabo le pegó con la culata.');
    await ana.hears(/^Guardado/u);
    const before = ana.heard.length;
    await ana.deletes(id);
    await ana.hears(/Quité ese mensaje/u);
    await idle();
    expect(await partsOf(ana)).not.toContain('El cabo le pegó con la culata.');
    expect(ana.heard.slice(before).filter(({ text }) => text.startsWith('Quité'))).toHaveLength(1);
    const { store } = griot.app();
    const address = { channel: 'whatsapp', account: ACCOUNT, address: `${ana.account.number}@s.whatsapp.net` };
    const known = await store.personAt(address);
    const lines = await store.transcript(known?.person ?? '', null);
    expect(lines.some(({ text }) => text === 'El cabo le pegó con la culata.')).toBe(false);
    expect(lines.filter(({ from, text }) => from === 'person' && text === null)).not.toEqual([]);
  });

  it('and is the same person by LID and by number', async () => {
    await ana.says('Su padre murió al año siguiente.', { as: 'lid' });
    await ana.hears(/^Guardado/u);
    expect(await partsOf(ana)).toContain('Su padre murió al año siguiente.');
  });

  it('and a Word file is read, shown back and used on a yes', async () => {
    const before = await partsOf(ana);
    const document = aDocx('Lo que escribí en la computadora de la biblioteca.');
    await ana.sends({ document, mimetype: DOCX, fileName: 'carta.docx' });
    await ana.hears(/Esto es lo que leí en su archivo[^]*biblioteca/u);
    await ana.hears(/\*1\*/u);
    expect(await partsOf(ana)).toEqual(before);
    await ana.says('1');
    await ana.hears(/./u);
    expect(await partsOf(ana)).toContain('Lo que escribí en la computadora de la biblioteca.');
  });

  it.each([
    ['a voice note', { audio: Buffer.from('OggS not really'), ptt: true, mimetype: 'audio/ogg' }, /mensajes de voz/u],
    ['a picture', { image: Buffer.from('not really'), jpegThumbnail: '' }, /imágenes/u],
    ['a video', { video: Buffer.from('not really'), jpegThumbnail: '' }, /videos/u],
    ['a sticker', { sticker: Buffer.from('not really') }, /Solo puedo leer texto/u],
    ['a place', { location: { degreesLatitude: 1, degreesLongitude: 1 } }, /lugar en el mapa/u],
    ['a contact', { contacts: { displayName: 'X', contacts: [{ vcard: 'BEGIN:VCARD' }] } }, /contactos/u],
    ['a poll', { poll: { name: '?', values: ['a', 'b'], selectableCount: 1 } }, /No puedo usar esto/u],
    ['a picture to see once', { image: Buffer.from('x'), jpegThumbnail: '', viewOnce: true }, /imágenes/u],
    ['a PDF', { document: Buffer.from('%PDF'), mimetype: 'application/pdf', fileName: 'a.pdf' }, /Este es un PDF/u],
    [
      'a file that lies about its type',
      { document: Buffer.from('MZ'), mimetype: DOCX, fileName: 'a.docx' },
      /este archivo/u,
    ],
    ['a bomb', { document: bomb(), mimetype: DOCX, fileName: 'a.docx' }, /este archivo/u],
    ['20 MB', { document: Buffer.alloc(20 << 20, 7), mimetype: DOCX, fileName: 'a.docx' }, /demasiado grande/u],
  ] as const)('and %s gets an honest reply and is not kept', async (_, content, reply) => {
    const before = await partsOf(ana);
    await ana.sends(content as never);
    await ana.hears(reply);
    expect(await partsOf(ana)).toEqual(before);
  });

  it('and a file that is larger than it says is not kept', async () => {
    const before = await partsOf(ana);
    const socket = ana.socket();
    const { generateWAMessageContent } = await import('@whiskeysockets/baileys');
    const content = await generateWAMessageContent(
      { document: Buffer.alloc(6 << 20, 7), mimetype: DOCX, fileName: 'a.docx' },
      { upload: socket.waUploadToServer },
    );
    if (content.documentMessage) content.documentMessage.fileLength = 10;
    await socket.relayMessage(`${griot.account.number}@s.whatsapp.net`, content, {});
    await ana.hears(/este archivo/u);
    expect(await partsOf(ana)).toEqual(before);
  });

  it('and nobody answers a thumb, a group, a broadcast, a newsletter, or our own message', async () => {
    await idle();
    const before = ana.heard.length;
    const parts = await partsOf(ana);
    await ana.sends({ react: { text: '👍', key: { remoteJid: 'x', id: 'y' } } });
    const plain = proto.Message.encode({ conversation: 'Una voz de otra parte, sin cifrar.' }).finish();
    const said = [node('plaintext', {}, plain)];
    const from = `${ana.account.number}@s.whatsapp.net`;
    for (const attrs of [
      { from: '12036300000000@g.us', participant: from },
      { from: 'status@broadcast', participant: from },
      { from: '120363000000000000@newsletter' },
      { from },
    ]) {
      griot.server.inject(
        griot.account,
        node('message', { ...attrs, id: randomUUID(), type: 'text', t: seconds() }, said),
      );
    }
    await idle();
    expect(ana.heard.slice(before).map(({ text }) => text)).toEqual([]);
    expect(await partsOf(ana)).toEqual(parts);
  });

  it('and what cannot be decrypted ends nothing', async () => {
    const enc = node('enc', { v: '2', type: 'msg' }, Buffer.from('no cipher of ours'));
    const attrs = { from: `${ana.account.number}:1@s.whatsapp.net`, id: randomUUID(), type: 'text', t: seconds() };
    griot.server.inject(griot.account, node('message', attrs, [enc]));
    await ana.says('Después encontramos su mochila.');
    await ana.hears(/^Guardado/u);
    expect(await partsOf(ana)).toContain('Después encontramos su mochila.');
  });

  it('and one message that comes twice is one message', async () => {
    const messageId = '3EB0ABCDEF012345678901';
    const to = `${griot.account.number}@s.whatsapp.net`;
    for (let copy = 0; copy < 3; copy++) {
      await ana.socket().sendMessage(to, { text: 'Esto llega dos veces.' }, { messageId });
    }
    await ana.hears(/^Guardado/u);
    await idle();
    expect((await partsOf(ana)).filter((text) => text === 'Esto llega dos veces.')).toHaveLength(1);
  });
});

describe('the line', () => {
  it('breaks with 503, and what was said meanwhile is heard', async () => {
    griot.server.failLogin(griot.account, ...Array<string>(1000).fill('503'));
    griot.server.drop(griot.account, 503);
    await until(() => griot.app().whatsapp?.health() !== 'open');
    await ana.says('La fiscal no nos recibió nunca.');
    griot.server.allow(griot.account);
    await ana.hears(/^Guardado/u);
    expect(await partsOf(ana)).toContain('La fiscal no nos recibió nunca.');
  });

  it('is the same after a restart, without a new code, and the bot says where we were', async () => {
    const devices = griot.account.devices.length;
    await griot.stop();
    await ana.says('En marzo cerraron el caso.');
    await griot.start();
    await ana.hears(/Tengo sus respuestas hasta aquí/u);
    await idle();
    expect(griot.account.devices).toHaveLength(devices);
    expect(await partsOf(ana)).toContain('En marzo cerraron el caso.');
  });

  it('does not send again what WhatsApp refused with 463, and says so', async () => {
    await idle();
    const sent = () => griot.server.seen.filter(({ tag }) => tag === 'message').length;
    // The help is several bubbles: one that went through would end the restriction.
    griot.server.refuse(griot.account, ...Array<string>(10).fill('463'));
    await ana.says('ayuda');
    await until(() => griot.app().whatsapp?.health() === 'restricted');
    await idle();
    await until(() => sent() > 0);
    const before = sent();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(sent()).toBe(before);
    expect(griot.logged.join('')).toContain('restricted');
    griot.server.allow(griot.account);

    // She saw nothing of it: what she writes next answers no question that she never read.
    const parts = await partsOf(ana);
    await ana.says('1');
    await ana.hears(/Quizás no le llegaron mis últimos mensajes/u);
    await ana.hears(/Al terminar: \*siguiente\*/u);
    await until(() => griot.app().whatsapp?.health() === 'open');
    expect(await partsOf(ana)).toEqual(parts);
  });

  it('is left to another process that uses the account (440), and no draft is lost', async () => {
    const parts = await partsOf(ana);
    griot.server.drop(griot.account, 440);
    await until(() => griot.app().whatsapp?.health() === 'used-elsewhere');
    expect(await partsOf(ana)).toEqual(parts);
  });
});

it('logs no word, no number, no key, at the loudest', () => {
  const all = griot.logged.join('');
  for (const secret of ['Mi hermano', ana.account.number, ana.account.lid, 'privKey', 'biblioteca']) {
    expect(all).not.toContain(secret);
  }
});

function bomb(): Buffer {
  const zeros = new Uint8Array(50 << 20);
  return Buffer.from(zipSync({ 'word/document.xml': zeros }, { level: 9 }));
}
