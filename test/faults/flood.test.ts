// Too much, from one or in one: others are not held up, memory stays bounded, nothing is cut without a word.
// MESSAGES=10000 plays the long story in full, and sends as many strangers.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { conditionOf, SOUND } from '../support/invariants.ts';
import { BEGIN, startApp, STORY, Visitor, type Phone, type TestApp } from '../support/running-app.ts';
import { processorTime } from '../support/processor.ts';

const MESSAGES = Number(process.env['MESSAGES'] ?? 600);
const STRANGERS = Math.ceil(MESSAGES / (process.env['MESSAGES'] === undefined ? 10 : 1));

let griot: TestApp;
let phone: Phone;
beforeEach(async () => {
  griot = await startApp();
  phone = griot.phone('+00 000 0111');
});
afterEach(() => griot.close());

describe('P17, fault 34: a flood', () => {
  test("of one sender's 2,000 messages does not stop another's turn", async () => {
    const other = griot.phone('+00 000 0222');
    await Promise.all([phone.saysAll(BEGIN), other.saysAll(BEGIN)]);
    let taken = 0;
    const flood = Array.from({ length: 2_000 }, (_, i) =>
      phone.says(`What happened on day ${i} they never wrote down.`).then(() => taken++),
    );
    await other.says(STORY);
    const behind = taken;
    expect(await other.kept()).toEqual([STORY]);
    // Their commands work as well, in the middle of the flood.
    await other.says('pause');
    expect((await other.session()).paused).toBe(true);
    await Promise.all(flood);
    expect(behind).toBeLessThan(1_000);
    expect(await phone.kept()).toHaveLength(2_000);
    expect(conditionOf(griot.dir)).toEqual(SOUND);
  });

  test(
    `of ${STRANGERS} strangers at once: each gets an answer, and another's turn, stop and delete go through`,
    async () => {
      const other = griot.phone('+00 000 0222');
      await other.saysAll(BEGIN);
      let taken = 0;
      const flood = Array.from({ length: STRANGERS }, (_, i) =>
        griot
          .phone(`+00 001 ${i}`)
          .says('hello')
          .then(() => taken++),
      );
      await other.says(STORY);
      expect(await other.kept()).toEqual([STORY]);
      for (const word of ['stop', 'delete', 'ERASE']) await other.says(word);
      expect(await other.person()).toBeNull();
      await Promise.all(flood);
      expect(taken).toBe(STRANGERS);
      await griot.app.settle();
      expect(new Set(griot.sent.map(({ to }) => to)).size).toBe(STRANGERS + 1);
      expect(conditionOf(griot.dir)).toEqual(SOUND);
    },
    300_000 + MESSAGES * 100,
  );

  test('by one browser is held back calmly; stop and help pass', async () => {
    const { port } = await griot.app.listen();
    const visitor = new Visitor(`http://127.0.0.1:${port}`);
    await visitor.open();
    const statuses = new Set<number>();
    for (let i = 0; i < 70; i++)
      statuses.add((await visitor.say(`What happened on day ${i} nobody wrote down.`)).status);
    expect([...statuses].sort()).toEqual([200, 429]);
    for (const word of ['help', 'stop']) expect((await visitor.say(word)).status).toBe(200);
  });
});

describe('fault 21: very much', () => {
  test(
    `a story in ${MESSAGES} messages: no turn grows with it, memory stays bounded, all of it is there`,
    async () => {
      await phone.saysAll(BEGIN);
      const times: number[] = [];
      const before = process.memoryUsage().heapUsed;
      for (let i = 0; i < MESSAGES; i++) {
        const began = processorTime();
        await phone.says(`On day ${i} we asked again.`);
        times.push(processorTime() - began);
      }
      const median = (some: number[]) => some.toSorted((a, b) => a - b)[Math.floor(some.length / 2)] ?? 0;
      const tenth = Math.floor(MESSAGES / 10);
      expect(median(times.slice(-tenth))).toBeLessThan(5 * median(times.slice(0, tenth)) + 5);
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(200 * 1024 * 1024);
      expect(await phone.kept()).toHaveLength(MESSAGES);
      expect((await phone.session()).counts['story']?.parts).toBe(MESSAGES);
      expect(await phone.asks('words')).toMatch(/\d/);
    },
    300_000 + MESSAGES * 100,
  );

  test('a message of 64 KB and one of 100,000 characters are kept whole', async () => {
    await phone.saysAll([...BEGIN, 'It began in March, at night.']);
    const whole = [`${'árvore '.repeat(9_000)}fim`, `${'x'.repeat(99_996)} end`];
    for (const text of whole) await phone.says(text);
    expect((await phone.kept()).slice(1)).toEqual(whole.map((text) => text.normalize('NFC')));
  });

  test('one of 10 MB is refused with a word, and neither kept nor logged', async () => {
    await phone.saysAll([...BEGIN, STORY]);
    const huge = 'They came at night. '.repeat(524_288);
    expect(await phone.asks(huge)).toMatch(/too long/i);
    expect(await phone.kept()).toEqual([STORY]);
    const { person } = await phone.says('next');
    const said = await griot.app.store.transcript(person, null);
    expect(Math.max(...said.map(({ text }) => text?.length ?? 0))).toBeLessThan(10_000);
    expect(griot.logged.join('')).not.toContain('They came at night');
  });

  test('on the page: 413, and what was typed up to a form is given back', async () => {
    const { port } = await griot.app.listen();
    const visitor = new Visitor(`http://127.0.0.1:${port}`);
    await visitor.open();
    const long = `${'night '.repeat(12_000)}end of it`;
    const tooLong = await visitor.say(long);
    expect(tooLong.status).toBe(413);
    expect(tooLong.page).toContain('end of it');
    expect((await visitor.say('x'.repeat(10_000_000))).status).toBe(413);
    expect((await visitor.open()).status).toBe(200);
    expect(conditionOf(griot.dir)).toEqual(SOUND);
  });
});
