// The whole conversation in a terminal. On a pipe each line is a message; it ends with the input.

import { randomUUID } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { openApp } from '../app.ts';
import { type LoadedCalls, loadGoodCalls } from '../calls/load-calls.ts';
import { CONSOLE_ADDRESS, consoleChannel, wrapped } from '../channels/console.ts';
import { fileEvent, readDocx } from '../channels/media/read-docx.ts';
import { readConfig } from '../config/config.ts';
import type { EventBody } from '../dialog/engine/event.ts';
import { isLanguage, LANGUAGES } from '../languages.ts';
import { openLog } from '../log.ts';
import { DIALOGS, LOCALES } from './call-roots.ts';
import { UsageError, type Given, type Io } from './command.ts';

interface ChatGiven {
  readonly call?: string | undefined;
  /** A call that is not open yet is played as if it were. */
  readonly draft?: boolean | undefined;
  readonly language?: string | undefined;
  /** A file for "> message" and "< reply" lines; overwritten. */
  readonly record?: string | undefined;
}

/** `input` is passed in by tests. */
export async function chat(
  { values }: Given<ChatGiven>,
  io: Io,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<number> {
  const { call, draft } = values;
  if (call === undefined) {
    if (draft === true) throw new UsageError('Say which call: --call ID --draft');
    return talk(values, io, input);
  }
  const { calls, ...loaded } = loadGoodCalls(DIALOGS, LOCALES);
  if (draft !== true) {
    if (calls.find(({ id }) => id === call)?.status === 'draft')
      io.say(`${call} is a draft, which nobody is offered. To hear it as if it were open, add --draft.\n`);
    return talk(values, io, input);
  }
  const folder = await mkdtemp(join(tmpdir(), 'griot-draft-'));
  io.say(`${call}, as if it were open. This is a trial: nothing is sent, and nothing is kept after its end.\n`);
  try {
    const opened = calls.map((each) => (each.id === call ? { ...each, status: 'open' as const } : each));
    return await talk(values, { ...io, environment: { DATA_DIR: folder } }, input, { calls: opened, ...loaded });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `calls`: in place of those in dialogs/. */
async function talk(
  { call, language, record }: ChatGiven,
  io: Io,
  input: NodeJS.ReadableStream,
  calls?: LoadedCalls,
): Promise<number> {
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
    ...(calls === undefined ? {} : { calls }),
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

  const isTerminal = input === process.stdin && process.stdin.isTTY;
  const output = isTerminal ? { output: process.stdout, prompt: '> ' } : {};
  await take({ kind: 'opened' });
  // Only now: a line that comes before somebody waits for it is lost.
  const lines = createInterface({ input, ...output });
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
