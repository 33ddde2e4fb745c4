// The store's promises about turns; run on every database by store-spec.ts.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TempStore } from '../support/temp-store.ts';
import {
  CASE,
  IN_CASE,
  NOON,
  PHONE,
  SHA,
  STORY,
  KEEP,
  openCase,
  part,
  pendingOf,
  reply,
  save,
  say,
  turnOver,
} from './family.ts';

export function turnsSpec(at: () => TempStore): void {
  describe('a turn', () => {
    test('is saved once: who comes second is stale', async () => {
      const person = await say(at().store, 'm1', 'a');
      const pending = await pendingOf(at().store, person);
      const results = await Promise.all(Array.from({ length: 5 }, () => at().store.saveTurn(turnOver(pending))));
      expect(results.filter((result) => result === 'saved')).toHaveLength(1);
      expect(await at().store.session(person)).toEqual({ turns: 1 });
      expect(await at().store.transcript(person, null)).toHaveLength(1);
    });

    test('keeps session, parts, consents, archive and transcript', async () => {
      const person = await openCase(at().store);
      await say(at().store, 'm3', 'privé');
      const consent = {
        purpose: 'publication',
        subject: 'author',
        value: 'confidential',
        wordingHash: 'w',
        language: 'fr',
        messageId: 'm3',
        at: NOON,
      } as const;
      await save(at().store, person, {
        ...IN_CASE,
        consents: [consent, { ...consent, value: 'public-unnamed' }],
        flags: ['minor-named', 'late'],
        archive: { hash: 'h1', callId: 'emler-2024', text: 'id: emler-2024' },
        replies: [reply('Merci.')],
      });
      await at().reopen();
      expect(await at().store.session(person)).toEqual({ turns: 3 });
      expect(await at().store.parts(CASE.contribution)).toEqual([part('m-story', STORY)]);
      expect(await at().store.consents(CASE.contribution)).toEqual([consent, { ...consent, value: 'public-unnamed' }]);
      expect(await at().store.archivedCall('h1')).toBe('id: emler-2024');
      expect(await at().store.archivedCall('h2')).toBeNull();
      const told = await at().store.transcript(person, null);
      expect(told.map(({ from, text }) => [from, text])).toEqual([
        ['person', 'oui'],
        ['person', STORY],
        ['person', 'privé'],
        ['bot', 'Merci.'],
      ]);
      expect(told.at(-1)).toMatchObject({ body: reply('Merci.').body, promptId: 'story' });
      expect(await at().store.transcriptByReference('GR-7K2M')).toEqual(told);
      expect(await at().store.transcriptByReference('GR-0000')).toBeNull();
      expect(await at().store.transcript(person, '2026-03-01T12:00:00.001Z')).toEqual([]);
    });

    test('that fails in the middle changes nothing', async () => {
      const person = await openCase(at().store);
      await say(at().store, 'm3', 'encore');
      const pending = await pendingOf(at().store, person);
      const before = [await at().store.session(person), await at().store.transcript(person, null)];
      const broken = turnOver(pending, {
        ...IN_CASE,
        addParts: [part('m3', 'encore')],
        replies: [reply('Enregistré.')],
        // A mail that cannot be written down: the last thing that a turn saves.
        mails: [{ kind: 'submission', reference: 'GR-7K2M', sha256: SHA, notBefore: NOON, request: 1n }],
      });
      await expect(at().store.saveTurn(broken)).rejects.toThrow(TypeError);
      expect([await at().store.session(person), await at().store.transcript(person, null)]).toEqual(before);
      expect(await at().store.parts(CASE.contribution)).toHaveLength(1);
      expect(await at().store.dueReplies('whatsapp', 9)).toEqual([]);
      expect(await at().store.approvals('GR-7K2M')).toEqual([]);
      expect(await at().store.nextTurn(person)).toEqual(pending);
    });

    test('replaces, moves and removes parts where they stand', async () => {
      const person = await openCase(at().store);
      for (const id of ['m3', 'm4', 'm5']) {
        await say(at().store, id, id);
        await save(at().store, person, { ...IN_CASE, addParts: [part(id, id)] });
      }
      await say(at().store, 'm6', 'corrigé');
      await save(at().store, person, {
        ...IN_CASE,
        replaceParts: [part('m3', 'corrigé'), part('m4', 'm4', 'topic/investigation')],
        removeParts: ['m5'],
      });
      expect(await at().store.parts(CASE.contribution)).toEqual([
        part('m-story', STORY),
        part('m3', 'corrigé'),
        part('m4', 'm4', 'topic/investigation'),
      ]);
    });

    test('edits a line in its place, and redacts one to a mark without content', async () => {
      const person = await openCase(at().store);
      await at().store.receive({
        from: PHONE,
        messageId: 'x1',
        event: { id: 'x1', at: NOON, kind: 'edit', target: 'm-story', text: 'corrigé' },
      });
      await save(at().store, person, IN_CASE);
      await at().store.receive({
        from: PHONE,
        messageId: 'x2',
        event: { id: 'x2', at: NOON, kind: 'deletion', target: 'm-yes' },
      });
      await save(at().store, person, { ...IN_CASE, redact: ['m-yes'] });
      const told = await at().store.transcript(person, null);
      expect(told.map(({ text, edited }) => [text, edited])).toEqual([
        [null, false],
        ['corrigé', true],
      ]);
    });
  });

  describe('what comes before a yes', () => {
    const before = async () => {
      const person = await say(at().store, 'm1', STORY);
      await save(at().store, person, {
        hold: [part('m1', STORY, 'held')],
        replies: [reply('D’abord, votre sécurité.')],
      });
      return person;
    };

    test('is held, then becomes the beginning of the story', async () => {
      const person = await before();
      expect(await at().store.held(person)).toEqual([part('m1', STORY, 'held')]);
      await say(at().store, 'm2', 'oui');
      await save(at().store, person, { ...IN_CASE, openCase: CASE, useHeld: 'story', heldIds: ['m1'] });
      expect(await at().store.held(person)).toEqual([]);
      expect(await at().store.parts(CASE.contribution)).toEqual([part('m1', STORY)]);
      at().now = '2026-03-03T12:00:00.000Z';
      await at().store.purge(at().now, KEEP);
      expect((await at().store.transcriptByReference('GR-7K2M'))?.map(({ text }) => text)).toEqual([STORY, 'oui']);
    });

    test('no harm 10: stands before what was told since, and recordings among it in the order in which they came', async () => {
      const person = await before();
      await say(at().store, 'm2', 'Mon frère');
      await save(at().store, person, { hold: [part('m2', 'Mon frère', 'held')] });
      await say(at().store, 'm3', 'oui');
      const voice = (id: string) => ({ ...part(id, ''), pending: true as const });
      const told = [voice('v1'), voice('v9'), part('m4', 'Et ensuite')];
      await save(at().store, person, { ...IN_CASE, openCase: CASE, addParts: told });
      await say(at().store, 'm5', 'oui');
      await save(at().store, person, {
        ...IN_CASE,
        useHeld: 'story',
        heldIds: ['m1', 'm2'],
        heldFirst: ['m1', 'v1', 'm2'],
      });
      expect(await at().store.parts(CASE.contribution)).toEqual([
        part('m1', STORY),
        voice('v1'),
        part('m2', 'Mon frère'),
        voice('v9'),
        part('m4', 'Et ensuite'),
      ]);
      expect(await at().store.held(person)).toEqual([]);
    });

    test('no harm 10: of no known order, it stands first; not asked to be first, it stands last', async () => {
      const person = await before();
      await say(at().store, 'm3', 'oui');
      await save(at().store, person, { ...IN_CASE, openCase: CASE, addParts: [part('m4', 'Et ensuite')] });
      await say(at().store, 'm5', 'oui');
      await save(at().store, person, { ...IN_CASE, useHeld: 'story', heldIds: ['m1'], heldFirst: [] });
      expect(await at().store.parts(CASE.contribution)).toEqual([part('m1', STORY), part('m4', 'Et ensuite')]);
      await say(at().store, 'm6', 'fichier');
      await save(at().store, person, { ...IN_CASE, hold: [part('m6', 'fichier', 'held')] });
      await say(at().store, 'm7', 'oui');
      await save(at().store, person, { ...IN_CASE, useHeld: 'else', heldIds: ['m6'] });
      expect((await at().store.parts(CASE.contribution)).map(({ id }) => id)).toEqual(['m1', 'm4', 'm6']);
    });

    test('is erased on a no', async () => {
      const person = await before();
      await say(at().store, 'm2', 'non');
      await save(at().store, person, { eraseHeld: true });
      expect(await at().store.held(person)).toEqual([]);
      expect((await at().store.transcript(person, null))[0]).toMatchObject({ from: 'person', text: null });
    });

    test('is gone after a day, and not before', async () => {
      const person = await before();
      expect(await at().store.purge('2026-03-02T12:00:00.000Z', KEEP)).toMatchObject({ held: 0 });
      expect(await at().store.held(person)).toHaveLength(1);
      expect(await at().store.purge('2026-03-02T12:00:00.001Z', KEEP)).toMatchObject({ held: 1 });
      expect(await at().store.held(person)).toEqual([]);
      expect((await at().store.transcript(person, null))[0]).toMatchObject({ text: null });
    });
  });

  test('takes any text as it was written', async () => {
    const person = await openCase(at().store);
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        const id = `p${++count}`;
        await say(at().store, id, text);
        await save(at().store, person, { ...IN_CASE, addParts: [part(id, text)] });
        expect((await at().store.parts(CASE.contribution)).at(-1)?.text).toBe(text);
        expect((await at().store.transcript(person, null)).at(-1)?.text).toBe(text);
      }),
      { numRuns: 40 },
    );
  });
}
