// Figures are numbers, and no number points at a person; and when each case is erased.

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/languages.ts';
import { countBy, DIMENSIONS, LEAST, shownNumber } from '../../../src/staff/figures/count.ts';
import type { FigureRow } from '../../../src/store/desk/desk-figures.ts';
import { openTestDesk, staffTexts, type TestDesk } from '../a-desk.ts';
import { keepCase, manyCases } from '../many-cases.ts';

const row = (change: Partial<FigureRow> = {}): FigureRow => ({
  ...{ call: 'emler-2024', language: 'pt', channel: 'web-chat', receivedAt: '2026-03-04T10:00:00.000Z' },
  ...{ sent: true, accepted: false, withdrawn: false, releasedAfter: null },
  ...change,
});
const rows = (count: number, change: Partial<FigureRow> = {}) => Array.from({ length: count }, () => row(change));

describe('a number', () => {
  it.each([
    [0, 0],
    [1, 'few'],
    [4, 'few'],
    [5, 5],
    [9, 5],
    [10, 10],
    [23, 20],
  ])('%s is shown as %s', (count, shown) => {
    expect(shownNumber(count)).toBe(shown);
  });

  it('is a multiple of five or none, in every group and in the whole: so is every difference of two', () => {
    const language = fc.constantFrom(...LANGUAGES);
    const some = fc.array(fc.record({ language, accepted: fc.boolean() }), { maxLength: 60 });
    fc.assert(
      fc.property(some, (given) => {
        const all = given.map((one) => row(one));
        for (const dimension of DIMENSIONS) {
          for (const { received, sent, accepted, withdrawn } of countBy(all, dimension)) {
            for (const shown of [received, sent, accepted, withdrawn])
              expect(shown === 'few' || shown % LEAST === 0).toBe(true);
          }
        }
      }),
    );
  });

  it('of a time needs five releases, and is whole hours', () => {
    const after = (hours: number) => row({ releasedAfter: hours * 3_600_000 });
    expect(countBy([1, 2, 3, 4].map(after), 'total')[0]?.medianHours).toBeNull();
    expect(countBy([9, 1, 30, 2.2, 4].map(after), 'total')[0]?.medianHours).toBe(4);
    expect(countBy([9, 1, 30, 2.2, 4, 6].map(after), 'total')[0]?.medianHours).toBe(5);
    expect(
      countBy(
        Array.from({ length: 5 }, () => after(0.01)),
        'total',
      )[0]?.medianHours,
    ).toBe(1);
  });

  it('is counted by language, channel, call, and the week’s Monday', () => {
    const all = [
      ...rows(6, { receivedAt: '2026-03-02T00:00:00.000Z', language: 'fr' }),
      ...rows(7, { receivedAt: '2026-03-08T23:59:59.000Z', channel: null }),
      ...rows(3, { receivedAt: '2026-03-09T00:00:00.000Z', call: 'other' }),
    ];
    const keys = (dimension: (typeof DIMENSIONS)[number]) =>
      countBy(all, dimension).map(({ key, received }) => [key, received]);
    expect(keys('week')).toEqual([
      ['2026-03-02', 10],
      ['2026-03-09', 'few'],
    ]);
    expect(keys('language')).toEqual([
      ['fr', 5],
      ['pt', 10],
    ]);
    expect(keys('channel')).toEqual([
      ['', 5],
      ['web-chat', 5],
    ]);
    expect(keys('call')).toEqual([
      ['emler-2024', 10],
      ['other', 'few'],
    ]);
  });
});

describe('the pages', () => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = await openTestDesk();
    for (const one of manyCases(23, desk.temp.now)) await keepCase(desk.temp.store, one);
  });
  afterEach(() => desk.close());

  it('show charts with a table each, no words and no small number; the CSV has the same', async () => {
    const { store } = desk.temp;
    const { browser, id } = await desk.signedIn('reviewer');
    const release = async (number: number) => {
      const found = await store.desk.case(`case-${number}`);
      const mail = found?.contributions[0]?.mails[0];
      if (mail?.state !== 'review') return;
      const reviewer = { id, role: 'reviewer' } as const;
      await store.reviews.release({ reviewer, reference: mail.reference, sha256: mail.sha256, at: desk.temp.now });
    };
    for (let number = 0; number < 23; number++) await release(number);
    const { text } = await browser.get('/desk/figures');
    expect(text.match(/<svg/g)).toHaveLength(DIMENSIONS.length);
    expect(text.match(/<table/g)).toHaveLength(DIMENSIONS.length);
    expect(text).toContain('<td>20</td>');
    expect(text).toMatch(/<td>\d+ h<\/td>/);
    for (const [, number = ''] of text.matchAll(/<td>(\d+)<\/td>/g)) expect(Number(number) % 5).toBe(0);
    expect(text).not.toMatch(/GR-[A-Z0-9]{4}/);
    const csv = await browser.get('/desk/figures/csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.text).toContain('"total","","20",');
    for (const line of csv.text.trim().split('\r\n').slice(1))
      for (const [, number = ''] of line.matchAll(/,"(\d+)"(?=,)/g)) expect(Number(number) % 5).toBe(0);
    const actions = (await store.audit.find({ action: 'figures.view' }, 9)).map(({ detail }) => detail);
    expect(actions).toEqual(['csv', null]);
  });

  it('count down the days of a case that has ended, on the list of those', async () => {
    const { store } = desk.temp;
    const { browser, id } = await desk.signedIn('reviewer');
    const { reference, sha256 } = await keepCase(store, { ...ENDED, at: desk.temp.now });
    const at = desk.temp.now;
    await store.reviews.release({ reviewer: { id, role: 'reviewer' }, reference, sha256, at });
    const mail = (await store.mail(reference))[0]?.id ?? '';
    await store.freezeMail(mail, Buffer.from('Message-ID: <a@b>\r\n\r\n'), at);
    await store.startSending(mail, 'one', 0);
    await store.endAttempt(mail, 'sent', { kind: 'accepted', server: 'mx', at }, at, null);
    expect((await browser.get('/desk?scope=done')).text).toMatch(/erased on \d+ [A-Z][a-z]+ \d{4}; days left: 90/);
  });

  it('say what is erased when, with a countdown, and lead an administrator to erase it now', async () => {
    const { store } = desk.temp;
    const drafts = (await store.keptUntil({ idleDays: 30, closedDays: 90 })).filter(
      ({ because }) => because === 'idle',
    );
    expect(drafts.length).toBeGreaterThan(0);
    const [draft] = drafts;
    const reader = await desk.signedIn('reader');
    const { kept: texts, case: caseTexts } = staffTexts.en;
    const page = (await reader.browser.get('/desk/kept')).text;
    expect(page).toContain(texts.rules.draft);
    expect(page).toContain('after 90 days');
    expect(page).toMatch(/erased on \d+ [A-Z][a-z]+ \d{4}; days left: \d+ \(unless the person writes before then\)/);
    expect(page).not.toContain(caseTexts.eraseNow);
    const admin = await desk.signedIn('administrator');
    expect((await admin.browser.get('/desk/kept')).text).toContain(`/desk/case/${draft?.case}/way#erase`);
    await admin.browser.get(`/desk/case/${draft?.case}`);
    await admin.browser.post(`/desk/case/${draft?.case}/ready`);
    expect((await admin.browser.get(`/desk/case/${draft?.case}`)).text).toContain('days left: ');
    expect((await admin.browser.get(`/desk/case/${draft?.case}/way`)).text).toContain(
      caseTexts.way.reasons['not-needed'],
    );
  });
});

const ENDED = { number: 90, language: 'es', publication: 'confidential', flags: [], mail: 'review' } as const;
