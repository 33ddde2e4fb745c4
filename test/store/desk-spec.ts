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

    test('keeps every attempt with the words of the server, and puts what has ended aside at once, and danger never', async () => {
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
      expect(await desk().queue('open')).toEqual([]);
      expect(await desk().queue('done')).toMatchObject([{ case: CASE.case, mail: { outcome: 'accepted' } }]);
      // A person in danger is open work, whatever has left.
      await say(at().store, 'm9', 'Ils sont devant ma porte');
      await save(at().store, person, { ...IN_CASE, flags: ['in-danger'] });
      expect(await desk().queue('done')).toEqual([]);
      expect(await desk().queue('open')).toMatchObject([{ case: CASE.case, flags: [{ flag: 'in-danger' }] }]);
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

    test('opens only the rows that are asked for, and knows the rest without opening anything', async () => {
      const many = ['one', 'two', 'three'];
      for (const [index, name] of many.entries()) {
        const event = { id: name, at: NOON, kind: 'message', text: 'oui' } as const;
        const from = { channel: 'web-chat', account: 'one', address: name };
        const { person } = await at().store.receive({ from, messageId: name, event, language: 'fr' });
        const ids = { case: `case-${name}`, contribution: `contribution-${name}` };
        const state = { step: 'story', language: 'fr', reference: null, callId: 'emler-2024', ...ids } as const;
        const change = { state, openCase: ids, consents: [{ ...consent('confidential'), at: later(index) }] };
        expect(await at().store.saveTurn(turnOver(await pendingOf(at().store, person), change))).toBe('saved');
      }
      const facts = await desk().facts();
      expect(facts.map(({ case: id }) => id).toSorted()).toEqual(['case-one', 'case-three', 'case-two']);
      expect(JSON.stringify(facts)).not.toContain('confidential');
      const page = facts.filter(({ case: id }) => id === 'case-two');
      expect(await desk().open(page)).toMatchObject([{ case: 'case-two', publication: ['confidential'] }]);
      expect(await desk().facts('case-two')).toEqual(page);
      expect(await desk().open([])).toEqual([]);
      expect(await desk().facts('nothing')).toEqual([]);
    });

    test('is given to one of several who ask at once, and goes from one to another only knowingly', async () => {
      const person = await openCase(at().store);
      const item = { case: CASE.case };
      const ask = (to: string, from: string | null = null) => desk().claim(item, { from, to, at: NOON });
      const given = await Promise.all(['ana', 'bea', 'rui', 'eva'].map((to) => ask(to)));
      expect(given.filter(Boolean)).toHaveLength(1);
      const [{ assignedTo } = { assignedTo: null }] = await desk().facts();
      expect(assignedTo).toBe(['ana', 'bea', 'rui', 'eva'][given.indexOf(true)]);
      expect(await ask('zoe', 'nobody')).toBe(false);
      const both = await Promise.all(['zoe', 'ida'].map((to) => ask(to, assignedTo)));
      expect(both.filter(Boolean)).toHaveLength(1);
      expect(await desk().claim({ case: 'nothing' }, { from: null, to: 'ana', at: NOON })).toBe(false);
      // Nobody's yet, without a case.
      const before = { person };
      const callers = await Promise.all(['ana', 'bea'].map((to) => desk().claim(before, { from: null, to, at: NOON })));
      expect(callers.filter(Boolean)).toHaveLength(1);
      const has = ['ana', 'bea'][callers.indexOf(true)] ?? '';
      expect(await desk().claim(before, { from: has, to: 'rui', at: NOON })).toBe(true);
      expect(await desk().claim({ person: 'nobody' }, { from: null, to: 'ana', at: NOON })).toBe(false);
    });

    test('says who reads it since when, until they are gone, in every process', async () => {
      await openCase(at().store);
      const reads = (staff: string, minutes: number) =>
        desk().beginReading(CASE.case, { staff, at: later(minutes), until: later(minutes + 10) });
      const seenBy = (not: string, minutes: number) => desk().readersOf(CASE.case, { not, now: later(minutes) });
      await reads('rui', 0);
      await reads('ana', 2);
      await reads('rui', 5);
      expect(await seenBy('ana', 6)).toEqual([{ staff: 'rui', since: NOON }]);
      expect(await seenBy('eva', 6)).toMatchObject([{ staff: 'rui' }, { staff: 'ana' }]);
      await desk().keepReading(CASE.case, { staff: 'rui', until: later(7) });
      expect(await seenBy('ana', 8)).toEqual([]);
      await desk().keepReading(CASE.case, { staff: 'never-began', until: later(90) });
      await reads('rui', 20);
      expect(await seenBy('ana', 21)).toEqual([{ staff: 'rui', since: later(20) }]);
      at().now = later(21);
      expect(await desk().facts()).toMatchObject([{ readers: [{ staff: 'rui', since: later(20) }] }]);
      await desk().beginReading('nothing', { staff: 'rui', at: NOON, until: later(5) });
    });

    test('is put off until a time, brought back, and dealt with', async () => {
      const person = await openCase(at().store);
      const before = await desk().pulse();
      const off = { until: later(60), why: 'answer', staff: 'ana', at: NOON };
      expect(await desk().putOff(CASE.case, { ...off, why: 'rest' })).toBe(true);
      expect(await desk().putOff(CASE.case, off)).toBe(true);
      expect(await desk().pulse()).not.toBe(before);
      expect(await desk().facts()).toMatchObject([{ putOff: off }]);
      at().now = later(61);
      expect(await desk().facts()).toMatchObject([{ putOff: null }]);
      at().now = NOON;
      await desk().wake(CASE.case);
      expect(await desk().facts()).toMatchObject([{ putOff: null }]);
      expect(await desk().dealtWith(CASE.case, 'ana', later(1))).toBe(true);
      expect(await desk().dealtWith(CASE.case, 'bea', later(2))).toBe(true);
      expect(await desk().facts()).toMatchObject([{ dealtAt: later(2) }]);
      for (const did of [desk().putOff('nothing', off), desk().dealtWith('nothing', 'ana', NOON)]) {
        expect(await did).toBe(false);
      }
      await at().store.erasePerson(person);
      expect(await desk().facts()).toEqual([]);
    });

    test('keeps views of the list for the one who saved them, their names sealed', async () => {
      const add = (email: string) =>
        at().store.staff.addAccount({ name: 'Ana', email, role: 'reader', language: 'en', signInBy: 'password' });
      const [ana, bea] = [(await add('a@example.org')) ?? '', (await add('b@example.org')) ?? ''];
      const view = { name: 'Casos da Zenobia', query: 'language=pt', at: NOON };
      expect(await desk().saveView(ana, view)).toBe(true);
      expect(await desk().viewsOf(ana)).toMatchObject([{ name: view.name, query: view.query }]);
      expect(await desk().viewsOf(bea)).toEqual([]);
      const [{ id } = { id: '' }] = await desk().viewsOf(ana);
      expect(await desk().removeView(bea, id)).toBe(false);
      for (let more = 1; more < 20; more++) expect(await desk().saveView(ana, view)).toBe(true);
      expect(await desk().saveView(ana, view)).toBe(false);
      expect(await desk().saveView('nobody', view)).toBe(false);
      expect(await desk().removeView(ana, id)).toBe(true);
      expect(await desk().viewsOf(ana)).toHaveLength(19);
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
      expect(await look('ana', 5, 'p1')).toEqual({ at: later(0), seen: ['p1'] });
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
        await desk().putOff(CASE.case, { until: later(9), why: 'rest', staff: 'ana', at: NOON });
        await desk().dealtWith(CASE.case, 'ana', NOON);
        await desk().beginReading(CASE.case, { staff: 'ana', at: NOON, until: later(9) });
        await desk().claim({ person }, { from: null, to: 'ana', at: NOON });
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
