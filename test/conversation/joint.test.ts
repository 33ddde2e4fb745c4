// Several people in one document: attributed as each of them chose, under one limit, and out of it when one of them says so.

import mammoth from 'mammoth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSession, type Session } from '../../src/dialog/engine/session.ts';
import { BEGIN, operatorOn, startApp, until, type Phone, type TestApp } from '../support/running-app.ts';
import { startSmtp, type ReceivedMail, type TestSmtp } from '../support/smtp.ts';

const STORIES: Readonly<Record<string, string>> = {
  Amina: 'They came at night. Nobody told her where her brother was for two whole days.',
  Carlos: 'He saw the car without plates. He asked for the file three times.',
  Dina: 'She went to the station every morning. The officer said there was no complaint.',
};
const AGREE: readonly string[] = ['R. M.', '1', '1', '1'];
const WITHDRAWAL = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/u;

let smtp: TestSmtp;
let test: TestApp;
let organiser: Phone;

beforeEach(async () => {
  smtp = await startSmtp();
  test = await startApp({ env: operatorOn(smtp.port) });
  organiser = test.phone('organiser');
  await organiser.saysAll([...BEGIN, '4', '2', 'girasol', 'girasol']);
});

afterEach(async () => {
  await test.close();
  await smtp.close();
});

/** `name`: what the answers to "how should the name of the person who tells stand" are. */
async function tells(label: string, publication: '1' | '2' | '3', name: readonly string[] = ['skip']): Promise<string> {
  if ((await sessions()).length > 0 || label !== 'Amina') await organiser.says('new');
  await organiser.saysAll([label, 'english', '1', STORIES[label] ?? '', 'next', 'next', 'skip all', 'next']);
  await organiser.saysAll(['skip', ...name, '4', publication, ...(publication === '1' ? ['PUBLISH'] : [])]);
  await organiser.saysAll(AGREE.slice(0, -1));
  return WITHDRAWAL.exec(await organiser.asks('1'))?.[0] ?? '';
}

async function sessions(): Promise<readonly Session[]> {
  const all = await test.app.store.sessions((await organiser.person()) ?? '');
  return all.map(({ session }) => parseSession(session)).filter(({ teller, joint }) => teller ?? joint);
}

async function textOf(mail: ReceivedMail | undefined): Promise<string> {
  const file = mail?.mail.attachments.find(({ filename }) => filename?.endsWith('.docx') === true);
  if (file === undefined || typeof file.content === 'string') throw new Error('there is no Word file');
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(new Uint8Array(file.content)) });
  return value;
}

const words = (text: string) => Number(/(\d+) with headings, 2500/u.exec(text)?.[1] ?? 0);

describe('a document for several', () => {
  it('holds the words of each under one heading, by their numbers, named as each person chose', async () => {
    await tells('Amina', '1', ['1', 'Amina Exemplo', '1']);
    await tells('Carlos', '1', ['2', 'Carlos Ejemplo', '1']);
    await tells('Dina', '1');
    const budget = await organiser.asks('together');
    expect(budget).toContain('*1* Amina: 15 words, public, with names');
    for (const few of ['Carlos', 'Amina, Bea and Dina']) {
      expect(await organiser.asks(few)).toContain('Please write at least two numbers of the list.');
    }
    const asked = await organiser.asks('amina, Carlos and dina');
    expect(asked).toMatch(/Amina \d+, Carlos \d+, Dina \d+\. \d+ left\./u);
    await organiser.saysAll(['4', 'SEND', '2']);
    await until(() => smtp.received.length === 1);
    const text = await textOf(smtp.received[0]);
    expect(text).toContain('A joint submission of 3 people: contributions (1) to (3).');
    expect(text).toContain('Amina Exemplo');
    expect(text).toContain('C. E.');
    expect(text).not.toContain('Carlos');
    expect(text).not.toContain('Dina');
    expect(text).not.toContain('R. M.');
    for (const story of Object.values(STORIES)) expect(text).toContain(story);
    expect(text.split('The testimony')).toHaveLength(2);
    const signed = ['Amina', 'Carlos', 'Dina'].map((name, index) => `(${index + 1}) ${STORIES[name] ?? '?'}`);
    const places = ['(1) Amina Exemplo', '(2) C. E.', 'The testimony', ...signed].map((one) => text.indexOf(one));
    expect(places).toEqual(places.filter((place) => place >= 0).toSorted((a, b) => a - b));
  });

  it('takes a name that one of them refuses out of everybody’s words', async () => {
    STORIES_WITH_NAMES.forEach(([label, story]) => void Object.assign(STORIES, { [label]: story }));
    await tells('Bea', '3', ['3', 'Beatriz Ejemplo', '1']);
    await tells('Edu', '3');
    await organiser.says('together');
    const shown = await organiser.asks('all');
    await organiser.saysAll(['4', 'SEND', '2']);
    await until(() => smtp.received.length === 1);
    const text = await textOf(smtp.received[0]);
    expect(text).not.toContain('Beatriz');
    expect(text).toContain('[name withheld] waited with me.');
    // Before it binds: whose words change for somebody else, and how they will read.
    expect(shown).toContain('What one of them hides is hidden in everybody’s words.');
    expect(shown).toContain('· Edu: [name withheld] waited with me.');
    expect(shown).not.toContain('· Bea:');
  });

  const CHOICES = ['1', '2', '3'] as const;
  const FIRST_LINE = {
    '1': 'The author agrees to full publication',
    '2': 'PUBLICATION WITHOUT NAMES ONLY',
    '3': 'CONFIDENTIAL',
  } as const;
  it.each(CHOICES.flatMap((a) => CHOICES.map((b) => [a, b] as const)))(
    'follows one choice only: %s and %s',
    async (a, b) => {
      await tells('Amina', a);
      await tells('Carlos', b);
      await tells('Dina', a);
      await organiser.says('together');
      const asked = await organiser.asks('all');
      if (a === b) await organiser.saysAll(['4', 'SEND', '2']);
      else {
        expect(asked).toContain('These people chose differently who may read it.');
        // Those of the first choice in the list have a document together; the other one goes alone.
        const pair = a < b ? '1' : '2';
        await organiser.saysAll([pair, '4', 'SEND', '2', 'cases']);
        await organiser.saysAll(['carlos', 'next', 'SEND', '2']);
      }
      await until(() => smtp.received.length === (a === b ? 1 : 2));
      const [first, second] = [await textOf(smtp.received[0]), a === b ? '' : await textOf(smtp.received[1])];
      expect(first).toContain(FIRST_LINE[a]);
      expect(smtp.received[0]?.mail.text).toContain(FIRST_LINE[a]);
      expect(first).toContain(STORIES['Amina']);
      expect(first).toContain(STORIES['Dina']);
      if (a === b) expect(first).toContain(STORIES['Carlos']);
      else {
        expect(first).not.toContain(STORIES['Carlos']);
        expect(second).toContain(STORIES['Carlos']);
        expect(second).toContain(FIRST_LINE[b]);
        expect(second).not.toContain(STORIES['Amina']);
      }
    },
  );

  it('goes with 2,500 words exactly, and not with one more until it is shortened', async () => {
    await tells('Amina', '3');
    await tells('Carlos', '3');
    await organiser.says('together');
    const before = words(await organiser.asks('all'));
    const pad = (count: number) => `${'wait '.repeat(count - 1)}wait.`;
    await organiser.saysAll(['cases', 'carlos', 'review', '1', '1', pad(2501 - before), 'next', 'next']);
    await organiser.saysAll([...AGREE, 'cases']);
    const over = await organiser.asks('3');
    expect(over).toContain('It has 2501 words; 2500 are allowed. 1 must go.');
    expect(over).toMatch(/\*2\* Carlos: \d+ words, could lose 1/u);
    await organiser.says('2');
    const shown = await organiser.asks('1');
    expect(shown).toContain('Your sentences, each with its words.');
    await organiser.says(`${STORIES['Carlos'] ?? ''} ${pad(2500 - before)}`);
    await organiser.says('REPLACE');
    await organiser.saysAll(AGREE);
    await organiser.says('cases');
    expect(words(await organiser.asks('3'))).toBe(2500);
    await organiser.saysAll(['4', 'SEND', '2']);
    await until(() => smtp.received.length === 1);
  });

  it('leaves out whose text changed since it was agreed, and says so', async () => {
    await tells('Amina', '3');
    await tells('Carlos', '3');
    await tells('Dina', '3');
    await organiser.saysAll(['together', 'all', 'cases', 'carlos']);
    await organiser.saysAll(['review', '1', '1', 'And nobody has heard this sentence.', 'next', 'cases']);
    const asked = await organiser.asks('4');
    expect(asked).toContain('Not in it, because the text or the choice changed since it was agreed:\nCarlos');
    await organiser.saysAll(['4', 'SEND', '2']);
    await until(() => smtp.received.length === 1);
    const text = await textOf(smtp.received[0]);
    expect(text).toContain('A joint submission of 2 people: contributions (1) to (2).');
    expect(text).not.toContain(STORIES['Carlos']);
    expect(text).not.toContain('nobody has heard');
  });

  it('loses the words, and only the words, of whoever withdraws before it leaves', async () => {
    await test.close();
    test = await startApp({ env: { ...operatorOn(smtp.port), SEND_WINDOW_MINUTES: '10' } });
    organiser = test.phone('organiser');
    await organiser.saysAll([...BEGIN, '4', '2', 'girasol', 'girasol']);
    await tells('Amina', '3');
    const code = await tells('Carlos', '3');
    await tells('Dina', '3');
    await organiser.saysAll(['together', 'all', '4', 'SEND', '2']);
    await test.phone('carlos').saysAll(['hello', code, 'WITHDRAW']);
    await test.app.conversation.recover();
    const told = await organiser.asks('repeat');
    expect(told).toContain('A person has taken their text back');
    expect((await organiser.session()).mails).toEqual([]);
    await organiser.saysAll(['4', 'SEND', '2']);
    test.later(11);
    await until(() => smtp.received.length === 1);
    const text = await textOf(smtp.received[0]);
    expect(text).not.toContain(STORIES['Carlos']);
    expect(text).toContain(STORIES['Amina']);
    expect(text).toContain(STORIES['Dina']);
    expect(text).toContain('A joint submission of 2 people: contributions (1) to (2).');
  });

  it('asks the body to take back one part, by its number, after it has left', async () => {
    await tells('Amina', '3');
    const code = await tells('Carlos', '3');
    await organiser.saysAll(['together', 'all', '4', 'SEND', '2']);
    await until(() => smtp.received.length === 1);
    const joint = (await sessions()).find((one) => one.joint !== undefined);
    expect(await test.app.store.contributionsOf(joint?.case ?? '')).toHaveLength(2);
    await test.phone('carlos').saysAll(['hello', code, 'WITHDRAW']);
    await test.app.conversation.recover();
    await until(() => smtp.received.length === 2);
    const { text } = smtp.received[1]?.mail ?? {};
    expect(text).toContain(`contribution 2 of the submission ${joint?.reference ?? ''}`);
    expect(text).toContain('The other contributions stay.');
    expect(text).not.toContain('Carlos');
    const left = await test.app.store.contributionsOf(joint?.case ?? '');
    expect(await organiser.asks('cases')).toContain('*2* One document for 1 person: sent');
    expect(left).toHaveLength(1);
    expect(left[0]?.consents.map(({ purpose }) => purpose)).toContain('read-back');
  });

  it('is corrected after it has left: what was changed is read back, and nobody is sent a second time', async () => {
    await tells('Amina', '3');
    await tells('Carlos', '3');
    await organiser.saysAll(['together', 'all', '4', 'SEND', '2']);
    await until(() => smtp.received.length === 1);
    await organiser.saysAll(['cases', '3', 'correct', '2', '1', '1', 'He asked a fourth time.', 'next']);
    const changed = await organiser.asks('next');
    expect(changed).toContain('Who reads the whole text to Carlos?');
    expect(await organiser.asks('cases')).toContain('Carlos: 0 of 5 points, 18 words, not read back yet');
    // The other one stands in what was sent, whatever the new version holds so far.
    const notIn = await organiser.asks('3');
    expect(notIn).toContain('Not in it, because the text or the choice changed since it was agreed:\nCarlos');
    await organiser.says('cases');
    expect(await organiser.asks('amina')).toContain('Not a second time.');
    expect(await organiser.asks('SEND it please')).not.toContain('Nothing was sent');
    await organiser.saysAll(['cases', 'carlos', 'R. M.', '1', '1']);
    expect(await organiser.asks('1')).toContain('Not a second time.');
    await organiser.saysAll(['cases', '3', '4', 'SEND', '2']);
    await until(() => smtp.received.length === 2);
    const text = await textOf(smtp.received[1]);
    expect(text).toContain('A joint submission of 2 people: contributions (1) to (2).');
    expect(text).toContain('He asked a fourth time.');
    expect(text).toContain(STORIES['Amina']);
    expect(text).toContain('CONFIDENTIAL');
  });

  it('is taken back as a whole by its organiser, and every text stays', async () => {
    await tells('Amina', '3');
    await tells('Carlos', '3');
    await organiser.saysAll(['together', 'all', '4', 'SEND', '2']);
    await until(() => smtp.received.length === 1);
    await organiser.saysAll(['withdraw', '1', 'WITHDRAW']);
    await until(() => smtp.received.length === 2);
    await until(async () => (await sessions()).every(({ joint }) => joint === undefined));
    const told = await organiser.asks('cases');
    expect(told).toContain('The document for several was taken back, and our copy is erased.');
    expect(told).toContain('*2* Carlos');
  });

  it('goes with everything else when the organiser erases everything', async () => {
    await tells('Amina', '3');
    await tells('Carlos', '3');
    await organiser.saysAll(['together', 'all', '4', 'SEND', '2']);
    await until(() => smtp.received.length === 1);
    await organiser.saysAll(['delete', '2', 'ERASE']);
    expect(await organiser.person()).toBeNull();
  });
});

const STORIES_WITH_NAMES = [
  ['Bea', 'I waited at the gate all day. Nobody came out to speak with me.'],
  ['Edu', 'Beatriz Ejemplo waited with me. The guard sent us away twice.'],
] as const;
