// Of an end-to-end session both sides must know each step. Ours is stored before it is used, so that whatever ends the program,
// the next one can read the answer.

import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openGriot, toStory, until, type Griot } from './griot.ts';

let griot: Griot;
beforeAll(async () => {
  griot = await openGriot();
});
afterAll(() => griot.close());

it('no message leaves before the step that it was encrypted with is stored', async () => {
  const ana = await griot.person('ana');
  await toStory(ana);
  await griot.app().settle();
  const { whatsapp } = griot.app().store;
  const writeAuth = whatsapp.writeAuth.bind(whatsapp);
  const held = Promise.withResolvers<undefined>();
  let steps = 0;
  whatsapp.writeAuth = async (account, holder, rows) => {
    // The first one is that of her message.
    if (rows.some(({ type }) => type === 'session') && ++steps > 1) await held.promise;
    return writeAuth(account, holder, rows);
  };
  const heard = ana.heard.length;
  await ana.says('Nadie nos dijo nada en todo el año.');
  await until(() => steps === 2);
  await delay(300);
  expect(ana.heard).toHaveLength(heard);
  held.resolve(undefined);
  await ana.hears(/guardado|Guardado/u);
  whatsapp.writeAuth = writeAuth;
});
