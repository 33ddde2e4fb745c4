// npm run -s transcript -- REF [--data DIR]: what was said about one submission, by the reference in its document.
// For staff. The transcript is kept sealed and never travels with a submission; this opens it.

import { parseArgs } from 'node:util';
import type { TranscriptLine } from '../store/store.ts';
import { openExistingStore } from './open-existing-store.ts';

const USAGE = 'npm run -s transcript -- REFERENCE [--data DIR]';

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = parseGiven();
  if (given?.values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const [reference, ...more] = given?.positionals ?? [];
  if (given === null || reference === undefined || more.length > 0) return fail(USAGE);
  const opened = await openExistingStore(given.values.data);
  if (!opened.ok) return fail(opened.problem);
  const { store } = opened;
  try {
    // As it is read aloud or copied: small letters and spaces around it do no harm.
    const lines = await store.transcriptByReference(reference.trim().toUpperCase());
    if (lines === null) return fail(`Nothing is kept under the reference "${reference}".`);
    console.error('This shows sealed words in clear. Close the window when you have read them; keep no copy.');
    for (const line of lines) console.log(shown(line));
    return 0;
  } finally {
    await store.close();
  }
}

function parseGiven() {
  try {
    const options = { data: { type: 'string' }, help: { type: 'boolean' } } as const;
    return parseArgs({ options, allowPositionals: true });
  } catch {
    return null;
  }
}

/** "2026-11-23 12:01:30 UTC  person (edited)", and the text below it, set in. */
function shown({ at, from, text, edited }: TranscriptLine): string {
  const when = `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
  const said = (text ?? '(erased)').split('\n').map((line) => `    ${line}`.trimEnd());
  return [`${when}  ${from}${edited && text !== null ? ' (edited)' : ''}`, ...said, ''].join('\n');
}

function fail(text: string): 1 {
  console.error(text);
  return 1;
}
