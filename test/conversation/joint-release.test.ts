// A document for several that waits for the operator's staff: what they ask, what its people do meanwhile, and the deadline.

import mammoth from 'mammoth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSession, type Session } from '../../src/dialog/engine/session.ts';
import type { Act } from '../../src/store/reviews/review-mail.ts';
import { expectSound } from '../support/expect-sound.ts';
import { BEGIN, operatorOn, type Phone, startApp, type TestApp, until } from '../support/running-app.ts';
import { type ReceivedMail, startSmtp, type TestSmtp } from '../support/smtp.ts';

const EARLY = new Date('2024-05-20T12:00:00.000Z');
const DEADLINE = Date.parse('2024-05-24T21:59:59.000Z');
const STORIES = {
  Amina: 'They came at night. Nobody told her where her brother was for two whole days.',
  Carlos: 'He saw the car of Officer Zeta without plates. He asked for the file three times.',
  Dina: 'She went to the station every morning. The officer said there was no complaint.',
} as const;
type Name = keyof typeof STORIES;
const PUBLIC = ['1', 'PUBLISH'] as const;
const CONFIDENTIAL = ['3'] as const;
/** If nobody can release it in time. */
const SEND_IT = '2';
const DO_NOT_SEND = '3';
const AGREE = ['R. M.', '1', '1', '1'] as const;
const WITHDRAWAL = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/u;

let smtp: TestSmtp;
let griot: TestApp;
let organiser: Phone;

beforeEach(async () => {
  smtp = await startSmtp();
  griot = await startApp({ env: { ...operatorOn(smtp.port), RELEASE: 'staff' }, now: new Date(EARLY) });
  organiser = griot.phone('organiser');
  await organiser.saysAll([...BEGIN, '4', '2', 'girasol', 'girasol']);
});
afterEach(async () => {
  await expectSound(griot.dir);
  expect(await organiser.reads()).not.toContain('Something went wrong on our side.');
  await griot.close();
  await smtp.close();
});

/** To the agreed text; the person's own code. */
async function tells(name: Name, publication: readonly string[], deadline: string): Promise<string> {
  if (name !== 'Amina') await organiser.says('new');
  await organiser.saysAll([name, 'english', '1', STORIES[name], 'next', 'next', 'skip all', 'next', 'skip all', '4']);
  await organiser.saysAll([...publication, deadline, ...AGREE.slice(0, -1)]);
  return WITHDRAWAL.exec(await organiser.asks('1'))?.[0] ?? '';
}

/** All that are ready, approved together. */
async function sendTogether(): Promise<string> {
  await organiser.saysAll(['together', 'all']);
  const asked = await organiser.asks('4');
  await organiser.saysAll(['SEND', 'no']);
  return asked;
}

async function joint(): Promise<Session> {
  const all = await griot.app.store.sessions((await organiser.person()) ?? '');
  const found = all.map(({ session }) => parseSession(session)).find((one) => one.joint !== undefined);
  if (found === undefined) throw new Error('There is no document for several.');
  return found;
}

async function act(): Promise<Act> {
  const reference = (await joint()).reference ?? '';
  const mail = (await griot.app.store.mail(reference)).at(-1);
  expect(mail).toMatchObject({ state: 'review' });
  const reviewer = { id: 'staff-ana', role: 'reviewer' } as const;
  return { reviewer, reference, sha256: mail?.sha256 ?? '', at: griot.now.toISOString() };
}

async function textOf(mail: ReceivedMail | undefined): Promise<string> {
  const file = mail?.mail.attachments.find(({ filename }) => filename?.endsWith('.docx') === true);
  if (file === undefined || typeof file.content === 'string') throw new Error('there is no Word file');
  return (await mammoth.extractRawText({ buffer: Buffer.from(new Uint8Array(file.content)) })).value;
}

describe('at the deadline', () => {
  it('leaves as confidential, with every contribution, where all of them chose so', async () => {
    await tells('Amina', PUBLIC, SEND_IT);
    await tells('Carlos', PUBLIC, SEND_IT);
    const asked = await sendTogether();
    expect(asked).toContain('the same text leaves as confidential');
    expect(asked).not.toContain('What if we can’t reach you?');
    griot.now = new Date(DEADLINE - 60_000);
    await until(() => smtp.received.length === 1);
    await griot.app.settleMails();
    expect(smtp.received).toHaveLength(1);
    expect(smtp.received[0]?.mail.text).toContain('CONFIDENTIAL');
    const text = await textOf(smtp.received[0]);
    expect(text.startsWith('CONFIDENTIAL')).toBe(true);
    expect(text).toContain('A joint submission of 2 people: contributions (1) to (2).');
    expect(text).toContain(STORIES.Amina);
    expect(text).toContain(STORIES.Carlos);
  });

  it('follows the most careful of them, and says so before SEND', async () => {
    await tells('Amina', PUBLIC, SEND_IT);
    await tells('Carlos', PUBLIC, DO_NOT_SEND);
    const asked = await sendTogether();
    expect(asked).toContain('The most careful choice counts for all: Do not send it.');
    expect(asked).toContain('If nobody releases it before the deadline, it isn’t sent.');
    griot.now = new Date(DEADLINE);
    const { reference } = await joint();
    await until(async () => (await griot.app.store.mail(reference ?? '')).at(-1)?.state === 'cancelled');
    await griot.app.settleMails();
    expect(smtp.received).toHaveLength(0);
    const told = await organiser.asks('has it arrived?');
    expect(told).toContain('This is about the document for several.');
    expect(told).toContain('It isn’t sent. Your text is kept here.');
  });
});

describe('somebody takes their words back while it waits', () => {
  it('is taken back with them, and can be sent again without', async () => {
    await tells('Amina', CONFIDENTIAL, DO_NOT_SEND);
    const code = await tells('Carlos', CONFIDENTIAL, DO_NOT_SEND);
    await tells('Dina', CONFIDENTIAL, DO_NOT_SEND);
    await sendTogether();
    const seen = await act();
    await organiser.says('cases');
    await griot.phone('carlos').saysAll(['hello', code, 'WITHDRAW']);
    await griot.app.conversation.recover();
    expect(await griot.app.store.reviews.release(seen)).toEqual({ kind: 'taken-back' });
    const told = await organiser.asks('cases');
    expect(told).toContain('A person has taken their text back, with their own code.\nIt was Carlos.');
    expect(told).toContain('A text was taken out of the document for several.\nSo the document hasn’t left.');
    expect(told).toContain('*3* One document for 2 people: not sent yet');
    const opened = await organiser.asks('3');
    expect(opened).toMatch(/Amina \d+, Dina \d+\./u);
    await organiser.saysAll(['4', 'SEND', 'no']);
    expect(await griot.app.store.reviews.release(await act())).toMatchObject({ leaves: true });
    await until(() => smtp.received.length === 1);
    const text = await textOf(smtp.received[0]);
    expect(text).not.toContain(STORIES.Carlos);
    expect(text).toContain('A joint submission of 2 people: contributions (1) to (2).');
  });

  it('is no document any more with one text left, which can go by itself', async () => {
    await tells('Amina', CONFIDENTIAL, DO_NOT_SEND);
    const code = await tells('Carlos', CONFIDENTIAL, DO_NOT_SEND);
    await sendTogether();
    await griot.phone('carlos').saysAll(['hello', code, 'WITHDRAW']);
    await griot.app.conversation.recover();
    expect(await organiser.asks('repeat')).toContain('Too few texts are left for one document.');
    const list = await organiser.asks('cases');
    expect(list).not.toContain('One document for');
    expect(list).toContain('*1* Amina: 0 of 5 points, 15 words, read back and agreed');
    expect(await organiser.asks('1')).toContain('Now open:\nAmina');
    expect(await organiser.asks('next')).toContain('To hand over exactly this, write SEND.');
  });

  it('a question of staff about it goes with the document that was asked about', async () => {
    await tells('Amina', CONFIDENTIAL, DO_NOT_SEND);
    const code = await tells('Carlos', CONFIDENTIAL, DO_NOT_SEND);
    await tells('Dina', CONFIDENTIAL, DO_NOT_SEND);
    await sendTogether();
    const question = { kind: 'ready', id: 'unclear' } as const;
    expect(await griot.app.store.reviews.giveBack({ ...(await act()), question })).toEqual({ kind: 'done' });
    await griot.phone('carlos').saysAll(['hello', code, 'WITHDRAW']);
    await griot.app.conversation.recover();
    const told = await organiser.asks('repeat');
    expect(told).not.toContain('One part is hard to follow');
    expect(told).toMatch(/Amina \d+, Dina \d+\./u);
    expect((await joint()).asked).toBeUndefined();
  });
});

describe('staff ask about it', () => {
  it('is changed in the text of the person whom it is about, read back to them, and sent again', async () => {
    await tells('Amina', CONFIDENTIAL, DO_NOT_SEND);
    await tells('Carlos', CONFIDENTIAL, DO_NOT_SEND);
    await sendTogether();
    const seen = await act();
    await organiser.says('cases');
    const question = { kind: 'ready', id: 'unclear' } as const;
    expect(await griot.app.store.reviews.giveBack({ ...seen, question })).toEqual({ kind: 'done' });
    await griot.app.conversation.recover();
    expect(await organiser.asks('cases')).toContain('There’s news about the document for several.');
    expect(await organiser.asks('3')).toContain('One part is hard to follow');
    // Who goes to look at a text first has not answered yet.
    await organiser.says('cases');
    expect((await griot.app.store.mail(seen.reference)).at(-1)).toMatchObject({ state: 'given-back' });
    await organiser.says('3');
    const whose = await organiser.asks('1');
    expect(whose).toContain('Whose text should be changed?');
    expect(whose).toMatch(/\*1\* Amina: 15 words\n.*\*2\* Carlos: 16 words/u);
    expect(await organiser.asks('2')).toContain('Please change it together with the person.');
    const more = 'The car stood there for a whole week.';
    await organiser.saysAll(['1', '1', more, 'next', 'next', ...AGREE, 'cases']);
    const open = await organiser.asks('3');
    expect(open).toContain('Look at it and send it');
    await organiser.saysAll(['2', 'SEND', 'no']);
    expect(await griot.app.store.reviews.release(await act())).toMatchObject({ leaves: true });
    await until(() => smtp.received.length === 1);
    const text = await textOf(smtp.received[0]);
    expect(text).toContain(more);
    expect(text).toContain(STORIES.Amina);
  });

  it('withholds what they suggest once its person has heard it, in the whole document', async () => {
    await tells('Amina', CONFIDENTIAL, DO_NOT_SEND);
    await tells('Carlos', CONFIDENTIAL, DO_NOT_SEND);
    await sendTogether();
    expect(await griot.app.store.reviews.proposeWithholding({ ...(await act()), words: 'Officer Zeta' })).toEqual({
      kind: 'done',
    });
    await griot.app.conversation.recover();
    expect(await organiser.asks('has it arrived?')).toContain('suggests hiding these words');
    expect(await organiser.asks('1')).toContain('Whose text has these words?\nOfficer Zeta');
    const there = await organiser.asks('2');
    expect(there).toContain('Now open:\nCarlos');
    expect(there).toContain('Who reads the whole text to Carlos?');
    await organiser.saysAll([...AGREE, 'cases', '3', '4', 'SEND', 'no']);
    expect(await griot.app.store.reviews.release(await act())).toMatchObject({ leaves: true });
    await until(() => smtp.received.length === 1);
    const text = await textOf(smtp.received[0]);
    expect(text).not.toContain('Zeta');
    expect(text).toContain('He saw the car of [name withheld] without plates.');
  });
});

describe('a text that is closed to its organiser', () => {
  it('opens by no way through a document in which it stands', async () => {
    await tells('Amina', CONFIDENTIAL, DO_NOT_SEND);
    await tells('Carlos', CONFIDENTIAL, DO_NOT_SEND);
    await organiser.saysAll(['close', '1']);
    await sendTogether();
    const question = { kind: 'ready', id: 'unclear' } as const;
    expect(await griot.app.store.reviews.giveBack({ ...(await act()), question })).toEqual({ kind: 'done' });
    await griot.app.conversation.recover();
    await organiser.saysAll(['has it arrived?', '1']);
    const closed = await organiser.asks('2');
    expect(closed).toContain('This text is closed to you.\nCarlos agreed to it and wanted it closed.');
    expect(closed).toContain('Whose text should be changed?');
    expect(await organiser.asks('1')).toContain('Now open:\nAmina');
  });
});

describe('a text in a document for several', () => {
  it('is not sent a second time by itself, and does not change hands while it waits', async () => {
    await tells('Amina', CONFIDENTIAL, DO_NOT_SEND);
    await tells('Carlos', CONFIDENTIAL, DO_NOT_SEND);
    await sendTogether();
    await organiser.saysAll(['cases', '1']);
    expect(await organiser.asks('next')).toContain('Not a second time.');
    expect(await organiser.asks('SEND')).toContain('Not a second time.');
    expect(await organiser.asks('hand over')).toContain('This text is being sent.');
    const { reference } = await joint();
    expect(await griot.app.store.mail(reference ?? '')).toHaveLength(1);
  });

  it('is named by the number that it had in the document when its person withdraws afterwards', async () => {
    await tells('Amina', CONFIDENTIAL, DO_NOT_SEND);
    await tells('Carlos', CONFIDENTIAL, DO_NOT_SEND);
    const code = await tells('Dina', CONFIDENTIAL, DO_NOT_SEND);
    await organiser.saysAll(['together', 'all', 'cases', '1']);
    // Amina's text changes and is not read back: the document goes without it.
    await organiser.saysAll(['review', '1', '1', 'There was one more car.', 'next', 'next', 'cases']);
    expect(await organiser.asks('4')).toContain('Not in it, because the text or the choice changed');
    await organiser.saysAll(['4', 'SEND', 'no']);
    await griot.app.store.reviews.release(await act());
    await until(() => smtp.received.length === 1);
    expect(await textOf(smtp.received[0])).toMatch(/\(2\) She went to the station/u);
    await griot.phone('dina').saysAll(['hello', code, 'WITHDRAW']);
    await griot.app.conversation.recover();
    await until(() => smtp.received.length === 2);
    expect(smtp.received[1]?.mail.text).toContain('contribution 2 of the submission');
  });
});
