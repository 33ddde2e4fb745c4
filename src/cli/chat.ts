// npm run -s chat -- [--call ID] [--language es] [--data DIR] [--record FILE]: the whole conversation in a terminal.
// On a pipe each line is a message, and "file: interview.docx" a Word file; at the end of input it leaves with 0.

import { randomUUID } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { openApp } from '../app.ts';
import { CONSOLE_ADDRESS, consoleChannel } from '../channels/console.ts';
import { readDocx } from '../channels/read-docx/read-docx.ts';
import { readConfig } from '../config.ts';
import type { EventBody } from '../dialog/event.ts';
import { isLanguage, LANGUAGES, type Language } from '../dialog/language.ts';
import { explainError } from '../explain-error.ts';
import { openLog } from '../log.ts';

const USAGE = 'npm run -s chat -- [--call ID] [--language en|fr|es|pt] [--data DIR] [--record FILE]';

/** Something the caller can put right. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Options {
  readonly environment: NodeJS.ProcessEnv;
  readonly language: Language | undefined;
  /** Notes "> what was written" and "< what was answered", for a transcript to keep. */
  readonly note: (mark: '>' | '<', text: string) => void;
}

/** Null where only the usage was asked for. */
function readOptions(): Options | null {
  const { values } = parseGiven();
  if (values.help === true) return null;
  const { language, record } = values;
  if (language !== undefined && !isLanguage(language)) {
    throw new UsageError(`--language: one of ${LANGUAGES.join(', ')}\n${USAGE}`);
  }
  if (record !== undefined) writeFileSync(record, '');
  return {
    environment: {
      ...process.env,
      ...(values.data === undefined ? {} : { DATA_DIR: values.data }),
      ...(values.call === undefined ? {} : { CALL: values.call }),
    },
    language,
    note(mark, text) {
      if (record !== undefined) appendFileSync(record, `${mark} ${text.replaceAll('\n', '\n  ')}\n\n`);
    },
  };
}

function parseGiven() {
  const option = { type: 'string' } as const;
  try {
    return parseArgs({
      options: { call: option, language: option, data: option, record: option, help: { type: 'boolean' } },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : ''}\n${USAGE}`);
  }
}

/** "file: interview.docx" sends a Word file from this computer; every other line is a message. */
async function bodyOf(line: string): Promise<EventBody> {
  const path = /^file:\s*(?<path>\S.*\.docx)\s*$/iu.exec(line)?.groups?.['path'];
  if (path === undefined) return { kind: 'message', text: line };
  const bytes = await readFile(path).catch(() => null);
  const read = bytes === null ? null : await readDocx(bytes);
  return read?.ok === true ? { kind: 'file-read', text: read.text } : { kind: 'unusable', what: 'file' };
}

async function chat({ environment, language, note }: Options): Promise<void> {
  const { config, secrets } = readConfig(environment);
  const print = (text: string) => {
    console.log(`${text}\n`);
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
  const lines = createInterface({ input: process.stdin, ...output });
  await take({ kind: 'opened' });
  if (isTerminal) lines.prompt();
  for await (const line of lines) {
    note('>', line);
    await take(await bodyOf(line));
    if (isTerminal) lines.prompt();
  }
  await app.close();
}

try {
  const options = readOptions();
  if (options === null) console.log(USAGE);
  else await chat(options);
} catch (error) {
  console.error(explainError(error));
  process.exitCode = 1;
}
