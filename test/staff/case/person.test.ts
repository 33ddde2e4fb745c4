// Somebody who has no case yet, erased where they ask for it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../../src/languages.ts';
import { fill } from '../../../src/texts/translate.ts';
import { part, save } from '../../store/family.ts';
import { openTestDesk, staffTexts, type TestDesk } from '../a-desk.ts';

const { way } = staffTexts.en.case;
const { said } = staffTexts.en.release;
const SURE = { sure: 'yes' };
const ERASE = { ...SURE, reason: 'asked' };
const from = { channel: 'web-chat', account: 'one', address: '+55009' };

let desk: TestDesk;
let person: string;

describe('no harm 24: somebody who asked for a person and has no case', () => {
  const page = () => `/desk/person/${person}`;
  beforeEach(async () => {
    desk = await openTestDesk();
    const { store } = desk.temp;
    const event = { id: 'hello', at: desk.temp.now, kind: 'message', text: 'Mon fils s’appelait Madou' } as const;
    await store.receive({ from, messageId: 'hello', event, language: 'fr' });
    person = (await store.personAt(from))?.person ?? '';
    await save(store, person, { flags: ['in-danger'], hold: [part('hello', 'Mon fils s’appelait Madou', 'held')] });
  });

  afterEach(() => desk.close());

  it('is erased whole by an administrator, with a reason of the list and no word of theirs written down', async () => {
    const { store } = desk.temp;
    const { browser, id } = await desk.signedIn('administrator');
    expect((await browser.get(page())).text).toContain(way.eraseDo);
    expect((await browser.post(`${page()}/erase`, { reason: 'asked' })).headers.get('location')).toContain('unsure');
    expect((await browser.post(`${page()}/erase`, { ...SURE, reason: 'Madou' })).headers.get('location')).toContain(
      'empty',
    );
    expect(await store.desk.caller(person)).not.toBeNull();
    const { headers } = await browser.post(`${page()}/erase`, ERASE);
    expect((await browser.get(headers.get('location') ?? '')).text).toContain(said['erased-person']);
    expect(await store.session(person)).toBeNull();
    expect(await store.personAt(from)).toBeNull();
    expect((await browser.get(page())).status).toBe(404);
    expect((await browser.post(`${page()}/erase`, ERASE)).status).toBe(404);
    const rows = await store.audit.find({ action: 'case.erase' }, 20);
    expect(rows.map(({ staff, detail }) => [staff, detail]).reverse()).toEqual([
      [id, 'before a case: unsure'],
      [id, 'before a case: empty'],
      [id, 'before a case: asked asked'],
      [id, 'before a case: erased person'],
      [id, 'before a case: asked asked'],
    ]);
    expect(JSON.stringify(await store.audit.find({}, 99))).not.toContain('Madou');
  });

  it('by nobody else, and not without both factors', async () => {
    const bea = await desk.signedIn('reviewer');
    expect((await bea.browser.get(page())).text).not.toContain(way.eraseDo);
    expect((await bea.browser.post(`${page()}/erase`, ERASE)).status).toBe(403);
    const ana = await desk.signedIn('administrator');
    await ana.browser.get(page());
    desk.wait(11);
    const { headers } = await ana.browser.post(`${page()}/erase`, ERASE);
    expect(headers.get('location')).toBe(`/desk/prove?to=${encodeURIComponent(page())}`);
    expect(await desk.temp.store.desk.caller(person)).not.toBeNull();
  });

  it.each(WHOLE_LANGUAGES)('the page says what goes in %s', async (language) => {
    const { browser } = await desk.signedIn('administrator', { language });
    const { text } = await browser.get(page());
    expect(text).toContain(fill(staffTexts[language].case.way.eraseCaller, { days: 30 }));
  });
});
