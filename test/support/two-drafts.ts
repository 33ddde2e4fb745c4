// One person begins a text for one call, goes to another call by its word, comes back, and sends both, over whatever channel.

import mammoth from 'mammoth';
import { expect } from 'vitest';
import type { App } from '../../src/app.ts';
import { parseSession } from '../../src/dialog/engine/session.ts';
import { BEGIN, CALL, NOON, RECIPIENT, STORY, until } from './running-app.ts';
import type { TestSmtp } from './smtp.ts';
import { OTHER, OTHER_ADDRESS, WORD } from './two-calls.ts';

const OF_SECOND = 'The commission should hear my aunt. She waited for nine years.';
const AFTERWARDS = 'They came back in May.';
/** Most answers from the story to the question of publication. */
const MOST = 40;

export interface Writer {
  /** Resolves when it is answered, and all that answers it was sent. */
  says(text: string): Promise<void>;
  /** Null before the first message. */
  person(): Promise<string | null>;
}

/** Both calls have an address that staff verified. */
export async function verifyBoth({ store }: App): Promise<void> {
  const provenance = { source: 'its page', verifiedBy: 'Ana and Bea', verifiedAt: NOON, withdrawnAt: null };
  await store.recordCallAddresses([
    { callId: CALL, address: RECIPIENT, ...provenance },
    { callId: OTHER, address: OTHER_ADDRESS, ...provenance },
  ]);
}

/** From hello to the end of both. */
export async function writesBoth(app: () => App, writer: Writer): Promise<void> {
  const open = async () => parseSession(await app().store.session((await writer.person()) ?? ''));
  const sends = async () => {
    for (let said = 0; (await open()).at.prompt !== 'publication'; said++) {
      if (said > MOST) throw new Error(`stays at ${(await open()).at.prompt}`);
      const { prompt } = (await open()).at;
      await writer.says(prompt === 'story' || prompt === 'topics' ? 'next' : 'skip');
    }
    for (const text of ['3', 'SEND', '2']) await writer.says(text);
  };
  for (const text of [...BEGIN, STORY, WORD, ...BEGIN.slice(1), OF_SECOND]) await writer.says(text);
  expect((await open()).call.id).toBe(OTHER);
  for (const text of [CALL, AFTERWARDS]) await writer.says(text);
  expect((await open()).call.id).toBe(CALL);
  await sends();
  await writer.says(WORD);
  expect((await open()).call.id).toBe(OTHER);
  await sends();
}

/** Each left once, to its own address, with its own words and none of the other's. */
export async function expectBothMails(smtp: TestSmtp): Promise<void> {
  await until(() => smtp.received.length >= 2);
  expect(smtp.received.map(({ to }) => to)).toEqual([[RECIPIENT], [OTHER_ADDRESS]]);
  const [first = '', second = ''] = await Promise.all(
    smtp.received.map(async ({ mail }) => {
      const file = mail.attachments.find(({ filename }) => filename?.endsWith('.docx') === true);
      if (file === undefined || typeof file.content === 'string') throw new Error('a mail without its Word file');
      return (await mammoth.extractRawText({ buffer: Buffer.from(new Uint8Array(file.content)) })).value;
    }),
  );
  const times = (words: string) => [first, second].map((text) => text.split(words).length - 1);
  expect(times(STORY)).toEqual([1, 0]);
  expect(times(AFTERWARDS)).toEqual([1, 0]);
  expect(times(OF_SECOND)).toEqual([0, 1]);
}
