// Rows that several processes on one PostgreSQL share; SQLite has one, which remembers it.

import type { Context } from '../db/context.ts';
import { processRows } from './processes.ts';
import { rateRows } from './rates.ts';
import { webSessionRows } from './web-sessions.ts';

export function sharedRows(context: Context) {
  return { ...processRows(context), sessions: webSessionRows(context), take: rateRows(context) };
}
