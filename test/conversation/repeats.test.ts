// The same message more than once, at once, late, changed, taken back.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectSound } from '../support/expect-sound.ts';
import { BEGIN, startApp, STORY, TO_SEND, type Phone, type TestApp } from '../support/running-app.ts';

let griot: TestApp;
let phone: Phone;
beforeEach(async () => {
  griot = await startApp();
  phone = griot.phone('+00 000 0111');
});
afterEach(() => griot.close());

async function consents(purpose: string): Promise<number> {
  const { contribution } = await phone.session();
  const rows = await griot.app.store.consents(contribution ?? '');
  return rows.filter((row) => row.purpose === purpose).length;
}

describe('fault 14: one message, delivered many times at once', () => {
  test.each([2, 50])('%i times: one effect, one answer', async (times) => {
    await phone.saysAll(BEGIN);
    await griot.app.settle();
    const before = griot.sent.length;
    const taken = await Promise.all(Array.from({ length: times }, () => phone.says(STORY, 'the-same')));
    expect(taken.filter((one) => one.new)).toHaveLength(1);
    expect(await phone.kept()).toEqual([STORY]);
    await griot.app.settle();
    expect(griot.sent).toHaveLength(before + 2); // that it is saved, and the role as it was understood
    await expectSound(griot.dir);
  });

  test('the first message of a stranger, too: one person is made', async () => {
    const taken = await Promise.all(Array.from({ length: 20 }, () => phone.says('hello', 'the-same')));
    expect(new Set(taken.map(({ person }) => person)).size).toBe(1);
    expect(taken.filter((one) => one.new)).toHaveLength(1);
  });
});

describe('fault 15: the same words again under a new id', () => {
  test('a tap on a consent counts once for one asking of it, however often it comes', async () => {
    await phone.saysAll(BEGIN.slice(0, 3));
    const { version } = await phone.session();
    const tap = { kind: 'message', text: 'Yes', choice: { prompt: 'keep', version, value: 'keep-adult' } } as const;
    await Promise.all([phone.hears(tap, 'a'), phone.hears(tap, 'b'), phone.hears(tap, 'c')]);
    expect(await consents('keep')).toBe(1);
    expect((await phone.session()).at).toEqual({ prompt: 'for-whom' });
    expect(await phone.reads()).toContain('earlier question');
  });

  test('a second "1" answers the next question, as it should', async () => {
    await phone.saysAll([...BEGIN, '1']);
    expect(await consents('keep')).toBe(1);
    expect(await phone.session()).toMatchObject({ role: 'family', at: { prompt: 'story' } });
  });

  test('SEND twice is one approval and one mail', async () => {
    await phone.saysAll(TO_SEND);
    await Promise.all([phone.says('SEND', 'once'), phone.says('SEND', 'twice')]);
    expect(await consents('approve')).toBe(1);
    const { reference } = await phone.session();
    expect(await griot.app.store.mail(reference ?? '')).toHaveLength(1);
  });
});

describe('fault 16: changed, taken back, out of order', () => {
  test('an edit changes that part of the answer, and says so; an old copy of the first version changes nothing', async () => {
    await phone.saysAll(BEGIN);
    await phone.says(STORY, 'first');
    await phone.says('It was on a Tuesday.', 'second');
    await phone.hears({ kind: 'edit', target: 'first', text: 'They killed my cousin in March.' });
    await phone.says(STORY, 'first');
    expect(await phone.kept()).toEqual(['They killed my cousin in March.', 'It was on a Tuesday.']);
    const { person } = await phone.says('words');
    const line = (await griot.app.store.transcript(person, null)).find(({ id }) => id === 'first');
    expect(line).toMatchObject({ text: 'They killed my cousin in March.', edited: true });
  });

  test('a deletion takes it out of answer and transcript and leaves a mark; a late copy does not bring it back', async () => {
    await phone.saysAll(BEGIN);
    await phone.says(STORY, 'first');
    const { person } = await phone.hears({ kind: 'deletion', target: 'first' });
    await phone.says(STORY, 'first');
    expect(await phone.kept()).toEqual([]);
    const texts = (await griot.app.store.transcript(person, null)).filter(({ from }) => from === 'person');
    expect(texts.map(({ text }) => text)).toEqual([...BEGIN, null]);
  });

  test('a deletion of what was written before the yes takes it out of what is held', async () => {
    await phone.says(STORY, 'first');
    await phone.hears({ kind: 'deletion', target: 'first' });
    const { person } = await phone.says('1');
    expect(await griot.app.store.held(person)).toEqual([]);
    await phone.saysAll(['1', '1', '1']);
    expect(await phone.session()).toMatchObject({ at: { prompt: 'story' }, held: { parts: 0, words: 0 } });
  });

  test('an edit of what is held changes it, too', async () => {
    await phone.says(STORY, 'first');
    const { person } = await phone.hears({ kind: 'edit', target: 'first', text: 'They killed my cousin in March.' });
    expect((await griot.app.store.held(person)).map(({ text }) => text)).not.toContain(STORY);
  });

  test('a message that was put in doubt and then deleted is not kept by a later yes', async () => {
    await phone.saysAll([...BEGIN, STORY]);
    await phone.says('will the police read it?', 'asked');
    expect((await phone.session()).at.prompt).toBe('doubt');
    await phone.hears({ kind: 'deletion', target: 'asked' });
    await phone.says('1');
    expect(await phone.kept()).not.toContain('will the police read it?');
  });

  test('an edit or deletion of a message that nobody knows changes nothing', async () => {
    await phone.saysAll([...BEGIN, STORY]);
    await phone.hears({ kind: 'edit', target: 'unknown', text: 'other words' });
    await phone.hears({ kind: 'deletion', target: 'unknown' });
    expect(await phone.kept()).toEqual([STORY]);
  });

  test('what was approved is not changed from under its approval', async () => {
    await phone.saysAll(BEGIN);
    await phone.says(STORY, 'first');
    await phone.saysAll([...TO_SEND.slice(BEGIN.length + 1), 'SEND']);
    const { reference } = await phone.session();
    const [before] = await griot.app.store.mail(reference ?? '');
    await phone.hears({ kind: 'edit', target: 'first', text: 'They killed my cousin in March.' });
    expect(await phone.kept()).toEqual([STORY]);
    expect(await griot.app.store.mail(reference ?? '')).toEqual([before]);
  });
});
