import type { Context } from 'hono';
import type { Desk } from '../desk.ts';
import { takeToken, tokenOf } from '../sign-in/token.ts';
import type { StaffEnv } from '../signed-in.ts';

/** The session is over here, and nothing of it stays in the browser. */
export async function signOut(c: Context<StaffEnv>, desk: Desk): Promise<Response> {
  await desk.audit.record({ staff: c.var.staff, action: 'sign-out' });
  const token = tokenOf(c, desk);
  if (token !== null) await desk.store.staff.endSession(token);
  takeToken(c, desk);
  c.header('Clear-Site-Data', '"cache"');
  return c.redirect('/desk/sign-in', 303);
}
