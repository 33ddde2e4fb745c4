// A process that does nothing but transcribe, to be killed or put to sleep in the middle. It is told everything in its one
// argument; says "begun" when it has a recording, and answers when it is told the words.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { nameThisProcess } from '../../src/lease.ts';
import { startVoiceLoop } from '../../src/voice/voice-loop.ts';
import { openOrdered, ORDERS, ordersGiven } from '../support/process-orders.ts';

const orders = ORDERS.parse(ordersGiven());
const { holder, lease, now } = orders;
const say = (what: string): void => void process.stdout.write(`${what}\n`);
const store = await openOrdered(orders);
startVoiceLoop(
  {
    store,
    async transcribe() {
      say('begun');
      const [words] = (await once(process.stdin, 'data')) as [Buffer];
      return { kind: 'text', text: words.toString('utf8').trim() };
    },
    now: () => new Date(now),
    newId: randomUUID,
    holder: holder ?? nameThisProcess(),
    lease,
    onFault: (error) => say(String(error)),
    log: { info: () => undefined, warn: () => undefined },
    slowMs: 600_000,
  },
  20,
)
  .settle()
  .then(
    () => say('settled'),
    (error: unknown) => say(String(error)),
  );
