// Proof that people hold the secret keys of CLOSED_KEYS: nothing is sealed before two are proved.

import { encryptTo, shortKey } from '../app/closed/closed-keys.ts';
import { PROVED_KEYS } from '../app/closed/seal-cases.ts';
import type { ClosedConfig } from '../config/closed.ts';
import { written } from './cases.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';
import { type Data, withData } from './open-data.ts';

export function testKeys({ values: { out } }: Given<{ readonly out?: string | undefined }>, io: Io): Promise<number> {
  if (out === undefined) throw new UsageError('--out is missing: the file to write');
  return withData(io, async ({ store, config }) => {
    const { recipients } = configured(config);
    const keys = [];
    for (const recipient of recipients) {
      const age = await encryptTo([recipient], Buffer.from(store.closedKeys.wordOf(recipient), 'utf8'));
      keys.push({ recipient, age: Buffer.from(age).toString('base64') });
    }
    const text = `${JSON.stringify({ griot: 'closed-keys-test', version: 1, keys }, null, 2)}\n`;
    if (!(await written(out, Buffer.from(text, 'utf8'))))
      throw new OperatorError(`This file cannot be made, or exists already: ${out}`);
    io.say(`Give ${out} to each holder of a key. On their machine: griot open-sealed FILE --test --key THEIR_KEY`);
    io.say('It prints a word, which only their key gives. Here: griot closed-keys proved WORD');
    return 0;
  });
}

export function provedKey({ positionals: [word = ''] }: Given<unknown>, io: Io): Promise<number> {
  return withData(io, async ({ store, config }) => {
    const { recipients } = configured(config);
    const recipient = await store.closedKeys.prove(word, recipients, new Date().toISOString());
    if (recipient === null) throw new OperatorError('No key of CLOSED_KEYS gives this word.');
    const { length } = await store.closedKeys.proved(recipients);
    io.say(`Proved: ${shortKey(recipient)}. So far ${length} of ${recipients.length}; ${PROVED_KEYS} are needed.`);
    return 0;
  });
}

function configured({ closed }: Data['config']): ClosedConfig {
  if (closed === null) throw new OperatorError('CLOSED_KEYS is not set: closed cases are not sealed.');
  return closed;
}
