// Closed cases that only the keys of staff open, on every database: with the master key in hand, no word of them can be read.

import { createSecretKey } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { decryptWith, encryptTo } from '../../src/app/closed/closed-keys.ts';
import { withSnapshot } from '../../src/store/backup/read-rows.ts';
import { restoreRows } from '../../src/store/backup/restore.ts';
import { linesOf } from '../../src/store/backup/rows-file.ts';
import { changeMasterKey } from '../../src/store/encryption/change-key.ts';
import { lookAtStore } from '../../src/store/look.ts';
import { openDatabase, openStore, type Store } from '../../src/store/open.ts';
import type { OpenAgainOptions } from '../../src/store/sealed/open-again.ts';
import type { SealOptions } from '../../src/store/sealed/seal-closed.ts';
import { open } from '../../src/vault/seal.ts';
import { dyingAt } from '../support/dying.ts';
import type { TempStore } from '../support/temp-store.ts';
import {
  approveMail,
  CASE,
  type Change,
  FROZEN,
  IN_CASE,
  KEEP,
  NOON,
  openCase,
  PHONE,
  reply,
  save,
  say,
  STORY,
} from './family.ts';
import { readableIn } from './readable-in.ts';
import { rowsOf } from './rows-of.ts';

const DAY = 86_400_000;
const day = (days: number) => new Date(Date.parse(NOON) + days * DAY).toISOString();
/** Words that stand in rows of every kind. */
const WORDS = [STORY, 'Awa Agbodjan', 'Koffi-Agbodjan', 'Merci de la part', 'Une note', 'oui à tout', 'le mot dit'];
const REQUEST = { callId: 'emler-2024', author: 'Awa Agbodjan' };
const REMAINDER = { session: { putAway: true }, state: { ...IN_CASE.state, step: 'after', contribution: null } };

export function sealedSpec(at: () => TempStore): void {
  /** Sent at noon, told, answered, noted; then nothing more happens. */
  async function sentCase(): Promise<string> {
    const { store } = at();
    const person = await openCase(store);
    const id = await approveMail(store, person);
    await store.freezeMail(id, FROZEN, NOON);
    await store.startSending(id, 'one', 0);
    await store.endAttempt(id, 'sent', { kind: 'accepted', server: 'mx', at: NOON }, NOON, null, {
      server: 'mx',
      reply: 'le mot dit',
    });
    const given = { purpose: 'publication', subject: 'author', value: 'confidential', wordingHash: 'h' } as const;
    await save(store, person, {
      ...IN_CASE,
      session: { names: ['Awa Agbodjan'], role: STORY },
      consents: [{ ...given, words: 'oui à tout', language: 'fr', messageId: 'm-send', at: NOON }],
      replies: [reply(STORY)],
    });
    for (const due of await store.dueReplies('whatsapp', 9)) await store.replySent(due.id, NOON);
    await store.desk.addNote(CASE.contribution, { staff: 'ana', at: NOON, text: 'Une note' });
    const [item] = await store.mail('GR-7K2M');
    if (item === undefined) throw new Error('No mail.');
    await store.mailsIn.file(item, answer('1', 'automatic', NOON));
    return person;
  }

  const answer = (identity: string, kind: 'automatic' | 'answer', when: string) => ({
    ...{ identity, kind, at: when },
    summary: {
      ...{ from: 'clerk@body.example', subject: 'Re', date: null, text: 'Merci de la part', files: [], moreFiles: 0 },
      state: 'whole' as const,
    },
    bytes: Buffer.from('Subject: Re\r\n\r\nMerci de la part'),
  });

  async function keys(): Promise<{ readonly identities: readonly string[]; readonly options: SealOptions }> {
    const identities = [await generateIdentity(), await generateIdentity()];
    const recipients = await Promise.all(identities.map((one) => identityToRecipient(one)));
    const options: SealOptions = {
      before: day(1),
      recipients,
      encrypt: (dataKey) => encryptTo(recipients, dataKey),
      remainderOf: () => REMAINDER,
      isOver: () => true,
    };
    return { identities, options };
  }

  const readable = () => readableIn(at(), WORDS);

  describe('a closed case under the keys of staff', () => {
    test('cannot be read with master key and database, and is opened by each of the keys', async () => {
      await sentCase();
      expect(await readable()).toEqual([
        ...['consents.sealed', 'desk_notes.sealed', 'document_files.bytes', 'document_files.name', 'lines.sealed'],
        ...['mail_attempts.sealed', 'mails_in.bytes', 'mails_in.sealed', 'outbox.bytes', 'outbox.request'],
        ...['parts.sealed', 'replies.sealed', 'sessions.sealed'],
      ]);
      const { identities, options } = await keys();
      expect(await at().store.sealClosed(day(20), options)).toBe(1);
      expect(await readable()).toEqual([]);
      expect(await at().store.sealClosed(day(21), options)).toBe(0);

      const [sealed] = await at().store.sealedCase(CASE.case);
      if (sealed === undefined) throw new Error('It is not sealed.');
      for (const identity of identities) {
        const dataKey = await decryptWith([identity], Buffer.from(sealed.age, 'base64'));
        const key = createSecretKey(dataKey ?? Buffer.alloc(32));
        const all = sealed.cells.map(({ table, column, row, sealed: value }) =>
          open(key, { table, column, owner: CASE.contribution, row }, Buffer.from(value, 'base64')).toString('utf8'),
        );
        expect(WORDS.filter((word) => !all.some((text) => text.includes(word)))).toEqual([]);
      }
      expect(await decryptWith([await generateIdentity()], Buffer.from(sealed.age, 'base64'))).toBeNull();
    });

    test('keeps its states for the desk, and words that come later under a key of their own', async () => {
      const person = await sentCase();
      const { options } = await keys();
      await at().store.sealClosed(day(20), options);
      const { store } = at();
      expect(await store.session(person)).toEqual(REMAINDER.session);
      expect(await store.mail('GR-7K2M')).toMatchObject([
        { state: 'sent', request: {}, bytes: null, thread: ['<1@griot.test>'] },
      ]);
      const [item] = await store.mail('GR-7K2M');
      const found = await store.mailsIn.find([item?.replyToken ?? ''], []);
      expect(found).toMatchObject({ reference: 'GR-7K2M' });
      if (found === null) throw new Error('No mail.');
      expect(await store.mailsIn.file(found, answer('2', 'answer', day(21)))).toBe('filed');
      expect((await store.mailsIn.ofReference('GR-7K2M')).map(({ kind }) => kind)).toEqual(['answer']);
      expect(await store.desk.addNote(CASE.contribution, { staff: 'ana', at: day(21), text: 'Later' })).toBe(true);
      const shown = await store.desk.case(CASE.case);
      expect(shown?.contributions).toMatchObject([
        { sealed: { at: day(20), recipients: options.recipients }, notes: [{ text: 'Later' }], document: null },
      ]);
      expect(await store.desk.queue('open')).toMatchObject([{ case: CASE.case, contributions: 1 }]);

      // Its person takes it back.
      await save(store, person, SEALED);
      await say(store, 'm-withdraw', 'RETIRER');
      const mails = [
        {
          kind: 'withdrawal' as const,
          reference: 'GR-7K2M',
          sha256: 'b'.repeat(64),
          notBefore: NOON,
          request: REQUEST,
        },
      ];
      await save(store, person, { ...SEALED, mails });
      expect(await store.mail('GR-7K2M')).toMatchObject([
        { kind: 'submission' },
        { kind: 'withdrawal', request: REQUEST },
      ]);
      const again = await openDatabase(at().database);
      await changeMasterKey(again, at().masterKey, Buffer.alloc(32, 2));
      await again.close();
    });

    test.each<[string, (store: Store, person: string) => Promise<unknown>]>([
      ['by its person', (store, person) => store.erasePerson(person)],
      ['by staff', (store) => store.desk.eraseOnRequest(CASE.case)],
      ['by retention', (store) => store.purge(day(91), KEEP)],
    ])('is erased %s, and nothing of it is left', async (_, erase) => {
      const person = await sentCase();
      await at().store.sealClosed(day(20), (await keys()).options);
      const [one] = await at().store.sealedCase(CASE.case);
      expect(one?.contribution).toBe(CASE.contribution);
      await erase(at().store, person);
      expect(await rowsOf(at(), [CASE.case, CASE.contribution, 'GR-7K2M'])).toEqual([]);
      expect(await at().store.sealedCase(CASE.case)).toEqual([]);
    });

    test('loses the answer whose message its person deletes afterwards, and keeps a line that they edit', async () => {
      const person = await sentCase();
      await at().store.sealClosed(day(20), (await keys()).options);
      const lines = async () =>
        (await at().store.sealedCase(CASE.case))[0]?.cells.filter(({ table }) => table === 'lines').length;
      const before = await lines();
      const edit = { id: 'e1', at: day(20), kind: 'edit', target: 'm-story', text: 'Autre' } as const;
      await at().store.receive({ from: PHONE, messageId: 'e1', event: edit });
      await save(at().store, person, SEALED);
      expect(await lines()).toBe(before);
      await say(at().store, 'm-x', 'x');
      await save(at().store, person, { ...SEALED, redact: ['m-story'] });
      const left = (await at().store.sealedCase(CASE.case))[0]?.cells ?? [];
      expect(left.filter(({ table }) => table === 'parts')).toEqual([]);
    });

    test('comes back from a backup, and into another database, as it is: sealed', async () => {
      await sentCase();
      await at().store.sealClosed(day(20), (await keys()).options);
      const before = await at().store.sealedCase(CASE.case);
      const lines: string[] = [];
      await withSnapshot(at().database, async (snapshot) => {
        for await (const line of linesOf(snapshot, NOON)) lines.push(line);
      });
      const database = { kind: 'sqlite', file: join(at().dir, 'copy.db') } as const;
      await restoreRows(Readable.from(lines), database);
      const { masterKey } = at();
      const sample = await lookAtStore({ database, masterKey, now: () => NOON }, (looked) =>
        looked.kind === 'store' ? looked.sample(Infinity) : Promise.resolve(null),
      );
      expect(sample).toMatchObject({ people: 1, cases: 1 });
      const ledgerFile = join(at().dir, 'another-ledger');
      const store = await openStore({ database, masterKey, ledgerFile, newId: () => 'x', now: () => NOON });
      expect(await store.sealedCase(CASE.case)).toEqual(before);
      await store.close();
    });

    describe('opened again by somebody who holds a key', () => {
      const SESSION = { names: ['Awa Agbodjan'], role: STORY };
      /** As the app does it: the session of before, at the place that the remainder has. */
      const again = (dataKeys: ReadonlyMap<string, Uint8Array>, more: Partial<OpenAgainOptions> = {}) =>
        at().store.openAgain(CASE.case, {
          ...{ reviewer: 'ana', at: day(21), dataKeys },
          sessionOf: (putAway) => ({ session: putAway, state: { ...IN_CASE.state, step: 'after' } }),
          ...more,
        });
      async function dataKeyOf(identities: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
        const [one] = await at().store.sealedCase(CASE.case);
        const key = await decryptWith(identities, Buffer.from(one?.age ?? '', 'base64'));
        return new Map([[CASE.contribution, key ?? Buffer.alloc(0)]]);
      }

      test('is whole: what was put away, and what came meanwhile, is readable, and it rests before it is sealed again', async () => {
        const person = await sentCase();
        const before = await readable();
        const { identities, options } = await keys();
        await at().store.sealClosed(day(20), options);
        const { store } = at();
        await store.desk.addNote(CASE.contribution, { staff: 'ana', at: day(21), text: 'Later' });
        const [item] = await store.mail('GR-7K2M');
        if (item === undefined) throw new Error('No mail.');
        await store.mailsIn.file(item, answer('2', 'automatic', day(21)));
        expect(await again(await dataKeyOf(identities.slice(1)))).toBe('opened-again');

        expect(await readable()).toEqual(before);
        expect(await store.sealedCase(CASE.case)).toEqual([]);
        expect(await store.session(person)).toEqual(SESSION);
        expect((await store.parts(CASE.contribution)).map(({ text }) => text)).toEqual([STORY]);
        const shown = await store.desk.case(CASE.case);
        expect(shown?.contributions).toMatchObject([
          { sealed: null, notes: [{ text: 'Une note' }, { text: 'Later' }], id: CASE.contribution },
        ]);
        expect((await store.mailsIn.ofReference('GR-7K2M')).map(({ text }) => text)).toHaveLength(2);
        expect(await again(new Map())).toBe('not-sealed');
        // For as long as it rests: `before` is the time of two weeks ago.
        expect(await store.sealClosed(day(22), { ...options, before: day(21) })).toBe(0);
        expect(await store.sealClosed(day(40), { ...options, before: day(36) })).toBe(1);
        await store.erasePerson(person);
        expect(await rowsOf(at(), [CASE.case, CASE.contribution, 'GR-7K2M'])).toEqual([]);
      });

      test('stays as it is with another key, or if its person has gone on', async () => {
        await sentCase();
        const { identities, options } = await keys();
        await at().store.sealClosed(day(20), options);
        const sealed = await at().store.sealedCase(CASE.case);
        for (const wrong of [Buffer.alloc(32, 1), Buffer.alloc(5)])
          expect(await again(new Map([[CASE.contribution, wrong]]))).toBe('wrong-key');
        expect(await again(new Map())).toBe('wrong-key');
        const right = await dataKeyOf(identities);
        expect(await again(right, { sessionOf: () => null })).toBe('gone-on');
        expect(await at().store.sealedCase(CASE.case)).toEqual(sealed);
        expect(await readable()).toEqual([]);
      });

      test('killed at each write, is whole: sealed, or open again', async () => {
        await sentCase();
        const { identities, options } = await keys();
        await at().store.sealClosed(day(20), options);
        await at().store.desk.addNote(CASE.contribution, { staff: 'ana', at: day(21), text: 'Later' });
        const right = await dataKeyOf(identities);
        const deaths: string[] = [];
        for (let nth = 1; ; nth += 1) {
          const death = await dyingAt(nth, () => again(right)).catch((error: unknown) => String(error));
          const [parts, sealed] = [
            (await at().store.parts(CASE.contribution)).length,
            (await at().store.sealedCase(CASE.case)).length,
          ];
          expect([parts, sealed], String(death)).toEqual(sealed === 1 ? [0, 1] : [1, 0]);
          if (sealed === 0) break;
          deaths.push(String(death));
        }
        expect(deaths.length).toBeGreaterThanOrEqual(8);
      });
    });

    test('is not sealed as long as anything of it is open', async () => {
      const { options } = await keys();
      const { store } = at();
      const person = await sentCase();
      expect(await store.sealClosed(day(20), { ...options, isOver: () => false })).toBe(0);
      expect(await store.sealClosed(day(20), { ...options, remainderOf: () => null })).toBe(0);
      expect(await store.sealClosed(day(20), { ...options, before: NOON })).toBe(0);
      await say(store, 'm-later', 'Encore un mot');
      expect(await store.sealClosed(day(20), options), 'a message waits').toBe(0);
      for (let left = await store.nextTurn(person); left !== null; left = await store.nextTurn(person))
        await save(store, person, { ...IN_CASE, flags: ['asks-for-person'], replies: [reply('Bien')] });
      expect(await store.sealClosed(day(20), options), 'a reply waits').toBe(0);
      for (const due of await store.dueReplies('whatsapp', 9)) await store.replySent(due.id, NOON);
      expect(await store.sealClosed(day(20), options), 'they ask for a person').toBe(0);
      await store.desk.dealtWith(CASE.case, 'ana', day(2));
      await expect(
        store.sealClosed(day(20), { ...options, encrypt: () => Promise.reject(new Error('no')) }),
      ).rejects.toThrow('no');
      expect((await store.parts(CASE.contribution)).map(({ text }) => text)).toEqual([STORY]);
      expect(await store.sealClosed(day(20), options)).toBe(1);
    });

    test('killed at each write, is whole: sealed to the keys, or as it was', async () => {
      await sentCase();
      const { options } = await keys();
      const { database, masterKey, ledgerFile } = at();
      let ids = 0;
      const under = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
        const newId = () => `later-${++ids}`;
        const store = await openStore({ database, masterKey, ledgerFile, newId, now: () => day(20) });
        try {
          return await work(store);
        } finally {
          await store.close();
        }
      };
      await at().store.close();
      const deaths: string[] = [];
      for (let nth = 1; ; nth += 1) {
        const death = await under((store) => dyingAt(nth, () => store.sealClosed(day(20), options))).catch(
          (error: unknown) => String(error),
        );
        const [parts, sealed] = await under(async (store) => [
          (await store.parts(CASE.contribution)).length,
          (await store.sealedCase(CASE.case)).length,
        ]);
        expect([parts, sealed], death ?? 'alive').toEqual(sealed === 1 ? [0, 1] : [1, 0]);
        if (death === null || sealed === 1) break;
        deaths.push(death);
      }
      expect(await readable()).toEqual([]);
      expect(deaths.length).toBeGreaterThanOrEqual(8);
    });
  });
}

const SEALED = { state: { ...IN_CASE.state, step: 'after', contribution: null } } as const satisfies Change;
