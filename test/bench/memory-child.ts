// node --expose-gc memory-child.ts DIR COUNT: opens the app on DIR, serves a few people, then stores COUNT conversations
// more. Prints what memory is held before and after, in bytes.

import { openTempApp } from './temp-app.ts';

const AT_ONCE = 64;
const WARM = 320;
const [dir, wanted] = process.argv.slice(2);
const collect = globalThis.gc;
if (dir === undefined || collect === undefined) throw new Error('needs a folder, and --expose-gc');

const temp = await openTempApp(dir);
const store = async (who: string, count: number) => {
  let next = 0;
  const one = async () => {
    while (next < count) {
      const person = `${who}-${next++}`;
      for (const text of ['hello', '1']) await temp.say('web-chat', person, text);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  await temp.app.settle();
};
const held = async () => {
  await new Promise((wake) => setTimeout(wake, 50));
  await collect({ execution: 'async' });
  await collect({ execution: 'async' });
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
};

await store(`warm-${process.pid}`, WARM);
const before = await held();
await store(`stored-${process.pid}`, Number(wanted));
const after = await held();
await temp.close();
process.stdout.write(
  JSON.stringify({ rss: before.rss, heap: before.heapUsed, rssAfter: after.rss, heapAfter: after.heapUsed }),
);
