// Baileys and the Cloud API in one program: each person is answered where they write, and who changes goes on.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACCOUNT } from '../../../src/channels/whatsapp/for-app.ts';
import { CLOUD_ENV, placeOf } from '../../support/cloud-app.ts';
import { CloudPerson } from '../../support/graph-api/cloud-person.ts';
import { startGraphApi } from '../../support/graph-api/graph-api.ts';
import type { GraphApi } from '../../support/graph-api/graph-shapes.ts';
import { until } from '../../support/running-app.ts';
import { type Griot, openGriot, saysInTurn, toStory } from '../whatsapp/griot.ts';

let graph: GraphApi;
let griot: Griot;
beforeAll(async () => {
  graph = await startGraphApi();
  griot = await openGriot(CLOUD_ENV, 0, { cloud: { place: placeOf(graph), gathers: 50 } });
  const { port } = await griot.app().listen();
  graph.webhook = new URL(`http://127.0.0.1:${port}/whatsapp/webhook`);
});
afterAll(async () => {
  await griot.close();
  await graph.close();
});

async function settle(): Promise<void> {
  const { store } = griot.app();
  await until(async () => (await store.whatsapp.waitingRaw('whatsapp-cloud')).length === 0);
  await until(async () => (await store.whatsapp.waitingRaw(ACCOUNT)).length === 0);
  await until(async () => (await store.peopleWaiting()).length === 0);
  await griot.app().settle();
}

async function parts(channel: string, address: string): Promise<readonly string[]> {
  const { store } = griot.app();
  const known = await store.personAt({ channel, account: 'default', address });
  const session = (await store.session(known?.person ?? '')) as { readonly contribution: string };
  return (await store.parts(session.contribution)).map(({ text }) => text);
}

it('both run at once, and each person is answered on their own way', async () => {
  const tomas = await griot.person('tomas');
  const luz = new CloudPerson(graph, { user: 'MX.500', number: '5215550100500' });
  await Promise.all([tomas.says('hola'), luz.says('hola')]);
  await tomas.hears(/Salir y borrar/u);
  await luz.hears(/Salir y borrar/u);
  await settle();
  await Promise.all([tomas.says('1'), luz.says('1')]);
  await tomas.hears(/sabe que usted nos escribió/u);
  await luz.hears(/también puede leerlo/u);
});

it('a mother whose story began over Baileys goes on over the Cloud API, and is told what is different', async () => {
  const rosa = await griot.person('rosa');
  await toStory(rosa);
  await settle();
  await saysInTurn(griot, rosa, ['Mi hijo arreglaba radios.']);
  const here = new CloudPerson(graph, { user: 'MX.501', number: rosa.account.number });
  await here.says('Nadie nos avisó.');
  await here.hears(/Puede seguir aquí[^]*la empresa de la mensajería puede leer/u);
  await here.hears(/^Guardado/u);
  await settle();
  const both = ['Mi hijo arreglaba radios.', 'Nadie nos avisó.'];
  expect(await parts('whatsapp-cloud', 'MX.501')).toEqual(both);
  expect(await parts('whatsapp', `${rosa.account.lid}@lid`)).toEqual(both);
});

it('and back: who began over the Cloud API goes on over Baileys, where nobody reads along', async () => {
  const ana = await griot.person('ana');
  const there = new CloudPerson(graph, { user: 'MX.502', number: ana.account.number });
  for (const [says, hears] of [
    ['hola', /Salir y borrar/u],
    ['1', /Quien tenga este teléfono/u],
    ['1', /¿Podemos guardar/u],
    ['1', /Quién escribe/u],
    ['soy la hermana', /./u],
    ['Fue un martes.', /^Guardado/u],
  ] as const) {
    await there.says(says);
    await there.hears(hears);
    await settle();
  }
  await ana.says('Llovía.');
  const told = await ana.hears(/Puede seguir aquí/u);
  expect(told.text).not.toMatch(/puede leer/u);
  await ana.hears(/^Guardado/u);
  await settle();
  expect(await parts('whatsapp', `${ana.account.lid}@lid`)).toEqual(['Fue un martes.', 'Llovía.']);
});

it('somebody with the same text but another number is somebody else', async () => {
  const other = new CloudPerson(graph, { user: 'MX.503', number: '5215550100503' });
  await other.says('hola');
  await other.hears(/Salir y borrar/u);
  await settle();
  const at = (address: string) =>
    griot.app().store.personAt({ channel: 'whatsapp-cloud', account: 'default', address });
  expect((await at('MX.503'))?.person).not.toBe((await at('MX.501'))?.person);
});
