// Every way in which the line can end: it is back by itself, or the staff are told and /health says so.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT } from '../../../src/channels/whatsapp/for-app.ts';
import { linkDevice } from '../../../src/channels/whatsapp/link-device.ts';
import { startSmtp, type TestSmtp } from '../../support/smtp.ts';
import { freeLease, isBackAfter, networkOf, openGriot, until, type Griot } from './griot.ts';

let smtp: TestSmtp;
let griot: Griot;
let seen = 0;

beforeAll(async () => {
  smtp = await startSmtp();
  griot = await openGriot(
    {
      OPERATOR_NAME: 'Casa Ejemplo',
      OPERATOR_PHONE: '+00 555 0100',
      LATE_ACCEPTED_BY: 'an invented officer of the mechanism',
      MAIL_FROM: 'texts@casa-ejemplo.internal',
      STAFF_EMAIL: 'equipo@casa-ejemplo.internal',
      STAFF_LANGUAGE: 'es',
      SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    },
    0,
    { downAfter: 1, looksEvery: 20 },
  );
});
afterAll(async () => {
  await griot.close();
  await smtp.close();
});

const told = () =>
  smtp.received
    .slice(seen)
    .map(({ mail }) => mail.text ?? '')
    .join('\n');
const line = () => griot.app().whatsapp;

/** Linked and open, as if nothing had happened, and nobody told of anything. */
beforeEach(async () => {
  await until(() => line()?.health() !== 'connecting');
  await griot.app().store.whatsapp.setAccount(ACCOUNT, 'stopped', 'a test');
  await griot.app().store.whatsapp.setAccount(ACCOUNT, 'linked', null);
  await until(() => line()?.health() === 'open');
  seen = smtp.received.length;
});

describe('no harm 14: the line ends', () => {
  it.each([408, 428, 501, 503, 515, 599])('with %i, and is back by itself', async (code) => {
    await isBackAfter(griot, () => griot.server.drop(griot.account, code));
  });

  it.each([401, 403, 503])('is refused with %i at the upgrade, and back by itself', async (status) => {
    griot.server.refuseUpgrade(status);
    await isBackAfter(griot, () => griot.server.drop(griot.account, 503));
  });

  it.each([
    [401, 'logged-out', 'terminó el vínculo'],
    [403, 'forbidden', 'bloqueó'],
    [411, 'not-multi-device', 'teléfono'],
    [440, 'used-elsewhere', 'Otro programa'],
  ] as const)(
    'with %i: stopped, staff are told, /health says so; linked again, it is back',
    async (code, reason, says) => {
      griot.server.drop(griot.account, code);
      await until(() => line()?.health() === reason);
      await until(() => told().includes(says));
      expect(line()?.shown()).toBe('stopped');
      await griot.app().store.whatsapp.setAccount(ACCOUNT, 'linked', null);
      await until(() => line()?.health() === 'open');
    },
  );

  it.each([
    ['402', 'login-refused', 'no acepta'],
    ['405', 'login-refused', 'no acepta'],
    ['406', 'login-refused', 'no acepta'],
    ['409', 'login-refused', 'no acepta'],
    ['503', 'unreachable', 'no se puede llegar'],
    ['599', 'unreachable', 'no se puede llegar'],
  ] as const)(
    'and the login fails with %s again and again: staff are told; then it is back',
    async (code, reason, says) => {
      griot.server.failLogin(griot.account, ...Array.from({ length: 1000 }, () => code));
      griot.server.drop(griot.account, 503);
      await until(() => line()?.health() === reason && told().includes(says));
      expect(line()?.shown()).toBe('unreachable');
      griot.server.allow(griot.account);
      await until(() => line()?.health() === 'open');
      expect(line()?.shown()).toBe('linked');
    },
  );
});

describe('no harm 14: a device is linked', () => {
  const link = (showQr: (qr: string) => void) =>
    linkDevice({
      auth: griot.app().store.whatsapp,
      account: ACCOUNT,
      owner: randomUUID(),
      network: networkOf(griot.server),
      now: () => new Date(),
      number: null,
      showQr,
      showCode: () => undefined,
    });

  it('and given up at the code: the keys that work stay, all of them', async () => {
    griot.server.drop(griot.account, 440);
    await until(() => line()?.health() === 'used-elsewhere');
    const { whatsapp } = griot.app().store;
    const before = await whatsapp.countAuth(ACCOUNT);
    await until(() => told() !== '');
    // Ctrl-C is the end of the process; what is kept at that moment is what it leaves.
    const atTheCode = new Promise<ReadonlyMap<string, number>>((resolve) => {
      void link(() => void whatsapp.countAuth(ACCOUNT).then(resolve)).catch(() => undefined);
    });
    expect(await atTheCode).toEqual(before);
    await freeLease(griot);
    await whatsapp.setAccount(ACCOUNT, 'linked', null);
  });

  it('again while the server runs, which then takes it up', async () => {
    griot.server.drop(griot.account, 401);
    await until(() => line()?.health() === 'logged-out');
    await until(() => told().includes('terminó el vínculo'));
    expect(await link((qr) => griot.server.scan(griot.account, qr))).toMatchObject({ kind: 'linked' });
    await until(() => line()?.health() === 'open');
    const rosa = await griot.person('rosa');
    await rosa.says('hola');
    await rosa.hears(/Salir y borrar/u);
  });
});
