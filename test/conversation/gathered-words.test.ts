// What staff and mail servers have to say about one text while its organiser is in another: it is said of the text it is
// about, by name, and stands in no other one.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSession, type Session } from '../../src/dialog/engine/session.ts';
import type { Addressee } from '../../src/store/reviews/review-words.ts';
import { BEGIN, operatorOn, type Phone, startApp, type TestApp, until } from '../support/running-app.ts';
import { type Act, startSmtp, type TestSmtp } from '../support/smtp.ts';

const STORIES = {
  Amina: 'They came at night. Nobody told her where her brother was for two whole days.',
  Carlos: 'He saw the car without plates. He asked for the file three times.',
} as const;
type Name = keyof typeof STORIES;
const TO_AGREED: readonly string[] = ['next', 'next', 'skip all', 'next', 'skip all', '4', '3', 'R. M.', '1', '1', '1'];
const WORDS = 'Good day, this is Ana. Could we talk about the date of the funeral?';

let smtp: TestSmtp;
let griot: TestApp;
let organiser: Phone;

async function start(ownWord: string, script: readonly Act[] = []): Promise<void> {
  smtp = await startSmtp({ script });
  griot = await startApp({ env: operatorOn(smtp.port) });
  organiser = griot.phone('organiser');
  await organiser.saysAll([...BEGIN, '4', '1', ownWord, ownWord]);
  await tells('Amina');
}
beforeEach(() => start('girasol'));
afterEach(async () => {
  await griot.close();
  await smtp.close();
});

async function anew(ownWord: string, script: readonly Act[] = []): Promise<void> {
  await griot.close();
  await smtp.close();
  await start(ownWord, script);
}

const tells = (name: Name) => organiser.saysAll([name, 'english', '1', STORIES[name]]);

async function sessionOf(name: Name): Promise<Session> {
  const all = await griot.app.store.sessions((await organiser.person()) ?? '');
  const found = all.map(({ session }) => parseSession(session)).find(({ teller }) => teller?.label === name);
  if (found === undefined) throw new Error(`There is no text of ${name}.`);
  return found;
}

async function saidWithin(name: Name): Promise<string> {
  const { contribution } = await sessionOf(name);
  const lines = await griot.app.store.transcriptOfContribution((await organiser.person()) ?? '', contribution ?? '');
  return lines.map(({ text }) => text).join('\n');
}

async function staffSay(to: Addressee, text = WORDS): Promise<void> {
  const reviewer = { id: 'staff-ana', role: 'reviewer' } as const;
  expect(await griot.app.store.reviews.say({ reviewer, to, text, at: griot.now.toISOString() })).toEqual({
    kind: 'done',
  });
  await griot.app.conversation.recover();
}

const aboutAmina = async () => ({ contribution: (await sessionOf('Amina')).contribution ?? '' });

describe('words of staff about one text', () => {
  it('wait until that text is open, and stand in no other one', async () => {
    await organiser.says('new');
    await tells('Carlos');
    await staffSay(await aboutAmina());
    const told = await organiser.asks('He is still waiting for an answer.');
    expect(told).toContain('There’s news about a text.\nIt’s Amina.');
    expect(told).not.toContain(WORDS);
    expect(await saidWithin('Carlos')).not.toContain('Amina');

    const opened = await organiser.asks('amina');
    expect(opened).toContain('do you want to go to their text?');
    const read = await organiser.asks('1');
    expect(read.indexOf('Now open:\nAmina')).toBeLessThan(read.indexOf(WORDS));
    expect(read).not.toContain('There’s news');
    expect(await saidWithin('Amina')).toContain(WORDS);
    expect(await saidWithin('Carlos')).not.toContain(WORDS);
    expect(await organiser.kept()).toEqual([STORIES.Amina]);
  });

  it('are said by the name of the text where it is open, not on the first line', async () => {
    await staffSay(await aboutAmina());
    expect(await organiser.asks('Then they moved to another house.')).toContain('This is about:\nAmina');
    expect(await saidWithin('Amina')).toContain(WORDS);
  });

  it('say a number instead of a name where the organiser has no word of their own', async () => {
    await anew('skip');
    await organiser.says('new');
    await tells('Carlos');
    await staffSay(await aboutAmina());
    const told = await organiser.asks('He is still waiting for an answer.');
    expect(told).toContain('There’s news about a text.\nIt’s Person 1.');
    expect(told).not.toContain('Amina');
  });

  it('reach nobody where the text is erased in the same moment', async () => {
    const to = await aboutAmina();
    await organiser.says('new');
    await tells('Carlos');
    await organiser.saysAll(['cases', '1', 'delete', '1']);
    const reviewer = { id: 'staff-ana', role: 'reviewer' } as const;
    const at = griot.now.toISOString();
    // Both wait in the inbox: first the word that erases, then theirs.
    const erased = organiser.says('ERASE');
    await Promise.all([erased, griot.app.store.reviews.say({ reviewer, to, text: WORDS, at })]);
    await griot.app.conversation.recover();
    await organiser.saysAll(['cases', 'carlos', 'He is still waiting for an answer.']);
    expect(await organiser.reads()).not.toContain(WORDS);
  });
});

describe('words of staff to an organiser', () => {
  it('are read in their own place, and stand in nobody’s text', async () => {
    await organiser.says('new');
    await tells('Carlos');
    await staffSay({ person: (await organiser.person()) ?? '' });
    const told = await organiser.asks('He is still waiting for an answer.');
    expect(told).toContain('Someone at Casa Exemplo wrote to you. To read it, write *cases*.');
    expect(told).not.toContain(WORDS);
    await staffSay({ person: (await organiser.person()) ?? '' }, 'And please call us before Friday.');
    const list = await organiser.asks('cases');
    expect(list).toContain(WORDS);
    expect(list).toContain('And please call us before Friday.');
    expect(list).toContain('*2* Carlos');
    expect(await organiser.asks('cases')).not.toContain(WORDS);
    for (const name of ['Amina', 'Carlos'] as const) expect(await saidWithin(name)).not.toContain(WORDS);
  });
});

describe('how the mail of one text ended', () => {
  it('is told by its name at once to who allowed it, though another text is open', async () => {
    await organiser.saysAll([...TO_AGREED, 'SEND', '1', 'new']);
    await tells('Carlos');
    const before = griot.sent.length;
    await until(async () => (await sessionOf('Amina')).mails[0]?.outcome === 'accepted');
    await griot.app.settle();
    expect(await organiser.reads()).toMatch(/This is about:\nAmina\n\nYour text has left\./u);
    expect(griot.sent.length).toBeGreaterThanOrEqual(before);
    expect(await saidWithin('Carlos')).not.toContain('Your text has left.');
  });

  it('is announced where it was refused, and told in its text', async () => {
    await anew('girasol', [{ do: 'reply', at: 'rcpt', code: 550 }]);
    await organiser.saysAll([...TO_AGREED, 'SEND', '2', 'new']);
    await tells('Carlos');
    await until(async () => (await sessionOf('Amina')).mails[0]?.outcome === 'refused');
    expect(await organiser.asks('He is still waiting for an answer.')).toContain('There’s news about a text.');
    const list = await organiser.asks('cases');
    expect(list).not.toContain('refused by the mail server');
    expect(await organiser.asks('1')).toMatch(/Now open:\nAmina\n\nThe mail server refused it/u);
    expect(await saidWithin('Carlos')).not.toContain('refused by the mail server');
  });
});

describe('a message that is changed while another text is open', () => {
  it('is acknowledged by the name of its own text', async () => {
    await organiser.hears({ kind: 'message', text: 'She had two brothers.' }, 'hers');
    await organiser.says('new');
    await tells('Carlos');
    const before = griot.sent.length;
    await organiser.hears({ kind: 'edit', target: 'hers', text: 'She had three brothers.' });
    await griot.app.settle();
    const said = griot.sent.slice(before).flatMap(({ reply }) => reply.bubbles.map(({ text }) => text));
    expect(said.join('\n')).toContain('I’ve changed that part of your answer. *undo* brings it back.\nAmina');
    expect(await saidWithin('Carlos')).not.toContain('brothers');
  });
});
