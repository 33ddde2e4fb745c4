// Calls from their files, for tests: a broken one is a fault.

import { CallFilesError } from '../../src/calls/load-calls-error.ts';
import { filesOf, gatherCalls, type LoadedCalls, loadGoodCalls, readCallFiles } from '../../src/calls/load-calls.ts';

/** Every call in `dialogsDir` with its texts in every language. */
export function loadCalls(dialogsDir: string, localesDir: string): LoadedCalls {
  return unbroken(loadGoodCalls(dialogsDir, localesDir));
}

/** These calls only. `localesDir` null: the texts of calls without a folder are not read. */
export function loadCallFiles(files: readonly string[], localesDir: string | null): LoadedCalls {
  return unbroken(gatherCalls(files.map((file) => readCallFiles(filesOf(file, localesDir)))));
}

function unbroken(loaded: LoadedCalls): LoadedCalls {
  if (loaded.broken.length > 0) throw new CallFilesError(loaded.broken.flatMap(({ problems }) => problems));
  return loaded;
}
