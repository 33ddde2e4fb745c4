// npm run -s chat -- [--call ID] [--language es] [--data DIR] [--record FILE]: the whole conversation in a terminal.
// On a pipe each line is a message; at the end of input it leaves with 0.

import { randomUUID } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { openApp } from '../app.ts';
import { CONSOLE_ADDRESS, consoleChannel } from '../channels/console.ts';
import { readConfig } from '../config.ts';
import { isLanguage, LANGUAGES } from '../dialog/language.ts';
import { openLog } from '../log.ts';

const USAGE = 'npm run -s chat -- [--call ID] [--language en|fr|es|pt] [--data DIR] [--record FILE]';

const { values } = parseArgs({
  options: {
    call: { type: 'string' },
    language: { type: 'string' },
    data: { type: 'string' },
    record: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help === true) {
  console.log(USAGE);
  process.exit(0);
}
const { language, record } = values;
if (language !== undefined && !isLanguage(language)) {
  console.error(`--language: one of ${LANGUAGES.join(', ')}\n${USAGE}`);
  process.exit(1);
}

const { config, secrets } = readConfig({
  ...process.env,
  ...(values.data === undefined ? {} : { DATA_DIR: values.data }),
  ...(values.call === undefined ? {} : { CALL: values.call }),
});
if (record !== undefined) writeFileSync(record, '');
const note = (mark: string, text: string) => {
  if (record !== undefined) appendFileSync(record, `${mark} ${text.replaceAll('\n', '\n  ')}\n\n`);
};
const app = await openApp({
  config,
  secrets,
  log: openLog(config.logLevel === 'info' ? 'warn' : config.logLevel),
  channels: [
    {
      channel: consoleChannel((text) => {
        console.log(`${text}\n`);
        note('<', text);
      }),
      facts: { seenBy: 'nobody', takesFiles: false },
    },
  ],
});

const take = async (body: { kind: 'opened' } | { kind: 'message'; text: string }) => {
  const id = randomUUID();
  const event = { id, at: new Date().toISOString(), ...body };
  await app.conversation.take({
    from: CONSOLE_ADDRESS,
    messageId: id,
    event,
    ...(language === undefined ? {} : { language }),
  });
  await app.settle();
};

const isTerminal = process.stdin.isTTY;
const lines = createInterface({
  input: process.stdin,
  ...(isTerminal ? { output: process.stdout, prompt: '> ' } : {}),
});
await take({ kind: 'opened' });
if (isTerminal) lines.prompt();
for await (const line of lines) {
  note('>', line);
  await take({ kind: 'message', text: line });
  if (isTerminal) lines.prompt();
}
await app.close();
