// griot doctor about WhatsApp's Cloud API, against the stand-in of the Graph API.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { findCloud } from '../../src/app/doctor/cloud.ts';
import { readConfig } from '../../src/config/config.ts';
import { CLOUD_ENV, placeOf } from '../support/cloud-app.ts';
import { startGraphApi } from '../support/graph-api/graph-api.ts';
import type { GraphApi } from '../support/graph-api/graph-shapes.ts';

let graph: GraphApi;
beforeAll(async () => {
  graph = await startGraphApi();
});
afterAll(() => graph.close().catch(() => undefined));

async function found(more: Readonly<Record<string, string>> = {}) {
  const { config, secrets } = readConfig({ ...CLOUD_ENV, ...more });
  return findCloud(config, secrets, placeOf(graph));
}

it('says nothing about what is not set up', async () => {
  const { config, secrets } = readConfig({});
  expect(await findCloud(config, secrets, placeOf(graph))).toEqual([]);
});

it('says that the token is taken, that it is refused, and that nobody answers; nothing is sent', async () => {
  expect(await found({ PUBLIC_URL: 'https://griot.example/' })).toMatchObject([
    { standing: 'fine', says: expect.stringContaining('https://griot.example/whatsapp/webhook') as unknown },
  ]);
  expect(await found()).toMatchObject([{ standing: 'fine' }, { standing: 'note' }]);
  expect(await found({ WHATSAPP_CLOUD_TOKEN: 'another' })).toMatchObject([
    { standing: 'to-do', says: 'refused: status 401, code 190' },
    { standing: 'note' },
  ]);
  expect(graph.sent).toEqual([]);
  await graph.close();
  expect(await found()).toMatchObject([
    { standing: 'to-do', says: expect.stringContaining('cannot be reached') as unknown },
    {},
  ]);
});
