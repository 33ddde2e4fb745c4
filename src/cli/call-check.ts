// Checks the files of calls. Three classes: cannot be read; cannot be served; please look.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CallForInputs, deadlineOf, emailChannelOf, isPast } from '../calls/call.ts';
import { whereInstead, whyNotServed } from '../calls/why-not-served.ts';
import { callFilesIn, filesOf, type ReadCall, readCallFiles } from '../calls/load-calls.ts';
import { type CallFileProblem, problemLine } from '../calls/load-calls-error.ts';
import { type Here, looksAt } from '../calls/looks.ts';
import { type HereFor, hereFor } from './call-here.ts';
import { placeOf, shownPath } from './call-place.ts';
import { DIALOGS, LOCALES } from './call-roots.ts';
import { neverServedLines, whyLine } from './call-why.ts';
import { type Given, type Io, OperatorError } from './command.ts';

/** Ends with 1 if a call cannot be read, or lacks texts. `now` is passed in by tests. */
export async function checkCalls(
  { positionals: given }: Given<unknown>,
  io: Io,
  now: () => Date = () => new Date(),
): Promise<number> {
  const places = given.length === 0 ? callFilesIn(DIALOGS, LOCALES) : given.map((file) => filesFor(file, io));
  const read = places.map(readCallFiles);
  const here = await hereFor(
    io,
    read.flatMap(({ call }) => call ?? []),
  );
  for (const each of read) {
    for (const line of linesFor(each, here)) io.say(line);
    if (each.call !== null && each.call.status !== 'closed' && isPast(each.call, now().toISOString()))
      io.say('  please look: the deadline has passed; status: closed, or a later one under extended');
  }
  return read.some(({ problems }) => problems.length > 0) ? 1 : 0;
}

/** A file's texts are searched in locales/ next to its folder; a draft without that folder is checked without texts. */
function filesFor(given: string, io: Io) {
  if (placeOf(given) === null && !/\.ya?ml$/u.test(given)) {
    const known = callFilesIn(DIALOGS, LOCALES).map(({ id }) => id);
    throw new OperatorError(
      `There is no call "${given}". There are: ${known.join(', ')}. A folder or a file is also taken.`,
    );
  }
  const file = placeOf(given) ?? given;
  const locales = join(dirname(file), '..', 'locales');
  const place = filesOf(file, existsSync(locales) ? locales : null);
  if (place.sheet === null && place.locales === null) io.say(`${file}: texts not checked, there is no ${locales}`);
  return place;
}

function lineOf(problem: CallFileProblem): string {
  return problemLine({ ...problem, file: shownPath(problem.file) });
}

function linesFor({ files, call, catalogues, problems, gaps }: ReadCall, here: HereFor): readonly string[] {
  if (call === null) return [`${files.id}: cannot be read`, ...problems.map((each) => `  ${lineOf(each)}`)];
  // Without its texts a call can be read, but not served.
  const unread = problems.filter(({ expected }) => !expected.endsWith('(missing)'));
  const missing = problems.filter((each) => !unread.includes(each));
  const instead = `${files.id}: cannot be served as it stands`;
  return [
    ...(problems.length === 0 ? [lineFor(call, here(call))] : []),
    ...(unread.length > 0
      ? [`${files.id}: its texts cannot be read`, ...unread.map((each) => `  ${lineOf(each)}`)]
      : []),
    ...(call.status === 'draft' ? [`${instead}: ${whyLine('draft')}`] : []),
    ...neverServedLines(call),
    ...(missing.length === 0 ? [] : [`${instead}: texts are missing`, ...missing.map((each) => `  ${lineOf(each)}`)]),
    ...looksAt(call, catalogues, gaps, here(call)).map((look) => `  please look: ${look}`),
  ];
}

function lineFor(call: CallForInputs, { recipients, trial }: Here): string {
  const deadline = deadlineOf(call);
  const until =
    deadline === null ? 'no deadline' : `until ${deadline.instant}${deadline.assumed ? ' (hour or zone assumed)' : ''}`;
  const reason = whyNotServed(call);
  const served =
    reason === null
      ? `served, ${recipients === null || recipients.length === 0 ? addressesOf(call, trial) : `goes to ${recipients.join(' and ')}`}`
      : `not served: ${reason}, instead: ${whereInstead(call) ?? 'nowhere known'}`;
  return `${call.id} (revision ${call.revision}, ${call.status}): ${call.response.kind}, ${until}, ${served}`;
}

function addressesOf(call: CallForInputs, trial: string | undefined): string {
  const email = emailChannelOf(call);
  if (trial !== undefined) return `no verified address (${trial} is a trial's own, invented: it goes nowhere)`;
  if (email === null || email.addresses === 'not-stated') return 'no address in the file';
  return `${email.addresses.join(' and ')}${email.verified ? '' : ' (NOT verified)'}`;
}
