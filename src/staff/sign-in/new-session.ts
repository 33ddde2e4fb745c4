import type { Context } from 'hono';
import type { SessionKind } from '../../store/schema/staff-columns.ts';
import type { StaffAccount } from '../../store/staff/staff-port.ts';
import type { Desk } from '../desk.ts';
import { ABSOLUTE, IDLE } from './guard.ts';
import { rememberBrowser } from './known-browser.ts';
import { giveToken, tokenOf } from './token.ts';

/** Every step gets a new cookie: what somebody planted or overheard before it is worth nothing after it. */
export async function newSession(c: Context, desk: Desk, account: StaffAccount, kind: SessionKind): Promise<void> {
  const now = desk.now().getTime();
  const at = new Date(now).toISOString();
  await desk.store.staff.dropSessions(new Date(now - ABSOLUTE).toISOString(), new Date(now - IDLE).toISOString());
  const before = tokenOf(c, desk);
  if (before !== null) await desk.store.staff.endSession(before);
  const token = giveToken(c, desk);
  await desk.store.staff.beginSession(token, { staff: account.id, kind, begunAt: at, provedAt: at, enrolling: null });
  if (kind === 'full') rememberBrowser(c, desk, account.id);
}
