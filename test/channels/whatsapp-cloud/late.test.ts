// A file that takes long: the person is told, goes on meanwhile, and the file is read when it comes.

import { afterAll, beforeAll, it } from 'vitest';
import { DEADLINES } from '../../../src/deadlines.ts';
import { type CloudApp, openCloudApp } from '../../support/cloud-app.ts';
import { aDocx } from '../whatsapp/a-docx.ts';

let cloud: CloudApp;
beforeAll(async () => {
  cloud = await openCloudApp({}, { deadlines: { ...DEADLINES, media: 100 } });
});
afterAll(() => cloud.close());

it('she is told, goes on, and it is read when it comes', async () => {
  const rosa = cloud.person(1);
  for (const [says, hears] of [
    ['hola', /Salir y borrar/u],
    ['1', /Quien tenga este teléfono/u],
    ['1', /¿Podemos guardar/u],
    ['1', /Quién escribe/u],
    ['soy la mamá', /./u],
  ] as const) {
    await rosa.says(says);
    await rosa.hears(hears);
    await cloud.settle();
  }
  const bytes = aDocx('El expediente tiene un número equivocado.');
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  const sending = rosa.sendsFile(
    'document',
    { bytes, type, name: 'x.docx', lies: { delayMs: 4_000 } },
    { filename: 'x.docx' },
  );
  await rosa.hears(/todavía no me ha llegado/u);
  await sending;
  await rosa.says('Llovía.');
  await rosa.hears(/^Guardado/u);
  await rosa.hears(/El expediente tiene un número equivocado/u);
});
