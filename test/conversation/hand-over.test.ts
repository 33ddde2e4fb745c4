// A case goes from hand to hand by a code, and a person can take back by themselves what was written down for them.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSession, type Session } from '../../src/dialog/engine/session.ts';
import {
  BEGIN,
  ON_TO_PUBLICATION,
  operatorOn,
  startApp,
  until,
  type Phone,
  type TestApp,
} from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

const AMINA = 'They came at night. Nobody told her where her brother was for two whole days.';
const CARLOS = 'He saw the car without plates. He asked for the file three times.';
const TO_AGREED: readonly string[] = ['next', 'next', 'skip all', 'next', 'skip all', '4', '3', 'R. M.', '1', '1', '1'];

let smtp: TestSmtp;
let test: TestApp;
let organiser: Phone;
let other: Phone;

beforeEach(async () => {
  smtp = await startSmtp();
  test = await startApp({ env: operatorOn(smtp.port) });
  organiser = test.phone('organiser');
  other = test.phone('other');
  await organiser.saysAll([...BEGIN, '4', '1', 'girasol', 'girasol', 'Amina', 'english', '1', AMINA]);
  await organiser.saysAll(['new', 'Carlos', 'english', '1', CARLOS]);
});

afterEach(async () => {
  await test.close();
  await smtp.close();
});

async function sessionsOf(phone: Phone): Promise<readonly Session[]> {
  const all = await test.app.store.sessions((await phone.person()) ?? '');
  return all.map(({ session }) => parseSession(session));
}

async function labelsOf(phone: Phone): Promise<readonly string[]> {
  return (await sessionsOf(phone)).map(({ teller }) => teller?.label ?? '').sort();
}

/** Whose yes the desk marks as known from the organiser only. */
async function onTheirWord(): Promise<readonly string[]> {
  const marked = (await test.app.store.desk.queue('open'))
    .filter(({ flags }) => flags.some(({ flag }) => flag === 'organiser-word'))
    .map((row) => row.case);
  const sessions = [...(await sessionsOf(organiser)), ...(await sessionsOf(other))];
  return sessions.flatMap((one) => (marked.includes(one.case) ? [one.teller?.label ?? ''] : [])).sort();
}

const HAND_OVER = /[0-9A-Z]{5}-[0-9A-Z]{5}/u;
const WITHDRAWAL = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/u;

async function codeFor(to: '1' | '2'): Promise<string> {
  await organiser.says('hand over');
  return HAND_OVER.exec(await organiser.asks(to))?.[0] ?? '';
}

async function takes(phone: Phone, code: string): Promise<string> {
  await phone.saysAll([code, '1', '1', '1']);
  return phone.asks('1');
}

describe('a code that hands a case over', () => {
  it('brings the person their own text, which they change and send by themselves', async () => {
    expect(await onTheirWord()).toEqual(['Amina', 'Carlos']);
    const told = await takes(other, await codeFor('1'));
    expect(told).toContain('The text is with you now.');
    expect(await onTheirWord()).toEqual(['Amina']);
    expect(told).not.toContain(CARLOS);
    expect(await labelsOf(organiser)).toEqual(['Amina']);
    await other.says('2');
    await other.says('And my sister saw it.');
    expect(await other.kept()).toEqual([CARLOS, 'And my sister saw it.']);
    await other.saysAll(['next', 'skip', ...ON_TO_PUBLICATION.slice(2), '3', 'SEND', '2']);
    await until(() => smtp.received.length === 1);
    const text = smtp.received[0]?.mail.text ?? '';
    expect(text).toContain('CONFIDENTIAL');
    expect(await organiser.asks('cases')).toContain('Someone took over a text that you handed over.\nIt was Carlos.');
  });

  it('tells its giver whose text that was only after their own word', async () => {
    await takes(other, await codeFor('1'));
    test.later(20);
    const locked = await organiser.asks('cases');
    expect(locked).toBe('Please write your secret word first.');
    expect(await organiser.asks('girasol')).toContain('Someone took over a text that you handed over.\nIt was Carlos.');
    expect(await organiser.asks('cases')).not.toContain('Carlos');
  });

  it('can be typed in small letters and with a space, and works once', async () => {
    const code = await codeFor('1');
    await takes(other, code.toLowerCase().replace('-', ' '));
    expect(await other.kept()).toEqual([CARLOS]);
    expect(await test.phone('third').asks(code)).toContain('That code was used already.');
  });

  it('survives a wrong try, but not ten', async () => {
    const code = await codeFor('1');
    const wrong = `${code.slice(0, -1)}${code.endsWith('7') ? '8' : '7'}`;
    await other.says('hello');
    expect(await other.asks(wrong)).toContain('That code isn’t right.');
    for (let tries = 1; tries < 10; tries++) await other.says(wrong);
    expect(await other.asks(code)).toContain('it was tried too often');
    expect(await labelsOf(organiser)).toEqual(['Amina', 'Carlos']);
  });

  it('works for a day', async () => {
    const code = await codeFor('1');
    test.later(24 * 60 + 1);
    expect(await other.asks(code)).toContain('That code no longer works.');
    expect(await organiser.asks('repeat')).toContain('The code no longer works. The text is still yours.');
  });

  it('can be taken back until somebody has it, also from under a half-given yes', async () => {
    const code = await codeFor('1');
    await other.saysAll([code, '1', '1', '1']);
    expect(await organiser.asks('1')).toContain('Taken back.');
    expect(await other.asks('1')).toContain('That code no longer works.');
    expect(await labelsOf(organiser)).toEqual(['Amina', 'Carlos']);
    await organiser.says('He still has no answer.');
    expect(await organiser.kept()).toEqual([CARLOS, 'He still has no answer.']);
  });

  it('is worth nothing to whoever gave it', async () => {
    expect(await organiser.asks(await codeFor('1'))).toContain('That’s your own code.');
  });

  it('keeps the text at rest while it is out', async () => {
    await codeFor('1');
    expect(await organiser.asks('And then he went home.')).toContain('this text waits');
    expect(await organiser.kept()).toEqual([CARLOS]);
  });

  it('is not made while the text is being sent', async () => {
    await test.close();
    test = await startApp({ env: { ...operatorOn(smtp.port), SEND_WINDOW_MINUTES: '10' } });
    organiser = test.phone('organiser');
    await organiser.saysAll([
      ...BEGIN,
      '4',
      '1',
      'girasol',
      'girasol',
      'Amina',
      'english',
      '1',
      AMINA,
      ...TO_AGREED,
      'SEND',
      '2',
    ]);
    expect(await organiser.asks('hand over')).toContain('This text is being sent.');
  });

  it('brings another organiser the case, with its person’s yes and name', async () => {
    await other.saysAll([...BEGIN, '4', '1', 'jacaranda', 'jacaranda', 'Lia', 'english', '1', 'She waited.', 'cases']);
    const code = await codeFor('2');
    await other.says(code);
    expect(await other.asks('1')).toContain('Carlos is in your list.');
    expect(await labelsOf(other)).toEqual(['Carlos', 'Lia']);
    await other.says('He wrote to the ministry.');
    expect(await other.kept()).toEqual([CARLOS, 'He wrote to the ministry.']);
    const contribution = (await other.session()).contribution ?? '';
    expect((await test.app.store.consents(contribution)).map(({ purpose }) => purpose)).toEqual(['keep', 'adult']);
  });

  it('gives it another name where the receiver has somebody of that name', async () => {
    await other.saysAll([
      ...BEGIN,
      '4',
      '1',
      'jacaranda',
      'jacaranda',
      'carlos',
      'english',
      '1',
      'She waited.',
      'cases',
    ]);
    await other.says(await codeFor('2'));
    expect(await other.asks('1')).toContain('Carlos 2 is in your list.');
    await other.saysAll(['cases', 'carlos']);
    expect(await other.kept()).toEqual(['She waited.']);
    await other.saysAll(['Carlos 2', '1']);
    expect(await other.kept()).toEqual([CARLOS]);
  });

  it('refuses who has a text of their own, and loses nothing of it', async () => {
    await other.saysAll([...BEGIN, 'They killed my uncle in March. Nobody told us.']);
    expect(await other.asks(await codeFor('1'))).toContain('You already have a text of your own here.');
    expect(await other.kept()).toEqual(['They killed my uncle in March. Nobody told us.']);
  });

  it('is masked for whoever reads what was said', async () => {
    const code = await codeFor('1');
    const all = (await test.app.store.transcript((await organiser.person()) ?? '', null)).map(({ text }) => text ?? '');
    expect(all.join('\n')).toContain('This code works once, for one day.\n…');
    expect(all.join('\n')).not.toContain(code);
    await other.says(code);
    const typed = await test.app.store.transcript((await other.person()) ?? '', null);
    expect(JSON.stringify(typed)).not.toContain(code);
  });

  it('shows the giver nothing more of it, and the transcript keeps what was said', async () => {
    await takes(other, await codeFor('1'));
    const person = (await organiser.person()) ?? '';
    const seen = (await test.app.store.transcript(person, null)).map(({ text }) => text ?? '').join('\n');
    expect(seen).toContain(AMINA);
    expect(seen).not.toContain(CARLOS);
    const { contribution } = await other.session();
    const theirs = await test.app.store.transcriptOfContribution((await other.person()) ?? '', contribution ?? '');
    expect(theirs.map(({ text }) => text)).toContain(CARLOS);
  });

  it('leaves nothing behind when everything is erased afterwards, on either side', async () => {
    await takes(other, await codeFor('1'));
    const { contribution } = await other.session();
    await organiser.saysAll(['delete', 'ERASE']);
    expect(await organiser.person()).toBeNull();
    expect(await other.kept()).toEqual([CARLOS]);
    await other.saysAll(['delete', 'ERASE']);
    expect(await test.app.store.parts(contribution ?? '')).toEqual([]);
  });
});

describe('the person’s own code', () => {
  async function agreed(): Promise<string> {
    await organiser.saysAll([...TO_AGREED]);
    return WITHDRAWAL.exec(await organiser.reads())?.[0] ?? '';
  }

  it('is masked for whoever reads what was said', async () => {
    const code = await agreed();
    const { contribution, reference } = await organiser.session();
    const ofCase = await test.app.store.transcriptOfContribution((await organiser.person()) ?? '', contribution ?? '');
    const ofStaff = (await test.app.store.transcriptByReference(reference ?? '')) ?? ofCase;
    for (const lines of [ofCase, ofStaff]) {
      expect(JSON.stringify(lines)).toContain('the person’s own code');
      expect(JSON.stringify(lines)).not.toContain(code);
    }
  });

  it('takes the text back before it was sent, from any phone, without a yes to anything', async () => {
    const code = await agreed();
    await other.says(code);
    expect(await other.asks('WITHDRAW')).toContain('It’s being taken back now.');
    await test.app.conversation.recover();
    expect(await labelsOf(organiser)).toEqual(['Amina']);
    expect(await organiser.asks('cases')).toContain('A person has taken their text back');
    expect(smtp.received).toHaveLength(0);
  });

  it('asks the UN to take it back after it was sent, and erases it then', async () => {
    const code = await agreed();
    await organiser.saysAll(['SEND', '2', 'cases', '1']);
    await until(() => smtp.received.length === 1);
    await other.saysAll(['hello', code, 'WITHDRAW']);
    await test.app.conversation.recover();
    await until(() => smtp.received.length === 2);
    expect(smtp.received[1]?.mail.text).toContain('WITHDRAWN');
    await until(async () => (await labelsOf(organiser)).join() === 'Amina');
    expect((await organiser.session()).teller?.label).toBe('Amina');
  });
});
