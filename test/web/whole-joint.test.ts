// A document for several over the real web chat: at exactly 2,500 words it leaves, and with one more it is brought under.

import mammoth from 'mammoth';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { operatorOn, until } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { pageOf, type AtPage } from './at-page.ts';
import { openWhole, type WholeApp } from './whole-app.ts';

const STORIES = {
  Amina: 'They came at night with torches. Nobody told her where her brother was for two whole days.',
  Carlos: 'He saw the car without plates. He asked for the file three times.',
} as const;
const AGREE: readonly string[] = ['R. M.', '1', '1', '1'];

let smtp: TestSmtp;
let whole: WholeApp;
let organiser: AtPage;

beforeEach(async () => {
  smtp = await startSmtp();
  whole = await openWhole(operatorOn(smtp.port));
  organiser = await pageOf(whole, 'en');
  await organiser.saysAll(['1', '1', '1', '4', '2', 'girasol', 'girasol']);
  for (const [name, story] of Object.entries(STORIES)) {
    if (name !== 'Amina') await organiser.says('new');
    await organiser.saysAll([name, 'english', '1', story, 'next', 'next', 'skip all', 'next', 'skip all', '4', '3']);
    await organiser.saysAll(AGREE);
  }
});
afterEach(async () => {
  expect(whole.faults).toEqual([]);
  await whole.close();
  await smtp.close();
});

const words = (text: string) => Number(/(\d+) with headings, 2500/u.exec(text)?.[1] ?? 0);
const pad = (count: number) => `${'wait '.repeat(count - 1)}wait.`;

it('leaves with 2,500 words exactly, after it had one more and was shortened', async () => {
  await organiser.says('together');
  const before = words(await organiser.asks('all'));
  expect(before).toBeGreaterThan(0);
  await organiser.saysAll(['cases', 'carlos', 'review', '1', '1', pad(2501 - before), 'next', 'next']);
  await organiser.saysAll([...AGREE, 'cases']);
  const over = await organiser.asks('3');
  expect(over).toContain('It has 2501 words; 2500 are allowed. 1 must go.');
  expect(over).toContain('could lose 1');
  expect(smtp.received).toHaveLength(0);
  await organiser.says('2');
  expect(await organiser.asks('1')).toContain('Your sentences, each with its words.');
  await organiser.says(`${STORIES.Carlos} ${pad(2500 - before)}`);
  await organiser.saysAll(['REPLACE', ...AGREE, 'cases']);
  expect(words(await organiser.asks('3'))).toBe(2500);
  await organiser.saysAll(['4', 'SEND', '2']);
  await until(() => smtp.received.length === 1);
  const { mail } = smtp.received[0] ?? {};
  const file = mail?.attachments.find(({ filename }) => filename?.endsWith('.docx') === true);
  if (file === undefined || typeof file.content === 'string') throw new Error('there is no Word file');
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(new Uint8Array(file.content)) });
  for (const story of Object.values(STORIES)) expect(value).toContain(story);
  expect(value.match(/\bwait\b/gu)).toHaveLength(2500 - before);
  expect(value).toContain('A joint submission of 2 people: contributions (1) to (2).');
  expect(value).not.toContain('R. M.');
  expect(mail?.text).toContain('CONFIDENTIAL');
});
