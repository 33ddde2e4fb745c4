// The whole conversation in a terminal. On a pipe each line is a message; it ends with the input.

import { randomUUID } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { openApp } from '../app.ts';
import { CONSOLE_ADDRESS, consoleChannel, wrapped } from '../channels/console.ts';
import { fileEvent, readDocx } from '../channels/media/read-docx.ts';
import { readConfig } from '../config/config.ts';
import type { EventBody } from '../dialog/engine/event.ts';
import { isLanguage, LANGUAGES } from '../languages.ts';
import { openLog } from '../log.ts';
import { UsageError, type Given, type Io } from './command.ts';

interface ChatGiven {
  readonly call?: string | undefined;
  readonly language?: string | undefined;
  /** A file for "> message" and "< reply" lines; overwritten. */
  readonly record?: string | undefined;
}

export async function chat({ values: { call, language, record } }: Given<ChatGiven>, io: Io): Promise<number> {
  if (language !== undefined && !isLanguage(language)) {
    throw new UsageError(`--language: one of ${LANGUAGES.join(', ')}`);
  }
  if (record !== undefined) writeFileSync(record, '');
  const note = (mark: '>' | '<', text: string) => {
    if (record !== undefined) appendFileSync(record, `${mark} ${text.replaceAll('\n', '\n  ')}\n\n`);
  };
  const { config, secrets } = readConfig(call === undefined ? io.environment : { ...io.environment, CALL: call });
  const print = (text: string) => {
    io.say(`${process.stdout.isTTY ? wrapped(text, process.stdout.columns) : text}\n`);
    note('<', text);
  };
  const app = await openApp({
    config,
    secrets,
    log: openLog(config.logLevel === 'info' ? 'warn' : config.logLevel),
    channels: [
      { channel: consoleChannel(print), facts: { seenBy: 'nobody', takesFiles: false, takesInterviews: true } },
    ],
  });
  const take = async (body: EventBody) => {
    const id = randomUUID();
    const event = { id, at: new Date().toISOString(), ...body };
    const guess = language === undefined ? {} : { language };
    await app.conversation.take({ from: CONSOLE_ADDRESS, messageId: id, event, ...guess });
    await app.settle();
  };

  const isTerminal = process.stdin.isTTY;
  const output = isTerminal ? { output: process.stdout, prompt: '> ' } : {};
  await take({ kind: 'opened' });
  // Only now: a line that comes before somebody waits for it is lost.
  const lines = createInterface({ input: process.stdin, ...output });
  if (isTerminal) lines.prompt();
  for await (const line of lines) {
    note('>', line);
    await take(await bodyOf(line));
    if (isTerminal) lines.prompt();
  }
  await app.close();
  return 0;
}

/** "file: interview.docx" sends a Word file from this computer; every other line is a message. */
async function bodyOf(line: string): Promise<EventBody> {
  const path = /^file:\s*(?<path>\S.*\.(?:docx?|odt|rtf|pdf))\s*$/iu.exec(line)?.groups?.['path'];
  if (path === undefined) return { kind: 'message', text: line };
  const bytes = await readFile(path).catch(() => null);
  return bytes === null ? { kind: 'unusable', what: 'file' } : fileEvent(await readDocx(bytes));
}
