// One spec, every database: what the store promises, told in small stories.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Store } from '../../src/store/store.ts';
import { startPostgres, type TempPostgres } from '../support/postgres.ts';
import { openTempStore, type TempStore } from '../support/temp-store.ts';
import * as family from './family.ts';

const { CASE, FROZEN, IN_CASE, NOON, PHONE, SHA, STORY, openCase, part, pendingOf, reply, save, say, turnOver } =
  family;
const BROWSER = { channel: 'web-chat', account: 'site', address: 'token-1' };
const KEEP = { idleDays: 30, closedDays: 90, heldHours: 24 };

let postgres: TempPostgres | null = null;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
});

describe.each(['sqlite', 'postgres'] as const)('the store on %s', (kind) => {
  let temp: TempStore;
  let store: Store;
  beforeEach(async (context) => {
    if (kind === 'sqlite') temp = await openTempStore();
    else if (postgres === null) return context.skip('no PostgreSQL binary for this platform');
    else temp = await openTempStore({ database: { kind, url: await postgres.newDatabase() } });
    store = temp.store;
  });
  afterEach(async () => {
    await temp.close();
  });

  describe('messages in', () => {
    test('are there after a restart, with where they came from', async () => {
      const person = await say(store, 'm1', 'Bonjour');
      store = await temp.reopen();
      expect(await store.peopleWaiting()).toEqual([person]);
      expect(await store.nextTurn(person)).toEqual({
        inboxId: expect.any(String) as string,
        person,
        event: family.message('m1', 'Bonjour'),
        language: 'fr',
        address: PHONE,
        session: null,
        version: 0,
      });
    });

    test('are taken once, however often and at once they come', async () => {
      const all = await Promise.all(
        Array.from({ length: 30 }, () =>
          store.receive({ from: PHONE, messageId: 'm1', event: family.message('m1', 'a') }),
        ),
      );
      expect(all.filter((one) => one.new)).toHaveLength(1);
      expect(new Set(all.map((one) => one.person)).size).toBe(1);
      await save(store, all[0]?.person ?? '');
      expect(await store.receive({ from: PHONE, messageId: 'm1', event: family.message('m1', 'a') })).toEqual({
        person: all[0]?.person,
        new: false,
      });
      expect(await store.peopleWaiting()).toEqual([]);
    });

    test('of two people under the same id are two messages', async () => {
      const [one, two] = [await say(store, 'm1', 'a'), await say(store, 'm1', 'a', BROWSER)];
      expect(one).not.toBe(two);
      expect(await store.peopleWaiting()).toEqual([one, two]);
    });

    test('are turned in the order of their arrival', async () => {
      const person = await say(store, 'm1', 'un');
      await say(store, 'm2', 'deux');
      expect((await pendingOf(store, person)).event.id).toBe('m1');
      await save(store, person);
      expect((await pendingOf(store, person)).event.id).toBe('m2');
    });

    test('from within come once by their id, and never to somebody erased', async () => {
      const person = await say(store, 'm1', 'a');
      await save(store, person);
      await store.post(person, { id: 'e1', at: NOON, kind: 'opened' });
      await store.post(person, { id: 'e1', at: NOON, kind: 'opened' });
      expect(await pendingOf(store, person)).toMatchObject({ event: { kind: 'opened' }, address: null });
      await save(store, person);
      expect(await store.nextTurn(person)).toBeNull();
      await store.erasePerson(person, NOON);
      await store.post(person, { id: 'e2', at: NOON, kind: 'opened' });
      expect(await store.peopleWaiting()).toEqual([]);
    });
  });

  describe('addresses', () => {
    test('lead to their person, each since its own day', async () => {
      const person = await say(store, 'm1', 'a');
      temp.now = '2026-03-02T08:00:00.000Z';
      await store.addAlias(person, BROWSER);
      expect(await store.personAt(PHONE)).toEqual({ person, since: NOON });
      expect(await store.personAt(BROWSER)).toEqual({ person, since: temp.now });
      expect(await store.personAt({ ...BROWSER, address: 'token-2' })).toBeNull();
      expect(await say(store, 'm2', 'b', BROWSER)).toBe(person);
    });

    test('taken away lead to nobody, and what was to go there holds nothing up', async () => {
      const person = await say(store, 'm1', 'a', BROWSER);
      await save(store, person, { replies: [reply('Bonjour')] });
      await store.removeAddress(BROWSER);
      expect(await store.personAt(BROWSER)).toBeNull();
      expect(await store.dueReplies('web-chat', 9)).toEqual([]);
      await store.addAlias(person, BROWSER);
      await say(store, 'm2', 'b', BROWSER);
      await save(store, person, { replies: [reply('Encore')] });
      expect((await store.dueReplies('web-chat', 9)).map(({ body }) => body)).toEqual([reply('Encore').body]);
    });

    test('move from a stranger to the person who proves to be behind them', async () => {
      const person = await say(store, 'm1', 'a');
      await say(store, 'm1', 'a', BROWSER);
      await store.addAlias(person, BROWSER);
      expect(await store.personAt(BROWSER)).toMatchObject({ person });
    });
  });

  describe('a turn', () => {
    test('is saved once: who comes second is stale', async () => {
      const person = await say(store, 'm1', 'a');
      const pending = await pendingOf(store, person);
      const results = await Promise.all(Array.from({ length: 5 }, () => store.saveTurn(turnOver(pending))));
      expect(results.filter((result) => result === 'saved')).toHaveLength(1);
      expect(await store.session(person)).toEqual({ turns: 1 });
      expect(await store.transcript(person, null)).toHaveLength(1);
    });

    test('keeps session, parts, consents, archive and transcript', async () => {
      const person = await openCase(store);
      await say(store, 'm3', 'privé');
      const consent = {
        purpose: 'publication',
        subject: 'author',
        value: 'confidential',
        wordingHash: 'w',
        language: 'fr',
        messageId: 'm3',
        at: NOON,
      } as const;
      await save(store, person, {
        ...IN_CASE,
        consents: [consent, { ...consent, value: 'public-unnamed' }],
        flags: ['minor-named', 'late'],
        archive: { hash: 'h1', callId: 'emler-2024', text: 'id: emler-2024' },
        replies: [reply('Merci.')],
      });
      store = await temp.reopen();
      expect(await store.session(person)).toEqual({ turns: 3 });
      expect(await store.parts(CASE.contribution)).toEqual([part('m-story', STORY)]);
      expect(await store.consents(CASE.contribution)).toEqual([consent, { ...consent, value: 'public-unnamed' }]);
      expect(await store.archivedCall('h1')).toBe('id: emler-2024');
      expect(await store.archivedCall('h2')).toBeNull();
      const told = await store.transcript(person, null);
      expect(told.map(({ from, text }) => [from, text])).toEqual([
        ['person', 'oui'],
        ['person', STORY],
        ['person', 'privé'],
        ['bot', 'Merci.'],
      ]);
      expect(told.at(-1)).toMatchObject({ body: reply('Merci.').body, promptId: 'story' });
      expect(await store.transcriptByReference('GR-7K2M')).toEqual(told);
      expect(await store.transcriptByReference('GR-0000')).toBeNull();
      expect(await store.transcript(person, '2026-03-01T12:00:00.001Z')).toEqual([]);
    });

    test('that fails in the middle changes nothing', async () => {
      const person = await openCase(store);
      await say(store, 'm3', 'encore');
      const pending = await pendingOf(store, person);
      const before = [await store.session(person), await store.transcript(person, null)];
      const broken = turnOver(pending, {
        ...IN_CASE,
        addParts: [part('m3', 'encore')],
        replies: [reply('Enregistré.')],
        // A mail that cannot be written down: the last thing that a turn saves.
        mails: [{ kind: 'submission', reference: 'GR-7K2M', sha256: SHA, notBefore: NOON, request: 1n }],
      });
      await expect(store.saveTurn(broken)).rejects.toThrow(TypeError);
      expect([await store.session(person), await store.transcript(person, null)]).toEqual(before);
      expect(await store.parts(CASE.contribution)).toHaveLength(1);
      expect(await store.dueReplies('whatsapp', 9)).toEqual([]);
      expect(await store.approvals('GR-7K2M')).toEqual([]);
      expect(await store.nextTurn(person)).toEqual(pending);
    });

    test('replaces, moves and removes parts where they stand', async () => {
      const person = await openCase(store);
      for (const id of ['m3', 'm4', 'm5']) {
        await say(store, id, id);
        await save(store, person, { ...IN_CASE, addParts: [part(id, id)] });
      }
      await say(store, 'm6', 'corrigé');
      await save(store, person, {
        ...IN_CASE,
        replaceParts: [part('m3', 'corrigé'), part('m4', 'm4', 'topic/investigation')],
        removeParts: ['m5'],
      });
      expect(await store.parts(CASE.contribution)).toEqual([
        part('m-story', STORY),
        part('m3', 'corrigé'),
        part('m4', 'm4', 'topic/investigation'),
      ]);
    });

    test('edits a line in its place, and redacts one to a mark without content', async () => {
      const person = await openCase(store);
      await store.receive({
        from: PHONE,
        messageId: 'x1',
        event: { id: 'x1', at: NOON, kind: 'edit', target: 'm-story', text: 'corrigé' },
      });
      await save(store, person, IN_CASE);
      await store.receive({
        from: PHONE,
        messageId: 'x2',
        event: { id: 'x2', at: NOON, kind: 'deletion', target: 'm-yes' },
      });
      await save(store, person, { ...IN_CASE, redact: ['m-yes'] });
      const told = await store.transcript(person, null);
      expect(told.map(({ text, edited }) => [text, edited])).toEqual([
        [null, false],
        ['corrigé', true],
      ]);
    });
  });

  describe('what comes before a yes', () => {
    const before = async () => {
      const person = await say(store, 'm1', STORY);
      await save(store, person, { hold: [part('m1', STORY, 'held')], replies: [reply('D’abord, votre sécurité.')] });
      return person;
    };

    test('is held, then becomes the beginning of the story', async () => {
      const person = await before();
      expect(await store.held(person)).toEqual([part('m1', STORY, 'held')]);
      await say(store, 'm2', 'oui');
      await save(store, person, { ...IN_CASE, openCase: CASE, useHeld: 'story' });
      expect(await store.held(person)).toEqual([]);
      expect(await store.parts(CASE.contribution)).toEqual([part('m1', STORY)]);
      temp.now = '2026-03-03T12:00:00.000Z';
      await store.purge(temp.now, KEEP);
      expect((await store.transcriptByReference('GR-7K2M'))?.map(({ text }) => text)).toEqual([STORY, 'oui']);
    });

    test('is erased on a no', async () => {
      const person = await before();
      await say(store, 'm2', 'non');
      await save(store, person, { eraseHeld: true });
      expect(await store.held(person)).toEqual([]);
      expect((await store.transcript(person, null))[0]).toMatchObject({ from: 'person', text: null });
    });

    test('is gone after a day, and not before', async () => {
      const person = await before();
      expect(await store.purge('2026-03-02T12:00:00.000Z', KEEP)).toMatchObject({ held: 0 });
      expect(await store.held(person)).toHaveLength(1);
      expect(await store.purge('2026-03-02T12:00:00.001Z', KEEP)).toMatchObject({ held: 1 });
      expect(await store.held(person)).toEqual([]);
      expect((await store.transcript(person, null))[0]).toMatchObject({ text: null });
    });
  });

  describe('replies', () => {
    const three = async () => {
      const person = await say(store, 'm1', 'a');
      await save(store, person, { replies: [reply('un'), reply('deux'), reply('trois')] });
      return person;
    };
    const due = async () =>
      (await store.dueReplies('whatsapp', 9)).map(
        ({ body }) => (body as { bubbles: [{ text: string }] }).bubbles[0].text,
      );

    test('go out one after the other', async () => {
      await three();
      const seen: string[] = [];
      for (
        let [first] = await store.dueReplies('whatsapp', 9);
        first;
        [first] = await store.dueReplies('whatsapp', 9)
      ) {
        expect(first.address).toEqual(PHONE);
        seen.push(...(await due()));
        await store.replySent(first.id, NOON);
      }
      expect(seen).toEqual(['un', 'deux', 'trois']);
    });

    test('wait behind one that is tried again, not behind one that never can be sent', async () => {
      await three();
      const [first] = await store.dueReplies('whatsapp', 9);
      await store.replyFailed(first?.id ?? '', 'timeout to 22997001122', '2026-03-01T12:01:00.000Z');
      expect(await due()).toEqual([]);
      temp.now = '2026-03-01T12:01:00.000Z';
      expect(await store.dueReplies('whatsapp', 9)).toMatchObject([{ id: first?.id, attempts: 1 }]);
      await store.replyFailed(first?.id ?? '', 'blocked', null);
      expect(await due()).toEqual(['deux']);
    });

    test('of other people do not wait', async () => {
      await three();
      const other = await say(store, 'm1', 'b', { ...PHONE, address: '5511999' });
      await save(store, other, { replies: [reply('quatre')] });
      expect(await due()).toEqual(['un', 'quatre']);
      expect(await store.dueReplies('whatsapp', 1)).toHaveLength(1);
      expect(await store.dueReplies('web-chat', 9)).toEqual([]);
    });

    test('with the same key replace one another while unsent', async () => {
      const person = await say(store, 'm1', 'a');
      await save(store, person, { replies: [reply('Enregistré.', 'saved')] });
      await say(store, 'm2', 'b');
      await save(store, person, { replies: [reply('Enregistré (2).', 'saved')] });
      expect(await due()).toEqual(['Enregistré (2).']);
      const [only] = await store.dueReplies('whatsapp', 9);
      await store.replySent(only?.id ?? '', NOON);
      await say(store, 'm3', 'c');
      await save(store, person, { replies: [reply('Enregistré (3).', 'saved')] });
      expect((await store.transcript(person, null)).map(({ text }) => text)).toEqual([
        'a',
        'b',
        'Enregistré (2).',
        'c',
        'Enregistré (3).',
      ]);
    });

    test('to an event from within go where the person wrote from last', async () => {
      const person = await say(store, 'm1', 'a');
      await save(store, person);
      await store.addAlias(person, BROWSER);
      await say(store, 'm2', 'b', BROWSER);
      await save(store, person);
      await store.post(person, { id: 'e1', at: NOON, kind: 'opened' });
      await save(store, person, { replies: [reply('Bonjour')] });
      expect(await store.dueReplies('web-chat', 9)).toMatchObject([{ address: BROWSER }]);
    });
  });

  describe('mails', () => {
    test('leave waiting → frozen → sending → sent, and tell the person', async () => {
      const person = await openCase(store);
      const id = await family.approveMail(store, person);
      const [item] = await store.dueMails(NOON, 5);
      expect(item).toMatchObject({
        id,
        state: 'waiting',
        request: { author: 'Awa Agbodjan' },
        bytes: null,
        attempts: 0,
      });
      if (item === undefined) return;
      expect((await store.documentOf(item))?.files).toMatchObject([{ name: 'Koffi-Agbodjan.pdf' }]);
      expect(await store.startSending(id, NOON)).toBe(false);
      expect(await store.freezeMail(id, FROZEN, NOON)).toBe(true);
      expect(await store.freezeMail(id, Buffer.from('other'), NOON)).toBe(false);
      expect(await store.startSending(id, NOON)).toBe(true);
      expect(await store.dueMails(NOON, 5)).toEqual([]);
      await store.endAttempt(id, 'sent', { kind: 'accepted', server: 'mx', at: NOON }, NOON, null);
      const [sent] = await store.mail('GR-7K2M');
      expect(sent).toMatchObject({ state: 'sent', attempts: 1, handedOver: false });
      expect(Buffer.from(sent?.bytes ?? []).equals(FROZEN)).toBe(true);
      expect((await pendingOf(store, person)).event).toMatchObject({
        kind: 'mail',
        mail: 'submission',
        outcome: { kind: 'accepted' },
      });
    });

    test('are not due before their time', async () => {
      await family.approveMail(store, await openCase(store));
      expect(await store.dueMails('2026-03-01T11:59:59.999Z', 5)).toEqual([]);
    });

    test('are taken by one process only', async () => {
      const id = await family.approveMail(store, await openCase(store));
      await store.freezeMail(id, FROZEN, NOON);
      const started = await Promise.all(Array.from({ length: 8 }, () => store.startSending(id, NOON)));
      expect(started.filter(Boolean)).toHaveLength(1);
    });

    test('are tried again with the same bytes, and each attempt is told once', async () => {
      const person = await openCase(store);
      const id = await family.approveMail(store, person);
      await store.freezeMail(id, FROZEN, NOON);
      const later = '2026-03-01T12:10:00.000Z';
      await store.startSending(id, NOON);
      await store.endAttempt(id, 'uncertain', { kind: 'uncertain', at: NOON }, NOON, later);
      await store.endAttempt(id, 'sent', { kind: 'accepted', server: 'mx', at: NOON }, NOON, null);
      expect(await store.dueMails(NOON, 5)).toEqual([]);
      const [again] = await store.dueMails(later, 5);
      expect(again).toMatchObject({ state: 'uncertain', handedOver: true });
      expect(Buffer.from(again?.bytes ?? []).equals(FROZEN)).toBe(true);
      await store.startSending(id, later);
      await store.endAttempt(id, 'sent', { kind: 'accepted', server: 'mx', at: later }, later, null);
      await store.endAttempt(id, 'refused', { kind: 'bounced', at: later }, later, null);
      const outcomes: string[] = [];
      for (let next = await store.nextTurn(person); next; next = await store.nextTurn(person)) {
        if (next.event.kind === 'mail') outcomes.push(next.event.outcome.kind);
        await save(store, person, IN_CASE);
      }
      expect(outcomes).toEqual(['uncertain', 'accepted', 'bounced']);
      expect(await store.mail('GR-7K2M')).toMatchObject([{ state: 'refused' }]);
    });

    test('are taken back inside the window, and not once they have begun to leave', async () => {
      const person = await openCase(store);
      const id = await family.approveMail(store, person);
      await store.freezeMail(id, FROZEN, NOON);
      await say(store, 'm-stop', 'stop');
      await save(store, person, { ...IN_CASE, cancel: ['GR-7K2M'] });
      expect(await store.startSending(id, NOON)).toBe(false);
      const second = await family.approveMail(store, person, 'm-send-2');
      await store.freezeMail(second, FROZEN, NOON);
      await store.startSending(second, NOON);
      await say(store, 'm-stop-2', 'stop');
      await save(store, person, { ...IN_CASE, cancel: ['GR-7K2M'] });
      expect((await store.mail('GR-7K2M')).map(({ state }) => state)).toEqual(['cancelled', 'sending']);
    });

    test('left in the middle by a dead process are sent again, as uncertain', async () => {
      const id = await family.approveMail(store, await openCase(store));
      await store.freezeMail(id, FROZEN, NOON);
      await store.startSending(id, NOON);
      store = await temp.reopen();
      await store.recoverSending(NOON);
      expect(await store.dueMails(NOON, 5)).toMatchObject([{ id, state: 'uncertain', handedOver: true, attempts: 1 }]);
      expect(await store.heldMails()).toEqual([]);
    });

    test('keep the approved document when a newer one is built', async () => {
      const person = await openCase(store);
      await family.approveMail(store, person);
      for (const text of ['un', 'deux']) {
        await say(store, `m-${text}`, text);
        const files = [{ format: 'docx', name: 'a.docx', bytes: Buffer.from(text) }] as const;
        await save(store, person, {
          ...IN_CASE,
          documents: [
            { kind: 'final', reference: 'GR-7K2M', sha256: text, manifest: '{}', files },
            { kind: 'preview', reference: 'GR-7K2M', sha256: null, manifest: null, files },
          ],
        });
      }
      const [item] = await store.mail('GR-7K2M');
      expect(item && (await store.documentOf(item))).toMatchObject({ sha256: SHA, manifest: '{"to":"emler"}' });
      expect(await store.document(person, 'final')).toMatchObject({ sha256: 'deux', files: [{ format: 'docx' }] });
      expect(await store.document(person, 'preview')).toMatchObject({ sha256: null, manifest: null });
      expect(await store.document(person, 'copy')).toBeNull();
    });
  });

  describe('addresses of calls', () => {
    test('are kept with who verified them', async () => {
      const address = {
        callId: 'emler-2024',
        address: 'a@un.test',
        source: 'https://un.test',
        verifiedBy: 'Ama',
        verifiedAt: NOON,
      };
      expect(await store.callAddress('emler-2024')).toBeNull();
      await store.setCallAddress(address);
      await store.setCallAddress({ ...address, address: 'b@un.test' });
      expect(await store.callAddress('emler-2024')).toEqual({ ...address, address: 'b@un.test' });
    });
  });

  describe('erasure', () => {
    test('of a person leaves nothing, and a late copy of an old message makes nobody', async () => {
      const person = await openCase(store);
      await family.approveMail(store, person);
      await store.erasePerson(person, NOON);
      expect(await store.personAt(PHONE)).toBeNull();
      expect(await store.session(person)).toBeNull();
      expect(await store.parts(CASE.contribution)).toEqual([]);
      expect(await store.transcript(person, null)).toEqual([]);
      expect(await store.mail('GR-7K2M')).toEqual([]);
      expect(await store.approvals('GR-7K2M')).toEqual([]);
      const late = await store.receive({ from: PHONE, messageId: 'm-story', event: family.message('m-story', STORY) });
      expect(late.new).toBe(false);
      expect(await store.nextTurn(late.person)).toBeNull();
      expect(await store.personAt(PHONE)).toBeNull();
      expect(await say(store, 'm-new', 'Bonjour')).not.toBe(person);
    });

    test('of a person makes a turn that runs stale', async () => {
      const person = await openCase(store);
      await say(store, 'm3', 'a');
      const pending = await pendingOf(store, person);
      await store.erasePerson(person, NOON);
      expect(await store.saveTurn(turnOver(pending, IN_CASE))).toBe('stale');
      expect(await store.personAt(PHONE)).toBeNull();
    });

    test('of a case leaves the person, who starts afresh', async () => {
      const person = await openCase(store);
      await store.eraseCase(CASE.case, NOON);
      expect(await store.parts(CASE.contribution)).toEqual([]);
      expect(await store.transcript(person, null)).toEqual([]);
      expect(await store.personAt(PHONE)).toMatchObject({ person });
      await say(store, 'm9', 'Bonjour');
      expect(await pendingOf(store, person)).toMatchObject({ session: null });
      await save(store, person);
    });

    test('of a case within a turn keeps what that turn answers', async () => {
      const person = await openCase(store);
      await say(store, 'm9', 'EFFACER');
      await save(store, person, {
        eraseCase: CASE.case,
        said: null,
        closeCase: true,
        replies: [reply('C’est effacé.')],
      });
      expect(await store.parts(CASE.contribution)).toEqual([]);
      expect((await store.transcript(person, null)).map(({ text }) => text)).toEqual(['C’est effacé.']);
      expect(await store.dueReplies('whatsapp', 9)).toHaveLength(1);
    });

    test('of drafts comes after 30 days without a word', async () => {
      const person = await openCase(store);
      expect(await store.purge('2026-03-31T12:00:00.000Z', KEEP)).toMatchObject({ drafts: 0 });
      expect(await store.purge('2026-03-31T12:00:00.001Z', KEEP)).toMatchObject({ drafts: 1 });
      expect(await store.personAt(PHONE)).toBeNull();
      expect(await store.parts(CASE.contribution)).toEqual([]);
      expect(await store.session(person)).toBeNull();
    });

    test('of a sent case comes 90 days after its mail, never before its mail is at its end', async () => {
      const person = await openCase(store);
      const id = await family.approveMail(store, person);
      expect(await store.purge('2027-03-01T12:00:00.000Z', KEEP)).toMatchObject({ drafts: 0, closed: 0 });
      await store.freezeMail(id, FROZEN, NOON);
      await store.startSending(id, NOON);
      await store.endAttempt(id, 'sent', { kind: 'accepted', server: 'mx', at: NOON }, NOON, null);
      await save(store, person, { ...IN_CASE, closeCase: true });
      expect(await store.purge('2026-05-30T12:00:00.000Z', KEEP)).toMatchObject({ closed: 0 });
      expect(await store.purge('2026-05-30T12:00:00.001Z', KEEP)).toMatchObject({ closed: 1 });
    });
  });

  test('takes any text as it was written', async () => {
    const person = await openCase(store);
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        const id = `p${++count}`;
        await say(store, id, text);
        await save(store, person, { ...IN_CASE, addParts: [part(id, text)] });
        expect((await store.parts(CASE.contribution)).at(-1)?.text).toBe(text);
        expect((await store.transcript(person, null)).at(-1)?.text).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  test('says when it cannot be written to, and refuses another master key', async () => {
    await store.ping();
    await expect(openTempStore({ database: temp.database, masterKey: Buffer.alloc(32, 8) })).rejects.toThrow(
      /another master key/,
    );
  });
});
