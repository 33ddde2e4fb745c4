// The store's promises about what the staff are told; run on every database by store-spec.ts.

import { describe, expect, test } from 'vitest';
import type { StaffNeed } from '../../src/store/desk/staff-needs.ts';
import type { TempStore } from '../support/temp-store.ts';
import { IN_CASE, openCase, save, say } from './family.ts';

export function staffNeedsSpec(at: () => TempStore): void {
  describe('what needs a person', () => {
    const due = () => at().store.staffNeeds.due(at().now);
    const kinds = async () => (await due()).map(({ kind }) => kind).toSorted();
    const wait = (minutes: number) => {
      at().now = new Date(Date.parse(at().now) + minutes * 60_000).toISOString();
    };
    let count = 0;
    const flagged = async (
      ...flags: readonly ('in-danger' | 'asks-for-person' | 'wrote-back' | 'under-age' | 'late')[]
    ) => {
      const person = await say(at().store, `m-flag-${++count}`, 'au secours');
      await save(at().store, person, { ...IN_CASE, at: at().now, flags });
      return person;
    };
    const flaggedMail = async (person: string) => {
      const [reference, sha256] = ['GR-7K2M', 'a'.repeat(64)];
      const files = [{ format: 'pdf', name: 'text.pdf', bytes: Buffer.from('a pdf') }] as const;
      await say(at().store, 'm-send', 'ENVOYER');
      await save(at().store, person, {
        ...IN_CASE,
        documents: [{ kind: 'final', reference, sha256, manifest: '{}', files }],
        mails: [{ kind: 'submission', reference, sha256, notBefore: at().now, request: {} }],
      });
    };
    const one = async (): Promise<StaffNeed> => {
      const [need, ...more] = await due();
      if (need === undefined || more.length > 0) throw new Error('not one need');
      return need;
    };

    test('a trouble of the installation is claimed by one process, again if it was not told, and not among what needs a person', async () => {
      const { troubles, staffNeeds } = at().store;
      const claims = () => Promise.all([troubles.claim('disk', at().now), troubles.claim('disk', at().now)]);
      expect((await claims()).toSorted()).toEqual([false, true]);
      await troubles.told('disk', false);
      expect((await claims()).toSorted()).toEqual([false, true]);
      wait(61);
      expect((await claims()).toSorted(), 'its process died').toEqual([false, true]);
      await troubles.told('disk', true);
      expect(await due()).toEqual([]);
      expect(await staffNeeds.news(at().now)).toEqual([]);
      wait(6 * 24 * 60);
      expect(await claims()).toEqual([false, false]);
      await troubles.over('disk', at().now);
      expect((await claims()).toSorted()).toEqual([false, true]);
    });

    test('is told once, by one process, and of the same kind not again within the hour', async () => {
      await openCase(at().store);
      await flagged('in-danger', 'late');
      const need = await one();
      expect(need).toMatchObject({ kind: 'in-danger', contribution: 'contribution-awa', case: 'case-awa' });
      const claims = await Promise.all(Array.from({ length: 5 }, () => at().store.staffNeeds.claim(need, at().now)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      await at().store.staffNeeds.told(need, true);
      wait(30);
      await flagged('in-danger', 'asks-for-person', 'wrote-back');
      expect(await kinds()).toEqual(['asks-for-person', 'wrote-back']);
      wait(31);
      expect(await kinds()).toEqual(['asks-for-person', 'in-danger', 'wrote-back']);
    });

    test('is told again where it could not be handed over, and an hour later where the process died', async () => {
      await openCase(at().store);
      await flagged('asks-for-person');
      const need = await one();
      expect(await at().store.staffNeeds.claim(need, at().now)).toBe(true);
      expect(await due()).toEqual([]);
      await at().store.staffNeeds.told(need, false);
      expect(await due()).toEqual([need]);
      expect(await at().store.staffNeeds.claim(need, at().now)).toBe(true);
      await at().reopen();
      wait(59);
      expect(await due()).toEqual([]);
      wait(2);
      expect(await due()).toEqual([need]);
    });

    test('is under age only where they want contact', async () => {
      await openCase(at().store);
      await flagged('under-age');
      expect(await due()).toEqual([]);
      await flagged('asks-for-person');
      expect(await kinds()).toEqual(['under-age']);
    });

    test('of somebody who was erased is nothing', async () => {
      const person = await openCase(at().store);
      await flagged('in-danger');
      const need = await one();
      await at().store.staffNeeds.claim(need, at().now);
      await at().store.erasePerson(person);
      expect(await due()).toEqual([]);
    });

    test('news of a mail wait for one digest an hour, whichever process sends it, and over a restart', async () => {
      const person = await openCase(at().store);
      await flaggedMail(person);
      const needs = () => at().store.staffNeeds;
      const news = { reference: 'GR-7K2M', kind: 'submission', state: 'left' };
      expect(await needs().noteNews(news, at().now)).toBe(true);
      expect(await needs().noteNews(news, at().now)).toBe(true);
      expect(await needs().noteNews({ ...news, reference: 'GR-NONE' }, at().now)).toBe(false);
      await at().reopen();
      expect(await needs().news(at().now)).toMatchObject([news]);
      const claims = await Promise.all(Array.from({ length: 4 }, () => needs().claimDigest(at().now, 60)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      await needs().digestTold(await needs().news(at().now), false);
      expect(await needs().claimDigest(at().now, 60)).toBe(true);
      await needs().digestTold(await needs().news(at().now), true);
      expect(await needs().news(at().now)).toEqual([]);
      wait(59);
      await at().reopen();
      await needs().noteNews({ ...news, state: 'held' }, at().now);
      expect(await needs().claimDigest(at().now, 60)).toBe(false);
      wait(2);
      expect(await needs().claimDigest(at().now, 60)).toBe(true);
      expect(await needs().news(at().now)).toMatchObject([{ state: 'held' }]);
      await at().store.eraseCase('case-awa');
      expect(await needs().news(at().now)).toEqual([]);
    });

    test('news that come again while their digest is on its way are in the next one', async () => {
      await flaggedMail(await openCase(at().store));
      const needs = at().store.staffNeeds;
      const news = { reference: 'GR-7K2M', kind: 'submission', state: 'doubted' };
      await needs.noteNews(news, at().now);
      await needs.claimDigest(at().now, 60);
      const underWay = await needs.news(at().now);
      wait(1);
      await needs.noteNews(news, at().now);
      await needs.digestTold(underWay, true);
      expect(await needs.news(at().now)).toMatchObject([news]);
      await needs.digestTold(await needs.news(at().now), true);
      expect(await needs.news(at().now)).toEqual([]);
    });

    test('is not told a day late', async () => {
      await openCase(at().store);
      await flagged('in-danger');
      wait(24 * 60 + 1);
      expect(await due()).toEqual([]);
    });
  });
}
