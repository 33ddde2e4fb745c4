// One whole way in Spanish over the Cloud API, from "hola" to the mail in a real SMTP server and the file on the phone.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { readDocx } from '../../../src/channels/media/read-docx.ts';
import { type CloudApp, openCloudApp } from '../../support/cloud-app.ts';
import { CALL, operatorOn, RECIPIENT, until } from '../../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../../support/smtp.ts';
import { type CloudProcess, startCloudProcess } from './start-cloud-process.ts';

let smtp: TestSmtp;
let cloud: CloudApp;
let doomed: CloudProcess | null = null;
beforeAll(async () => {
  smtp = await startSmtp();
  cloud = await openCloudApp(operatorOn(smtp.port));
  const provenance = { source: 'invented', verifiedBy: 'a test', verifiedAt: '2026-11-01T00:00:00.000Z' };
  await cloud.app().store.recordCallAddresses([{ callId: CALL, address: RECIPIENT, ...provenance, withdrawnAt: null }]);
});
afterAll(async () => {
  doomed?.child.kill('SIGKILL');
  await cloud.close();
  await smtp.close();
});

const WAY: readonly (readonly [string, RegExp])[] = [
  ['hola', /\*4\* Salir y borrar/u],
  ['1', /también puede leerlo/u],
  ['1', /¿Podemos guardar/u],
  ['1', /Quién escribe|¿Quién/u],
  ['soy la mamá', /./u],
  ['Mi hijo arreglaba radios. En el expediente es un número, y el número está mal copiado.', /^Guardado/u],
  ['siguiente', /palabra secreta/u],
  ['saltar', /Elija un número/u],
  ['1', /Responda solo lo que quiera/u],
  ['Me dijeron que investigara yo. Llevo cuatro años yendo los martes.', /^Guardado/u],
  ['siguiente', /otro punto/u],
  ['siguiente', /./u],
  ['saltar todo', /./u],
  ['siguiente', /./u],
  ['saltar todo', /\*2\*/u],
];

it('carries a mother from "hola" to the mail, and gives her the file, for whose upload no text waits', async () => {
  const rosa = cloud.person(1);
  for (const [says, hears] of WAY) {
    await rosa.says(says);
    await rosa.hears(hears).catch((error: unknown) => {
      throw new Error(`after "${says}"`, { cause: error });
    });
    await cloud.settle();
  }
  const theFiles = () =>
    rosa.heard.filter(({ type, message }) => type === 'document' && nameOf(message).endsWith('.docx'));
  await cloud.stop();
  const uploads = Promise.withResolvers<undefined>();
  cloud.graph.uploads = uploads.promise;
  doomed = await startCloudProcess(cloud, { step: 'uploads' });
  for (const [says, hears] of [
    ['2', /^¿Está todo bien\?/u],
    ['1', /^Una elección más/u],
  ] as const) {
    await rosa.says(says);
    await rosa.hears(hears);
  }
  expect(theFiles()).toEqual([]);
  doomed.child.kill('SIGKILL');
  await doomed.ended;
  uploads.resolve(undefined);
  await cloud.start();
  await until(() => theFiles().length > 0);
  await cloud.settle();
  const [theFile, ...more] = theFiles();
  expect(more).toEqual([]);
  const { id } = theFile?.message['document'] as { id: string };
  const read = await readDocx(cloud.graph.files.get(id)?.bytes ?? Buffer.alloc(0));
  expect(read).toMatchObject({ ok: true, text: expect.stringContaining('el número está mal copiado') as unknown });
  for (const says of ['3', 'ENVIAR']) {
    await cloud.settle();
    await rosa.says(says);
    await cloud.settle();
  }
  await until(() => smtp.received.length > 0);
  const [received] = smtp.received;
  expect(received?.mail.attachments.map(({ filename }) => filename?.replace(/^.*\./u, '')).toSorted()).toContain(
    'docx',
  );
  expect(JSON.stringify(received?.mail.text)).toContain('CONFIDENCIAL');
  const raw = Buffer.from(received?.raw ?? []).toString('latin1');
  for (const secret of [rosa.number ?? '', rosa.user ?? '']) expect(raw).not.toContain(secret);
  expect(cloud.graph.refused).toEqual([]);
  expect(rosa.heard.some(({ type }) => type === 'interactive')).toBe(true);
});

const nameOf = (message: Readonly<Record<string, unknown>>) =>
  String((message['document'] as { filename?: string } | undefined)?.filename);
