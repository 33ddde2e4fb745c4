// A process that does nothing but transcribe, to be killed or put to sleep in the middle. It is told everything in its one
// argument; says "begun" when it has a recording, and answers when it is told the words.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { z } from 'zod';
import { nameThisProcess } from '../../src/lease.ts';
import { openStore } from '../../src/store/open.ts';
import { startVoiceLoop } from '../../src/voice/voice-loop.ts';

const ORDERS = z.object({
  database: z.union([
    z.object({ kind: z.literal('sqlite'), file: z.string() }),
    z.object({ kind: z.literal('postgres'), url: z.string() }),
  ]),
  ledgerFile: z.string(),
  masterKey: z.base64(),
  /** Null: as it names itself. */
  holder: z.string().nullable(),
  lease: z.object({ ends: z.number(), letsGo: z.number(), beat: z.number() }),
  now: z.iso.datetime(),
});
export type Orders = z.infer<typeof ORDERS>;

const { database, ledgerFile, masterKey, holder, lease, now } = ORDERS.parse(JSON.parse(process.argv[2] ?? ''));
const say = (what: string): void => void process.stdout.write(`${what}\n`);
const store = await openStore({
  ...{ database, ledgerFile, newId: randomUUID, now: () => now },
  masterKey: Buffer.from(masterKey, 'base64'),
});
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
