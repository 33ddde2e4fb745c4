// Staff set the word of somebody's own back: who may, with which reason, and what is written down of it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../../src/languages.ts';
import { OWN_WORD_REASONS } from '../../../src/store/reviews/review-words.ts';
import { type Colleague, openTestDesk, staffTexts, type TestDesk } from '../a-desk.ts';
import { keepCase, type Kept } from '../many-cases.ts';

let desk: TestDesk;
let kept: Kept;
beforeAll(async () => {
  desk = await openTestDesk();
  const at = desk.temp.now;
  const invented = { number: 1, language: 'es', at, publication: 'confidential', flags: [], mail: 'review' } as const;
  kept = await keepCase(desk.temp.store, invented);
});
afterAll(() => desk.close());

/** What came of it, as the page then says it by name, and what was written down. */
async function sets(colleague: Colleague, fields: Record<string, string> = {}) {
  const before = (await desk.temp.store.audit.last())?.number ?? 0;
  const { contribution } = kept;
  const path = `/desk/case/${kept.case}/way/word`;
  const { status, headers } = await colleague.browser.post(path, { contribution, sure: 'yes', ...fields });
  const rows = (await desk.temp.store.audit.following(before, 10)).map(({ action, detail }) => `${action} ${detail}`);
  return { status, to: headers.get('location') ?? '', rows };
}

const asked = async () => (await desk.temp.store.nextTurn(kept.person))?.event.kind ?? null;

describe('no harm 4: the word of one’s own at the desk', () => {
  it('is on the page for who lost their way, with who must be made sure of, for who decides only', async () => {
    for (const language of WHOLE_LANGUAGES) {
      const { browser } = await desk.signedIn('reviewer', { language });
      const { text } = await browser.get(`/desk/case/${kept.case}/way`);
      const { way } = staffTexts[language].case;
      for (const one of [way.check, way.wordWhat, ...Object.values(way.wordReasons)]) expect(text).toContain(one);
    }
    const { browser } = await desk.signedIn('reader');
    expect((await browser.get(`/desk/case/${kept.case}/way`)).status).toBe(403);
  });

  it('is not set back by a reader, without a reason from the list, or where both factors were not just proved', async () => {
    const reader = await desk.signedIn('reader');
    await reader.browser.get('/desk');
    expect((await sets(reader, { reason: 'called-back' })).status).toBe(403);

    const ana = await desk.signedIn('reviewer');
    await ana.browser.get('/desk');
    for (const reason of ['', 'It was Maria Exemplo who called.']) {
      const { to, rows } = await sets(ana, { reason });
      expect(to).toContain('said=empty');
      expect(rows).toEqual(['case.own-word empty']);
    }
    expect((await sets(ana, { reason: 'called-back', sure: '' })).to).toContain('said=unsure');
    expect((await sets(ana, { reason: 'called-back', contribution: 'another' })).to).toContain('said=unknown');
    desk.wait(11);
    expect(await sets(ana, { reason: 'called-back' })).toEqual({
      status: 303,
      to: `/desk/prove?to=${encodeURIComponent(`/desk/case/${kept.case}/way`)}`,
      rows: [],
    });
    expect(await asked()).toBeNull();
  });

  it.each(OWN_WORD_REASONS)('is set back and written down, with the reason: %s', async (reason) => {
    const ana = await desk.signedIn(reason === 'in-person' ? 'administrator' : 'reviewer');
    await ana.browser.get('/desk');
    const { to, rows } = await sets(ana, { reason });
    expect(to).toContain('said=word-set-back');
    expect(rows).toEqual([`case.own-word asked ${reason}`, 'case.own-word word-set-back']);
    expect(await asked()).toBe('own-word-reset');
    const [row] = await desk.temp.store.audit.find({ action: 'case.own-word' }, 1);
    expect(row).toMatchObject({ staff: ana.id, case: kept.case, reference: kept.reference });

    const page = `/desk/case/${kept.case}`;
    await ana.browser.post(`${page}/ready`);
    expect((await ana.browser.get(page)).text).toContain(`<q>${staffTexts.en.case.way.wordReasons[reason]}</q>`);
  });
});
