// Another master key for the same data, on every database.

import { expect, describe, test } from 'vitest';
import { changeMasterKey } from '../../src/store/encryption/change-key.ts';
import { hashErased } from '../../src/store/encryption/keys.ts';
import { lookAtStore } from '../../src/store/look.ts';
import { openDatabase, openStore, type Store } from '../../src/store/open.ts';
import { dyingAt } from '../support/dying.ts';
import type { TempStore } from '../support/temp-store.ts';
import { approveMail, BROWSER, CASE, NOON, openCase, PHONE, save, say, STORY } from './family.ts';

const [SECOND, THIRD] = [Buffer.alloc(32, 2), Buffer.alloc(32, 3)];
const CODE = 'ABCDEFGHJKMN';

export function keyChangeSpec(at: () => TempStore): void {
  async function change(from: Buffer, to: Buffer): Promise<number> {
    const database = await openDatabase(at().database);
    try {
      return await changeMasterKey(database, from, to);
    } finally {
      await database.close();
    }
  }

  async function under<T>(masterKey: Buffer, work: (store: Store) => Promise<T>): Promise<T> {
    const { database, ledgerFile } = at();
    const store = await openStore({
      database,
      masterKey,
      ledgerFile,
      newId: () => crypto.randomUUID(),
      now: () => NOON,
    });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  /** All data keys and messages that this key opens; null if the database belongs to another one. */
  function opened(masterKey: Buffer) {
    const looking = { database: at().database, masterKey, now: () => NOON };
    return lookAtStore(looking, (looked) =>
      looked.kind === 'store' ? looked.sample(Infinity) : Promise.resolve(null),
    );
  }

  describe('a change of the master key', () => {
    test('finds everybody again, forgets nobody who was erased, and leaves nothing to the old key, twice over', async () => {
      const { store, masterKey } = at();
      const person = await openCase(store);
      const mail = await approveMail(store, person);
      await say(store, 'm-code', 'code');
      await save(store, person, {
        code: CODE,
        replies: [{ body: { bubbles: [{ text: CODE }], secret: CODE }, promptId: null, replaces: null }],
      });
      const erased = await say(store, 'm-gone', STORY, BROWSER);
      await store.erasePerson(erased);
      const mark = hashErased(store.keys, erased);
      const account = { name: 'Ana', email: 'ana@example.org', role: 'administrator', language: 'pt' } as const;
      await store.staff.addAccount({ ...account, signInBy: 'password' });
      await store.audit.append({ staff: null, action: 'queue.view', reference: null, case: null, detail: null });
      await store.close();
      const before = await opened(masterKey);

      expect(await change(masterKey, SECOND)).toBe(before?.keys);
      expect(await change(SECOND, THIRD)).toBe(before?.keys);
      await expect(change(masterKey, SECOND)).rejects.toThrow('does not belong to this master key');
      expect([await opened(masterKey), await opened(SECOND), await opened(THIRD)]).toEqual([null, null, before]);
      await expect(under(masterKey, () => Promise.resolve())).rejects.toThrow(/another master key/);

      await under(THIRD, async (other) => {
        expect(await other.personAt(PHONE)).toMatchObject({ person });
        // Delivered again by its network: known, and not taken twice.
        expect(await say(other, 'm-story', STORY)).toBe(person);
        expect(await other.nextTurn(person)).toBeNull();
        expect((await other.parts(CASE.contribution)).map(({ text }) => text)).toEqual([STORY]);
        expect((await other.dueMails(NOON, 10)).map(({ id }) => id)).toEqual([mail]);
        expect(await other.resumeAt(CODE, { ...BROWSER, address: 'another' }, NOON)).toBe(true);
        expect(hashErased(other.keys, erased)).toBe(mark);
        expect(await other.personAt(BROWSER)).toBeNull();
        expect(await other.staff.addAccount({ ...account, signInBy: 'password' })).toBeNull();
        const rows = await other.audit.following(0, 10);
        expect(rows.map((row) => other.audit.isWhole(row))).toEqual(rows.map(() => true));
        expect(rows).toHaveLength(1);
      });
    });

    test('ends a program that still has the old key, before it makes a data key that nobody could open', async () => {
      const { store, masterKey } = at();
      await openCase(store);
      const news = Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => say(store, `m-${n}`, STORY, { ...PHONE, address: `${n}@s.whatsapp.net` })),
      );
      const [count] = await Promise.all([change(masterKey, SECOND), news]);
      await expect(say(store, 'm-late', STORY, BROWSER)).rejects.toThrow('master key of this database was changed');
      const after = await opened(SECOND);
      expect(after?.keys).toBe(count);
      expect((await news).filter(({ status }) => status === 'fulfilled')).toHaveLength((after?.people ?? 0) - 1);
    });

    test('killed at each write, leaves a database that belongs to one of the two keys, whole', async () => {
      const { store, masterKey } = at();
      await openCase(store);
      await store.close();
      const whole = await opened(masterKey);
      let [present, next]: [Buffer, Buffer] = [masterKey, SECOND];
      const deaths: string[] = [];
      for (let nth = 1; ; nth += 1) {
        const death = await dyingAt(nth, () => change(present, next));
        const [isOld, isNew] = [await opened(present), await opened(next)];
        expect(
          [isOld, isNew].filter((one) => one !== null),
          death ?? '',
        ).toEqual([whole]);
        if (isNew === null) expect(await change(present, next)).toBe(whole?.keys);
        [present, next] = [next, present];
        if (death === null) break;
        deaths.push(death);
      }
      expect(deaths.filter((death) => /^commit/iu.test(death))).toHaveLength(1);
      expect(deaths.length).toBeGreaterThanOrEqual(4);
    });
  });
}
