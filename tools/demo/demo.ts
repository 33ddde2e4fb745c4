// npm run -s demo -- [--persona NAME] [--out DIR] [--list]: an invented person talks to the real program.
//
// The whole way, on this machine alone: the web chat over HTTP, a mail over SMTP to the demo's own server. Writes
// submission.docx, submission.pdf, message.eml and transcript.txt to DIR. Ends with 1 if it did not go as expected.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkOutcome } from './check-outcome.ts';
import { loadPersonas, PersonaError, type Persona } from './persona.ts';
import { DemoError, playPersona, type Played } from './play.ts';

const USAGE = 'npm run -s demo -- [--persona NAME] [--out DIR] [--list]';
const DEFAULT_PERSONA = 'en-sister-shortest';
/** Milliseconds after which it is stopped in any case. */
const LIMIT = 120_000;

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = parseGiven();
  if (given === null) return fail(USAGE);
  if (given.help === true) return say(USAGE);
  try {
    const personas = loadPersonas();
    if (given.list === true) return say(personas.map(listed).join('\n'));
    const name = given.persona ?? DEFAULT_PERSONA;
    const persona = personas.find((one) => one.name === name);
    if (persona === undefined)
      return fail(`There is no persona "${name}". There are:\n${personas.map(listed).join('\n')}`);
    return await play(persona, resolve(given.out ?? join('out', `demo-${name}`)));
  } catch (error) {
    if (error instanceof PersonaError || error instanceof DemoError) return fail(`\n${error.message}`);
    throw error;
  }
}

function parseGiven() {
  try {
    const options = {
      persona: { type: 'string' },
      out: { type: 'string' },
      list: { type: 'boolean' },
      help: { type: 'boolean' },
    } as const;
    return parseArgs({ options }).values;
  } catch {
    return null;
  }
}

async function play(persona: Persona, outDir: string): Promise<0 | 1> {
  const dataDir = mkdtempSync(join(tmpdir(), 'griot-demo-'));
  const away = () => rmSync(dataDir, { recursive: true, force: true });
  const limit = setTimeout(() => {
    away();
    fail(`The demo did not end within ${LIMIT / 1000} seconds.`);
    process.exit(1);
  }, LIMIT);
  try {
    say(`${persona.who}\n(invented; language: ${persona.language}; nothing leaves this machine)\n`);
    const coloured = process.stdout.isTTY;
    const print = (lines: string) => void say(lines);
    const played = await playPersona({ persona, outDir, dataDir, print, coloured });
    const problems = await checkOutcome(persona, played, outDir);
    say(summary(persona, played, outDir));
    return problems.length === 0
      ? 0
      : fail(`It did not go as it should:\n${problems.map((one) => `  ${one}`).join('\n')}`);
  } finally {
    clearTimeout(limit);
    away();
  }
}

function summary(persona: Persona, played: Played, outDir: string): string {
  const { messages, messagesInAll, beforeStory, words, reference, recipients, files } = played;
  const after = messagesInAll - messages;
  const near = relative(process.cwd(), outDir);
  const shownDir = near.startsWith('..') ? outDir : near;
  const sent =
    recipients.length === 0
      ? 'nothing was sent'
      : `the demo's own mail server, for ${[...new Set(recipients)].join(', ')}`;
  return [
    `Messages from the person: ${messages}${after === 0 ? '' : ` until it was sent, ${after} later`}`,
    `Before the story begins:  ${beforeStory ?? 'no story was told'}`,
    `Words of the document:    ${words ?? 'none'}`,
    `Publication:              ${persona.outcome.publication ?? 'none'}`,
    `Reference:                ${reference ?? 'none'}`,
    `Accepted by:              ${sent}${recipients.length > 1 ? ` (${recipients.length} mails)` : ''}`,
    `Files:                    ${files.map((name) => join(shownDir, name)).join('\n                          ')}`,
  ].join('\n');
}

function listed({ name, language, who }: Persona): string {
  return `${name.padEnd(28)} ${language}  ${who}`;
}

function say(text: string): 0 {
  process.stdout.write(`${text}\n`);
  return 0;
}

function fail(text: string): 1 {
  process.stderr.write(`${text}\n`);
  return 1;
}
