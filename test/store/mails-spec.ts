// The store's promises about mails; run on every database by store-spec.ts.

import { describe, expect, test } from 'vitest';
import type { TempStore } from '../support/temp-store.ts';
import {
  FROZEN,
  IN_CASE,
  KEEP,
  NOON,
  SHA,
  approveMail,
  openCase,
  pendingOf,
  save,
  say,
  takeOverAll,
  turnOver,
} from './family.ts';
import { rowsOf } from './rows-of.ts';

export function mailsSpec(at: () => TempStore): void {
  describe('mails', () => {
    test('leave waiting → frozen → sending → sent, and tell the person', async () => {
      const person = await openCase(at().store);
      const id = await approveMail(at().store, person);
      const [item] = await at().store.dueMails(NOON, 5);
      expect(item).toMatchObject({
        id,
        state: 'waiting',
        request: { author: 'Awa Agbodjan' },
        bytes: null,
        attempts: 0,
      });
      if (item === undefined) return;
      expect((await at().store.documentOf(item))?.files).toMatchObject([{ name: 'Koffi-Agbodjan.pdf' }]);
      expect(await at().store.startSending(id, 'one', 0)).toBe(false);
      expect(await at().store.freezeMail(id, FROZEN, NOON)).toBe(true);
      expect(await at().store.freezeMail(id, Buffer.from('other'), NOON)).toBe(false);
      expect(await at().store.startSending(id, 'one', 0)).toBe(true);
      expect(await at().store.dueMails(NOON, 5)).toEqual([]);
      await at().store.endAttempt(id, 'sent', { kind: 'accepted', server: 'mx', at: NOON }, NOON, null);
      const [sent] = await at().store.mail('GR-7K2M');
      expect(sent).toMatchObject({ state: 'sent', attempts: 1, handedOver: false });
      expect(Buffer.from(sent?.bytes ?? []).equals(FROZEN)).toBe(true);
      expect((await pendingOf(at().store, person)).event).toMatchObject({
        kind: 'mail',
        mail: 'submission',
        outcome: { kind: 'accepted' },
      });
    });

    test('are not due before their time', async () => {
      await approveMail(at().store, await openCase(at().store));
      expect(await at().store.dueMails('2026-03-01T11:59:59.999Z', 5)).toEqual([]);
    });

    test('are taken by one process only', async () => {
      const id = await approveMail(at().store, await openCase(at().store));
      await at().store.freezeMail(id, FROZEN, NOON);
      const started = await Promise.all(Array.from({ length: 8 }, () => at().store.startSending(id, 'one', 0)));
      expect(started.filter(Boolean)).toHaveLength(1);
    });

    test('are tried again with the same bytes, and each attempt is told once', async () => {
      const person = await openCase(at().store);
      const id = await approveMail(at().store, person);
      await at().store.freezeMail(id, FROZEN, NOON);
      const later = '2026-03-01T12:10:00.000Z';
      await at().store.startSending(id, 'one', 0);
      await at().store.endAttempt(id, 'uncertain', { kind: 'uncertain', at: NOON }, NOON, later);
      await at().store.endAttempt(id, 'sent', { kind: 'accepted', server: 'mx', at: NOON }, NOON, null);
      expect(await at().store.dueMails(NOON, 5)).toEqual([]);
      const [again] = await at().store.dueMails(later, 5);
      expect(again).toMatchObject({ state: 'uncertain', handedOver: true });
      expect(Buffer.from(again?.bytes ?? []).equals(FROZEN)).toBe(true);
      await at().store.startSending(id, 'one', 1);
      await at().store.endAttempt(id, 'sent', { kind: 'accepted', server: 'mx', at: later }, later, null);
      await at().store.endAttempt(id, 'refused', { kind: 'bounced', at: later }, later, null);
      const outcomes: string[] = [];
      for (let next = await at().store.nextTurn(person); next; next = await at().store.nextTurn(person)) {
        if (next.event.kind === 'mail') outcomes.push(next.event.outcome.kind);
        await save(at().store, person, IN_CASE);
      }
      expect(outcomes).toEqual(['uncertain', 'accepted', 'bounced']);
      expect(await at().store.mail('GR-7K2M')).toMatchObject([{ state: 'refused' }]);
    });

    test('are taken back inside the window, and not once they have begun to leave', async () => {
      const person = await openCase(at().store);
      const id = await approveMail(at().store, person);
      await at().store.freezeMail(id, FROZEN, NOON);
      await say(at().store, 'm-stop', 'stop');
      await save(at().store, person, { ...IN_CASE, cancel: ['GR-7K2M'] });
      expect(await at().store.startSending(id, 'one', 0)).toBe(false);
      const second = await approveMail(at().store, person, 'm-send-2');
      await at().store.freezeMail(second, FROZEN, NOON);
      await at().store.startSending(second, 'one', 0);
      await say(at().store, 'm-stop-2', 'stop');
      // It is leaving: the turn is taken again, knowing that.
      const tooLate = turnOver(await pendingOf(at().store, person), { ...IN_CASE, cancel: ['GR-7K2M'] });
      expect(await at().store.saveTurn(tooLate)).toBe('stale');
      expect((await at().store.mail('GR-7K2M')).map(({ state }) => state)).toEqual(['cancelled', 'sending']);
    });

    test('left in the middle by a dead process are sent again, as uncertain', async () => {
      const id = await approveMail(at().store, await openCase(at().store));
      await at().store.freezeMail(id, FROZEN, NOON);
      await at().store.startSending(id, 'one', 0);
      await at().reopen();
      await takeOverAll(at().store, NOON);
      expect(await at().store.dueMails(NOON, 5)).toMatchObject([
        { id, state: 'uncertain', handedOver: true, attempts: 1 },
      ]);
      expect(await at().store.heldMails()).toEqual([]);
    });

    test('held in doubt can be released, and are not taken for a restored backup at the next start', async () => {
      const id = await approveMail(at().store, await openCase(at().store));
      await at().store.freezeMail(id, FROZEN, NOON);
      await at().store.startSending(id, 'one', 0);
      await at().store.endAttempt(id, 'held', { kind: 'uncertain', at: NOON }, NOON, null);
      expect(await at().store.heldMails()).toMatchObject([{ id, handedOver: true }]);
      expect(await at().store.purge('2027-03-01T12:00:00.000Z', KEEP)).toMatchObject({ drafts: 0, closed: 0 });
      expect(await at().store.releaseMail(id, NOON)).toBe(true);
      await at().reopen();
      expect(await at().store.dueMails(NOON, 5)).toMatchObject([{ id, state: 'uncertain' }]);
    });

    test('keep the approved document when a newer one is built', async () => {
      const person = await openCase(at().store);
      await approveMail(at().store, person);
      for (const text of ['un', 'deux']) {
        await say(at().store, `m-${text}`, text);
        const files = [{ format: 'docx', name: 'a.docx', bytes: Buffer.from(text) }] as const;
        await save(at().store, person, {
          ...IN_CASE,
          documents: [
            { kind: 'final', reference: 'GR-7K2M', sha256: text, manifest: '{}', files },
            { kind: 'preview', reference: 'GR-7K2M', sha256: null, manifest: null, files },
          ],
        });
      }
      const [item] = await at().store.mail('GR-7K2M');
      expect(item && (await at().store.documentOf(item))).toMatchObject({ sha256: SHA, manifest: '{"to":"emler"}' });
      expect(await at().store.document(person, 'final')).toMatchObject({ sha256: 'deux', files: [{ format: 'docx' }] });
      expect(await at().store.document(person, 'preview')).toMatchObject({ sha256: null, manifest: null });
      expect(await at().store.document(person, 'copy')).toBeNull();
    });

    test.each([
      ['of a case', IN_CASE],
      ['before there is one', {}],
    ])(
      'no harm 26: of what was never approved, only the newest of its kind is kept, with its files: %s',
      async (_, place) => {
        const person = place === IN_CASE ? await openCase(at().store) : await say(at().store, 'm-hello', 'bonjour');
        if (place !== IN_CASE) await save(at().store, person);
        const kinds = ['preview', 'copy', 'final'] as const;
        const ids: string[] = [];
        for (const text of ['one', 'two']) {
          await say(at().store, `m-${text}`, text);
          const files = [{ format: 'docx', name: 'a.docx', bytes: Buffer.from(text) }] as const;
          const documents = kinds.map((kind) => ({ kind, reference: 'GR-7K2M', sha256: text, manifest: '{}', files }));
          await save(at().store, person, { ...place, documents });
          for (const kind of kinds) ids.push((await at().store.document(person, kind))?.id ?? '');
        }
        expect(new Set(ids).size).toBe(6);
        expect(await rowsOf(at(), ids.slice(0, 3))).toEqual([]);
        for (const id of ids.slice(3))
          expect(await rowsOf(at(), [id])).toEqual(['document_files.document', 'documents.id']);
      },
    );
  });

  describe('addresses of calls', () => {
    test('are kept with who verified them, several for one call, also those that were withdrawn', async () => {
      const address = {
        callId: 'emler-2024',
        address: 'a@un.test',
        source: 'https://un.test',
        verifiedBy: 'Ama',
        verifiedAt: NOON,
        withdrawnAt: null,
      };
      const other = { ...address, address: 'b@un.test', verifiedBy: 'Bea' };
      expect(await at().store.callAddresses('emler-2024')).toEqual([]);
      await at().store.recordCallAddresses([address, other]);
      await at().store.recordCallAddresses([{ ...address, withdrawnAt: NOON }]);
      expect(await at().store.callAddresses('emler-2024')).toEqual([{ ...address, withdrawnAt: NOON }, other]);
      expect(await at().store.callAddresses('another')).toEqual([]);
    });
  });
}
