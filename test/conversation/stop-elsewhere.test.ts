// An organiser stops, from one person's text, what is being sent for another: no question that is open on the way is lost.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSession, type Session } from '../../src/dialog/engine/session.ts';
import { BEGIN, operatorOn, startApp, type Phone, type TestApp } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

const GATHER: readonly string[] = [...BEGIN, '4', '1', 'girasol', 'girasol'];
const TO_AGREED: readonly string[] = ['next', 'next', 'skip all', 'next', 'skip all', '4', '3', 'R. M.', '1', '1', '1'];

const AMINA = 'They came at night. Nobody told her where her brother was for two whole days.';
const CARLOS = 'He saw the car without plates. He asked for the file three times.';

let smtp: TestSmtp;
let test: TestApp;
let organiser: Phone;

beforeEach(async () => {
  smtp = await startSmtp();
  test = await startApp({ env: { ...operatorOn(smtp.port), SEND_WINDOW_MINUTES: '10' } });
  organiser = test.phone('organiser');
  await organiser.saysAll([...GATHER, 'Amina', 'english', '1', AMINA, 'new', 'Carlos', 'english', '1', CARLOS]);
});

afterEach(async () => {
  await test.close();
  await smtp.close();
});

async function sessions(): Promise<ReadonlyMap<string, Session>> {
  const all = await test.app.store.sessions((await organiser.person()) ?? '');
  return new Map(
    all.map(({ session }) => parseSession(session)).map((session) => [session.teller?.label ?? '', session]),
  );
}

async function textOf(label: string): Promise<readonly string[]> {
  const contribution = (await sessions()).get(label)?.contribution ?? '';
  return (await test.app.store.parts(contribution)).map(({ text }) => text);
}

describe('*stop* that opens another case', () => {
  it('stops what is sent for Amina from a question that Carlos’s case had open, and keeps the words aside there', async () => {
    const more = 'He asked once more in the spring of that year.';
    await organiser.saysAll(['cases', '1', ...TO_AGREED, 'SEND', '2', 'cases', '2', more]);
    await organiser.saysAll(['review', '1', '2', '2', 'next', 'next']);
    // Of the message that was taken out, only *undo* knows the words.
    expect(await textOf('Carlos')).toEqual([CARLOS, '']);
    await organiser.says('shut this down for me please');
    expect((await organiser.session()).doubt).toMatchObject({ kind: 'heard', as: 'stop' });
    const stopped = await organiser.asks('1');
    expect(stopped).toContain('Amina');
    expect(stopped).not.toContain('I could not use');
    const [amina, carlos] = [(await sessions()).get('Amina'), (await sessions()).get('Carlos')];
    expect(amina?.mails.some(({ outcome }) => outcome === 'waiting')).toBe(false);
    expect(carlos).toMatchObject({
      doubt: null,
      undo: { before: { doubt: { text: 'shut this down for me please' } } },
    });
    await organiser.saysAll(['cases', '2', 'undo']);
    expect(await textOf('Carlos')).toEqual([CARLOS, more]);
    expect((await organiser.session()).doubt).toMatchObject({
      kind: 'stray',
      text: 'shut this down for me please',
    });
    expect(smtp.received).toEqual([]);
  });

  it('stops what is sent for Amina while a question about Carlos’s words is open, and asks that one again', async () => {
    await organiser.saysAll(['cases', '1', ...TO_AGREED, 'SEND', '2', 'cases', '2', '12']);
    expect((await organiser.session()).doubt).toMatchObject({ kind: 'number', text: '12' });
    expect(await organiser.asks('stop')).toContain('Amina');
    expect((await sessions()).get('Amina')?.mails.some(({ outcome }) => outcome === 'waiting')).toBe(false);
    await organiser.saysAll(['cases', '2']);
    expect((await organiser.session()).doubt).toMatchObject({ kind: 'number', text: '12' });
    await organiser.says('1');
    expect((await organiser.session()).doubt).toBeNull();
    expect(await textOf('Carlos')).toEqual([CARLOS, '12']);
    expect(smtp.received).toEqual([]);
  });
});
