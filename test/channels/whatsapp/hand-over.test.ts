// A text that was written down on WhatsApp goes over to its person in the web chat, and one of the web chat to WhatsApp,
// by a code and over the real wires.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACCOUNT } from '../../../src/channels/whatsapp/for-app.ts';
import { parseSession, type Session } from '../../../src/dialog/engine/session.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { Visitor } from '../../support/running-app.ts';
import { openGriot, type Griot } from './griot.ts';

const STORY = 'Vio el coche sin placas en la esquina. Pidió el expediente tres veces.';
const ENGLISH = 'They came at night with torches. Nobody told her where her brother was.';
const CODE = /\b[0-9A-Z]{5}-[0-9A-Z]{5}\b/u;

let griot: Griot;
let organiser: WhatsAppPerson;
let rosa: WhatsAppPerson;
let url = '';

beforeAll(async () => {
  griot = await openGriot();
  organiser = await griot.person('ana');
  rosa = await griot.person('rosa');
  url = `http://localhost:${(await griot.app().listen()).port}`;
});
afterAll(() => griot.close());

async function goes(person: WhatsAppPerson, steps: readonly (readonly [string, RegExp])[]): Promise<void> {
  for (const [says, hears] of steps) {
    await person.says(says);
    await person.hears(hears);
    // Who answers has read all of what was asked.
    await griot.app().settle();
  }
}

async function sessionsOf(person: WhatsAppPerson): Promise<readonly Session[]> {
  const { store } = griot.app();
  const known = await store.personAt({ channel: 'whatsapp', account: ACCOUNT, address: `${person.account.lid}@lid` });
  return (await store.sessions(known?.person ?? '')).map(({ session }) => parseSession(session));
}

it('goes from WhatsApp to the web chat, where its person reads it, and is gone from the chat', async () => {
  await goes(organiser, [
    ['hola', /Salir y borrar/u],
    ['1', /Mensajes que desaparecen/u],
    ['1', /¿Podemos guardar/u],
    ['1', /¿Quién escribe\?/u],
    ['reúno testimonios', /¿Un documento para todos/u],
    ['1', /palabra secreta/u],
    ['jacaranda', /misma palabra otra vez/u],
    ['jacaranda', /¿Cómo llamar/u],
    ['Carlos', /¿En qué lengua habla Carlos/u],
    ['español', /Solo cuenta lo que diga Carlos/u],
    ['1', /Tómense el tiempo/u],
    [STORY, /^Guardado\.\nCarlos/u],
    ['entregar', /¿Quién debe tener este texto\?/u],
  ]);
  await organiser.says('1');
  const code = CODE.exec((await organiser.hears(/^Este código sirve una vez/u)).text)?.[0] ?? '';
  const carlos = new Visitor(url);
  await carlos.open();
  await carlos.say('español');
  expect((await carlos.say(code.toLowerCase())).text).toContain('Anoté su código.');
  for (const _ of ['go on', 'safety', 'yes']) await carlos.tap(1);
  const offered = await carlos.open();
  expect(offered.text).toContain('Le entregan un texto.');
  expect(offered.text).not.toContain('coche');
  expect((await carlos.tap(1)).text).toContain('Ahora el texto lo tiene usted.');
  await carlos.tap(1);
  await carlos.say('revisar');
  expect((await carlos.say('1')).text).toContain(STORY);

  await organiser.says('casos');
  await organiser.hears(/^Alguien tomó un texto que usted entregó\.\nEra Carlos\./u);
  expect((await sessionsOf(organiser)).filter(({ teller }) => teller !== undefined)).toEqual([]);
  // Neither the code nor the name was ever in a log.
  expect(griot.logged.join('')).not.toContain(code);
  expect(griot.logged.join('')).not.toContain('Carlos');
});

it('goes from the web chat to WhatsApp, and its person takes nothing over before they said yes', async () => {
  const atPage = new Visitor(url);
  await atPage.open();
  for (const text of ['1', '1', '1', '4', '1', 'girasol', 'girasol', 'Amina', 'english', '1', ENGLISH, 'hand over']) {
    await atPage.say(text);
  }
  const code = CODE.exec((await atPage.say('1')).text)?.[0] ?? '';
  await goes(rosa, [
    ['hola', /Salir y borrar/u],
    [code, /^Anoté su código\./u],
    ['1', /Mensajes que desaparecen/u],
    ['1', /¿Podemos guardar/u],
    ['1', /^Le entregan un texto\./u],
  ]);
  expect(await sessionsOf(rosa)).toMatchObject([{ contribution: expect.any(String) as string, counts: {} }]);
  await goes(rosa, [
    ['1', /^Ahora el texto lo tiene usted\./u],
    ['1', /./u],
    ['revisar', /Su relato|Su historia/u],
    ['1', /torches/u],
  ]);
  expect((await atPage.say('cases')).text).toContain('Someone took over a text that you handed over.');
  expect(await sessionsOf(rosa)).toMatchObject([{ counts: { story: { words: 13 } } }]);
});
