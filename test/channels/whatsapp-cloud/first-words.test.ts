// Text in, text out: the first words of a person over the Cloud API.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    await rosa.says('1');
    await rosa.hears(/La empresa de la mensajería también puede leerlo/u);
    expect(await cloud.said(rosa)).toEqual(['hola', '1']);
    for (const secret of [rosa.number, rosa.user, 'hola']) expect(cloud.logged.join('')).not.toContain(secret);
    expect(await cloud.health()).toMatchObject({ status: 'ready', 'whatsapp-cloud': 'ready' });
  });
});
