// One account, one bubble at a time, and nobody waits for somebody else's long text.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { openGriot, toStory, until, type Griot } from './griot.ts';

/** The most that WhatsApp lets anybody write into one message, in sentences as they are typed on a phone. */
const LONG = 'nos dijeron que volviéramos el martes y el martes no había nadie. '.repeat(1_100).slice(0, 65_500);
const PACE_MS = 40;

let griot: Griot;
let ana: WhatsAppPerson;
let rosa: WhatsAppPerson;
beforeAll(async () => {
  griot = await openGriot({}, PACE_MS);
  ana = await griot.person('ana');
  rosa = await griot.person('rosa');
});
afterAll(() => griot.close());

it('a text as long as a message can be is taken whole; while it is read back, another person is answered', async () => {
  await toStory(ana);
  await ana.says(LONG);
  await ana.hears(/^Guardado/u);
  await ana.says('revisar');
  await ana.hears(/\*1\* /u);
  const before = ana.heard.length;
  await ana.says('1');
  await ana.hears(/nos dijeron/u);
  await rosa.says('hola');
  await rosa.hears(/Salir y borrar/u);
  const meanwhile = ana.heard.length - before;

  const shown = () => ana.heard.slice(before).map(({ text }) => text);
  await until(() => shown().some((text) => text.includes('¿Qué quiere hacer con esta parte')));
  expect(shown().length).toBeGreaterThan(100);
  expect(meanwhile).toBeLessThan(shown().length / 3);
  const words = (text: string) => text.replaceAll(/\s+/gu, ' ');
  expect(words(shown().join(' '))).toContain(words(LONG.trim()));
  expect(shown().every((text) => text.length <= 600)).toBe(true);
});
