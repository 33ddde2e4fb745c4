// What the review desk reads and keeps; run on every database by store-spec.ts.

import { describe, expect, test } from 'vitest';
import type { TempStore } from '../support/temp-store.ts';
import { CASE, FROZEN, IN_CASE, NOON, STORY, approveMail, openCase, pendingOf, save, say, turnOver } from './family.ts';

const MODEL = { words: 421 };
const later = (minutes: number) => new Date(Date.parse(NOON) + minutes * 60_000).toISOString();

export function deskSpec(at: () => TempStore): void {
  describe('the desk', () => {
    const desk = () => at().store.desk;
    const consent = (value: string) => ({
      ...({ purpose: 'publication', subject: 'author', value, wordingHash: 'h' } as const),
      ...({ language: 'fr', messageId: 'm', at: NOON } as const),
    });

    test('sees a case with its words, its last choice, its flags once, and its mail', async () => {
      const person = await openCase(at().store);
      expect(await desk().queue('open')).toMatchObject([
        { case: CASE.case, reference: 'GR-7K2M', channel: 'whatsapp', language: 'fr', publication: [], mail: null },
      ]);
      await say(at().store, 'm2', 'public');
      await save(at().store, person, { ...IN_CASE, consents: [consent('public-named')], flags: ['threat', 'late'] });
      await say(at().store, 'm3', 'non, confidentiel');
      await save(at().store, person, { ...IN_CASE, consents: [consent('confidential')], flags: ['threat'] });
      await approveMail(at().store, person);
      const [row] = await desk().queue('open');
      expect(row?.flags).toHaveLength(2);
      expect(row).toMatchObject({
        publication: ['confidential'],
        flags: expect.arrayContaining(
          (['threat', 'late'] as const).map((flag) => ({ flag, at: NOON, lastAt: NOON })),
        ) as unknown,
        mail: { kind: 'submission', state: 'waiting', outcome: null },
        changed: false,
        contributions: 1,
      });
      expect(row?.words).toBeGreaterThan(5);
      expect(JSON.stringify(row)).not.toContain('Agbodjan');
    });

    test('counts the words of the document and sees that it was built again after the approval', async () => {
      const person = await openCase(at().store);
      await approveMail(at().store, person);
      await say(at().store, 'm5', 'encore');
      const document = {
        ...({ kind: 'final', reference: 'GR-7K2M', sha256: 'b'.repeat(64), files: [] } as const),
        manifest: JSON.stringify({ model: MODEL }),
      };
      await save(at().store, person, { ...IN_CASE, documents: [document] });
      const [row] = await desk().queue('open');
      expect(row).toMatchObject({ words: 421, changed: true });
      // What is remembered of a document is the same the second time.
      expect((await desk().queue('open'))[0]).toEqual(row);
      const [mine] = (await desk().case(CASE.case))?.contributions ?? [];
      expect(mine).toMatchObject({ document: { sha256: 'a'.repeat(64) }, newer: 'b'.repeat(64) });
    });

    test('shows who asks for a person before there is a case, with what was said, and the case once there is one', async () => {
      const person = await say(at().store, 'm1', 'Je suis en danger');
      await save(at().store, person, { flags: ['in-danger'] });
      const [row] = await desk().queue('open');
      expect(row).toMatchObject({ case: null, person, flags: [{ flag: 'in-danger' }] });
      const found = await desk().caller(person);
      expect(found?.lines.map(({ text }) => text)).toEqual(['Je suis en danger']);
      await say(at().store, 'm2', 'oui');
      await save(at().store, person, { ...IN_CASE, openCase: CASE });
      expect(await desk().queue('open')).toMatchObject([{ case: CASE.case, flags: [{ flag: 'in-danger' }] }]);
      expect(await desk().caller(person)).toBeNull();
      expect(await desk().caller('nobody')).toBeNull();
    });

    test('keeps every attempt with the words of the server, and puts what has ended aside after some days', async () => {
      const person = await openCase(at().store);
      const id = await approveMail(at().store, person);
      await at().store.freezeMail(id, FROZEN, NOON);
      await at().store.startSending(id, 'one', 0);
      const answer = { server: 'mx.un.example', reply: '451 come back later' };
      await at().store.endAttempt(id, 'frozen', { kind: 'deferred', at: NOON }, NOON, NOON, answer);
      await at().store.startSending(id, 'one', 1);
      const accepted = { kind: 'accepted', server: 'mx.un.example', at: later(1) } as const;
      await at().store.endAttempt(id, 'sent', accepted, later(1), null, { server: 'mx.un.example', reply: null });
      const [mine] = (await desk().case(CASE.case))?.contributions ?? [];
      expect(mine?.mails[0]?.attemptsMade).toEqual([
        { at: NOON, state: 'frozen', outcome: 'deferred', ...answer },
        { at: later(1), state: 'sent', outcome: 'accepted', server: 'mx.un.example', reply: null },
      ]);
      expect(await desk().queue('open')).toMatchObject([{ mail: { outcome: 'accepted' } }]);
      expect(await desk().queue('done')).toEqual([]);
      at().now = later(5 * 24 * 60);
      expect(await desk().queue('open')).toEqual([]);
      expect(await desk().queue('done')).toMatchObject([{ case: CASE.case }]);
    });

    test('opens a case whole, by its id or its exact reference, and its transcript with the channel', async () => {
      await approveMail(at().store, await openCase(at().store));
      expect(await desk().find('GR-7K2M')).toBe(CASE.case);
      expect(await desk().find('GR-7K2')).toBeNull();
      const found = await desk().case(CASE.case);
      expect(found?.contributions[0]).toMatchObject({
        channel: 'whatsapp',
        parts: [{ text: STORY }],
        document: { reference: 'GR-7K2M', files: [{ format: 'pdf' }] },
        session: { turns: 3 },
      });
      const lines = await desk().transcript(CASE.contribution);
      expect(lines.map(({ text }) => text)).toEqual(['oui', STORY, 'ENVOYER']);
      expect(await desk().case('nothing')).toBeNull();
      expect(await desk().transcript('nothing')).toEqual([]);
    });

    test("is somebody's, and nobody's again", async () => {
      await openCase(at().store);
      const before = await desk().pulse();
      expect(await desk().assign(CASE.case, 'ana', NOON)).toBe(true);
      expect(await desk().pulse()).not.toBe(before);
      expect(await desk().queue('open')).toMatchObject([{ assignedTo: 'ana' }]);
      expect(await desk().assign(CASE.case, null, NOON)).toBe(true);
      expect(await desk().case(CASE.case)).toMatchObject({ assignedTo: null });
      expect(await desk().assign('nothing', 'ana', NOON)).toBe(false);
    });

    test('keeps notes among colleagues, sealed with the contribution', async () => {
      await openCase(at().store);
      const note = { staff: 'ana', at: NOON, text: 'La sœur demande une réponse avant vendredi.' };
      expect(await desk().addNote(CASE.contribution, note)).toBe(true);
      expect((await desk().case(CASE.case))?.contributions[0]?.notes).toMatchObject([note]);
      expect(await desk().addNote('nothing', note)).toBe(false);
    });

    test('remembers what each reviewer saw; looks at the same text within half an hour are one', async () => {
      await openCase(at().store);
      const look = (who: string, minutes: number, ...seen: readonly string[]) =>
        desk().look(CASE.contribution, who, { at: later(minutes), seen });
      expect(await look('ana', 0, 'p1')).toBeNull();
      expect(await look('ana', 5, 'p1')).toBeNull();
      expect((await look('ana', 10, 'p1', 'p2'))?.seen).toEqual(['p1']);
      expect((await look('ana', 35, 'p1', 'p2'))?.seen).toEqual(['p1']);
      expect(await look('bea', 40, 'p1', 'p2')).toBeNull();
      expect((await look('ana', 60, 'p1', 'p2', 'p3'))?.seen).toEqual(['p1', 'p2']);
      expect((await look('ana', 70, 'p1', 'p2', 'p3'))?.seen).toEqual(['p1', 'p2']);
      expect((await look('ana', 200, 'p3'))?.seen).toEqual(['p1', 'p2', 'p3']);
      expect(await desk().look('nothing', 'ana', { at: NOON, seen: [] })).toBeNull();
    });

    test('loses all of it when the case is erased, and when the person is', async () => {
      const fill = async () => {
        const person = await openCase(at().store);
        const id = await approveMail(at().store, person);
        await at().store.endAttempt(id, 'held', { kind: 'held', at: NOON }, NOON, null);
        await desk().assign(CASE.case, 'ana', NOON);
        await desk().addNote(CASE.contribution, { staff: 'ana', at: NOON, text: 'note' });
        await desk().look(CASE.contribution, 'ana', { at: NOON, seen: ['p1'] });
        return person;
      };
      const person = await fill();
      await at().store.eraseCase(CASE.case);
      expect(await desk().queue('open')).toEqual([]);
      expect(await desk().case(CASE.case)).toBeNull();
      await say(at().store, 'm-again', 'Bonjour');
      const pending = await pendingOf(at().store, person);
      expect(await at().store.saveTurn(turnOver(pending))).toBe('saved');
      await at().store.erasePerson(person);
      expect(await desk().find('GR-7K2M')).toBeNull();
    });
  });
}
