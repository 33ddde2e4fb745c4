// The text of a reply and the rest of it, its recording and its files: no text waits for an upload that hangs.

import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import type { Channel, SendOutcome } from '../../src/channels/channel.ts';
import { type Self, startReplyDelivery } from '../../src/conversation/deliver-replies.ts';
import type { Store } from '../../src/store/open.ts';
import type { Worker } from '../../src/worker.ts';
import { NOON, PHONE, reply, save, say } from '../store/family.ts';
import { openTempStore, type TempStore } from '../support/temp-store.ts';

const AT_NOON = () => new Date(NOON);
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A file, a text, a recording. */
async function three(): Promise<TempStore> {
  const temp = await openTempStore();
  ends.push(() => temp.close());
  const person = await say(temp.store, 'm1', 'a');
  const texts = [{ file: 'final' }, {}, { aloud: true }].map((more, at) => {
    const { body, ...rest } = reply(`t${at + 1}`);
    return { ...rest, body: { language: 'es', ...body, ...more } };
  });
  await save(temp.store, person, { replies: texts });
  return temp;
}

/** `rest`: how the recordings and files are sent, one after the other. */
function delivering(
  { store }: Pick<TempStore, 'store'>,
  restMs: number,
  rest: (count: number) => Promise<SendOutcome>,
  self?: Self,
) {
  const did: string[] = [];
  let count = 0;
  const channel: Channel = {
    name: PHONE.channel,
    parallel: true,
    capabilities: { buttons: false, bubble: 600, files: true },
    send(_, { bubbles }) {
      did.push(bubbles.map(({ text }) => text).join());
      return Promise.resolve({ kind: 'sent' });
    },
    sendRest(_, { bubbles }) {
      did.push(`rest of ${bubbles.map(({ text }) => text).join()}`);
      return rest(++count);
    },
  };
  const faults: unknown[] = [];
  const delivery: Worker = startReplyDelivery(
    { store, channel, now: AT_NOON, onFault: (fault) => faults.push(fault), restMs, ...(self && { self }) },
    60_000,
  );
  ends.push(() => delivery.stop());
  return { did, delivery, faults };
}

it('a file leaves before the next text, as long as it does not hang', async () => {
  const { did, delivery, faults } = delivering(await three(), 60_000, () => Promise.resolve({ kind: 'sent' }));
  await delivery.settle();
  expect(did).toEqual(['t1', 'rest of t1', 't2', 't3', 'rest of t3']);
  expect(faults).toEqual([]);
});

it('texts pass a file that hangs, and the next recording comes after it; each once', async () => {
  const temp = await three();
  const held = Promise.withResolvers<SendOutcome>();
  const { did, delivery, faults } = delivering(temp, 1, (count) =>
    count === 1 ? held.promise : Promise.resolve({ kind: 'sent' }),
  );
  delivery.kick();
  await vi.waitFor(() => expect(did).toEqual(['t1', 'rest of t1', 't2', 't3']));
  // If it died here: the file would be sent by the next process, and no text again.
  const due = async () => (await temp.store.dueReplies(PHONE.channel, 9)).map(({ restOnly, body }) => [restOnly, body]);
  await vi.waitFor(async () => expect(await due()).toMatchObject([[true, { bubbles: [{ text: 't1' }] }]]));
  expect(did).toEqual(['t1', 'rest of t1', 't2', 't3']);
  held.resolve({ kind: 'sent' });
  await delivery.settle();
  expect(did).toEqual(['t1', 'rest of t1', 't2', 't3', 'rest of t3']);
  expect(await due()).toEqual([]);
  expect(faults).toEqual([]);
});

it('a file that was refused for now is tried again later, without its text; the next recording does not wait so long', async () => {
  const temp = await three();
  const { did, delivery } = delivering(temp, 60_000, (count) =>
    Promise.resolve(count === 1 ? { kind: 'failed', error: 'busy', retryable: true } : { kind: 'sent' }),
  );
  await delivery.settle();
  expect(did).toEqual(['t1', 'rest of t1', 't2', 't3', 'rest of t3']);
  temp.now = '2026-03-01T13:00:00.000Z';
  await delivery.settle();
  expect(did).toEqual(['t1', 'rest of t1', 't2', 't3', 'rest of t3', 'rest of t1']);
});

it('a process that may be taken for dead after a text says that this has left, and leaves the file to the next', async () => {
  const temp = await three();
  const { did, delivery } = delivering(temp, 60_000, () => Promise.resolve({ kind: 'sent' }), {
    name: () => null,
    isSure: () => did.length === 0,
  });
  await delivery.settle();
  expect(did).toEqual(['t1']);
  expect(await temp.store.dueReplies(PHONE.channel, 1)).toMatchObject([{ body: { bubbles: [{ text: 't2' }] } }]);
});

it('a file that fails while the database does too is tried again, and ends nothing', async () => {
  const temp = await three();
  const held = Promise.withResolvers<SendOutcome>();
  const full = new Error('the disk is full');
  const store: Store = { ...temp.store, replyTextSent: () => Promise.reject(full) };
  const { did, delivery, faults } = delivering({ store }, 1, () => held.promise);
  await delivery.settle();
  held.reject(new Error('no network'));
  await setImmediate();
  expect(did).toEqual(['t1', 'rest of t1']);
  expect(faults).toEqual([full]);
  expect(await temp.store.dueReplies(PHONE.channel, 1)).toMatchObject([{ body: { bubbles: [{ text: 't1' }] } }]);
});
