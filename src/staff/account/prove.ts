// /desk/prove: both factors once more, before something that cannot be undone or leaves the desk. Good for ten minutes.

import type { Context } from 'hono';
import type { Desk } from '../desk.ts';
import { drawPage } from '../layout.ts';
import { notice } from '../notice-page.ts';
import { provePage } from '../sign-in/door-page.ts';
import { isPassword } from '../sign-in/password.ts';
import { fieldOf, pathWithin, senderOf } from '../sign-in/request.ts';
import { proved } from '../sign-in/sign-in.ts';
import { tokenOf } from '../sign-in/token.ts';
import type { StaffEnv } from '../signed-in.ts';

export function askToProve(c: Context<StaffEnv>, desk: Desk) {
  return draw(c, desk, pathWithin(c.req.query('to')), null);
}

export async function prove(c: Context<StaffEnv>, desk: Desk): Promise<Response> {
  const { staff } = c.var;
  const to = pathWithin(await fieldOf(c, 'to'));
  const keys = { account: `prove/${staff.id}`, sender: `sender/${senderOf(c, desk)}` };
  const wait = await desk.throttle.begin(keys);
  if (wait !== null) return notice(c, desk, 429, 'tooMany');
  const { passwordHash } = await desk.store.staff.secrets(staff.id);
  const known = passwordHash === null || (await isPassword(await fieldOf(c, 'password'), passwordHash));
  const token = tokenOf(c, desk);
  if (!known || token === null || (await proved(desk, staff, await fieldOf(c, 'code'))) === null) {
    await desk.audit.record({ staff, action: 'prove.fail' });
    return draw(c, desk, to, desk.texts[staff.language].signIn.prove.wrong);
  }
  await desk.throttle.succeeded(keys);
  await desk.audit.record({ staff, action: 'prove' });
  await desk.store.staff.provedAgain(token, desk.now().toISOString());
  return c.redirect(to, 303);
}

/** Accounts of the organisation's sign-in service have no password here: their app's code is asked alone. */
async function draw(c: Context<StaffEnv>, desk: Desk, to: string, problem: string | null): Promise<Response> {
  const { staff, csrf } = c.var;
  const { passwordHash } = await desk.store.staff.secrets(staff.id);
  const page = provePage({ texts: desk.texts[staff.language].signIn, csrf, problem }, to, passwordHash !== null);
  return drawPage(c, desk, page, problem === null ? 200 : 422);
}
