import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeysMissingError, openAuth } from '../../../src/channels/whatsapp/auth-state.ts';
import { linkDevice, unlinkDevice } from '../../../src/channels/whatsapp/link-device.ts';
import { LeaseLostError } from '../../../src/store/whatsapp/whatsapp-rows.ts';
import { startPostgres, type TempPostgres } from '../../support/postgres.ts';
import { openTempStore } from '../../support/temp-store.ts';
import { WhatsAppServer } from '../../support/whatsapp-server/whatsapp-server.ts';
import { networkOf } from './griot.ts';

let server: WhatsAppServer;
let postgres: TempPostgres | null = null;
beforeAll(async () => {
  [server, postgres] = await Promise.all([WhatsAppServer.start(), startPostgres()]);
});
afterAll(async () => {
  await server.close();
  await postgres?.stop();
});

const ACCOUNT = 'default';
const now = () => new Date('2026-03-01T12:00:00.000Z');

describe.each(['sqlite', 'postgres'] as const)('an account is linked on %s', (kind) => {
  it('by QR and by code, kept sealed and whole, and forgotten', async ({ skip }) => {
    if (kind === 'postgres' && postgres === null) return skip();
    const url = kind === 'postgres' ? await postgres?.newDatabase() : undefined;
    const temp = await openTempStore(url === undefined ? {} : { database: { kind: 'postgres', url } });
    const number = kind === 'sqlite' ? '15550100021' : '15550100022';
    const account = server.account(number, `9000${number}`);
    const options = {
      auth: temp.store.whatsapp,
      account: ACCOUNT,
      owner: randomUUID(),
      network: networkOf(server),
      now,
      showQr: (qr: string) => server.scan(account, qr),
      showCode: (code: string) => void setTimeout(() => void server.typeCode(account, code), 50),
    };
    expect(await linkDevice({ ...options, number: null })).toEqual({ kind: 'linked', name: null, hasPicture: false });
    expect(await linkDevice({ ...options, number: null })).toEqual({ kind: 'failed', why: 'linked-already' });
    expect((await temp.store.whatsapp.countAuth(ACCOUNT)).get('pre-key')).toBeGreaterThanOrEqual(812);
    expect(await unlinkDevice(options)).toBe('unlinked');
    expect((await temp.store.whatsapp.countAuth(ACCOUNT)).size).toBe(0);

    expect(await linkDevice({ ...options, number })).toMatchObject({ kind: 'linked' });
    const { whatsapp } = temp.store;
    await whatsapp.lease(ACCOUNT, 'one', '2026-03-01T12:01:00.000Z');
    expect(await whatsapp.lease(ACCOUNT, 'two', '2026-03-01T12:01:00.000Z')).toBe(false);
    await expect(whatsapp.writeAuth(ACCOUNT, 'two', [])).rejects.toThrow(LeaseLostError);
    temp.now = '2026-03-01T12:02:00.000Z';
    expect(await whatsapp.lease(ACCOUNT, 'two', '2026-03-01T12:03:00.000Z')).toBe(true);

    // Cut short: half of it is gone. It is noticed, and no new identity takes its place.
    const gone = Array.from({ length: 2_000 }, (_, id) => ({ type: 'pre-key', id: String(id), value: null }));
    await whatsapp.writeAuth(ACCOUNT, 'two', gone);
    await expect(openAuth(whatsapp, ACCOUNT, 'two', false)).rejects.toThrow(KeysMissingError);
    await whatsapp.forgetAuth(ACCOUNT);
    await expect(openAuth(whatsapp, ACCOUNT, 'two', false)).rejects.toThrow(KeysMissingError);
    expect((await whatsapp.account(ACCOUNT))?.state).toBe('linked');
    await temp.close();
  });
});
