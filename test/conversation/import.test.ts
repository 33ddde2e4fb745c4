// An organiser brings an earlier interview: a real Word file, read by the real reader, into a real store.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDocx } from '../../src/channels/media/read-docx.ts';
import { aDocx } from '../channels/whatsapp/a-docx.ts';
import { BEGIN, startApp, type Phone, type TestApp } from '../support/running-app.ts';

const INTERVIEW = [
  'They came for her brother at night, and nobody showed a paper.',
  'The judge never heard the neighbours who saw it.',
  'Nobody called her for two whole days.',
  'End of the recording, thank you all for coming.',
] as const;

let test: TestApp;
let organiser: Phone;

beforeEach(async () => {
  test = await startApp();
  organiser = test.phone('organiser');
  await organiser.saysAll([...BEGIN, '4', '1', 'girasol', 'girasol', 'Amina', 'english', '1']);
});
afterEach(() => test.close());

async function brings(paragraphs: readonly string[]): Promise<string> {
  const read = await readDocx(aDocx(...paragraphs));
  if (!read.ok) throw new Error('the file was not read');
  await test.app.settle();
  const before = test.sent.filter(({ to }) => to === organiser.address.address).length;
  await organiser.hears({ kind: 'file-read', text: read.text });
  return organiser.reads(before);
}

async function answers(): Promise<readonly (readonly [string, string])[]> {
  const { contribution } = await organiser.session();
  const parts = await test.app.store.parts(contribution ?? '');
  return parts.flatMap(({ slot, text, pending }) => (pending === true ? [] : [[slot, text] as const]));
}

async function waiting(): Promise<readonly string[]> {
  const { contribution } = await organiser.session();
  const parts = await test.app.store.parts(contribution ?? '');
  return parts.flatMap(({ text, pending, was }) => (pending === true && was === undefined ? [text] : []));
}

describe('an interview in a Word file', () => {
  it('is laid out in numbers, and nothing of it is an answer before it was placed', async () => {
    const shown = await brings(INTERVIEW);
    for (const [index, text] of INTERVIEW.entries()) expect(shown).toContain(`(${index + 1}) ${text}`);
    expect(shown).toContain('A: The story');
    expect(await answers()).toEqual([]);
    expect((await organiser.session()).counts).toEqual({});
    expect(await waiting()).toEqual(INTERVIEW);
  });

  it('goes where its organiser says, and the rest is left out when they end', async () => {
    await brings(INTERVIEW);
    await organiser.saysAll(['1, 3 A', '2 B']);
    expect(await organiser.asks('next')).toContain('Paragraphs without a place: 1.\nNumbers: 4.');
    expect(await waiting()).toEqual([INTERVIEW[3]]);
    expect(await organiser.asks('1')).toContain('Paragraphs: 3.\nLeft out: 1. *undo*');
    expect(await answers()).toEqual([
      ['story', INTERVIEW[0]],
      ['topic/investigation', INTERVIEW[1]],
      ['story', INTERVIEW[2]],
    ]);
    expect(await waiting()).toEqual([]);
    const session = await organiser.session();
    expect(session.at.prompt).toBe('story');
    expect(session.importing).toBeUndefined();
    expect(session.counts['story']?.parts).toBe(2);
  });

  it('leaves nothing of what was erased in the transcript', async () => {
    await brings(INTERVIEW);
    await organiser.saysAll(['1-3 A', 'next', '1']);
    const person = (await organiser.person()) ?? '';
    const told = (await test.app.store.transcript(person, null)).map(({ text }) => text ?? '').join('\n');
    expect(told).toContain('I’ve read the text.');
    for (const text of INTERVIEW) expect(told).not.toContain(text);
  });

  it('is still there after a restart, a pause and a visit to another case', async () => {
    await brings(INTERVIEW);
    await organiser.says('2 B');
    await test.reopen();
    await organiser.saysAll(['new', 'Carlos', 'english', '1']);
    expect(await waiting()).toEqual([]);
    await organiser.saysAll(['cases', '1']);
    expect(await organiser.asks('the rest to the story')).toContain('1, 3-4: The story');
    await organiser.says('next');
    expect((await answers()).map(([slot]) => slot)).toEqual(['story', 'topic/investigation', 'story', 'story']);
  });

  it('warns where the same words stand in another case, by number until the own word is given', async () => {
    await brings(INTERVIEW);
    await organiser.saysAll(['the rest A', 'next', 'new', 'Carlos', 'english', '1']);
    const warned = await brings(['He saw the car without plates.', INTERVIEW[2].toUpperCase()]);
    expect(warned).toContain('are already in another of your texts (Amina): 2.');
    expect(warned).not.toContain('(Amina): 1');
    test.later(60);
    expect(await brings([INTERVIEW[1]])).toContain('(Person 1): 3.');
    expect(await answers()).toEqual([]);
  });

  it('never compares with what another organiser has', async () => {
    await brings(INTERVIEW);
    await organiser.saysAll(['the rest A', 'next']);
    const first = organiser;
    organiser = test.phone('another');
    await organiser.saysAll([...BEGIN, '4', '1', 'jacaranda', 'jacaranda', 'Noor', 'english', '1']);
    expect(await brings(INTERVIEW)).not.toContain('already');
    organiser = first;
    expect(await brings([INTERVIEW[0]])).toContain('They’re already in this text: 1.');
  });

  it('goes with its case when that is erased', async () => {
    await brings(INTERVIEW);
    const { contribution } = await organiser.session();
    await organiser.saysAll(['delete', '1', 'ERASE']);
    expect(await test.app.store.parts(contribution ?? '')).toEqual([]);
  });

  it('goes with the message that brought it, when that is deleted for everyone', async () => {
    const read = await readDocx(aDocx(...INTERVIEW));
    await organiser.hears({ kind: 'file-read', text: read.ok ? read.text : '' }, 'the-file');
    await organiser.says('1 A');
    await organiser.hears({ kind: 'deletion', target: 'the-file' });
    expect(await answers()).toEqual([]);
    expect(await waiting()).toEqual([]);
    expect(await organiser.asks('next')).toContain('The interview has its place. Paragraphs: 0.');
  });

  it('goes with that message also when another case is open', async () => {
    const read = await readDocx(aDocx(...INTERVIEW));
    await organiser.hears({ kind: 'file-read', text: read.ok ? read.text : '' }, 'the-file');
    const { contribution } = await organiser.session();
    await organiser.saysAll(['leave out 1', '2 A', 'new', 'Carlos', 'english', '1', 'He saw the car without plates.']);
    await organiser.hears({ kind: 'deletion', target: 'the-file' });
    expect(await test.app.store.parts(contribution ?? '')).toEqual([]);
    expect((await answers()).map(([, text]) => text)).toEqual(['He saw the car without plates.']);
  });

  it('can be read on a page that draws what was said, and in no other transcript', async () => {
    await brings(INTERVIEW);
    const person = (await organiser.person()) ?? '';
    const drawn = await test.app.store.transcript(person, null, 'phone');
    expect(drawn.some(({ text }) => text?.includes(INTERVIEW[0]) === true)).toBe(true);
    const told = await test.app.store.transcript(person, null);
    expect(told.some(({ text }) => text?.includes(INTERVIEW[0]) === true)).toBe(false);
  });

  it('is refused where no text is open, and not kept', async () => {
    await organiser.says('cases');
    expect(await brings(INTERVIEW)).toContain('I haven’t kept it.');
    expect(await organiser.asks('import')).toContain('only where a text is open');
    const told = await test.app.store.transcript((await organiser.person()) ?? '', null);
    expect(told.some(({ text }) => text?.includes(INTERVIEW[0]) === true)).toBe(false);
  });
});

describe('whoever writes for themselves', () => {
  it('gets a file shown and used on a yes, as ever', async () => {
    organiser = test.phone('mother');
    await organiser.saysAll([...BEGIN, '1']);
    expect(await brings([INTERVIEW[0]])).toContain('This is what I read in your file.');
    await organiser.says('1');
    expect(await answers()).toEqual([['story', INTERVIEW[0]]]);
  });
});
