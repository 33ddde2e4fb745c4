import type { Context } from '../db/context.ts';
import { staffAccounts } from './staff-accounts.ts';
import { staffCodes } from './staff-codes.ts';
import type { StaffRows } from './staff-port.ts';
import { staffSessions } from './staff-sessions.ts';

export function staffRows(context: Context): StaffRows {
  return { ...staffAccounts(context), ...staffCodes(context), ...staffSessions(context) };
}
