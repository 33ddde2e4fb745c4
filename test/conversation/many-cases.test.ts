// One organiser, many people: each case is kept by itself, whatever is written in which order.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until, type Phone, type TestApp } from '../support/running-app.ts';
import { AMINA, CARLOS, TO_AGREED, TwoCases } from './two-cases.ts';

let two: TwoCases;
let organiser: Phone;
let test: TestApp;

beforeEach(async () => {
  two = await TwoCases.open();
  organiser = two.organiser;
  test = two.app;
});

afterEach(() => two.close());

describe('an organiser with two people', () => {
  it('keeps each testimony in its own case, under its own key', async () => {
    expect(await two.textOf('Amina')).toEqual([AMINA]);
    expect(await two.textOf('Carlos')).toEqual([CARLOS]);
    const [amina, carlos] = [(await two.sessions()).get('Amina'), (await two.sessions()).get('Carlos')];
    expect(amina?.case).not.toBe(carlos?.case);
    expect(amina?.contribution).not.toBe(carlos?.contribution);
  });

  it('keeps a yes of each person, and the organiser’s own beside them', async () => {
    const contribution = (await two.sessions()).get('Carlos')?.contribution ?? '';
    const given = await test.app.store.consents(contribution);
    expect(given.map(({ purpose, value, language }) => [purpose, value, language])).toEqual([
      ['keep', 'yes', 'en'],
      ['adult', 'yes', 'en'],
    ]);
  });

  it('names the open case under every "Saved.", and lists names only after the word', async () => {
    expect(await organiser.asks('His sister saw it, too.')).toMatch(/^[^\n]*[Ss]aved[^\n]*\nCarlos$/u);
    test.later(20);
    expect(await organiser.asks('cases')).toBe('Please write your secret word first.');
    const list = await organiser.asks('girasol');
    expect(list).toContain('*1* Amina: 0 of 5 points, 15 words, not read back yet');
    expect(list).toContain('*2* Carlos: 0 of 5 points, 18 words, not read back yet');
  });

  it('takes an edit and a deletion where they belong, whichever case is open', async () => {
    await organiser.says('His cousin waited outside.', 'late-1');
    await organiser.saysAll(['cases', '1']);
    await organiser.hears({ kind: 'edit', target: 'late-1', text: 'His cousin waited outside all night.' });
    expect(await two.textOf('Carlos')).toEqual([CARLOS, 'His cousin waited outside all night.']);
    await organiser.hears({ kind: 'deletion', target: 'late-1' });
    expect(await two.textOf('Carlos')).toEqual([CARLOS]);
    expect(await two.textOf('Amina')).toEqual([AMINA]);
    expect((await organiser.session()).teller?.label).toBe('Amina');
  });

  it('has what one case said in its own transcript only', async () => {
    await organiser.saysAll(['cases', '1', ...TO_AGREED, 'SEND', '2', 'cases', '2']);
    const reference = (await two.sessions()).get('Amina')?.reference ?? '';
    const said = (await test.app.store.transcriptByReference(reference)) ?? [];
    const told = said.map(({ text }) => text ?? '').join('\n');
    expect(told).toContain(AMINA);
    expect(told).not.toContain(CARLOS);
    expect(told).not.toContain('Carlos');
  });

  it('learns how a mail ended while another case is open, and sends nothing of that one', async () => {
    await organiser.saysAll(['cases', '1', ...TO_AGREED, 'SEND', '1', 'cases', '2']);
    await until(() => two.smtp.received.length === 1);
    await until(async () => (await two.sessions()).get('Amina')?.mails[0]?.outcome === 'accepted');
    expect((await organiser.session()).teller?.label).toBe('Carlos');
    expect((await two.sessions()).get('Carlos')?.mails).toEqual([]);
    expect(await organiser.reads()).toContain('Your text has left.');
  });

  it('sends nobody’s text that was not read back to them', async () => {
    await organiser.saysAll(['cases', '1', ...TO_AGREED]);
    await organiser.saysAll(['review', '1', '1', 'And one more thing that nobody has heard.', 'next', 'next']);
    const asked = await organiser.asks('SEND');
    expect(asked).toContain('Before sending, it must be read back.');
    expect((await organiser.session()).mails).toEqual([]);
  });

  it('erases one case and leaves the other, also after a restart', async () => {
    await organiser.saysAll(['cases', '1', 'delete', '1', 'ERASE']);
    expect([...(await two.sessions()).keys()]).toEqual(['Carlos']);
    await test.reopen();
    expect(await organiser.asks('cases')).toContain('*1* Carlos');
    await organiser.says('1');
    expect(await organiser.asks('He is still waiting.')).toMatch(/[Ss]aved[^\n]*\nCarlos/u);
  });

  it('keeps nothing of somebody who is under age or says no', async () => {
    await organiser.saysAll(['new', 'Lia', 'english', '2']);
    expect([...(await two.sessions()).keys()].sort()).toEqual(['Amina', 'Carlos']);
  });

  it('runs one clock over all cases', async () => {
    test.later(29 * 24 * 60);
    await organiser.says('still here');
    test.later(29 * 24 * 60);
    const keep = { idleDays: 30, closedDays: 90, heldHours: 24 };
    await test.app.store.purge(test.now.toISOString(), keep);
    expect((await two.sessions()).size).toBe(2);
    test.later(2 * 24 * 60);
    await test.app.store.purge(test.now.toISOString(), keep);
    expect((await two.sessions()).size).toBe(0);
  });

  it('uses of what was put aside only what was chosen, in the order of writing; *undo* brings the rest back', async () => {
    const told = [
      'She waited in front of the hospital.',
      'The officer laughed at her there.',
      'Nobody gave her the file.',
    ];
    await organiser.saysAll(['new', 'Noor', 'english', ...told, '1', '3', '1', '2', '1']);
    expect(await two.textOf('Noor')).toEqual([told[0], told[2]]);
    await test.reopen();
    await organiser.saysAll(['undo', '1']);
    expect(await two.textOf('Noor')).toEqual([told[0], told[2], told[1]]);
  });

  it('uses what was put aside for one person for nobody else', async () => {
    await organiser.saysAll(['new', 'Noor', 'english', 'She waited all night in front of the hospital.']);
    await organiser.saysAll(['new', 'Bia', 'english', 'The officer laughed at her in the corridor.', '1', '1']);
    expect(await two.textOf('Bia')).toEqual(['The officer laughed at her in the corridor.']);
    await organiser.saysAll(['cases', '3', '1', '1']);
    expect(await two.textOf('Noor')).toEqual(['She waited all night in front of the hospital.']);
  });
});
