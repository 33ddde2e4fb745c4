// An organiser stops, from one person's text, what is being sent for another: no question that is open on the way is lost.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Phone } from '../support/running-app.ts';
import { CARLOS, TO_AGREED, TwoCases } from './two-cases.ts';

let two: TwoCases;
let organiser: Phone;

beforeEach(async () => {
  two = await TwoCases.open({ SEND_WINDOW_MINUTES: '10' });
  organiser = two.organiser;
});

afterEach(() => two.close());

describe('*stop* that opens another case', () => {
  it('stops what is sent for Amina from a question that Carlos’s case had open, and keeps the words aside there', async () => {
    const more = 'He asked once more in the spring of that year.';
    await organiser.saysAll(['cases', '1', ...TO_AGREED, 'SEND', '2', 'cases', '2', more]);
    await organiser.saysAll(['review', '1', '2', '2', 'next', 'next']);
    // Of the message that was taken out, only *undo* knows the words.
    expect(await two.textOf('Carlos')).toEqual([CARLOS, '']);
    await organiser.says('shut this down for me please');
    expect((await organiser.session()).doubt).toMatchObject({ kind: 'heard', as: 'stop' });
    const stopped = await organiser.asks('1');
    expect(stopped).toContain('Amina');
    expect(stopped).not.toContain('I couldn’t use');
    const [amina, carlos] = [(await two.sessions()).get('Amina'), (await two.sessions()).get('Carlos')];
    expect(amina?.mails.some(({ outcome }) => outcome === 'waiting')).toBe(false);
    expect(carlos).toMatchObject({
      doubt: null,
      undo: { before: { doubt: { text: 'shut this down for me please' } } },
    });
    await organiser.saysAll(['cases', '2', 'undo']);
    expect(await two.textOf('Carlos')).toEqual([CARLOS, more]);
    expect((await organiser.session()).doubt).toMatchObject({
      kind: 'stray',
      text: 'shut this down for me please',
    });
    expect(two.smtp.received).toEqual([]);
  });

  it('stops what is sent for Amina while a question about Carlos’s words is open, and asks that one again', async () => {
    await organiser.saysAll(['cases', '1', ...TO_AGREED, 'SEND', '2', 'cases', '2', '12']);
    expect((await organiser.session()).doubt).toMatchObject({ kind: 'number', text: '12' });
    expect(await organiser.asks('stop')).toContain('Amina');
    expect((await two.sessions()).get('Amina')?.mails.some(({ outcome }) => outcome === 'waiting')).toBe(false);
    await organiser.saysAll(['cases', '2']);
    expect((await organiser.session()).doubt).toMatchObject({ kind: 'number', text: '12' });
    await organiser.says('1');
    expect((await organiser.session()).doubt).toBeNull();
    expect(await two.textOf('Carlos')).toEqual([CARLOS, '12']);
    expect(two.smtp.received).toEqual([]);
  });
});
