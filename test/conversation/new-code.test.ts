// A code to withdraw with that was lost, or seen by somebody else: a new one is made, and the old one opens nothing.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSession } from '../../src/dialog/engine/session.ts';
import { BEGIN, operatorOn, startApp, type Phone, type TestApp } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

const AMINA = 'They came at night. Nobody told her where her brother was for two whole days.';
const TO_AGREED: readonly string[] = ['next', 'next', 'skip all', 'next', 'skip all', '4', '3', 'R. M.', '1', '1'];
const WITHDRAWAL = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/u;
const HAND_OVER = /\b[0-9A-Z]{5}-[0-9A-Z]{5}\b/u;

let smtp: TestSmtp;
let griot: TestApp;
let organiser: Phone;
let first: string;

beforeEach(async () => {
  smtp = await startSmtp();
  griot = await startApp({ env: operatorOn(smtp.port) });
  organiser = griot.phone('organiser');
  await organiser.saysAll([...BEGIN, '4', '1', 'girasol', 'girasol', 'Amina', 'english', '1', AMINA]);
});
afterEach(async () => {
  await griot.close();
  await smtp.close();
});

async function agrees(): Promise<void> {
  await organiser.saysAll(TO_AGREED);
  first = codeIn(await organiser.asks('1'));
}

function codeIn(said: string): string {
  const code = WITHDRAWAL.exec(said)?.[0];
  if (code === undefined) throw new Error(`There is no code in: ${said}`);
  return code;
}

async function labels(): Promise<readonly string[]> {
  const all = await griot.app.store.sessions((await organiser.person()) ?? '');
  return all.map(({ session }) => parseSession(session).teller?.label ?? '');
}

async function takesBack(phone: Phone, code: string): Promise<string> {
  await phone.says('hello');
  const said = await phone.asks(code);
  if (said.includes('WITHDRAW')) await phone.says('WITHDRAW');
  await griot.app.conversation.recover();
  return said;
}

describe('a new code to withdraw with', () => {
  it('is made by the organiser while the text is theirs, after a question, and the old one is dead', async () => {
    expect(await organiser.asks('new code')).toContain('This text has no code yet.');
    await agrees();
    const asked = await organiser.asks('new code');
    expect(asked).toContain('A new code for this person?\nAmina has a code');
    expect(await organiser.asks('2')).toContain('The code stays as it is.');
    await organiser.says('new code');
    const second = codeIn(await organiser.asks('1'));
    expect(second).not.toBe(first);
    expect(await takesBack(griot.phone('thief'), first)).not.toContain('WITHDRAW');
    expect(await labels()).toEqual(['Amina']);
    expect(await takesBack(griot.phone('amina'), second)).toContain('To do this, write WITHDRAW.');
    expect(await labels()).toEqual([]);
  });

  it('is not made by whoever holds the phone without the own word', async () => {
    await agrees();
    griot.later(30);
    const asked = await organiser.asks('new code');
    expect(asked).toContain('Please write your secret word first.');
    expect(asked).not.toContain('Amina');
  });

  it('is made by its person with the code itself, from any phone', async () => {
    await agrees();
    const amina = griot.phone('amina');
    await amina.saysAll(['hello', first]);
    const second = codeIn(await amina.asks('new code'));
    expect(await labels()).toEqual(['Amina']);
    expect(await takesBack(griot.phone('thief'), first)).not.toContain('WITHDRAW');
    await takesBack(griot.phone('sister'), second);
    expect(await labels()).toEqual([]);
    const lines = await griot.app.store.transcript((await amina.person()) ?? '', null);
    expect(lines.map(({ text }) => text).join('\n')).not.toContain(second);
  });

  it('is made by its person once the text is with them', async () => {
    await agrees();
    await organiser.says('hand over');
    const code = HAND_OVER.exec(await organiser.asks('1'))?.[0] ?? '';
    const amina = griot.phone('amina');
    await amina.saysAll([code, '1', '1', '1', '1']);
    expect(await amina.asks('new code')).toContain('A new code to take your text back?');
    const second = codeIn(await amina.asks('1'));
    expect(await takesBack(griot.phone('thief'), first)).not.toContain('WITHDRAW');
    expect(await takesBack(griot.phone('sister'), second)).toContain('To do this, write WITHDRAW.');
    expect(await griot.app.store.sessions((await amina.person()) ?? '')).toEqual([]);
  });

  it('is no word of whoever has no such code: it is part of what they tell', async () => {
    const mother = griot.phone('mother');
    await mother.saysAll([...BEGIN, 'new code']);
    expect(await mother.asks('new code')).not.toContain('A new code');
  });
});
