// The accounts of the staff: what is known, what is sealed, and what can be used once only.

import { describe, expect, it } from 'vitest';
import type { NewStaffAccount } from '../../src/store/staff/staff-accounts.ts';
import type { StaffSession } from '../../src/store/staff/staff-sessions.ts';
import type { TempStore } from '../support/temp-store.ts';
import { NOON } from './family.ts';

const ana: NewStaffAccount = {
  name: 'Ana Exemplo',
  email: 'Ana@Example.org',
  role: 'reviewer',
  language: 'pt',
  signInBy: 'password',
};

export function staffSpec(temp: () => TempStore): void {
  const staff = () => temp().store.staff;
  const added = async (account: NewStaffAccount = ana) => {
    const id = await staff().addAccount(account);
    if (id === null) throw new Error('The address is taken.');
    return id;
  };
  const session = (of: string, change: Partial<StaffSession> = {}) => ({
    staff: of,
    kind: 'full' as const,
    begunAt: NOON,
    provedAt: NOON,
    enrolling: null,
    ...change,
  });

  describe('staff accounts', () => {
    it('are found by their address, whatever its capitals, and there is one for each', async () => {
      const id = await added();
      expect(await staff().accountByEmail(' ana@EXAMPLE.org ')).toEqual({
        ...ana,
        id,
        state: 'invited',
        createdAt: NOON,
      });
      expect(await staff().addAccount({ ...ana, email: 'ANA@example.org' })).toBeNull();
      expect(await staff().accountByEmail('nobody@example.org')).toBeNull();
    });

    it('are set up once, by a code that is over after its time', async () => {
      const id = await added();
      await staff().inviteAgain(id, 'CODE', '2026-03-02T12:00:00.000Z');
      expect(await staff().accountBySetUpCode(ana.email, 'CODX', NOON)).toBeNull();
      expect(await staff().accountBySetUpCode(ana.email, 'CODE', '2026-03-02T12:00:00.000Z')).toBeNull();
      expect((await staff().accountBySetUpCode(ana.email, 'CODE', NOON))?.id).toBe(id);
      expect(await staff().finishSetUp(id, 'SECRET', 7, ['R1', 'R2'])).toBe(true);
      expect(await staff().finishSetUp(id, 'OTHER', 8, [])).toBe(false);
      expect(await staff().accountBySetUpCode(ana.email, 'CODE', NOON)).toBeNull();
      expect(await staff().secrets(id)).toEqual({ passwordHash: null, totp: 'SECRET' });
    });

    it('take a step of the clock and a recovery code once each, also when asked twice at the same time', async () => {
      const id = await added();
      await staff().inviteAgain(id, 'CODE', '2026-03-02T12:00:00.000Z');
      await staff().finishSetUp(id, 'SECRET', 7, ['R1', 'R2']);
      expect(await staff().useTotpStep(id, 7)).toBe(false);
      const steps = await Promise.all([1, 2, 3].map(() => staff().useTotpStep(id, 8)));
      expect(steps.filter(Boolean)).toHaveLength(1);
      expect(await staff().useTotpStep(id, 6)).toBe(false);
      const codes = await Promise.all([1, 2, 3].map(() => staff().useRecoveryCode(id, 'R1')));
      expect(codes.filter(Boolean)).toHaveLength(1);
      expect(await staff().countRecoveryCodes(id)).toBe(1);
      expect(await staff().useRecoveryCode(await added({ ...ana, email: 'b@example.org' }), 'R2')).toBe(false);
    });

    it('lose everything that they could sign in with when they are disabled', async () => {
      const id = await added();
      await staff().inviteAgain(id, 'CODE', '2026-03-02T12:00:00.000Z');
      await staff().setPassword(id, 'hash');
      await staff().finishSetUp(id, 'SECRET', 7, ['R1']);
      await staff().beginSession('token', session(id));
      await staff().disableAccount(id);
      expect(await staff().session('token')).toBeNull();
      expect(await staff().secrets(id)).toEqual({ passwordHash: null, totp: null });
      expect(await staff().countRecoveryCodes(id)).toBe(0);
      expect((await staff().account(id))?.state).toBe('disabled');
    });

    it('are given a new second factor when two different administrators agree in time', async () => {
      const id = await added();
      const agree = (by: string, at: string, notBefore: string) => staff().agreeToRecovery(id, by, at, notBefore);
      expect(await agree('admin-1', NOON, '2026-02-28T12:00:00.000Z')).toBe('first');
      expect(await agree('admin-1', NOON, '2026-02-28T12:00:00.000Z')).toBe('first');
      expect(await staff().recoveriesAsked('2026-02-28T12:00:00.000Z')).toEqual(new Map([[id, 'admin-1']]));
      const later = '2026-03-04T12:00:00.000Z';
      expect(await agree('admin-2', later, '2026-03-03T12:00:00.000Z')).toBe('first');
      expect(await agree('admin-1', later, '2026-03-03T12:00:00.000Z')).toBe('agreed');
      expect(await agree('admin-2', later, '2026-03-03T12:00:00.000Z')).toBe('first');
    });

    it('are bound to one subject of the sign-in service, and no two to the same', async () => {
      const [id, other] = [await added(), await added({ ...ana, email: 'b@example.org' })];
      expect(await staff().bindSubject(id, 'https://id.example', 's-1')).toBe(true);
      expect(await staff().bindSubject(id, 'https://id.example', 's-1')).toBe(true);
      expect(await staff().bindSubject(id, 'https://id.example', 's-2')).toBe(false);
      expect(await staff().bindSubject(other, 'https://id.example', 's-1')).toBe(false);
      expect((await staff().accountBySubject('https://id.example', 's-1'))?.id).toBe(id);
      expect(await staff().accountBySubject('https://other.example', 's-1')).toBeNull();
    });
  });

  describe('staff sessions', () => {
    it('are found by their token, and keep what is being enrolled', async () => {
      const id = await added();
      await staff().beginSession('token', session(id, { kind: 'set-up' }));
      await staff().enrolInSession('token', 'NEW-SECRET');
      expect(await staff().session('token')).toEqual(
        session(id, { kind: 'set-up', seenAt: NOON, enrolling: 'NEW-SECRET' }),
      );
      await staff().sawSession('token', '2026-03-01T12:05:00.000Z');
      await staff().provedAgain('token', '2026-03-01T12:06:00.000Z');
      expect(await staff().session('token')).toMatchObject({
        seenAt: '2026-03-01T12:05:00.000Z',
        provedAt: '2026-03-01T12:06:00.000Z',
      });
      expect(await staff().session('another')).toBeNull();
    });

    it('end one by one, all but one, or for their age', async () => {
      const id = await added();
      for (const token of ['one', 'two', 'three']) await staff().beginSession(token, session(id));
      await staff().endSession('one');
      expect((await staff().sessionsOf(id, 'two')).map(({ mine }) => mine).sort()).toEqual([false, true]);
      await staff().endSessions(id, 'two');
      expect(await staff().session('three')).toBeNull();
      expect(await staff().session('two')).not.toBeNull();
      await staff().dropSessions('2026-03-01T11:00:00.000Z', '2026-03-01T12:01:00.000Z');
      expect(await staff().session('two')).toBeNull();
    });
  });
}
