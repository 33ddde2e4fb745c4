// An account that is restricted, logged out or taken over: the staff are told once, without a word of anybody; the
// server stays useful, and says how the line stands.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import type { App } from '../../../src/app.ts';
import { ACCOUNT } from '../../../src/channels/whatsapp/for-app.ts';
import { startSmtp, type Act, type TestSmtp } from '../../support/smtp.ts';
import type { WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { openGriot, until, type Griot } from './griot.ts';

let smtp: TestSmtp;
let griot: Griot;
let ana: WhatsAppPerson;

/** `script`: what the mail server does on its first connections. */
async function open(...script: readonly Act[]): Promise<void> {
  smtp = await startSmtp({ script });
  griot = await openGriot({
    OPERATOR_NAME: 'Casa Ejemplo',
    OPERATOR_PHONE: '+00 555 0100',
    LATE_ACCEPTED_BY: 'an invented officer of the mechanism',
    MAIL_FROM: 'texts@casa-ejemplo.internal',
    STAFF_EMAIL: 'equipo@casa-ejemplo.internal',
    STAFF_LANGUAGE: 'es',
    SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
  });
  ana = await griot.person('ana');
}
afterEach(async () => {
  await griot.close();
  await smtp.close();
});

const ports = new WeakMap<App, number>();

async function health(): Promise<unknown> {
  const app = griot.app();
  const port = ports.get(app) ?? (await app.listen()).port;
  ports.set(app, port);
  const response = await fetch(`http://127.0.0.1:${port}/health`);
  expect(response.status).toBe(200);
  return response.json();
}

/** As an operator runs it. */
async function status(): Promise<{ readonly code: number; readonly printed: string }> {
  const program = fileURLToPath(new URL('../../../src/cli/griot.ts', import.meta.url));
  const env = { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1' };
  const child = spawn(process.execPath, [program, 'whatsapp', 'status', '--data', griot.dir], { env });
  let printed = '';
  child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
  child.stderr.on('data', (data: Buffer) => (printed += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, printed };
}

it('refused with 463: restricted, told once, and over when a message goes through', async () => {
  await open();
  expect(await health()).toEqual({ status: 'ready', whatsapp: 'linked' });
  griot.server.refuse(griot.account, ...Array.from({ length: 20 }, () => '463'));
  await ana.says('hola');
  await until(() => griot.app().whatsapp?.health() === 'restricted');
  await until(() => smtp.received.length > 0);
  const [notice] = smtp.received;
  expect(notice?.to).toEqual(['equipo@casa-ejemplo.internal']);
  expect(notice?.mail.subject).toBe('La cuenta de WhatsApp necesita a una persona');
  expect(notice?.mail.text).toContain('no deja por ahora');
  const raw = Buffer.from(notice?.raw ?? []).toString();
  for (const secret of [ana.account.number, ana.account.lid, griot.account.number, 'hola']) {
    expect(raw).not.toContain(secret);
  }
  const after = await status();
  expect(after.code, after.printed).toBe(1);
  expect(after.printed).toMatch(/Account {2}restricted/u);
  expect(after.printed).toMatch(/told by mail/u);
  expect(await health()).toEqual({ status: 'ready', whatsapp: 'restricted' });

  // Kept beyond the process; refused once more, and the staff are not told of the same thing again.
  await griot.stop();
  await griot.start();
  await until(() => griot.app().whatsapp?.health() === 'restricted');
  await ana.says('¿hay alguien?');
  await delay(300);

  griot.server.allow(griot.account);
  await ana.says('ayuda');
  await ana.hears(/Palabras que siempre funcionan/u);
  await until(() => griot.app().whatsapp?.health() === 'open');
  await griot.stop();
  expect((await status()).printed).toMatch(/Account {2}linked/u);
  expect(smtp.received).toHaveLength(1);
});

it('fault 19: logged out: stopped for good, told once, and the drafts stay', async () => {
  await open();
  await ana.says('hola');
  await ana.hears(/Salir y borrar/u);
  griot.server.drop(griot.account, 401);
  await until(() => griot.app().whatsapp?.health() === 'logged-out');
  await until(() => smtp.received.length > 0);
  expect(smtp.received[0]?.mail.text).toContain('terminó el vínculo');
  expect(await health()).toEqual({ status: 'ready', whatsapp: 'stopped' });
  await griot.stop();
  await griot.start();
  await delay(300);
  expect(griot.app().whatsapp?.health()).toBe('logged-out');
  expect(await health()).toEqual({ status: 'ready', whatsapp: 'stopped' });
  expect(smtp.received).toHaveLength(1);
  const { printed } = await status();
  expect(printed).toMatch(/Account {2}stopped[^]*logged-out[^]*drafts are kept/u);
  const known = await griot
    .app()
    .store.personAt({ channel: 'whatsapp', account: ACCOUNT, address: `${ana.account.lid}@lid` });
  expect(await griot.app().store.session(known?.person ?? '')).not.toBeNull();
  // The lease is free, so that the account can be linked again beside the running server.
  expect(await griot.app().store.whatsapp.lease(ACCOUNT, 'an operator', '2099-01-01T00:00:00.000Z')).toBe(true);
});

it('a notice that the mail server does not take is handed over by the next start', async () => {
  await open({ do: 'reply', at: 'mail', code: 451 });
  griot.server.drop(griot.account, 401);
  await until(() => griot.app().whatsapp?.health() === 'logged-out');
  await until(() => smtp.connections() > 0);
  await griot.stop();
  expect((await status()).printed).toMatch(/not told by mail/u);
  expect(smtp.received).toHaveLength(0);
  await griot.start();
  await until(() => smtp.received.length > 0);
  await griot.stop();
  expect((await status()).printed).toMatch(/told by mail, 2/u);
});
