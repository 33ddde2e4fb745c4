// What is kept of passkeys, and of tries at the door.

import { describe, expect, it } from 'vitest';
import type { NewPasskey } from '../../src/store/staff/passkey-rows.ts';
import { openTempStore, type TempStore } from '../support/temp-store.ts';
import { NOON } from './family.ts';

const key: NewPasskey = {
  name: 'Chave da Ana',
  host: 'desk.example.org',
  credential: 'Y3JlZGVudGlhbA',
  publicKey: Uint8Array.of(1, 2, 3, 255),
  transports: ['usb', 'nfc'],
  counter: 0,
};
const PATIENCE = { free: 2, first: 1_000, most: 60_000 } as const;

export function passkeysSpec(temp: () => TempStore): void {
  const { staff, passkeys, tries } = {
    staff: () => temp().store.staff,
    passkeys: () => temp().store.passkeys,
    tries: () => temp().store.tries,
  };
  const added = async (email: string) => {
    const account = { name: 'Ana Exemplo', email, role: 'reader', language: 'pt', signInBy: 'password' } as const;
    const id = await staff().addAccount(account);
    if (id === null) throw new Error('The address is taken.');
    return id;
  };
  const only = async (account: string) => {
    const [first, ...more] = await passkeys().of(account);
    if (first === undefined || more.length > 0) throw new Error(`There is not one passkey, but ${more.length + 1}.`);
    return first;
  };

  describe('passkeys', () => {
    it('are kept with all that a sign-in needs, for one account only', async () => {
      const [ana, rui] = [await added('ana@example.org'), await added('rui@example.org')];
      expect(await passkeys().add(ana, key)).toBe(true);
      expect(await passkeys().add(ana, key)).toBe(false);
      expect(await passkeys().add(rui, key)).toBe(false);
      expect(await only(ana)).toEqual({ ...key, id: (await only(ana)).id, addedAt: NOON, usedAt: null });
      expect(await passkeys().of(rui)).toEqual([]);
    });

    it('count up, also beyond 31 bits, and never back; one that does not count stays at nought', async () => {
      const ana = await added('ana@example.org');
      await passkeys().add(ana, key);
      await passkeys().add(ana, { ...key, credential: 'Y291bnRz', counter: 4 });
      const [plain, counts] = await passkeys().of(ana);
      expect(await passkeys().use(ana, plain?.id ?? '', 0)).toBe(true);
      expect(await passkeys().use(ana, plain?.id ?? '', 0)).toBe(true);
      expect(await passkeys().use(ana, counts?.id ?? '', 4)).toBe(false);
      expect(await passkeys().use(ana, counts?.id ?? '', 0)).toBe(false);
      const most = 2 ** 32 - 1;
      const both = await Promise.all([1, 2].map(() => passkeys().use(ana, counts?.id ?? '', most)));
      expect(both.sort()).toEqual([false, true]);
      const [, used] = await passkeys().of(ana);
      expect(used).toMatchObject({ counter: most, usedAt: NOON });
    });

    it('are removed by their own account only', async () => {
      const [ana, rui] = [await added('ana@example.org'), await added('rui@example.org')];
      await passkeys().add(ana, key);
      const { id } = await only(ana);
      expect(await passkeys().remove(rui, id)).toBe(false);
      expect(await passkeys().use(rui, id, 1)).toBe(false);
      expect(await passkeys().remove(ana, id)).toBe(true);
      expect(await passkeys().remove(ana, id)).toBe(false);
      expect(await passkeys().use(ana, id, 1)).toBe(false);
    });

    it.each([
      ['disabled', (id: string) => staff().disableAccount(id)],
      ['set up anew', (id: string) => staff().inviteAgain(id, 'CODE', '2026-03-02T12:00:00.000Z')],
    ])('go when the account is %s, and so does what they were asked', async (_, end) => {
      const ana = await added('ana@example.org');
      await passkeys().add(ana, key);
      await passkeys().ask(ana, 'challenge', '2026-03-01T12:10:00.000Z');
      await end(ana);
      expect(await passkeys().of(ana)).toEqual([]);
      expect(await passkeys().answered(ana, 'challenge')).toBe(false);
    });

    it('answer what they were asked once, in time, and for who was asked', async () => {
      const [ana, rui] = [await added('ana@example.org'), await added('rui@example.org')];
      const until = '2026-03-01T12:10:00.000Z';
      for (const one of ['one', 'two']) await passkeys().ask(ana, one, until);
      expect(await passkeys().answered(rui, 'one')).toBe(false);
      expect(await passkeys().answered(ana, 'never asked')).toBe(false);
      const both = await Promise.all([1, 2].map(() => passkeys().answered(ana, 'one')));
      expect(both.sort()).toEqual([false, true]);
      temp().now = until;
      expect(await passkeys().answered(ana, 'two')).toBe(false);
    });
  });

  describe('tries at the door', () => {
    it('are counted once, whichever process they come to, and after a restart too', async () => {
      const { database, masterKey } = temp();
      const other = await openTempStore({ database, masterKey });
      try {
        const answers = await Promise.all(
          [tries(), other.store.tries, tries(), other.store.tries].map((at) => at.begin('prove/ana', PATIENCE)),
        );
        expect(answers.filter((until) => until === null)).toHaveLength(2);
      } finally {
        await other.close();
      }
      const { tries: again } = await temp().reopen();
      expect(await again.begin('prove/ana', PATIENCE)).toBe('2026-03-01T12:00:01.000Z');
      expect(await again.begin('prove/rui', PATIENCE)).toBeNull();
    });

    it('are forgotten after a right one, and a day after the last', async () => {
      const begin = () => tries().begin('prove/ana', PATIENCE);
      for (let i = 0; i < 2; i += 1) await begin();
      expect(await begin()).not.toBeNull();
      await tries().forget('prove/ana');
      expect(await begin()).toBeNull();
      expect(await begin()).toBeNull();
      temp().now = '2026-03-02T12:00:00.001Z';
      expect([await begin(), await begin()]).toEqual([null, null]);
    });
  });
}
