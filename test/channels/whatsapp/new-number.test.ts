// A number that changes hands, and a second phone: who is taken for whom.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACCOUNT } from '../../../src/channels/whatsapp/for-app.ts';
import { openPerson, type WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { openGriot, toStory, type Griot } from './griot.ts';

const STORY = 'Mi tía vendía mangos. En la comisaría dijeron que no era su turno.';
let griot: Griot;
let ana: WhatsAppPerson;
const others: WhatsAppPerson[] = [];
beforeAll(async () => {
  griot = await openGriot({ PUBLIC_URL: 'https://hablar.casa-ejemplo.internal' });
  ana = await griot.person('ana');
});
afterAll(async () => {
  for (const other of others) other.close();
  await griot.close();
});

async function somebody(number: string, lid: string): Promise<WhatsAppPerson> {
  const person = await openPerson(griot.server, griot.server.account(number, lid), griot.account);
  others.push(person);
  return person;
}

async function partsOf({ account }: WhatsAppPerson): Promise<readonly string[] | null> {
  const { store } = griot.app();
  const known = await store.personAt({ channel: 'whatsapp', account: ACCOUNT, address: `${account.lid}@lid` });
  if (known === null) return null;
  const session = (await store.session(known.person)) as { contribution: string | null };
  return session.contribution === null ? [] : (await store.parts(session.contribution)).map(({ text }) => text);
}

it('she keeps her text when she changes her number', async () => {
  await toStory(ana);
  await ana.says(STORY);
  await ana.hears(/^Guardado/u);
  griot.server.changeNumber(ana.account, '15550100077');
  await ana.says('La fiscal no nos recibió nunca.');
  await ana.hears(/^Guardado/u);
  expect(await partsOf(ana)).toEqual([STORY, 'La fiscal no nos recibió nunca.']);
});

it('whoever gets her old number is a stranger, and reads nothing of hers', async () => {
  const stranger = await somebody('15550100011', '900000000088');
  await stranger.says('hola');
  await stranger.hears(/Salir y borrar/u);
  for (const { text } of stranger.heard) expect(text).not.toMatch(/mangos|comisaría|respuestas/u);
  expect(await partsOf(stranger)).toEqual([]);
  // Nor does hers move: the old number leads to the stranger, she is where she was.
  await ana.says('Y yo sigo aquí.');
  await ana.hears(/^Guardado/u);
  expect(await partsOf(ana)).toEqual([STORY, 'La fiscal no nos recibió nunca.', 'Y yo sigo aquí.']);
});

it('she goes on with it on her second phone, with a code that works once, and on the first one, too', async () => {
  await ana.says('código');
  const { text } = await ana.hears(/^Aquí está lo que pidió\.\n/u);
  const code = /\*([0-9A-Z-]{14})\*/u.exec(text)?.[1] ?? '';
  const second = await somebody('15550100078', '900000000078');
  await second.says(code);
  await second.hears(/^Ya puede seguir aquí/u);
  await second.says('Desde el teléfono de mi hija.');
  await second.hears(/^Guardado/u);
  expect((await partsOf(second))?.at(-1)).toBe('Desde el teléfono de mi hija.');
  await ana.says('En marzo cerraron el caso.');
  await ana.hears(/^Guardado/u);
  expect((await partsOf(second))?.at(-1)).toBe('En marzo cerraron el caso.');
  const third = await somebody('15550100079', '900000000079');
  await third.says(code);
  await third.hears(/Leave and erase/u);
  expect(await partsOf(third)).toEqual([]);
});
