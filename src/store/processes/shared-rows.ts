// Rows that several processes on one PostgreSQL share; SQLite has one, which remembers it. Sessions and limits are one statement each, on
// rows that a crash of the server may lose, so it goes through `database.read`: PostgreSQL commits it by itself, in one round trip, not three.

import type { Context } from '../db/context.ts';
import { processRows } from './processes.ts';
import { rateRows } from './rates.ts';
import { webSessionRows } from './web-sessions.ts';

export function sharedRows(context: Context) {
  return { ...processRows(context), sessions: webSessionRows(context), take: rateRows(context) };
}
