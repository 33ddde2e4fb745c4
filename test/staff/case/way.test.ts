// A new way back, and an erasure on request: who may, what is asked first, what the page says, what is written down.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildResumeHere } from '../../../src/conversation/take-case.ts';
import { WHOLE_LANGUAGES } from '../../../src/languages.ts';
import { fill } from '../../../src/texts/translate.ts';
import { save } from '../../store/family.ts';
import { browserLike } from '../../web/browser-like.ts';
import { greeting, scriptedChat } from '../../web/scripted-chat.ts';
import { type Colleague, openTestDesk, staffTexts, type TestDesk } from '../a-desk.ts';
import { type InventedCase, keepCase, type Kept } from '../many-cases.ts';

const STORY: InventedCase = {
  ...{ number: 1, language: 'fr', at: '2026-03-01T11:00:00.000Z', publication: 'public-unnamed' },
  ...{ flags: [], mail: 'none' },
};
const { way } = staffTexts.en.case;
const { said } = staffTexts.en.release;
const SURE = { sure: 'yes' };
const ERASE = { ...SURE, reason: 'asked' };

let desk: TestDesk;
let kept: Kept;
const open = async (release: 'staff' | 'two' = 'staff') => {
  desk = await openTestDesk({ deps: { release } });
  kept = await keepCase(desk.temp.store, STORY);
};
beforeEach(() => open());
afterEach(() => desk.close());

const at = (path = '') => `/desk/case/${kept.case}/${path}`;
const isThere = () => desk.temp.store.desk.exists(kept.case);

/** Signed in, and on the page. */
async function onPage(role: 'reviewer' | 'administrator'): Promise<Colleague & { readonly text: string }> {
  const colleague = await desk.signedIn(role);
  const { text } = await colleague.browser.get(at('way'));
  return { ...colleague, text };
}

/** What came of it, as the page that follows says it. */
async function does({ browser }: Colleague, path: string, fields: Record<string, string>): Promise<string> {
  const answer = await browser.post(at(path), fields);
  expect(answer.status).toBe(303);
  return (await browser.get(answer.headers.get('location') ?? '')).text;
}

async function written(action: 'case.erase' | 'case.way-back') {
  const rows = await desk.temp.store.audit.find({ case: kept.case, action }, 20);
  return rows.map(({ staff, detail }) => [staff, detail]).reverse();
}

describe('no harm 24: a new way back', () => {
  it('is a code that is shown once, opens the page /back once, and is written down without it', async () => {
    const ana = await onPage('administrator');
    expect(ana.text).toContain(way.backWhat);
    const { text } = await ana.browser.post(at('way'), SURE);
    const code = /<p class="code">([\w-]+)</.exec(text)?.[1] ?? '';
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(text).toContain('https://desk.example.org/back');
    expect(await written('case.way-back')).toEqual([
      [ana.id, 'asked'],
      [ana.id, 'given'],
    ]);
    expect(JSON.stringify(await desk.temp.store.audit.find({}, 99))).not.toContain(code.slice(0, 4));
    expect((await ana.browser.get(at('way'))).text).not.toContain(code);

    const { app } = scriptedChat(greeting, { people: desk.temp.store, now: () => new Date(desk.temp.now) });
    const back = await browserLike(app).post('/back', { code });
    expect([back.status, back.headers.get('location')]).toEqual([303, '/']);
    expect((await browserLike(app).post('/back', { code })).status).toBe(404);
  });

  it('is taken by a messenger, too', async () => {
    const ana = await onPage('administrator');
    const { text } = await ana.browser.post(at('way'), SURE);
    const code = /<p class="code">([\w-]+)</.exec(text)?.[1] ?? '';
    const resumeHere = buildResumeHere({
      ...{ store: desk.temp.store, on: new Set(['whatsapp']), days: 30 },
      now: () => new Date(desk.temp.now),
    });
    const from = { channel: 'whatsapp', account: 'one', address: 'a-new-phone' };
    const event = { id: 'm', at: desk.temp.now, kind: 'message', text: code } as const;
    expect((await resumeHere({ from, messageId: 'm', event })).event).toMatchObject({ what: { kind: 'came' } });
    expect(await desk.temp.store.personAt(from)).toMatchObject({ person: kept.person });
  });

  it('is not given before somebody says that they know who asks, and not by who has stepped back', async () => {
    const ana = await onPage('administrator');
    expect(await does(ana, 'way', {})).toContain(said.unsure);
    await ana.browser.post(at('step-back'), { reference: kept.reference });
    expect(await does(ana, 'way', SURE)).toContain(said['not-allowed']);
    expect((await ana.browser.get(at('way'))).text).not.toContain('<form method="post" action="/desk/case/');
  });

  it('is given by an administrator, who has just proved who they are', async () => {
    const bea = await onPage('reviewer');
    expect(bea.text).toContain(way.administrator);
    expect((await bea.browser.post(at('way'), SURE)).status).toBe(403);
    expect((await bea.browser.post(at('erase'), ERASE)).status).toBe(403);
    const ana = await onPage('administrator');
    desk.wait(11);
    for (const path of ['way', 'erase', 'erase/agree']) {
      const { status, headers } = await ana.browser.post(at(path), ERASE);
      expect([status, headers.get('location')]).toEqual([
        303,
        `/desk/prove?to=${encodeURIComponent(`/desk/case/${kept.case}/way`)}`,
      ]);
    }
    expect(await isThere()).toBe(true);
    expect(await written('case.erase')).toEqual([]);
  });

  it('says where it opens more than this case', async () => {
    const ana = await onPage('administrator');
    expect(ana.text).not.toContain(way.backMore);
    const { store } = desk.temp;
    await bringIn('organises');
    const session = await store.session(kept.person);
    await save(store, kept.person, {
      session,
      state: stateNow(),
      cases: { row: 'open', opens: true, left: null, home: {} },
    });
    const { text } = await ana.browser.get(at('way'));
    expect(text).toContain(way.backMore);
    expect(text).toContain(way.eraseMore);
    expect(text).not.toContain(way.eraseAll);
    await does(ana, 'erase', ERASE);
    expect((await written('case.erase')).at(-1)).toEqual([ana.id, 'erased case']);
  });
});

describe('no harm 24: an erasure on request', () => {
  it('erases the case and its person, with a reason of the list and nothing that anybody wrote', async () => {
    const ana = await onPage('administrator');
    expect(await does(ana, 'erase', { ...SURE, reason: 'Awa Exemple m’a appelée' })).toContain(said.empty);
    expect(await does(ana, 'erase', { reason: 'asked' })).toContain(said.unsure);
    expect(await isThere()).toBe(true);
    expect(await does(ana, 'erase', ERASE)).toContain(said.erased);
    expect(await isThere()).toBe(false);
    expect(await desk.temp.store.session(kept.person)).toBeNull();
    expect(await written('case.erase')).toEqual([
      [ana.id, 'empty'],
      [ana.id, 'unsure'],
      [ana.id, 'asked asked'],
      [ana.id, 'erased person'],
    ]);
    expect(JSON.stringify(await desk.temp.store.audit.find({}, 99))).not.toContain('Exemple');
  });

  it('says what has left and cannot be recalled, and that a withdrawal on its way is cancelled', async () => {
    const { store } = desk.temp;
    const [mail] = await store.mail(kept.reference);
    const ana = await onPage('administrator');
    expect(ana.text).toContain(way.noneLeft);
    const id = mail?.id ?? '';
    const accepted = { kind: 'accepted', server: 'mx.example.org', at: desk.temp.now } as const;
    await store.freezeMail(id, Buffer.from('a mail'), desk.temp.now);
    await store.startSending(id, 'one', 0);
    await store.endAttempt(id, 'sent', accepted, desk.temp.now, null);
    const { text } = await ana.browser.get(at('way'));
    expect(text).toContain(way.left);
    expect(text).toContain(`${kept.reference},`);
    expect(text).not.toContain(way.noneLeft);
    expect(text).not.toContain(way.withdraws);
    await queueWithdrawal();
    expect((await ana.browser.get(at('way'))).text).toContain(way.withdraws);
  });

  it.each(WHOLE_LANGUAGES)('the page is whole in %s', async (language) => {
    const { browser } = await desk.signedIn('administrator', { language });
    const { text } = await browser.get(at('way'));
    const { check, eraseAll, noneLeft, reasons } = staffTexts[language].case.way;
    for (const part of [check, eraseAll, noneLeft, ...Object.values(reasons)]) expect(text).toContain(part);
  });

  it('of a case that is not there says so, and keeps no made-up name in the log', async () => {
    const ana = await onPage('administrator');
    for (const path of ['way', 'erase', 'erase/agree']) {
      expect((await ana.browser.post(`/desk/case/Awa-Exemple/${path}`, ERASE)).status).toBe(404);
    }
    expect((await ana.browser.get('/desk/case/Awa-Exemple/way')).status).toBe(404);
    expect(JSON.stringify(await desk.temp.store.audit.find({}, 99))).not.toContain('Exemple');
  });
});

describe('no harm 24: an erasure on request where RELEASE=two', () => {
  beforeEach(async () => {
    await desk.close();
    await open('two');
  });

  it('needs the word of a second person, who may be a reviewer', async () => {
    const ana = await onPage('administrator');
    const bea = await onPage('reviewer');
    expect(await does(ana, 'erase', ERASE)).toContain(said['erase-asked']);
    expect((await ana.browser.get(at('way'))).text).toContain(way.askedByYou);
    expect(await does(ana, 'erase/agree', SURE)).toContain(said['not-allowed']);
    expect(await isThere()).toBe(true);
    const waits = fill(way.asked, { name: 'Ana Exemplo', reason: way.reasons.asked });
    expect((await bea.browser.get(at('way'))).text).toContain(waits);
    expect(await does(bea, 'erase/agree', {})).toContain(said.unsure);
    expect(await does(bea, 'erase/agree', SURE)).toContain(said.erased);
    expect(await isThere()).toBe(false);
    expect(await written('case.erase')).toEqual([
      [ana.id, 'asked asked'],
      [ana.id, 'agrees'],
      [ana.id, 'not-allowed'],
      [bea.id, 'agrees'],
      [bea.id, 'unsure'],
      [bea.id, 'agrees'],
      [bea.id, 'erased person'],
    ]);
  });

  it('waits three days for it, and no longer than who asked has their account', async () => {
    const bea = await onPage('reviewer');
    expect(await does(bea, 'erase/agree', SURE)).toContain(said['not-asked']);
    const ana = await onPage('administrator');
    await does(ana, 'erase', ERASE);
    desk.wait(3 * 24 * 60 + 1);
    const later = await onPage('reviewer');
    expect(later.text).not.toContain(way.agree);
    expect(await does(later, 'erase/agree', SURE)).toContain(said['not-asked']);
    const cleo = await onPage('administrator');
    await does(cleo, 'erase', ERASE);
    await desk.temp.store.staff.disableAccount(cleo.id);
    expect(await does(later, 'erase/agree', SURE)).toContain(said['not-asked']);
    expect(await isThere()).toBe(true);
  });

  it.each(['administrator', 'reviewer'] as const)(
    'is taken back by %s, is written down, and can be asked anew',
    async (role) => {
      const ana = await onPage('administrator');
      const bea = await onPage('reviewer');
      const who = role === 'administrator' ? ana : bea;
      expect(await does(who, 'erase/take-back', {})).toContain(said['not-asked']);
      await does(ana, 'erase', ERASE);
      for (const { browser } of [ana, bea]) expect((await browser.get(at('way'))).text).toContain(way.takeBack);
      expect(await does(who, 'erase/take-back', {})).toContain(said['erase-taken-back']);
      expect(await does(bea, 'erase/agree', SURE)).toContain(said['not-asked']);
      expect(await isThere()).toBe(true);
      expect((await bea.browser.get(at('way'))).text).not.toContain(way.takeBack);
      expect(await written('case.erase')).toEqual([
        [who.id, 'not-asked'],
        [ana.id, 'asked asked'],
        [who.id, 'taken back'],
        [bea.id, 'agrees'],
        [bea.id, 'not-asked'],
      ]);
      await does(ana, 'erase', ERASE);
      expect(await does(bea, 'erase/agree', SURE)).toContain(said.erased);
    },
  );
});

/** Its person writes. */
async function bringIn(text: string): Promise<void> {
  const from = { channel: 'web-chat', account: 'one', address: '+55001' };
  const event = { id: text, at: desk.temp.now, kind: 'message', text } as const;
  await desk.temp.store.receive({ from, messageId: text, event, language: 'fr' });
}

function stateNow() {
  const { case: id, contribution, reference } = kept;
  return { step: 'story', language: 'fr', callId: 'emler-2024', reference, case: id, contribution } as const;
}

/** Its person takes it back, and that mail waits. */
async function queueWithdrawal(): Promise<void> {
  const { store } = desk.temp;
  await bringIn('retirer');
  const { reference, sha256, person } = kept;
  const mail = { kind: 'withdrawal', reference, sha256, notBefore: '2999-01-01T00:00:00.000Z', request: {} } as const;
  await save(store, person, { session: await store.session(person), state: stateNow(), mails: [mail] });
}
