// Exports one case, and purges expired data. The audit log records it.

import { open } from 'node:fs/promises';
import { sealCases } from '../app/closed/seal-cases.ts';
import { loadTexts } from '../app/load-texts.ts';
import { callShelf } from '../app/open-calls.ts';
import { typedReference } from '../staff/typed-reference.ts';
import { exportCase } from '../staff/export/case-export.ts';
import { lineText } from '../staff/sealed/opened-case.ts';
import { HELD_HOURS } from '../store/erasure/purge.ts';
import type { TranscriptLine } from '../store/turns/transcript.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';
import { withStaff } from './open-data.ts';
import { counted } from '../counted.ts';

/** The transcript is stored sealed and never leaves with a submission. */
export function transcript({ positionals: [reference = ''] }: Given<unknown>, io: Io): Promise<number> {
  return withStaff(io, async ({ store, audit }) => {
    const asked = asTyped(reference);
    const lines = await store.transcriptByReference(asked);
    if (lines === null) throw nothingUnder(reference);
    const id = await store.desk.find(asked);
    if (id !== null && (await store.sealedCase(id)).length > 0)
      throw new OperatorError(
        `It is sealed to the keys of staff: griot export ${asked} --out FILE, then griot open-sealed.`,
      );
    const about = { reference: asked, ...(id === null ? {} : { case: id }) };
    await audit.record({ staff: null, action: 'case.transcript', ...about, detail: 'command' });
    io.warn('This shows decrypted words. Close the window when you have read them; keep no copy.');
    for (const line of lines) io.say(shown(line));
    return 0;
  });
}

/** As in the transcript of a sealed case, with what became of a message. */
export function shown({ at, from, text, edited }: TranscriptLine): string {
  return lineText({ at, from: `${from}${edited && text !== null ? ' (edited)' : ''}`, text: text ?? '(erased)' });
}

export async function exportOne(
  { values: { out }, positionals: [reference = ''] }: Given<{ readonly out?: string | undefined }>,
  io: Io,
): Promise<number> {
  if (out === undefined) throw new UsageError('--out is missing: the file to write');
  return withStaff(io, async ({ store, audit }) => {
    const asked = asTyped(reference);
    const id = await store.desk.find(asked);
    if (id === null) throw nothingUnder(reference);
    await audit.record({ staff: null, action: 'export.case', reference: asked, case: id, detail: 'command' });
    const made = await exportCase(store, id, { by: 'command', at: new Date().toISOString() });
    if (made === null) throw nothingUnder(reference);
    if (!(await written(out, made.bytes))) {
      throw new OperatorError(`This file cannot be made, or exists already: ${out}`);
    }
    const sealed = await store.sealedCase(id);
    if (sealed.length > 0)
      io.say('Its words are sealed. Where a secret key is: griot open-sealed FILE --key KEY --out FOLDER');
    io.warn('It contains decrypted words. Keep it locked, and remove it when it is no longer needed.');
    return 0;
  });
}

/** Readable by its owner only; never overwrites a file. */
export async function written(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    return true;
  } catch {
    return false;
  }
}

function asTyped(reference: string): string {
  const typed = typedReference(reference);
  if (typed === null) throw nothingUnder(reference);
  return typed;
}

function nothingUnder(reference: string): OperatorError {
  return new OperatorError(`Nothing is kept under the reference "${reference}".`);
}

/** The same as the server does at its start and every hour, sealing included: for a server that is off, and to see that it works. */
export function purge(io: Io): Promise<number> {
  return withStaff(io, async ({ store, audit, config: { idleDays, closedDays, closed, voice, timeZone }, now }) => {
    const due = `purge, idle ${idleDays}, closed ${counted(closedDays, 'day')}`;
    await audit.record({ staff: null, action: 'case.delete', detail: due });
    const keep = { idleDays, closedDays, heldHours: HELD_HOURS, voiceDays: voice.keepDays };
    const erased = await store.purge(now().toISOString(), keep);
    io.say(`Drafts erased, idle for more than ${counted(idleDays, 'day')}: ${erased.drafts}`);
    io.say(`Cases erased, closed for more than ${counted(closedDays, 'day')}: ${erased.closed}`);
    io.say(`Messages erased, written before a yes and older than ${HELD_HOURS} hours: ${erased.held}`);
    if (closed === null) return 0;
    const calls = callShelf({ loaded: loadTexts(timeZone), store });
    const log = {
      info: () => undefined,
      warn: (_: object, text: string) => io.warn(`${text}: griot closed-keys test`),
    };
    const sealed = await sealCases({ closed, store, calls, audit, now, log });
    io.say(`Cases sealed to the keys of staff, ended more than ${counted(closed.afterDays, 'day')} ago: ${sealed}`);
    return 0;
  });
}
