// The queue and the case over HTTP, without a browser: what is shown, what is recorded, what each act answers.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inEvery } from '../../src/languages.ts';
import { roleAsked } from '../../src/staff/sign-in/guard.ts';
import type { StaffRole } from '../../src/store/schema/staff-columns.ts';
import { CASE, type Change, IN_CASE, save, say, turnOver } from '../store/family.ts';
import { type Colleague, type DeskBrowser, openTestDesk, staffTexts, type TestDesk } from './a-desk.ts';
import { type InventedCase, keepCase, type Kept } from './many-cases.ts';

const STORY: InventedCase = {
  ...{ number: 1, language: 'fr', at: '2026-03-01T11:00:00.000Z', publication: 'public-unnamed' },
  ...{ flags: ['officer-named'], mail: 'review', withheld: ['Lambert'] },
};
const { said } = staffTexts.en.release;

let desk: TestDesk;
let kept: Kept;
beforeEach(async () => {
  const knows = {
    ...{ callOf: () => null, recipientOf: () => Promise.resolve(null), findings: () => [], wordingOf: () => null },
    withheldLabels: inEvery((language) => (language === 'fr' ? ['[nom retiré]'] : [])),
  };
  desk = await openTestDesk({ deps: { knows } });
  kept = await keepCase(desk.temp.store, STORY);
});
afterEach(async () => {
  await desk.close();
});

/** Signed in, and past the page that warns. */
async function ready(role: StaffRole = 'reviewer'): Promise<Colleague & { readonly at: string }> {
  const colleague = await desk.signedIn(role);
  const at = `/desk/case/${kept.case}`;
  await colleague.browser.get(at);
  await colleague.browser.post(`${at}/ready`);
  return { ...colleague, at };
}

const over = () => ({ reference: kept.reference, sha256: kept.sha256 });

/** The person of the case writes. */
async function turn(id: string, change: Change): Promise<void> {
  const { store } = desk.temp;
  const from = { channel: 'web-chat', account: 'one', address: '+55001' };
  const event = { id, at: STORY.at, kind: 'message', text: '1' } as const;
  await store.receive({ from, messageId: id, event, language: 'fr' });
  const ids = { case: kept.case, contribution: kept.contribution };
  const state = { step: 'story', language: 'fr', reference: kept.reference, callId: 'emler-2024', ...ids } as const;
  await save(store, kept.person, { session: await store.session(kept.person), state, ...change });
}

/** Does it, and follows to the page that says what came of it. */
async function act(browser: DeskBrowser, path: string, fields: Record<string, string>): Promise<string> {
  const answer = await browser.post(path, fields);
  expect(answer.status).toBe(303);
  return (await browser.get(answer.headers.get('location') ?? '')).text;
}

async function actions(): Promise<readonly string[]> {
  const rows = await desk.temp.store.audit.find({}, 100);
  return rows.map(({ action, detail }) => (detail === null ? action : `${action} ${detail}`)).reverse();
}

describe('every view', () => {
  it('is recorded, whichever route shows it', async () => {
    const { browser } = await ready('administrator');
    const routes = new Set(
      desk.inner.routes
        .filter(({ method, handler }) => method === 'GET' && roleAsked(handler) !== undefined)
        .map(({ path }) => (path === '/' ? '/desk' : `/desk${path}`)),
    );
    expect(routes.size).toBeGreaterThan(5);
    const seen: string[] = [];
    for (const path of routes) {
      const real = path
        .replace('/case/:id', `/case/${kept.case}`)
        .replace('/export/of/:id', `/export/of/${kept.case}`)
        .replace('/person/:id', `/person/${kept.person}`)
        .replace(':contribution', kept.contribution)
        .replace(':format', 'pdf')
        .replace('/list/:scope', '/list/open')
        .replaceAll(/:\w+/g, 'x');
      const before = (await desk.temp.store.audit.last())?.number ?? 0;
      if (path === '/desk/live') await streams(browser, real);
      else await browser.get(real);
      if (((await desk.temp.store.audit.last())?.number ?? 0) > before) seen.push(path);
    }
    // One's own account and the list of colleagues hold nothing of anybody who wrote to us. There is no recording here to
    // listen to: voice.test.ts has one.
    const quiet = [...routes].filter((path) => !seen.includes(path));
    expect(quiet.filter((path) => !/^\/desk\/(account|staff|prove|voice\/:position)/.test(path))).toEqual([]);
    expect(seen).toEqual(
      expect.arrayContaining(['/desk', '/desk/find', '/desk/live', '/desk/case/:id', '/desk/person/:id']),
    );
  });

  it('of a case that is not there says so, and writes down no word that somebody made up', async () => {
    const { browser } = await ready();
    for (const path of [
      '/desk/case/Awa-Exemple',
      '/desk/case/Awa-Exemple/transcript/x',
      '/desk/case/Awa-Exemple/file/x/pdf',
      '/desk/find?reference=Awa%20Exemple',
    ]) {
      expect((await browser.get(path)).status).toBe(404);
    }
    expect(JSON.stringify(await desk.temp.store.audit.find({}, 100))).not.toContain('Exemple');
  });

  it('comes after a warning, once a session', async () => {
    const { browser } = await desk.signedIn('reader');
    const warned = await browser.get(`/desk/case/${kept.case}`);
    expect(warned.text).toContain(staffTexts.en.case.warning.care);
    expect(warned.text).not.toContain('arrestation');
    expect((await browser.get(`/desk/case/${kept.case}/transcript/${kept.contribution}`)).text).not.toContain(
      'arrestation',
    );
    await browser.post(`/desk/case/${kept.case}/ready`);
    expect((await browser.get(`/desk/case/${kept.case}`)).text).toContain('arrestation');
  });
});

describe('a case', () => {
  it('shows the document, whom it goes to, what was agreed to with its words, and what is left to do', async () => {
    const { browser, at } = await ready();
    const { text } = await browser.get(at);
    for (const part of [
      '<mark class="withheld">',
      'inputs@experts.unbody.int',
      'EMLER 2024 Report',
      staffTexts.en.case.wordingGone,
      'action="/desk/case/case-1/release"',
      staffTexts.en.queue.flags['officer-named'],
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('Lambert');
  });

  it('has nothing to decide for who only reads', async () => {
    const { browser, at } = await ready('reader');
    const { text } = await browser.get(at);
    expect(text).toContain(staffTexts.en.release.readOnly);
    expect(text).not.toMatch(/action="[^"]*\/(release|hold|give-back|withhold|second|retry|write|note|assign)"/);
  });

  it('marks what is new since this reviewer last looked, and not what somebody else saw', async () => {
    const { browser, at } = await ready();
    expect((await browser.get(at)).text).toContain(staffTexts.en.case.firstLook);
    // Opened again at once, nobody is told that they never looked.
    const again = (await browser.get(at)).text;
    expect(again).not.toContain(staffTexts.en.case.firstLook);
    expect(again).toContain('Nothing has changed since your last look');
    desk.wait(29);
    await browser.get('/desk');
    desk.wait(25);
    const same = (await browser.get(at)).text;
    expect(same).toContain('Nothing has changed since your last look');
    expect(same).not.toContain('tag new');
  });

  it('that its person took back is still theirs: on the open list, with its state and flags, and nothing leaves', async () => {
    const { browser, at } = await ready();
    await turn('back', { cancel: [kept.reference] });
    const page = (await browser.get(at)).text;
    const { case: texts, queue, release } = staffTexts.en;
    for (const part of [queue.state.cancelled, queue.flags['officer-named'], texts.document.stays, texts.stays])
      expect(page).toContain(part);
    for (const part of [texts.document.leaves, release.checksHeading, release.checks.words])
      expect(page).not.toContain(part);
    expect((await browser.get('/desk')).text).toContain(kept.reference);
    expect((await browser.get('/desk?scope=done')).text).not.toContain(kept.reference);
    await turn('another', { closeCase: true });
    expect((await browser.get('/desk')).text).not.toContain(kept.reference);
    expect((await browser.get('/desk?scope=done')).text).toContain(kept.reference);
    const ended = (await browser.get(at)).text;
    for (const part of [queue.state.cancelled, queue.flags['officer-named'], texts.document.stays])
      expect(ended).toContain(part);
  });

  it('in danger that was named before the yes to keeping says that those words are not here', async () => {
    const { store } = desk.temp;
    const person = await say(store, 'm-danger', 'Ils sont devant la porte.');
    await save(store, person, { flags: ['in-danger'] });
    const later = '2026-03-01T12:01:00.000Z';
    await say(store, 'm-yes', 'oui');
    await save(store, person, { ...IN_CASE, at: later, openCase: CASE });
    const { browser } = await ready();
    expect((await browser.get(`/desk/case/${CASE.case}`)).text).toContain(staffTexts.en.case.beforeYes);
    const after = await keepCase(store, { ...STORY, number: 3, flags: ['in-danger'] });
    const own = (await browser.get(`/desk/case/${after.case}`)).text;
    expect(own).toContain(staffTexts.en.queue.flags['in-danger']);
    expect(own).not.toContain(staffTexts.en.case.beforeYes);
  });

  it('gives its files to be saved, never to be opened in the browser', async () => {
    const { browser, at } = await ready('reader');
    const file = await browser.get(`${at}/file/${kept.contribution}/docx`);
    expect([file.status, file.text]).toEqual([200, 'a docx file']);
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${kept.reference}.docx"`);
    expect((await browser.get(`${at}/file/${kept.contribution}/exe`)).status).toBe(404);
    expect((await browser.get(`${at}/file/contribution-2/pdf`)).status).toBe(404);
  });
});

describe('what was said', () => {
  it('is one recorded click away, with the withheld words hidden until they are asked for', async () => {
    const { browser, at } = await ready();
    const path = `${at}/transcript/${kept.contribution}`;
    const masked = (await browser.get(path)).text;
    expect(masked).toContain('Le brigadier [withheld] est toujours en poste.');
    expect(masked).not.toContain('Lambert');
    expect((await browser.get(`${path}?words=shown`)).text).toContain('Le brigadier Lambert');
    expect((await actions()).slice(-2)).toEqual(['case.transcript', 'case.transcript withheld words']);
  });

  it('is the words of people, or those of the program too, folded up; the withheld words stay hidden or shown', async () => {
    const { store } = desk.temp;
    const bubbles = [{ text: 'The question of the program\nand what it says of it, '.repeat(3), bold: [] }];
    const body = { language: 'fr', bubbles };
    const from = { channel: 'web-chat', account: 'one', address: '+55001' };
    await store.receive({
      from,
      messageId: 'q',
      event: { id: 'q', at: STORY.at, kind: 'message', text: 'Oui.' },
      language: 'fr',
    });
    const turn = await store.nextTurn(kept.person);
    if (turn === null) throw new Error('Nothing waits.');
    const state = { step: 'story', language: 'fr', reference: kept.reference, callId: 'emler-2024' } as const;
    const at = { ...state, case: kept.case, contribution: kept.contribution };
    await store.saveTurn(
      turnOver(turn, { session: turn.session, state: at, replies: [{ body, promptId: null, replaces: null }] }),
    );
    const { browser, at: page } = await ready();
    const path = `${page}/transcript/${kept.contribution}`;
    const alone = (await browser.get(path)).text;
    expect(alone).toContain('Oui.');
    expect(alone).not.toContain('The question of the program');
    expect(alone).toContain(`href="${path}?with=program"`);
    const both = (await browser.get(`${path}?with=program`)).text;
    expect(both).toMatch(/<details>\s*<summary\s+lang="fr">The question of the program<\/summary>/);
    expect(both).toContain(`href="${path}?with=program&amp;words=shown"`);
    const all = (await browser.get(`${path}?with=program&words=shown`)).text;
    expect(all).toContain('Lambert');
    expect(all).toContain(`href="${path}?words=shown"`);
  });

  it('leads from each paragraph to its message and back, and keeps a mark where words were taken out', async () => {
    const { browser, at } = await ready();
    const anchors = [...(await browser.get(at)).text.matchAll(/transcript\/contribution-1#(m-[0-9a-f]{12})/g)].map(
      ([, one]) => one,
    );
    expect(anchors).toHaveLength(3);
    const { text } = await browser.get(`${at}/transcript/${kept.contribution}`);
    for (const anchor of anchors) {
      expect(text).toContain(`id="${anchor}"`);
      expect(text).toContain(`/desk/case/${kept.case}#in-${anchor}`);
    }
    await take('m1-2');
    const later = (await browser.get(`${at}/transcript/${kept.contribution}`)).text;
    expect(later).toContain(staffTexts.en.case.transcript.erased);
    expect(later).not.toContain('arrestation');
    expect((await browser.get(at)).text).toContain(staffTexts.en.case.notThis);
  });

  /** The person deletes a message. */
  async function take(id: string): Promise<void> {
    const from = { channel: 'web-chat', account: 'one', address: '+55001' };
    const event = { id: 'gone', at: STORY.at, kind: 'deletion', target: id } as const;
    await desk.temp.store.receive({ from, messageId: 'gone', event, language: 'fr' });
    const state = {
      step: 'story',
      language: 'fr',
      reference: kept.reference,
      callId: 'emler-2024',
      case: kept.case,
      contribution: kept.contribution,
    } as const;
    const session = await desk.temp.store.session(kept.person);
    await save(desk.temp.store, kept.person, { session, state, said: null, redact: [id], removeParts: [id] });
  }
});

describe('an act', () => {
  it.each<[string, string, Record<string, string>, string]>([
    ['hold', 'hold', { reason: 'The lawyer is asked.', tell: '' }, said.held],
    ['give back', 'give-back', { question: 'names-agree' }, said['given-back']],
    ['give back in own words', 'give-back', { own: 'Votre sœur est-elle d’accord ?' }, said['given-back']],
    ['propose to withhold', 'withhold', { words: 'Personne ne m’a jamais demandé' }, said.proposed],
    ['ask for a second reviewer', 'second', {}, said.second],
    ['write', 'write', { text: 'Bonjour, ici Ana.' }, said.written],
    ['write nothing', 'write', { text: '  ' }, said.empty],
    ['words that are not there', 'withhold', { words: 'Nobody said this' }, said['not-in-text']],
    ['lift no hold', 'lift', {}, said.already],
    ['over another version', 'hold', { reason: 'r', sha256: 'f'.repeat(64) }, said.changed],
    ['a note', 'note', { contribution: 'contribution-1', text: 'La sœur attend.' }, said.noted],
    ['a note on another case', 'note', { contribution: 'contribution-2', text: 'La sœur attend.' }, said.unknown],
  ])('%s: has a calm sentence, and is recorded before and after', async (_, name, fields, sentence) => {
    const { browser, at } = await ready();
    const page = await act(browser, `${at}/${name}`, { ...over(), ...fields });
    expect(page.replaceAll('&#39;', "'")).toContain(sentence);
    const recorded = (await actions()).filter((one) => !one.includes('.view'));
    expect(recorded.at(-2)).toMatch(/ (asked|lift)$/);
  });

  it('release goes on to the next that needs this reviewer, and says what was done', async () => {
    await keepCase(desk.temp.store, { ...STORY, number: 2 });
    const { browser, at } = await ready();
    const first = await browser.post(`${at}/release`, over());
    expect(first.headers.get('location')).toContain('/desk/case/case-2?said=released&of=');
    expect((await browser.get(first.headers.get('location') ?? '')).text).toContain(`${kept.reference} is released.`);
    expect((await desk.temp.store.mail(kept.reference))[0]?.state).toBe('waiting');
    expect(await act(browser, `${at}/release`, over())).toContain(said.already);
  });

  it('release can be taken back for a minute, on the next page, and the mail is not due before', async () => {
    const { store } = desk.temp;
    await keepCase(store, { ...STORY, number: 2 });
    const { browser, at, id } = await ready();
    const released = await browser.post(`${at}/release`, over());
    const page = (await browser.get(released.headers.get('location') ?? '')).text;
    const due = new Date(Date.parse(desk.temp.now) + 60_000).toISOString();
    expect(page).toContain('It leaves at 12:');
    expect(page).toContain(`action="/desk/case/${kept.case}/take-back"`);
    expect((await browser.get('/desk')).text).toContain(`action="/desk/case/${kept.case}/take-back"`);
    expect(await store.dueMails(new Date(Date.parse(due) - 1).toISOString(), 9)).toEqual([]);
    expect((await store.dueMails(due, 9)).map(({ reference }) => reference)).toEqual([kept.reference]);
    const other = await desk.signedIn('reviewer');
    await other.browser.get('/desk');
    expect(await act(other.browser, `${at}/take-back`, over())).not.toContain(said['release-back']);
    expect(await act(browser, `${at}/take-back`, over())).toContain(said['release-back']);
    expect((await store.mail(kept.reference))[0]?.state).toBe('review');
    expect((await browser.get('/desk')).text).not.toContain('take-back"');
    const rows = await store.audit.find({ case: kept.case, action: 'case.take-back', staff: id }, 9);
    expect(rows.map(({ detail, reference }) => [detail, reference]).reverse()).toEqual([
      ['asked', kept.reference],
      ['release-back', kept.reference],
    ]);
  });

  it('release is told at the button: what goes, where to, and what happens next', async () => {
    const two = await keepCase(desk.temp.store, { ...STORY, number: 2, mail: 'two' });
    const { browser, at } = await ready();
    const { release } = staffTexts.en;
    const gate = gateOf((await browser.get(at)).text);
    for (const part of ['Public, no names', 'inputs@experts.unbody.int', 'EMLER 2024 Report', 'Word file', 'PDF'])
      expect(gate.slice(0, gate.indexOf(release.release))).toContain(part);
    expect(gate).toContain('It leaves 1 min after your release');
    expect(gateOf((await browser.get(`/desk/case/${two.case}`)).text)).toContain(release.thenSecond);
  });

  it('release is told with the time until which its person’s own window is open, and leaves then', async () => {
    const { browser } = await ready();
    const own = new Date(Date.parse(desk.temp.now) + 600_000).toISOString();
    const two = await keepCase(desk.temp.store, { ...STORY, number: 2, at: own });
    const at = `/desk/case/${two.case}`;
    const gate = gateOf((await browser.get(at)).text);
    const time = /It leaves at ([^,]+), at the earliest\. Until then the person can/u.exec(gate)?.[1] ?? 'none';
    expect(gate).not.toContain('1 min after');
    const page = await act(browser, `${at}/release`, { reference: two.reference, sha256: two.sha256 });
    expect(page).toContain(`It leaves at ${time}, at the earliest.`);
    expect((await desk.temp.store.mail(two.reference))[0]?.notBefore).toBe(own);
  });

  it('step back ends what this reviewer may decide, and nothing of it waits for them', async () => {
    const { browser, at } = await ready();
    await act(browser, `${at}/step-back`, over());
    expect((await browser.get(at)).text).toContain(staffTexts.en.release.steppedBack);
    expect((await browser.get('/desk')).text).toContain(staffTexts.en.queue.needYouNone);
    expect(await act(browser, `${at}/release`, over())).toContain(said['not-allowed']);
    expect((await desk.temp.store.mail(kept.reference))[0]?.state).toBe('review');
  });

  it('assign gives a case to somebody who may decide, and to nobody else', async () => {
    const { browser, at, id } = await ready();
    const reader = await desk.signedIn('reader');
    await act(browser, `${at}/assign`, { to: id });
    expect((await desk.temp.store.desk.case(kept.case))?.assignedTo).toBe(id);
    expect((await browser.get('/desk?assigned=me')).text).toContain(kept.reference);
    expect(await act(browser, `${at}/assign`, { to: reader.id })).toContain(said.unknown);
    await act(browser, `${at}/assign`, { to: '' });
    expect((await desk.temp.store.desk.case(kept.case))?.assignedTo).toBeNull();
  });

  it('under another case’s address does nothing', async () => {
    const other = await keepCase(desk.temp.store, { ...STORY, number: 2 });
    const { browser } = await ready();
    expect((await browser.post(`/desk/case/${other.case}/release`, over())).status).toBe(404);
    expect((await browser.post('/desk/case/none/release', over())).status).toBe(404);
    expect((await desk.temp.store.mail(kept.reference))[0]?.state).toBe('review');
  });
});

describe('a translation', () => {
  it('is next to the words that it is of, in which withheld words are hidden', async () => {
    const { store } = desk.temp;
    const [part] = (await store.desk.case(kept.case))?.contributions[0]?.parts ?? [];
    if (part === undefined) throw new Error('There is no part.');
    const original = { text: 'Brigadye Lambert te la.', language: 'ht' } as const;
    const session = await store.session(kept.person);
    const state = {
      ...({ step: 'story', language: 'fr', reference: kept.reference, callId: 'emler-2024' } as const),
      ...{ case: kept.case, contribution: kept.contribution },
    } as const;
    const from = { channel: 'web-chat', account: 'one', address: '+55001' };
    await store.receive({
      from,
      messageId: 't',
      event: { id: 't', at: STORY.at, kind: 'message', text: '1' },
      language: 'fr',
    });
    const turn = await store.nextTurn(kept.person);
    if (turn === null) throw new Error('Nothing waits.');
    await store.saveTurn(turnOver(turn, { session, state, replaceParts: [{ ...part, original }] }));
    const { browser, at } = await ready();
    const page = (await browser.get(at)).text;
    expect(page).toContain('In their own words (Haitian Creole)');
    expect(page).toMatch(/<p class="said" dir="auto" lang="ht">Brigadye \[withheld\] te la\.<\/p>/);
    expect(page.match(/class="pair"/g)).toHaveLength(1);
  });
});

describe('somebody without a case', () => {
  it('is told apart from the others, on the list and on their page', async () => {
    const { store } = desk.temp;
    const people: string[] = [];
    for (const address of ['+1', '+2', '+3', '+4']) {
      const from = { channel: 'web-chat', account: 'one', address };
      const event = { id: `m${address}`, at: STORY.at, kind: 'message', text: 'a person' } as const;
      const { person } = await store.receive({ from, messageId: `m${address}`, event, language: 'fr' });
      await save(store, person, { flags: ['asks-for-person'] });
      people.push(person);
    }
    const { browser } = await ready();
    const queue = (await browser.get('/desk')).text;
    const names = people.map(
      (person) => new RegExp(`<a href="/desk/person/${person}">([^<]+)<`).exec(queue)?.[1] ?? '',
    );
    expect(new Set(names).size).toBe(4);
    for (const [index, name] of names.entries()) {
      expect(name).toMatch(/^No case yet: [0-9A-F]{4}$/);
      expect((await browser.get(`/desk/person/${people[index] ?? ''}`)).text).toContain(name);
    }
  });

  it('who is in danger stands first, and can be written to', async () => {
    const { store } = desk.temp;
    const person = await say(store, 'm1', 'Je suis en danger');
    await save(store, person, { flags: ['in-danger'] });
    const { browser } = await ready();
    const queue = (await browser.get('/desk')).text;
    expect(queue.indexOf(`/desk/person/${person}`)).toBeLessThan(queue.indexOf(`/desk/case/${kept.case}`));
    expect((await browser.get(`/desk/person/${person}`)).text).toContain('Je suis en danger');
    const page = await act(browser, `/desk/person/${person}/write`, { text: 'Êtes-vous dans un lieu sûr ?' });
    expect(page).toContain(said.written);
    expect(await store.peopleWaiting()).toEqual([person]);
    expect((await browser.get('/desk/person/nobody')).status).toBe(404);
    expect((await browser.post('/desk/person/nobody/write', { text: 'a' })).status).toBe(404);
  });
});

describe('the audit log', () => {
  it('answers who read a case: every view, transcript and file of it, by its reference, in the reader’s language', async () => {
    const { browser, at, id } = await ready();
    await browser.get(at);
    await browser.get(`${at}/transcript/${kept.contribution}?words=shown`);
    await browser.get(`${at}/file/${kept.contribution}/pdf`);
    const other = await keepCase(desk.temp.store, { ...STORY, number: 2 });
    await browser.get(`/desk/case/${other.case}`);
    const admin = await desk.signedIn('administrator', { name: 'Rui Exemplo', language: 'pt' });
    const page = (await admin.browser.get(`/desk/audit?reads=1&reference=${kept.reference.toLowerCase()}`)).text;
    const rows = [...page.matchAll(/<tr>\s*<td>\d+<\/td>([^]*?)<\/tr>/g)].map(([, row = '']) => row);
    const { actions, details, lists } = staffTexts.pt.audit;
    for (const row of rows) expect(row).toContain(kept.reference);
    const said = rows.map((row) => [...row.matchAll(/<td>([^<]*)<\/td>/g)].map(([, one]) => one).join(' | '));
    expect(said.toReversed()).toEqual([
      `Ana Exemplo | ${actions['case.view']} | ${kept.reference} | ${details.warning}`,
      `Ana Exemplo | ${actions['case.view']} | ${kept.reference} | `,
      `Ana Exemplo | ${actions['case.transcript']} | ${kept.reference} | ${details['withheld words']}`,
      `Ana Exemplo | ${actions['case.file']} | ${kept.reference} | ${details.pdf}`,
    ]);
    expect(page).toMatch(/<time datetime="2026-\d\d-\d\dT[^"]+">\d+ de [a-z]+\.? de 2026/);
    expect(page).toContain(lists);
    // From the case itself, also of a text that has no reference yet.
    await admin.browser.post(`${at}/ready`);
    expect((await admin.browser.get(at)).text).toContain(`/desk/audit?case=${kept.case}&amp;reads=1`);
    const own = (await admin.browser.get(`/desk/audit?case=${kept.case}&reads=1&staff=${id}`)).text;
    expect(own.match(/<td>Ana Exemplo<\/td>/g)).toHaveLength(4);
    expect(own).not.toContain(other.reference);
  });

  it('finds a case by an old row that has only its id, and a person without a case by their mark', async () => {
    const admin = await desk.signedIn('administrator');
    await desk.audit.record({ staff: admin, action: 'case.transcript', case: kept.case });
    const found = (await admin.browser.get(`/desk/audit?reads=1&reference=${kept.reference}`)).text;
    expect(found).toContain(`<td>${staffTexts.en.audit.actions['case.transcript']}</td>`);
    const person = await say(desk.temp.store, 'm-danger', 'Je suis en danger');
    await save(desk.temp.store, person, { flags: ['in-danger'] });
    const mark = /No case yet: ([0-9A-F]{4})/.exec((await admin.browser.get('/desk')).text)?.[1] ?? '';
    await admin.browser.get(`/desk/person/${person}`);
    const read = (await admin.browser.get(`/desk/audit?reads=1&reference=${mark}`)).text;
    expect(read).toContain(staffTexts.en.audit.details['before a case']);
  });
});

describe('the search', () => {
  it('finds an exact reference, in small letters too, and says plainly where there is none', async () => {
    const { browser } = await ready('reader');
    const found = await browser.get(`/desk/find?reference=%20${kept.reference.toLowerCase()}`);
    expect(found.headers.get('location')).toBe(`/desk/case/${kept.case}`);
    const none = await browser.get('/desk/find?reference=GR-NONE');
    expect([none.status, none.text.includes('No case has exactly this reference: GR-NONE')]).toEqual([404, true]);
  });
});

/** It never ends by itself: opened and left again. */
async function streams(browser: DeskBrowser, path: string): Promise<void> {
  const answer = await desk.app.request(path, {
    headers: { cookie: browser.cookie ?? '', 'sec-fetch-site': 'same-origin' },
  });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  await answer.body?.cancel();
}

function gateOf(page: string): string {
  return page.slice(page.indexOf('class="gate"'), page.indexOf('class="rest"'));
}
