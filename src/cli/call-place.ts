// A call by its id, folder or file, as commands are given it.

import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesOf } from '../calls/load-calls.ts';
import { DIALOGS } from './call-roots.ts';

/** The folder or file that is meant: as given, else in dialogs/. Null if there is none. */
export function placeOf(given: string): string | null {
  if (given === '') return null;
  const places = [given, join(DIALOGS, given), join(DIALOGS, `${given}.yaml`)];
  return (
    places.find((place) => existsSync(filesOf(place, null).file) && filesOf(place, null).file.endsWith('.yaml')) ?? null
  );
}

/** As people would type it here. */
export function shownPath(path: string): string {
  const near = relative('', path);
  return near.startsWith('..') ? path : near;
}
