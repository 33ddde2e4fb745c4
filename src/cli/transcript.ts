// npm run -s transcript -- REF [--data DIR]: what was said about one submission, by the reference in its document.
// For staff. The transcript is kept sealed and never travels with a submission; this opens it, and the audit log says so.

import { parseArgs } from 'node:util';
import type { TranscriptLine } from '../store/store.ts';
import { withStaff } from './staff/open-staff.ts';
import { nothingUnder, parseReference } from './staff/reference-typed.ts';
import { fail, typed } from './typed.ts';

const USAGE = 'npm run -s transcript -- REFERENCE [--data DIR]';
const OPTIONS = { data: { type: 'string' }, help: { type: 'boolean' } } as const;

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = typed(USAGE, 1, () => parseArgs({ options: OPTIONS, allowPositionals: true }));
  if (typeof given === 'number') return given;
  const [reference = ''] = given.positionals;
  return withStaff({ dataDir: given.values.data }, async ({ store, audit }) => {
    const asked = parseReference(reference);
    const lines = await store.transcriptByReference(asked);
    if (lines === null) return fail(nothingUnder(reference));
    const id = await store.desk.find(asked);
    const about = { reference: asked, ...(id === null ? {} : { case: id }) };
    await audit.record({ staff: null, action: 'case.transcript', ...about, detail: 'command' });
    console.error('This shows sealed words in clear. Close the window when you have read them; keep no copy.');
    for (const line of lines) console.log(shown(line));
    return 0;
  });
}

/** "2026-11-23 12:01:30 UTC  person (edited)", and the text below it, set in. */
function shown({ at, from, text, edited }: TranscriptLine): string {
  const when = `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
  const said = (text ?? '(erased)').split('\n').map((line) => `    ${line}`.trimEnd());
  return [`${when}  ${from}${edited && text !== null ? ' (edited)' : ''}`, ...said, ''].join('\n');
}
