// Over the wire: several files at once, other senders, other sockets, other names of the same person.

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { makeWASocket, type SignalDataTypeMap } from '@whiskeysockets/baileys';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAuth } from '../../../src/channels/whatsapp/auth-state.ts';
import { ACCOUNT } from '../../../src/channels/whatsapp/for-app.ts';
import { node, seconds } from '../../support/whatsapp-server/node.ts';
import { openPerson, silent, type WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { openGriot, toStory, until, type Griot } from './griot.ts';
import { aDocx } from './a-docx.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const NUMBER = (person: WhatsAppPerson) => `${person.account.number}@s.whatsapp.net`;
const LID = (person: WhatsAppPerson) => `${person.account.lid}@lid`;

let griot: Griot;
let ana: WhatsAppPerson;

beforeAll(async () => {
  griot = await openGriot();
  ana = await griot.person('ana');
  await toStory(ana);
});
afterAll(() => griot.close());

const personAt = async (address: string) =>
  (await griot.app().store.personAt({ channel: 'whatsapp', account: ACCOUNT, address }))?.person ?? null;

async function partsAt(address: string): Promise<readonly string[]> {
  const session = (await griot.app().store.session((await personAt(address)) ?? '')) as { contribution: string };
  return (await griot.app().store.parts(session.contribution)).map(({ text }) => text);
}

it('an album is its pictures: each gets an honest reply, its caption is kept, its cover is no message', async () => {
  const album = { albumMessage: { expectedImageCount: 2, expectedVideoCount: 0 } };
  await ana.socket().relayMessage(NUMBER({ account: griot.account } as WhatsAppPerson), album, {});
  await ana.sends({ image: Buffer.from('one'), jpegThumbnail: '', caption: 'Así era la calle.' });
  await ana.sends({ image: Buffer.from('two'), jpegThumbnail: '' });
  await ana.hears(/imágenes/u);
  await ana.hears(/imágenes/u);
  await delay(500);
  expect(ana.unheard().some(({ text }) => /imágenes|No puedo usar esto/u.test(text))).toBe(false);
  expect(await partsAt(LID(ana))).toEqual(['Así era la calle.']);
});

it('of several Word files at once the first is shown, each other one is asked for again, and none is kept unasked', async () => {
  const before = await partsAt(LID(ana));
  for (const word of ['primera', 'segunda']) {
    await ana.sends({ document: aDocx(`La hoja ${word}.`), mimetype: DOCX, fileName: `${word}.docx` });
  }
  await ana.hears(/Esto es lo que leí en su archivo[^]*primera/u);
  await ana.hears(/No lo guardé\. Por favor, envíelo otra vez[^]*\*2\*/u);
  await ana.says('2');
  await delay(700);
  expect(await partsAt(LID(ana))).toEqual(before);
});

it('no harm 20: the words below a file that is no Word file are kept', async () => {
  const before = await partsAt(LID(ana));
  await ana.sends({
    document: Buffer.from('%PDF'),
    mimetype: 'application/pdf',
    fileName: 'a.pdf',
    caption: 'Es la carta.',
  });
  await ana.hears(/Este es un PDF/u);
  expect(await partsAt(LID(ana))).toEqual([...before, 'Es la carta.']);
});

it('20 MB are refused without being fetched', async () => {
  const before = griot.server.media.fetched.length;
  await ana.sends({ document: Buffer.alloc(20 << 20, 7), mimetype: DOCX, fileName: 'a.docx' });
  await ana.hears(/demasiado grande/u);
  expect(griot.server.media.fetched).toHaveLength(before);
});

it('what our own phone writes is no message to us', async () => {
  const phone = await openPerson(griot.server, griot.account, ana.account);
  const before = ana.heard.length;
  await phone.says('Escrito a mano en el teléfono del equipo.');
  await until(() => ana.heard.length > before);
  await delay(500);
  expect(ana.heard.slice(before).map(({ text }) => text)).toEqual(['Escrito a mano en el teléfono del equipo.']);
  expect(await personAt(`${griot.account.number}@s.whatsapp.net`)).toBeNull();
  expect(await personAt(`${griot.account.lid}@lid`)).toBeNull();
  phone.close();
});

it('a message that stays unreadable ends nothing, and the next one is heard', async () => {
  const before = await partsAt(LID(ana));
  for (const type of ['msg', 'pkmsg', 'skmsg']) {
    const enc = node('enc', { v: '2', type }, Buffer.from('no cipher of ours'));
    const attrs = { from: NUMBER(ana).replace('@', ':1@'), id: randomUUID(), type: 'text', t: seconds() };
    griot.server.inject(griot.account, node('message', attrs, [enc]));
  }
  await ana.says('Esto sí se lee.');
  await ana.hears(/^Guardado/u);
  expect(await partsAt(LID(ana))).toEqual([...before, 'Esto sí se lee.']);
});

it('a LID and a number, taken for two people at first, are one: both texts are there, each behind its own door', async () => {
  const tomas = await griot.person('tomas');
  tomas.account.isPrivate = true;
  await toStory(tomas);
  await tomas.says('Dicho con el número.');
  await tomas.hears(/^Guardado/u);
  const byNumber = await personAt(NUMBER(tomas));
  expect(await personAt(LID(tomas))).toBeNull();

  // Another device of his writes by the other name: WhatsApp's own choice, not his.
  const tablet = await openPerson(griot.server, tomas.account, griot.account);
  const says = (text: string) => tablet.says(text, { as: 'lid' });
  for (const [text, hears] of [
    ['hola', /Salir y borrar/u],
    ['1', /Mensajes que desaparecen/u],
    ['1', /¿Podemos guardar/u],
    ['1', /\*1\*/u],
    ['soy el tío', /./u],
  ] as const) {
    await says(text);
    await tablet.hears(hears);
  }
  await says('Dicho con el otro nombre.');
  await tablet.hears(/^Guardado/u);
  const byLid = await personAt(LID(tomas));
  expect(byLid).not.toBe(byNumber);

  tomas.account.isPrivate = false;
  await says('El juez archivó todo en mayo.');
  const { text } = await tablet.hears(/^Hay algo más\.\n[^]*otro texto/u);
  await tablet.hears(/^Guardado/u);
  expect([await personAt(LID(tomas)), await personAt(NUMBER(tomas))]).toEqual([byLid, byLid]);
  expect(await partsAt(LID(tomas))).toEqual(['Dicho con el otro nombre.', 'El juez archivó todo en mayo.']);
  expect(text).not.toContain('Dicho con');
  const code = /\*([0-9A-Z-]{14})\*/u.exec(text)?.[1]?.replaceAll('-', '') ?? '';
  const door = { channel: 'web-chat', account: 'default', address: 'a browser of his' };
  expect(await griot.app().store.resumeAt(code, door, '2020-01-01T00:00:00.000Z')).toBe(true);
  expect((await griot.app().store.personAt(door))?.person).toBe(byNumber);
  tablet.close();
});

it('fault 18: a second socket with the same session (440): we stop, take nothing more, and lose nothing', async () => {
  const before = await partsAt(LID(ana));
  const { state } = await openAuth(griot.app().store.whatsapp, ACCOUNT, 'a copy', false);
  const copy = makeWASocket({
    auth: {
      creds: state.creds,
      keys: {
        get: <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => state.keys.get(type, ids),
        set: () => undefined,
      },
    },
    waWebSocketUrl: griot.server.url,
    logger: silent,
    syncFullHistory: false,
  });
  await until(() => griot.app().whatsapp?.health() === 'used-elsewhere');
  expect(griot.app().whatsapp?.shown()).toBe('stopped');
  const kept = () => griot.app().store.whatsapp.account(ACCOUNT);
  while ((await kept())?.state !== 'stopped') await delay(20);
  expect(await kept()).toMatchObject({ reason: 'used-elsewhere' });
  expect(await partsAt(LID(ana))).toEqual(before);
  await copy.end(undefined);

  // A person has looked, and starts the server again.
  await griot.stop();
  await griot.start();
  await until(() => griot.app().whatsapp?.health() === 'open');
  expect(await griot.app().store.whatsapp.account(ACCOUNT)).toMatchObject({ state: 'linked' });
});

it('fault 19: a table of keys that was cut short is noticed at the start: stopped, no new identity, drafts as they were', async () => {
  const before = await partsAt(LID(ana));
  const devices = griot.account.devices.length;
  await griot.stop();
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(`${griot.dir}/griot.db`);
  db.exec("delete from whatsapp_auth where type <> 'creds'");
  db.close();
  await griot.start();
  expect(griot.app().whatsapp?.health()).toBe('keys-missing');
  await delay(500);
  expect(griot.account.devices).toHaveLength(devices);
  expect(await partsAt(LID(ana))).toEqual(before);
  expect(griot.logged.join('')).toContain('keys-missing');
});

it('what has content for a phone alone, as the first message after an advertisement, is greeted', async () => {
  await griot.stop();
  const shop = await openGriot({}, 0, { copyMs: 100 });
  try {
    const rosa = await shop.person('rosa');
    const attrs = { from: NUMBER(rosa), id: randomUUID(), type: 'text', t: seconds() };
    shop.server.inject(shop.account, node('message', attrs, [node('unavailable', {})]));
    await rosa.hears(/Leave and erase/u);
    expect(rosa.heard).toHaveLength(1);

    // Later it is a message that nobody can open: its writer is told.
    await rosa.says('1');
    await rosa.hears(/Anyone with this phone/u);
    const enc = node('enc', { v: '2', type: 'msg' }, Buffer.from('no cipher of ours'));
    const lost = { ...attrs, from: NUMBER(rosa), id: randomUUID(), t: seconds() };
    shop.server.inject(shop.account, node('message', lost, [enc]));
    await rosa.hears(/^One of your messages couldn’t be opened\.\nPlease send it once more\./u);
  } finally {
    await shop.close();
  }
});
