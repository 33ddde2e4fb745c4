// A code that was asked for in the chat opens the same conversation in the web chat, also when the account is stopped;
// and a code of the web chat, written into the chat, brings the conversation there.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACCOUNT } from '../../../src/channels/whatsapp/for-app.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { openGriot, toStory, until, type Griot } from './griot.ts';

const STORY = 'Mi hermana cuidaba gallinas. Nadie de la comisaría quiso escribir su nombre.';

let griot: Griot;
let ana: WhatsAppPerson;
let rosa: WhatsAppPerson;
let site = '';

beforeAll(async () => {
  griot = await openGriot();
  ana = await griot.person('ana');
  rosa = await griot.person('rosa');
  site = `http://localhost:${(await griot.app().listen()).port}`;
});
afterAll(() => griot.close());

/** What the web chat shows in a browser of its own. */
function browser() {
  let cookie = '';
  const load = async (path: string, form?: Readonly<Record<string, string>>): Promise<string> => {
    const headers = { cookie, origin: site, 'sec-fetch-site': 'same-origin', 'accept-language': 'es' };
    const response = await fetch(`${site}${path}`, {
      headers,
      redirect: 'manual',
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const set of response.headers.getSetCookie()) cookie = set.split(';')[0] ?? '';
    const { status } = response;
    return status === 303 ? load(response.headers.get('location') ?? '/') : `${status} ${await response.text()}`;
  };
  return { load };
}

async function partsOf(person: WhatsAppPerson): Promise<readonly string[]> {
  const { store } = griot.app();
  const known = await store.personAt({ channel: 'whatsapp', account: ACCOUNT, address: `${person.account.lid}@lid` });
  const session = (await store.session(known?.person ?? '')) as { contribution: string };
  return (await store.parts(session.contribution)).map(({ text }) => text);
}

it('she hears of it before the chat is ever cut off, and asks for it', async () => {
  await toStory(ana);
  await ana.says(STORY);
  await ana.hears(/^Guardado/u);
  await ana.says('siguiente');
  await ana.hears(/palabra secreta/u);
  await ana.says('saltar');
  const { text } = await ana.hears(/^Si este chat deja de funcionar[^]*\/back con un código/u);
  if (!text.includes('Los expertos preguntan')) await ana.hears(/^Los expertos preguntan/u);
});

it('the account is stopped; the draft stays, and the code opens it once', async () => {
  await ana.says('código');
  const { text } = await ana.hears(/^Aquí está lo que pidió\.\n/u);
  const code = /\*([0-9A-Z-]{14})\*/u.exec(text)?.[1] ?? '';
  await ana.hears(/^Los expertos/u);
  griot.server.drop(griot.account, 403);
  await until(() => griot.app().whatsapp?.health() === 'forbidden');

  const library = browser();
  const page = await library.load('/back', { code });
  expect(page).toMatch(/^200/u);
  expect(page).toContain('Los expertos preguntan por estos puntos');
  expect(page).not.toContain('gallinas');
  expect(page).not.toContain(code);
  expect(await partsOf(ana)).toEqual([STORY]);
  expect(await browser().load('/back', { code })).toMatch(/^404/u);

  // For whoever reads later what was said, and in every log, the code was never there.
  const { store } = griot.app();
  const known = await store.personAt({ channel: 'whatsapp', account: ACCOUNT, address: `${ana.account.lid}@lid` });
  expect(JSON.stringify(await store.transcript(known?.person ?? '', null))).not.toContain(code);
  expect(griot.logged.join('')).not.toContain(code);
});

it('a code of the web chat, written into the chat, brings the conversation there', async () => {
  const { store } = griot.app();
  await store.whatsapp.setAccount(ACCOUNT, 'linked', null);
  await griot.stop();
  await griot.start();
  site = `http://localhost:${(await griot.app().listen()).port}`;
  const phone = browser();
  const hello = await phone.load('/');
  expect(hello).toMatch(/^200/u);
  const code = /class="code">([\w-]+)</u.exec(await phone.load('/code', {}))?.[1] ?? '';
  expect(code).toHaveLength(14);
  await rosa.says(` ${code.toLowerCase()} `);
  const { text } = await rosa.hears(/^Ya puede seguir aquí/u);
  if (!text.includes('Salir y borrar')) await rosa.hears(/Salir y borrar/u);
  expect(await browser().load('/back', { code })).toMatch(/^404/u);
  const known = await griot
    .app()
    .store.personAt({ channel: 'whatsapp', account: ACCOUNT, address: `${rosa.account.lid}@lid` });
  const lines = await griot.app().store.transcript(known?.person ?? '', null);
  expect(JSON.stringify(lines).toUpperCase()).not.toContain(code);
  expect(lines.length).toBeGreaterThan(2);
});
