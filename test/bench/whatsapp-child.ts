// node whatsapp-child.ts SOCKET GRAPH: the program with both ways to WhatsApp, at the usual pace, against the servers for tests at
// these addresses. Says over IPC which QR code is to be scanned, and on which port it listens.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openApp } from '../../src/app.ts';
import { openConfiguredStore } from '../../src/app/open-store.ts';
import { ACCOUNT } from '../../src/channels/whatsapp/for-app.ts';
import { linkDevice } from '../../src/channels/whatsapp/link-device.ts';
import { readConfig } from '../../src/config/config.ts';
import { CLOUD_ENV } from '../support/cloud-app.ts';

const [, , url, graph] = process.argv;
if (url === undefined || graph === undefined) throw new Error('needs two addresses');

const dir = mkdtempSync(join(tmpdir(), 'griot-bench-whatsapp-'));
const settings = readConfig({ DATA_DIR: dir, PORT: '0', WHATSAPP: 'true', ...CLOUD_ENV });
const now = () => new Date();
const { store } = await openConfiguredStore(settings.config, settings.secrets, now);
const linked = await linkDevice({
  auth: store.whatsapp,
  account: ACCOUNT,
  owner: randomUUID(),
  network: { url },
  now,
  number: null,
  showQr: (qr) => process.send?.({ qr }),
  showCode: () => undefined,
});
await store.close();
if (linked.kind !== 'linked') throw new Error(linked.why);

const base = new URL(graph);
const app = await openApp({
  ...settings,
  log: pino({ level: 'error' }, process.stderr),
  whatsapp: { network: { url } },
  cloud: { place: { base, isMedia: ({ origin }) => origin === base.origin } },
});
while (app.whatsapp?.health() !== 'open') await new Promise((resolve) => setTimeout(resolve, 20));
process.send?.({ port: (await app.listen()).port });
process.once('disconnect', () => {
  void app.close().finally(() => {
    rmSync(dir, { recursive: true, force: true });
    process.exit();
  });
});
