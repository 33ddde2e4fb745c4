// The store's promises about mails that came back; run on every database by store-spec.ts.

import { describe, expect, test } from 'vitest';
import type { MailInToFile } from '../../src/store/mail/read-mails-in.ts';
import type { TempStore } from '../support/temp-store.ts';
import { approveMail, FROZEN, IN_CASE, NOON, openCase, pendingOf, save } from './family.ts';

export function mailsInSpec(at: () => TempStore): void {
  describe('mails that came back', () => {
    const mail = (given: Partial<MailInToFile> = {}): MailInToFile => ({
      identity: '<1@body.example> hash',
      kind: 'answer',
      summary: {
        from: 'clerk@body.example',
        subject: 'Re',
        date: null,
        text: 'Merci',
        files: [],
        moreFiles: 0,
        state: 'whole',
      },
      bytes: Buffer.from('Subject: Re\r\n\r\nMerci'),
      at: NOON,
      ...given,
    });

    /** A mail that was accepted, and nothing waits for its person. */
    async function sentMail() {
      const person = await openCase(at().store);
      const id = await approveMail(at().store, person);
      await at().store.freezeMail(id, FROZEN, NOON);
      await at().store.startSending(id, 'one', 0);
      await at().store.endAttempt(id, 'sent', { kind: 'accepted', server: 'mx', at: NOON }, NOON, null);
      await save(at().store, person, IN_CASE);
      const [item] = await at().store.mail('GR-7K2M');
      if (item === undefined) throw new Error('No mail.');
      return { person, item };
    }

    test('are found by the token, or by the Message-ID of what was frozen, and by nothing else', async () => {
      const { item } = await sentMail();
      const { mailsIn } = at().store;
      expect(await mailsIn.find(['guess', item.replyToken], [])).toMatchObject({ id: item.id, reference: 'GR-7K2M' });
      expect(await mailsIn.find([], ['<other@griot.test>', '<1@griot.test>'])).toMatchObject({ id: item.id });
      expect(await mailsIn.find(['GR-7K2M', item.id], ['<2@griot.test>'])).toBeNull();
    });

    test('are filed once however many processes file them, and told once', async () => {
      const { person, item } = await sentMail();
      const filed = await Promise.all(Array.from({ length: 6 }, () => at().store.mailsIn.file(item, mail())));
      expect(filed.toSorted()).toEqual(['filed', 'repeat', 'repeat', 'repeat', 'repeat', 'repeat']);
      expect((await pendingOf(at().store, person)).event).toMatchObject({ kind: 'answered', mail: 'submission' });
      await save(at().store, person, IN_CASE);
      expect(await at().store.nextTurn(person)).toBeNull();
      await at().reopen();
      const [kept] = await at().store.mailsIn.ofReference('GR-7K2M');
      expect(kept).toMatchObject({ text: 'Merci', from: 'clerk@body.example', kind: 'answer' });
      expect(Buffer.from(kept?.bytes ?? []).toString()).toBe('Subject: Re\r\n\r\nMerci');
    });

    test('go with their case, and one that comes later is not kept', async () => {
      const { item } = await sentMail();
      await at().store.mailsIn.file(item, mail());
      await at().store.eraseCase('case-awa');
      expect(await at().store.mailsIn.ofReference('GR-7K2M')).toEqual([]);
      expect(await at().store.mailsIn.find([item.replyToken], ['<1@griot.test>'])).toBeNull();
      expect(await at().store.mailsIn.file(item, mail({ identity: 'another' }))).toBe('gone');
    });

    test('of nobody lie sealed apart, are counted, and are taken away by staff', async () => {
      const { mailsIn } = at().store;
      expect(await mailsIn.fileUnmatched(mail())).toBe('filed');
      expect(await mailsIn.fileUnmatched(mail())).toBe('repeat');
      expect(await mailsIn.countUnmatched()).toBe(1);
      const [kept] = await mailsIn.unmatched();
      expect(kept).toMatchObject({ text: 'Merci', reference: null });
      expect(await mailsIn.removeUnmatched(kept?.id ?? '')).toBe(true);
      expect(await mailsIn.unmatched()).toEqual([]);
    });

    test('are put under a case by hand, are told to nobody, and can be taken out again', async () => {
      const { person, item } = await sentMail();
      const { mailsIn } = at().store;
      await mailsIn.fileUnmatched(mail({ kind: 'bounce' }));
      const [found] = await mailsIn.unmatched();
      const id = found?.id ?? '';
      const to = { reference: 'GR-7K2M', by: 'staff-ana', at: NOON };
      expect(await mailsIn.assign(id, { ...to, reference: 'GR-NOBODY' })).toBe('unknown');
      expect(await mailsIn.assign('another', to)).toBe('gone');
      const twice = await Promise.all([mailsIn.assign(id, to), mailsIn.assign(id, to)]);
      expect(twice.toSorted()).toEqual(['assigned', 'gone']);
      expect(await at().store.nextTurn(person)).toBeNull();
      expect((await at().store.mail('GR-7K2M')).at(-1)?.state).toBe('sent');
      expect(await mailsIn.countUnmatched()).toBe(0);
      await at().reopen();

      const kept = await at().store.mailsIn.one(id, { case: item.case });
      expect(kept).toMatchObject({ text: 'Merci', reference: 'GR-7K2M', byHand: 'staff-ana' });
      expect(Buffer.from(kept?.bytes ?? []).toString()).toBe('Subject: Re\r\n\r\nMerci');
      expect(await at().store.mailsIn.one(id, { case: 'case-of-another' })).toBeNull();
      expect(await at().store.mailsIn.one(id, null)).toBeNull();
      expect(await at().store.mailsIn.listOf(['GR-7K2M'])).toMatchObject([{ id, kind: 'bounce' }]);
      expect(await at().store.mailsIn.removeUnmatched(id)).toBe(false);

      expect(await at().store.mailsIn.unassign(id, { case: 'case-of-another', at: NOON })).toBe(false);
      expect(await at().store.mailsIn.unassign(id, { case: item.case, at: NOON })).toBe(true);
      expect(await at().store.mailsIn.unassign(id, { case: item.case, at: NOON })).toBe(false);
      expect(await at().store.mailsIn.one(id, null)).toMatchObject({ text: 'Merci', reference: null, byHand: null });
      expect(await at().store.mailsIn.assign(id, to)).toBe('assigned');
      await at().store.eraseCase(item.case);
      expect(await at().store.mailsIn.listOf(['GR-7K2M'])).toEqual([]);
      expect(await at().store.mailsIn.unmatched()).toEqual([]);
    });

    test('taken out again are kept for as long as new ones; what found its way by itself stays', async () => {
      const { item } = await sentMail();
      const { mailsIn } = at().store;
      await mailsIn.file(item, mail());
      const [own] = await mailsIn.listOf(['GR-7K2M']);
      expect(await mailsIn.unassign(own?.id ?? '', { case: item.case, at: NOON })).toBe(false);
      await mailsIn.fileUnmatched(mail({ identity: 'by hand' }));
      const [found] = await mailsIn.unmatched();
      const id = found?.id ?? '';
      await mailsIn.assign(id, { reference: 'GR-7K2M', by: 'staff-ana', at: NOON });
      const day = (count: number) => new Date(Date.parse(NOON) + count * 86_400_000).toISOString();
      await mailsIn.unassign(id, { case: item.case, at: day(25) });
      const keep = { heldHours: 24, idleDays: 30, closedDays: 90 };
      await at().store.purge(day(54), keep);
      expect(await mailsIn.countUnmatched()).toBe(1);
      await at().store.purge(day(56), keep);
      expect(await mailsIn.countUnmatched()).toBe(0);
    });

    test('that are not kept are counted by why', async () => {
      const { mailsIn } = at().store;
      await Promise.all([mailsIn.countDropped('erased'), mailsIn.countDropped('erased'), mailsIn.countDropped('ours')]);
      expect(await mailsIn.dropped()).toEqual({ erased: 2, full: 0, ours: 1 });
    });

    test('how far a mailbox was read is known after a restart, for each mailbox', async () => {
      await at().store.mailsIn.setPosition('office', { validity: '17', lastUid: 3 });
      await at().store.mailsIn.setPosition('office', { validity: '17', lastUid: 4 });
      await at().reopen();
      expect(await at().store.mailsIn.position('office')).toEqual({ validity: '17', lastUid: 4 });
      expect(await at().store.mailsIn.position('other')).toBeNull();
    });
  });
}
