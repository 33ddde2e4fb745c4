import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { severalRounds } from '../src/event-loop.ts';
import { WriteQueue } from '../src/store/db/sqlite.ts';

it('whoever knocked during long work is heard before the next piece', async () => {
  let heard = 0;
  const server = createServer(() => (heard += 1)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const people = Array.from({ length: 40 }, () => connect(port, '127.0.0.1'));
  try {
    await Promise.all(people.map((one) => once(one, 'connect')));
    await severalRounds();
    expect(heard).toBe(40);
  } finally {
    for (const one of people) one.destroy();
    server.close();
  }
});

it('a write that causes the next one lets others be heard in between', async () => {
  const db = new DatabaseSync(':memory:');
  const queue = new WriteQueue(db, 1_000);
  let [isHeard, writes] = [false, 0];
  setTimeout(() => (isHeard = true), 1);
  const write = (): Promise<void> => {
    const end = performance.now() + 1;
    while (performance.now() < end);
    writes += 1;
    return Promise.resolve();
  };
  while (!isHeard && writes < 1_000) await queue.add(write);
  expect(isHeard).toBe(true);
  db.close();
});
