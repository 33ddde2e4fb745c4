// For commands that need the database for themselves.

import { setTimeout as wait } from 'node:timers/promises';
import { claimAlone } from '../store/db/alone.ts';
import { type DatabaseAt, openDatabase } from '../store/open.ts';
import { OperatorError } from './command.ts';

/** Longer than a beat of a running server. */
const LOOK_MS = 3_000;

/** On SQLite no server can start until the returned function is called. Throws if one runs. */
export async function expectStopped(at: DatabaseAt): Promise<() => void> {
  if (at.kind === 'sqlite') return claimAlone(at.file);
  const database = await openDatabase(at);
  try {
    const beats = async () =>
      (await database.read.selectFrom('processes').select(['name', 'beat']).execute()).map(
        ({ name, beat }) => `${name} ${beat}`,
      );
    const before = await beats();
    if (before.length === 0) return () => undefined;
    await wait(LOOK_MS);
    const after = await beats();
    if (after.some((beat) => !before.includes(beat)))
      throw new OperatorError('A server runs on it. Stop all of them first. Nothing was changed.');
    return () => undefined;
  } finally {
    await database.close();
  }
}
