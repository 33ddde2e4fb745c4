// Staff translate a text at the desk, paragraph by paragraph, because its author asked them to.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { newSession } from '../../src/dialog/engine/session.ts';
import { inEvery } from '../../src/languages.ts';
import { callFacts } from '../../src/staff/call-facts.ts';
import { approveMail, CASE, IN_CASE, message, NOON, openCase, part, PHONE, save } from '../store/family.ts';
import { withTerms } from '../support/terms.ts';
import { openTestDesk, type Colleague, type TestDesk } from './a-desk.ts';

const OWN = 'Pitit mwen te gen 19 an.\n\nYo pa janm di nou anyen.';
const PATH = `/desk/translation/${CASE.case}`;

const title = inEvery((language) => `The call in ${language}`);
const knows = {
  ...{ recipientOf: () => Promise.resolve(null), findings: () => [], wordingOf: () => null },
  ...{ withheldLabels: inEvery(() => []), callOf: () => ({ ...callFacts(withTerms({})), title }) },
};

let desk: TestDesk;
let person: string;
let ana: Colleague;
beforeEach(async () => {
  desk = await openTestDesk({ now: NOON, deps: { knows } });
  person = await openCase(desk.temp.store);
  await turn('m-asks', { flags: ['wants-translation'], addParts: [part('m-own', OWN)] });
  ana = await desk.signedIn('reviewer');
});
afterEach(() => desk.close());

async function turn(id: string, change: Parameters<typeof save>[2]): Promise<void> {
  await desk.temp.store.receive({ from: PHONE, messageId: id, event: message(id, '2') });
  const call = { id: 'emler-2024', hash: 'hash' };
  const session = {
    ...newSession({ language: 'ht', call, boot: 'b', lastAt: NOON }),
    ...CASE,
    translation: { by: 'staff', to: 'fr' },
  };
  await save(desk.temp.store, person, { ...IN_CASE, session, ...change });
}

/** The fields of the page, in its order, with the words that they are for. */
async function fields(who: Colleague): Promise<readonly { name: string; own: string; holds: string }[]> {
  const { text } = await who.browser.get(PATH);
  const pairs = text.matchAll(/<p id="own-([\w-]+)"[^>]*>([^<]*)<\/p>\s*<textarea[^>]*>\s*([^<]*)<\/textarea>/gu);
  return [...pairs].map(([, name = '', own = '', holds = '']) => ({ name, own, holds: holds.trim() }));
}
const waiting = async () => (await desk.temp.store.nextTurn(person))?.event ?? null;
const filled = (names: readonly { name: string }[], words: readonly string[]) =>
  Object.fromEntries(names.map(({ name }, index) => [name, words[index] ?? '']));

it('each paragraph has its field, and the author gets them with their own line breaks', async () => {
  const list = (await ana.browser.get('/desk/translation')).text;
  expect(list).toContain(PATH);
  expect(list).toContain('· The call in en');
  const all = await fields(ana);
  expect(all.map(({ own }) => own)).toEqual([expect.stringContaining('Koffi'), ...OWN.split('\n\n')]);
  const sent = await ana.browser.post(
    PATH,
    filled(all, ['Mon fils.', 'Mon enfant avait 19 ans.', 'Rien ne nous a été dit.']),
  );
  expect(sent.headers.get('location')).toBe('/desk/translation?said=given');
  expect(await waiting()).toMatchObject({
    kind: 'translated-by-staff',
    case: CASE.case,
    parts: [
      { id: 'm-story', text: 'Mon fils.' },
      { id: 'm-own', of: OWN, text: 'Mon enfant avait 19 ans.\n\nRien ne nous a été dit.' },
    ],
  });
  const rows = await desk.temp.store.audit.find({}, 100);
  expect(rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['translation.list', 'translation.view', 'translation.write']),
  );
  expect(JSON.stringify(rows)).not.toMatch(/Koffi|pitit|enfant/iu);
});

it('an unfinished one is kept for whoever goes on, and is not given to its author', async () => {
  const all = await fields(ana);
  const half = filled(all, ['Mon fils.', 'Mon enfant avait 19 ans.']);
  const refused = await ana.browser.post(PATH, half);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Mon enfant avait 19 ans.');
  await ana.browser.post(PATH, { ...half, keep: '1' });
  expect(await waiting()).toBeNull();
  const bea = await desk.signedIn('reviewer');
  expect((await fields(bea)).map(({ holds }) => holds)).toEqual(['Mon fils.', 'Mon enfant avait 19 ans.', '']);
});

it('words that were changed meanwhile have an empty field, and the others keep what was written', async () => {
  const all = await fields(ana);
  await turn('m-edit', { replaceParts: [part('m-own', 'Yon lòt bagay.')] });
  const answer = await ana.browser.post(PATH, filled(all, ['Mon fils.', 'Mon enfant avait 19 ans.', 'Rien.']));
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('Mon fils.');
  expect(answer.text).not.toContain('Mon enfant avait 19 ans.');
  expect(await waiting()).toBeNull();
});

it('nobody reads a text that is not to be translated, and a reader or a colleague who stepped back writes none', async () => {
  const all = await fields(ana);
  const words = filled(all, ['Un.', 'Deux.', 'Trois.']);
  const reader = await desk.signedIn('reader');
  expect((await reader.browser.get(PATH)).status).toBe(403);
  await approveMail(desk.temp.store, person);
  await turn('m-again', {});
  const { reviews } = desk.temp.store;
  const reviewer = { id: ana.id, role: 'reviewer' } as const;
  await reviews.stepBack({ reviewer, reference: 'GR-7K2M', at: NOON, reason: null });
  expect((await ana.browser.post(PATH, words)).headers.get('location')).toContain('notYours');
  await turn('m-other', { unflag: ['wants-translation'] });
  expect((await ana.browser.get(PATH)).status).toBe(404);
  expect((await ana.browser.post(PATH, words)).headers.get('location')).toContain('gone');
  expect(await waiting()).toBeNull();
});
