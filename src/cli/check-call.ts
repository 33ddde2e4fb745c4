// npm run call:check [-- FILE.yaml …]: are the calls for inputs complete? Without files: all of dialogs/.
// Prints every problem and ends with 1; or one line for each call and ends with 0.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CallFilesError, loadCallFiles, loadCalls } from '../call-files.ts';
import type { LoadedCalls } from '../call-files.ts';
import { deadlineOf, emailChannelOf, whereInstead, whyNotServed } from '../dialog/call.ts';
import type { CallForInputs } from '../dialog/call.ts';

const root = join(import.meta.dirname, '..', '..');

try {
  const files = process.argv.slice(2);
  const { calls } = files.length === 0 ? loadCalls(join(root, 'dialogs'), join(root, 'locales')) : loadEach(files);
  for (const call of calls) console.log(lineFor(call));
} catch (error) {
  if (!(error instanceof CallFilesError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** A file's texts are looked for in locales/ beside its folder; a draft that stands elsewhere is checked without them. */
function loadEach(files: readonly string[]): Pick<LoadedCalls, 'calls'> {
  const problems: CallFilesError['problems'][number][] = [];
  const calls = files.flatMap((file) => {
    const locales = join(dirname(file), '..', 'locales');
    if (!existsSync(locales)) console.log(`${file}: texts not checked, there is no ${locales}`);
    try {
      return loadCallFiles([file], existsSync(locales) ? locales : null).calls;
    } catch (error) {
      if (!(error instanceof CallFilesError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new CallFilesError(problems);
  return { calls };
}

function lineFor(call: CallForInputs): string {
  const deadline = deadlineOf(call);
  const until =
    deadline === null ? 'no deadline' : `until ${deadline.instant}${deadline.assumed ? ' (hour or zone assumed)' : ''}`;
  const reason = whyNotServed(call);
  const served =
    reason === null
      ? `served, ${addressesOf(call)}`
      : `not served: ${reason}, instead: ${whereInstead(call) ?? 'nowhere known'}`;
  return `${call.id} (revision ${call.revision}, ${call.status}): ${call.response.kind}, ${until}, ${served}`;
}

function addressesOf(call: CallForInputs): string {
  const email = emailChannelOf(call);
  if (email === null || email.addresses === 'not-stated') return 'address to come from the operator';
  return `${email.addresses.join(' and ')}${email.verified ? '' : ' (NOT verified)'}`;
}
