// Plays a call to its end in each language, as a person would hear it, and writes what was said and the file that would
// have been sent. Nothing leaves this machine, and nothing is kept of it elsewhere.

import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type App, openApp } from '../app.ts';
import { loadTexts } from '../app/load-texts.ts';
import { TRIAL_ADDRESS } from '../app/open-calls.ts';
import { type CallForInputs, deadlineOf, topicsOf } from '../calls/call.ts';
import { filesOf, type LoadedCalls, type ReadCall, readCallFiles } from '../calls/load-calls.ts';
import { CallFilesError } from '../calls/load-calls-error.ts';
import { CONSOLE_ADDRESS, consoleChannel } from '../channels/console.ts';
import { readConfig } from '../config/config.ts';
import type { EventBody } from '../dialog/engine/event.ts';
import { parseSession } from '../dialog/engine/session.ts';
import type { Lexicon } from '../dialog/understanding/lexicon.ts';
import { inEvery, type Language, LANGUAGE_FACTS, LANGUAGES } from '../languages.ts';
import { openLog } from '../log.ts';
import { takeFile, understandMail } from '../mail/inbound/understand-mail.ts';
import { placeOf, shownPath } from './call-place.ts';
import { LOCALES } from './call-roots.ts';
import { neverServedLines } from './call-why.ts';
import { type Given, type Io, OperatorError } from './command.ts';
import { SAMPLE, type Sample } from './preview-sample.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** `now` is passed in by tests. */
export async function previewCall(
  { positionals: [given = ''] }: Given<unknown>,
  io: Io,
  now: () => Date = () => new Date(),
): Promise<number> {
  const place = placeOf(given);
  if (place === null) throw new OperatorError(`There is no call "${given}": give its id, its folder or its file.`);
  const read = readCallFiles(filesOf(place, LOCALES));
  if (read.call === null || read.problems.length > 0) throw new CallFilesError(read.problems);
  const into = join(dirname(read.files.file), read.files.sheet === null ? `${read.call.id}-preview` : 'preview');
  await mkdir(into, { recursive: true });
  const call: CallForInputs = { ...read.call, status: 'open' };
  const loaded = { calls: [call], catalogues: cataloguesOf(read), broken: [] };
  for (const line of neverServedLines(call)) io.say(line);
  io.say(`Into ${shownPath(into)}`);
  let isInvented = false;
  for (const language of LANGUAGES) {
    const play = (answer: PlayedAs['answer']) =>
      played(loaded, call, { language, answer, start: startOf(call, now()) });
    const { said, end, files } = await play('answer');
    const name = (ending: string) => `${language}${ending}`;
    const written: [string, string | Uint8Array][] = [[name('.txt'), said]];
    for (const [format, content] of files) written.push([name(`.${format}`), content]);
    // A second conversation, for the questions that are asked only after a no.
    if (end === 'sent' && hasConditions(call)) written.push([name('-no.txt'), (await play('no')).said]);
    for (const [file, content] of written) await writeFile(join(into, file), content);
    const borrowed =
      read.catalogues[language] === undefined ? `, with the texts of ${LANGUAGE_FACTS[language].fallback}` : '';
    io.say(`${language}: ${ENDS[end]}${borrowed}: ${written.map(([file]) => file).join(', ')}`);
    isInvented ||= said.includes(TRIAL_ADDRESS);
  }
  if (isInvented) io.say(`The address ${TRIAL_ADDRESS} in them is invented, as in every trial: nothing goes there.`);
  io.say(
    'Read them all, with a second person. Then sign in the file of the call: previewed: { by: YOUR NAME, on: YYYY-MM-DD }',
  );
  return 0;
}

const ENDS = {
  sent: 'played to the end, as if it were open',
  refused: 'not served; this is what people hear',
  stuck: 'NOT played to the end: read where it stopped',
} as const;

function cataloguesOf({ catalogues, files }: ReadCall): LoadedCalls['catalogues'] {
  return inEvery((language) => {
    const own = catalogues[language];
    return own === undefined ? {} : { [files.id]: own };
  });
}

/** Before the deadline, so that nobody hears that it is late. */
function startOf(call: CallForInputs, today: Date): number {
  const deadline = deadlineOf(call);
  const before = deadline === null ? Infinity : Date.parse(deadline.instant) - 20 * DAY;
  return Math.min(today.getTime(), before);
}

interface Played {
  readonly said: string;
  readonly end: keyof typeof ENDS;
  readonly files: readonly (readonly [format: string, content: Uint8Array])[];
}

interface PlayedAs {
  readonly language: Language;
  /** Of SAMPLE, to each question of the call. */
  readonly answer: 'answer' | 'no';
  readonly start: number;
}

function hasConditions(call: CallForInputs): boolean {
  return topicsOf(call).some(
    ({ onlyIf, prompts }) => onlyIf !== undefined || prompts.some((one) => one.onlyIf !== undefined),
  );
}

async function played(calls: LoadedCalls, call: CallForInputs, { language, answer, start }: PlayedAs): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), 'griot-preview-'));
  let clock = start;
  const said: string[] = [];
  const { config, secrets } = readConfig({ DATA_DIR: folder, CALL: call.id, LOG_LEVEL: 'silent' });
  const app = await openApp({
    ...{ config, secrets, log: openLog('silent'), now: () => new Date(clock), calls },
    channels: [
      {
        channel: consoleChannel((text) => void said.push(text)),
        facts: { seenBy: 'nobody', takesFiles: false },
      },
    ],
  });
  const take = async (body: EventBody) => {
    clock += MINUTE;
    const id = randomUUID();
    const event = { id, at: new Date(clock).toISOString(), ...body };
    const { person } = await app.conversation.take({ from: CONSOLE_ADDRESS, messageId: id, event, language });
    await app.settle();
    return person;
  };
  try {
    const person = await take({ kind: 'opened' });
    const end = await toTheEnd(app, person, answersIn(language, answer), async (text) => {
      said.push(`> ${text}`);
      await take({ kind: 'message', text });
    });
    if (end === 'sent') {
      clock += 30 * MINUTE;
      await app.settleMails();
      await app.settle();
    }
    return { said: `${said.join('\n\n')}\n`, end, files: await filesIn(config.outboxDir) };
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Answers = (prompt: string, asked: number) => string;

/** Says at each prompt what a person might. */
async function toTheEnd(
  app: App,
  person: string,
  answer: Answers,
  say: (text: string) => Promise<void>,
): Promise<Played['end']> {
  const asked = new Map<string, number>();
  for (let left = 400; left > 0; left--) {
    const { prompt, of = '' } = parseSession(await app.store.session(person)).at;
    if (prompt === 'closed') return 'refused';
    if (prompt === 'after') return 'sent';
    const before = asked.get(`${prompt} ${of}`) ?? 0;
    if (before > 5) return 'stuck';
    asked.set(`${prompt} ${of}`, before + 1);
    await say(answer(prompt, before));
  }
  return 'stuck';
}

function answersIn(language: Language, answer: PlayedAs['answer']): Answers {
  const { words }: Lexicon = loadTexts('UTC').lexicon;
  const { commands, typed, asides } = words[language];
  const next = commands.next[0] ?? '';
  const skip = commands.skip[0] ?? '';
  const sample: Sample = SAMPLE[language];
  const told: Readonly<Record<string, readonly string[]>> = {
    ...{ story: [sample.story, next], topics: [asides['one-by-one'][0] ?? '', next], links: [sample.link, next] },
    ...{
      topic: [sample[answer], next],
      'topic-one': [sample[answer], next],
      // If a sample is asked back about, it is part of the text.
      doubt: ['2'],
      'author-form': ['1'],
      'author-name': [sample.name],
      'author-check': ['1'],
    },
    ...{
      'harmed-form': ['3'],
      country: [sample.country, next],
      'publication-sure': [typed.publish[0] ?? ''],
      send: [typed.send[0] ?? ''],
    },
    ...Object.fromEntries(['hello', 'safety', 'keep', 'for-whom', 'publication'].map((prompt) => [prompt, ['1']])),
  };
  return (prompt, asked) => (told[prompt] ?? [skip])[asked] ?? [next, '1', skip][asked % 3] ?? next;
}

/** The document in its formats, from the mail that a trial puts into its folder. */
async function filesIn(outbox: string): Promise<Played['files']> {
  const found: [string, Uint8Array][] = [];
  for (const name of await readdir(outbox).catch(() => [])) {
    if (!name.endsWith('.eml')) continue;
    const mail = await readFile(join(outbox, name));
    for (const [index, file] of (await understandMail(mail)).files.entries()) {
      const format = /\.(docx|pdf)$/u.exec(file.name)?.[1];
      const bytes = await takeFile(mail, index);
      if (format !== undefined && bytes !== null) found.push([format, bytes]);
    }
  }
  return found;
}
