// A reviewer listens and types; its speaker decides. What they did is recorded, and nobody else hears anything.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CASE, IN_CASE, NOON, openCase, PHONE, save } from '../store/family.ts';
import { openTestDesk, type Colleague, type TestDesk } from './a-desk.ts';

const SOUND = { bytes: Buffer.from('OggS and what she said'), type: 'audio/ogg' };

let desk: TestDesk;
let person: string;
const told: string[] = [];
beforeEach(async () => {
  told.length = 0;
  desk = await openTestDesk({ now: NOON, deps: { afterAct: () => Promise.resolve(void told.push('told')) } });
  const { store } = desk.temp;
  person = await openCase(store);
  await store.receive({ from: PHONE, messageId: 'v1', event: { id: 'v1', at: NOON, kind: 'voice' }, sound: SOUND });
  await save(store, person, { ...IN_CASE, queueVoice: [{ id: 'v1', by: 'person' }] });
});
afterEach(() => desk.close());

async function first(reviewer: Colleague): Promise<string> {
  const list = await reviewer.browser.get('/desk/voice');
  expect(list.status).toBe(200);
  return /href="(\/desk\/voice\/\d+)"/u.exec(list.text)?.[1] ?? '';
}

const acts = async () =>
  (await desk.temp.store.audit.find({}, 100)).map(({ action, staff }) => `${action} ${staff ?? ''}`);

describe('recordings on the desk', () => {
  it('are heard as they came, typed, and given to their speaker; who did it is recorded', async () => {
    const reviewer = await desk.signedIn('reviewer');
    // Overlooked, it would be erased after seven days: it is a row of the list, with the way to it.
    expect((await reviewer.browser.get('/desk')).text).toMatch(
      /A recording is erased unheard\.<\/strong>\s*<a href="\/desk\/voice">Listen, and write it down<\/a>\s*<span class="quiet">waiting for \d+ min · [67] days left/u,
    );
    const path = await first(reviewer);
    expect((await reviewer.browser.get(path)).text).toContain(`${path}/sound`);
    const answer = await desk.app.request(`https://desk.example.org${path}/sound`, {
      headers: { cookie: reviewer.browser.cookie ?? '' },
    });
    expect(answer.headers.get('content-type')).toBe('audio/ogg');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(SOUND.bytes);
    await reviewer.browser.get(path);
    const saved = await reviewer.browser.post(path, { words: 'Personne ne nous a prévenus.\r\nDeux jours.' });
    expect(saved.status).toBe(303);
    expect((await desk.temp.store.nextTurn(person))?.event).toMatchObject({
      kind: 'voice-written',
      note: 'v1',
      text: 'Personne ne nous a prévenus.\nDeux jours.',
      by: 'person',
    });
    expect(told).toEqual(['told']);
    expect(await acts()).toEqual(
      expect.arrayContaining([`voice.type ${reviewer.id}`, `voice.hear ${reviewer.id}`, `voice.list ${reviewer.id}`]),
    );
    expect(JSON.stringify(await desk.temp.store.audit.find({}, 100))).not.toContain('Personne');
  });

  it('are typed once: whoever comes second is told', async () => {
    const [one, other] = [await desk.signedIn('reviewer'), await desk.signedIn('reviewer')];
    const path = await first(one);
    await one.browser.get(path);
    await other.browser.get(path);
    await one.browser.post(path, { words: 'Personne.' });
    const late = await other.browser.post(path, { words: 'Autre chose.' });
    expect(late.headers.get('location')).toBe('/desk/voice?said=gone');
    expect(told).toHaveLength(1);
  });

  it('that cannot be understood are said to be so; an empty field and a book are not taken', async () => {
    const reviewer = await desk.signedIn('reviewer');
    const path = await first(reviewer);
    await reviewer.browser.get(path);
    expect((await reviewer.browser.post(path, { words: ' ' })).status).toBe(422);
    expect((await reviewer.browser.post(path, { words: 'x'.repeat(100_001) })).status).toBe(422);
    await reviewer.browser.post(path, { words: '', nothing: '1' });
    expect((await desk.temp.store.nextTurn(person))?.event).toMatchObject({ kind: 'voice-written', text: '' });
  });

  it('are gone from the desk when their speaker takes them back, or the case is erased', async () => {
    const reviewer = await desk.signedIn('reviewer');
    const path = await first(reviewer);
    await desk.temp.store.eraseCase(CASE.case);
    expect((await reviewer.browser.get(`${path}/sound`)).status).toBe(404);
    expect((await reviewer.browser.get('/desk/voice')).text).not.toContain(path);
  });

  it('are for reviewers: a reader hears none', async () => {
    const reader = await desk.signedIn('reader');
    for (const path of ['/desk/voice', '/desk/voice/1', '/desk/voice/1/sound']) {
      expect((await reader.browser.get(path)).status).toBe(403);
    }
  });
});
