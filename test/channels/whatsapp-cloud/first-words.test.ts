// Text in, text out: the first words of a person over the Cloud API.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloudPerson } from '../../support/graph-api/cloud-person.ts';
import { type CloudApp, openCloudApp } from '../../support/cloud-app.ts';

let cloud: CloudApp;
beforeAll(async () => {
  cloud = await openCloudApp();
});
afterAll(() => cloud.close());

describe('a person who writes', () => {
  it('is greeted in the language of her country, and told that the company can read along', async () => {
    const rosa = cloud.person(1);
    await rosa.says('hola');
    await rosa.hears(/Salir y borrar/u);
    // She reads it before she answers.
    await cloud.settle();
    await rosa.says('1');
    await rosa.hears(/La empresa de la mensajería también puede leerlo/u);
    expect(await cloud.said(rosa)).toEqual(['hola', '1']);
    for (const secret of [rosa.number, rosa.user, 'hola']) expect(cloud.logged.join('')).not.toContain(secret);
    expect(await cloud.health()).toMatchObject({ status: 'ready', 'whatsapp-cloud': 'ready' });
  });

  it.each([
    ['es', '5215550100031', 'hola', /Salir y borrar/u],
    ['en', '15550100032', 'hello', /Leave and erase/u],
    ['fr', '33555010003', 'bonjour', /Quitter et effacer/u],
    ['pt', '5511955501004', 'oi', /Sair e apagar/u],
  ] as const)('hears who speaks and what is asked in one message (%s)', async (language, number, hello, question) => {
    const person = new CloudPerson(cloud.graph, { user: `MX.first-${language}`, number });
    await person.says(hello);
    await person.hears(question);
    await cloud.settle();
    expect(person.heard).toHaveLength(1);
  });
});
