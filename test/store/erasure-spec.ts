// The store's promises about erasure; run on every database by store-spec.ts.

import { describe, expect, test } from 'vitest';
import { openLedger } from '../../src/vault/ledger.ts';
import type { TempStore } from '../support/temp-store.ts';
import {
  CASE,
  FROZEN,
  IN_CASE,
  NOON,
  PHONE,
  SHA,
  STORY,
  KEEP,
  approveMail,
  message,
  openCase,
  part,
  pendingOf,
  reply,
  save,
  say,
  turnOver,
} from './family.ts';

export function erasureSpec(at: () => TempStore): void {
  describe('erasure', () => {
    test('of a person leaves nothing, and a late copy of an old message makes nobody', async () => {
      const person = await openCase(at().store);
      await approveMail(at().store, person);
      await at().store.erasePerson(person);
      expect(await at().store.personAt(PHONE)).toBeNull();
      expect(await at().store.session(person)).toBeNull();
      expect(await at().store.parts(CASE.contribution)).toEqual([]);
      expect(await at().store.transcript(person, null)).toEqual([]);
      expect(await at().store.mail('GR-7K2M')).toEqual([]);
      expect(await at().store.approvals('GR-7K2M')).toEqual([]);
      const late = await at().store.receive({ from: PHONE, messageId: 'm-story', event: message('m-story', STORY) });
      expect(late.new).toBe(false);
      expect(await at().store.nextTurn(late.person)).toBeNull();
      expect(await at().store.personAt(PHONE)).toBeNull();
      expect(await say(at().store, 'm-new', 'Bonjour')).not.toBe(person);
    });

    test('of a person makes a turn that runs stale', async () => {
      const person = await openCase(at().store);
      await say(at().store, 'm3', 'a');
      const pending = await pendingOf(at().store, person);
      await at().store.erasePerson(person);
      expect(await at().store.saveTurn(turnOver(pending, IN_CASE))).toBe('stale');
      expect(await at().store.personAt(PHONE)).toBeNull();
    });

    test('of a case leaves the person, who starts afresh', async () => {
      const person = await openCase(at().store);
      await at().store.eraseCase(CASE.case);
      expect(await at().store.parts(CASE.contribution)).toEqual([]);
      expect(await at().store.transcript(person, null)).toEqual([]);
      expect(await at().store.personAt(PHONE)).toMatchObject({ person });
      await say(at().store, 'm9', 'Bonjour');
      expect(await pendingOf(at().store, person)).toMatchObject({ session: null });
      await save(at().store, person);
    });

    test('of a case within a turn keeps what that turn answers', async () => {
      const person = await openCase(at().store);
      await say(at().store, 'm9', 'EFFACER');
      await save(at().store, person, {
        eraseCase: CASE.case,
        said: null,
        closeCase: true,
        replies: [reply('C’est effacé.')],
      });
      expect(await at().store.parts(CASE.contribution)).toEqual([]);
      expect((await at().store.transcript(person, null)).map(({ text }) => text)).toEqual(['C’est effacé.']);
      expect(await at().store.dueReplies('whatsapp', 9)).toHaveLength(1);
    });

    test('of drafts comes after 30 days without a word', async () => {
      const person = await openCase(at().store);
      expect(await at().store.keptUntil(KEEP)).toEqual([
        {
          ...{ case: CASE.case, reference: 'GR-7K2M', openedAt: NOON },
          ...{ because: 'idle', erasedAt: '2026-03-31T12:00:00.000Z' },
        },
      ]);
      expect(await at().store.purge('2026-03-31T12:00:00.000Z', KEEP)).toMatchObject({ drafts: 0 });
      expect(await at().store.purge('2026-03-31T12:00:00.001Z', KEEP)).toMatchObject({ drafts: 1 });
      expect(await at().store.personAt(PHONE)).toBeNull();
      expect(await at().store.parts(CASE.contribution)).toEqual([]);
      expect(await at().store.session(person)).toBeNull();
    });

    test('of a sent case comes 90 days after its mail, never before its mail is at its end', async () => {
      const person = await openCase(at().store);
      const id = await approveMail(at().store, person);
      expect(await at().store.keptUntil(KEEP)).toEqual([]);
      expect(await at().store.purge('2027-03-01T12:00:00.000Z', KEEP)).toMatchObject({ drafts: 0, closed: 0 });
      await at().store.freezeMail(id, FROZEN, NOON);
      await at().store.startSending(id, 'one', 0);
      await at().store.endAttempt(id, 'sent', { kind: 'accepted', server: 'mx', at: NOON }, NOON, null);
      await save(at().store, person, { ...IN_CASE, closeCase: true });
      const day = '2026-05-30T12:00:00.000Z';
      expect(await at().store.keptUntil(KEEP)).toMatchObject([{ because: 'ended', erasedAt: day }]);
      expect(await at().store.purge('2026-05-30T12:00:00.000Z', KEEP)).toMatchObject({ closed: 0 });
      expect(await at().store.purge('2026-05-30T12:00:00.001Z', KEEP)).toMatchObject({ closed: 1 });
    });
  });

  describe('no harm 24: erasure on request, by staff', () => {
    const ledger = () =>
      openLedger(at().ledgerFile)
        .entries()
        .map(({ kind }) => kind);
    const erase = () => at().store.desk.eraseOnRequest(CASE.case);

    test('of the only case of its person takes all that is kept of them, and the mail that waits', async () => {
      const person = await openCase(at().store);
      const mail = await approveMail(at().store, person);
      expect(await at().store.desk.holdsMore(CASE.case)).toBe(false);
      expect(await erase()).toBe('person');
      expect(await at().store.personAt(PHONE)).toBeNull();
      expect(await at().store.parts(CASE.contribution)).toEqual([]);
      expect(await at().store.mail('GR-7K2M')).toEqual([]);
      expect(await at().store.freezeMail(mail, FROZEN, NOON)).toBe(false);
      expect(ledger()).toEqual(['person', 'done']);
    });

    test('of a person who holds another case, or organises, takes that case alone', async () => {
      const person = await openCase(at().store);
      const other = { case: 'case-two', contribution: 'contribution-two' };
      await say(at().store, 'm-two', 'oui');
      await save(at().store, person, {
        state: { ...IN_CASE.state, ...other, reference: null },
        session: { of: 'two' },
        openCase: other,
        cases: { row: 'new', opens: true, left: { session: { of: 'one' }, ...IN_CASE }, home: { home: true } },
      });
      expect(await at().store.desk.holdsMore(CASE.case)).toBe(true);
      expect(await erase()).toBe('case');
      expect(await at().store.desk.exists(CASE.case)).toBe(false);
      expect(await at().store.parts(CASE.contribution)).toEqual([]);
      expect(await at().store.desk.exists('case-two')).toBe(true);
      expect(await at().store.personAt(PHONE)).toMatchObject({ person });
      // The last case of an organiser: who they are, and what they hold for others, stays.
      expect(await at().store.desk.eraseOnRequest('case-two')).toBe('case');
      expect(await at().store.personAt(PHONE)).toMatchObject({ person });
      expect(ledger()).toEqual(['case', 'done', 'case', 'done']);
    });

    test('of what is not there writes nothing into the ledger', async () => {
      expect(await erase()).toBeNull();
      expect(await at().store.desk.holdsMore(CASE.case)).toBeNull();
      expect(ledger()).toEqual([]);
    });

    test('of somebody without a case takes all that is kept of them, and nobody who has one', async () => {
      const person = await say(at().store, 'm1', 'Je suis en danger');
      await save(at().store, person, { flags: ['in-danger'], hold: [part('m1', 'Mon fils s’appelait Madou', 'held')] });
      expect(await at().store.desk.eraseCaller(person)).toBe(true);
      expect(await at().store.personAt(PHONE)).toBeNull();
      expect(await at().store.desk.caller(person)).toBeNull();
      expect(await at().store.desk.eraseCaller(person)).toBe(false);
      expect(ledger()).toEqual(['person', 'done']);
      const other = await openCase(at().store);
      expect(await at().store.desk.eraseCaller(other)).toBe(false);
      expect(await at().store.desk.exists(CASE.case)).toBe(true);
    });

    test('cancels a withdrawal that is still on its way', async () => {
      const person = await openCase(at().store);
      await approveMail(at().store, person);
      await say(at().store, 'm-withdraw', 'retirer');
      const withdrawal = {
        kind: 'withdrawal',
        reference: 'GR-7K2M',
        sha256: SHA,
        notBefore: NOON,
        request: {},
      } as const;
      await save(at().store, person, { ...IN_CASE, mails: [withdrawal] });
      expect(await at().store.dueMails(NOON, 9)).toHaveLength(2);
      await erase();
      expect(await at().store.dueMails(NOON, 9)).toEqual([]);
    });
  });
}
