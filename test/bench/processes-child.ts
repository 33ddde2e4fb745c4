// node processes-child.ts URL DIR: one of several processes on the PostgreSQL at URL. Serves conversations for a while whenever it is
// asked over IPC.

import { isTrouble } from '../../src/store/db/database.ts';
import { slice, type Slice, talker } from './talkers.ts';
import { openTempApp } from './temp-app.ts';

export interface Asked {
  readonly conversations: number;
  readonly ms: number;
}
export type Served = Slice;

const [, , url, dir] = process.argv;
if (url === undefined || dir === undefined) throw new Error('needs a URL and a folder');

const temp = await openTempApp(dir, { DATABASE_URL: url });
/** Again when the database is too busy to take it, as senders do: it belongs to the wait. */
async function say(person: string, text: string): Promise<void> {
  try {
    await temp.say('web-chat', person, text);
  } catch (error) {
    if (!isTrouble(error)) throw error;
    await say(person, text);
  }
}

const crowds = new Map<number, readonly (() => Promise<void>)[]>();

process.on('message', ({ conversations, ms }: Asked) => {
  const crowd =
    crowds.get(conversations) ??
    Array.from({ length: conversations }, (_, index) => talker(say, `${process.pid}-${conversations}`, index));
  crowds.set(conversations, crowd);
  void slice(crowd, ms).then((served) => process.send?.(served));
});
process.once('disconnect', () => void temp.close().finally(() => process.exit()));
process.send?.('ready');
