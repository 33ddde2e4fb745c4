// One person begins a text for one call, goes to another call by its word, comes back, and sends both, over whatever channel.

import mammoth from 'mammoth';
import { expect } from 'vitest';
import type { App } from '../../src/app.ts';
import { withRendered } from '../../src/channels/render.ts';
import { parseSession } from '../../src/dialog/engine/session.ts';
import { BEGIN, CALL, NOON, RECIPIENT, STORY, until } from './running-app.ts';
import type { TestSmtp } from './smtp.ts';
import { OTHER, OTHER_ADDRESS, WORD } from './two-calls.ts';

const OF_SECOND = 'The commission should hear my aunt. She waited for nine years.';
const AFTERWARDS = 'They came back in May.';
const ANSWERS: Readonly<Record<string, string>> = {
  ...{ story: 'next', topics: 'next' },
  ...{ 'read-back': 'skip', keyphrase: 'skip' },
};
/** Most answers from the story to the question of publication. */
const MOST = 40;

export interface Writer {
  /** Resolves when it is answered. */
  says(text: string): Promise<void>;
  /** What has come so far, oldest first. */
  heard(): readonly string[];
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
  /** Whoever answers a question before it has come is asked again. */
  const says = async (text: string) => {
    const before = writer.heard().length;
    await writer.says(text);
    const lines = withRendered(await app().store.transcript((await writer.person()) ?? '', null));
    const last = lines.findLast(({ rendered }) => (rendered?.bubbles.length ?? 0) > 0)?.rendered?.bubbles.at(-1);
    const words = lettersOf(last?.text ?? '');
    await until(() =>
      writer
        .heard()
        .slice(before)
        .some((one) => lettersOf(one).includes(words)),
    );
  };
  const open = async () => parseSession(await app().store.session((await writer.person()) ?? ''));
  const sends = async () => {
    for (let said = 0; (await open()).at.prompt !== 'publication'; said++) {
      if (said > MOST) throw new Error(`stays at ${(await open()).at.prompt}`);
      const { prompt } = (await open()).at;
      await says(ANSWERS[prompt] ?? 'skip all');
    }
    for (const text of ['3', 'SEND']) await says(text);
  };
  for (const text of [...BEGIN, STORY, WORD, ...BEGIN.slice(1), OF_SECOND]) await says(text);
  expect((await open()).call.id).toBe(OTHER);
  for (const text of [CALL, AFTERWARDS]) await says(text);
  expect((await open()).call.id).toBe(CALL);
  await sends();
  await says(WORD);
  expect((await open()).call.id).toBe(OTHER);
  await sends();
}

/** Marks and bullets are drawn otherwise on each channel. */
const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, ' ');

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
