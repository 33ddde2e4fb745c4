// The word of one's own set back by staff: in what is kept, for one person and for an organiser with many texts.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSession } from '../../src/dialog/engine/session.ts';
import type { Reviewer } from '../../src/store/reviews/review-mail.ts';
import { BEGIN, type Phone, startApp, STORY, type TestApp } from '../support/running-app.ts';

const ANA: Reviewer = { id: 'staff-ana', role: 'reviewer' };
const RESET = 'About your secret word.\nSomeone at Griot has cancelled it, because it was asked for on';
const OFFER = 'Would you like a secret word?';
const LOCKED = 'Please write your secret word first.';

let test: TestApp;
let phone: Phone;

beforeEach(async () => {
  test = await startApp();
  phone = test.phone('mother');
});

afterEach(() => test.close());

async function setBack(contribution: string | null): Promise<void> {
  const act = { reviewer: ANA, to: { contribution: contribution ?? '' }, reason: 'called-back' } as const;
  expect(await test.app.store.reviews.setOwnWordBack({ ...act, at: test.now.toISOString() })).toEqual({ kind: 'done' });
  await test.app.conversation.recover();
  await test.app.settle();
}

describe('no harm 4: the word of one’s own, set back by staff', () => {
  it('is told with the next message and not before, also after a restart, and opens what was locked', async () => {
    await phone.saysAll([...BEGIN, STORY, 'next', 'girasol', 'girasol']);
    test.later(60);
    expect(await phone.asks('review')).toContain(LOCKED);
    for (const wrong of ['one', 'two', 'three', 'four', 'five']) await phone.says(`wrong ${wrong}`);
    expect(await phone.asks('girasol')).toContain('It can be tried again in');

    const before = await phone.reads();
    await setBack((await phone.session()).contribution);
    expect(await phone.reads()).toBe(before);
    await test.reopen();

    const told = await phone.asks('girasoles');
    expect(told.indexOf(RESET)).toBeGreaterThanOrEqual(0);
    expect(told.indexOf(RESET)).toBeLessThan(told.indexOf(OFFER));
    expect(told).not.toContain(LOCKED);
    await phone.says('tulipan');
    const open = await phone.asks('tulipan');
    expect(open).toContain('Your word is set.');
    expect((await phone.session()).at.prompt).toBe('review');
    const { contribution } = await phone.session();
    const said = await test.app.store.transcriptOfContribution((await phone.person()) ?? '', contribution ?? '');
    expect(JSON.stringify(said)).not.toMatch(/girasol|tulipan/);
    expect(await phone.kept()).toEqual([STORY]);
  });

  it('counts for all texts of an organiser, whichever is open', async () => {
    await phone.saysAll([...BEGIN, '4', '1', 'girasol', 'girasol']);
    for (const [name, story] of [
      ['Amina', STORY],
      ['Carlos', 'He saw the car.'],
    ] as const) {
      if (name === 'Carlos') await phone.says('new');
      await phone.saysAll([name, 'english', '1', story]);
    }
    const person = (await phone.person()) ?? '';
    const all = async () => (await test.app.store.sessions(person)).map(({ session }) => parseSession(session));
    const amina = (await all()).find(({ teller }) => teller?.label === 'Amina');
    test.later(60);
    expect(await phone.asks('cases')).toContain(LOCKED);

    await setBack(amina?.contribution ?? null);
    const told = await phone.asks('girasoles');
    expect(told.indexOf(RESET)).toBeGreaterThanOrEqual(0);
    expect(told).toContain(OFFER);
    expect(told).not.toContain('Amina');
    await phone.says('tulipan');
    expect(await phone.asks('tulipan')).toContain('Amina');
    const opened = await phone.asks('1');
    expect(opened).toContain('Now open:\nAmina');
    expect(opened).not.toContain(RESET);
    test.later(60);
    expect(await phone.asks('review')).toContain(LOCKED);
    expect(await phone.asks('girasol')).toContain('That isn’t the word.');
    await phone.says('tulipan');
    expect((await phone.session()).at.prompt).toBe('review');
  });

  it('reaches an organiser within the text that is open, and takes nothing of what is told there', async () => {
    await phone.saysAll([...BEGIN, '4', '1', 'girasol', 'girasol', 'Amina', 'english', '1', STORY]);
    await setBack((await phone.session()).contribution);
    expect((await phone.session()).ownWord).not.toBeNull();
    const more = 'They asked for the file three times.';
    const told = await phone.asks(more);
    expect(told).toContain(RESET);
    expect(told).not.toContain(OFFER);
    expect(await phone.kept()).toEqual([STORY, more]);
    expect((await phone.session()).ownWord).toBeNull();
    expect(await phone.asks('next')).toContain(OFFER);
  });
});
