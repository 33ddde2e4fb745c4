// Routes for the signed-in person's own account.

import { fieldOf, senderOf } from '../../web/toolkit/request.ts';
import { Hono } from 'hono';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import { drawPage, notice, pathWithin } from '../layout.ts';
import { freshly, needs, takeToken, tokenOf } from '../sign-in/guard.ts';
import { passkeyButton, secondFactor } from '../sign-in/second-factor.ts';
import { provePage } from '../sign-in/sign-in-page.ts';
import {
  askNewCodes,
  askNewPassword,
  changeLanguage,
  changePassword,
  endOtherSessions,
  renewCodes,
  showAccount,
} from './account.ts';

/** /desk/prove: both factors again, before something that cannot be undone or leaves the desk. Valid for ten minutes. */
function askToProve(c: StaffContext, desk: Desk) {
  return draw(c, desk, pathWithin(c.req.query('to')), null);
}

async function prove(c: StaffContext, desk: Desk): Promise<Response> {
  const { staff } = c.var;
  const to = pathWithin(await fieldOf(c, 'to'));
  const keys = { account: `prove/${staff.id}`, sender: `sender/${senderOf(c, desk)}`, browser: null, guessable: true };
  const wait = await desk.throttle.begin(keys);
  if (wait !== null) return notice(c, desk, 429, 'tooMany');
  const { passwordHash } = await desk.store.staff.secrets(staff.id);
  const known = passwordHash === null || (await desk.passwords.isRight(await fieldOf(c, 'password'), passwordHash));
  const token = tokenOf(c, desk);
  if (!known || token === null) return refused(c, desk, to, 'password');
  const second = await secondFactor(c, desk, staff);
  if (second.by === null) return refused(c, desk, to, second.tried);
  await desk.throttle.succeeded(keys);
  await desk.audit.record({ staff, action: 'prove', detail: second.by });
  await desk.store.staff.provedAgain(token, desk.now().toISOString());
  return c.redirect(to, 303);
}

async function refused(
  c: StaffContext,
  desk: Desk,
  to: string,
  tried: 'password' | 'passkey' | 'code',
): Promise<Response> {
  const { staff } = c.var;
  await desk.audit.record({ staff, action: 'prove.fail', detail: tried });
  const { passkeys, signIn } = desk.texts[staff.language];
  return draw(c, desk, to, tried === 'passkey' ? passkeys.wrong : signIn.prove.wrong);
}

/** Accounts of the organisation's sign-in service have no password here: only their second factor is asked. */
async function draw(c: StaffContext, desk: Desk, to: string, problem: string | null): Promise<Response> {
  const { staff, csrf } = c.var;
  const { passwordHash } = await desk.store.staff.secrets(staff.id);
  const asked = { texts: desk.texts[staff.language].signIn, csrf, problem };
  const page = provePage(asked, to, passwordHash !== null, await passkeyButton(c, desk, staff));
  return drawPage(c, desk, page, problem === null ? 200 : 422);
}

/** Ends the session, and clears the browser's cache. */
async function signOut(c: StaffContext, desk: Desk): Promise<Response> {
  await desk.audit.record({ staff: c.var.staff, action: 'sign-out' });
  const token = tokenOf(c, desk);
  if (token !== null) await desk.store.staff.endSession(token);
  takeToken(c, desk);
  c.header('Clear-Site-Data', '"cache"');
  return c.redirect('/desk/sign-in', 303);
}

export function buildAccount(desk: Desk): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  const own = needs(desk, 'reader');
  routes.post('/sign-out', own, (c) => signOut(c, desk));
  routes.get('/prove', own, (c) => askToProve(c, desk));
  routes.post('/prove', own, (c) => prove(c, desk));
  routes.get('/account', own, (c) => showAccount(c, desk));
  routes.post('/account/language', own, (c) => changeLanguage(c, desk));
  routes.post('/account/sessions/end', own, freshly(desk, '/desk/account'), (c) => endOtherSessions(c, desk));
  routes.get('/account/password', own, freshly(desk), (c) => askNewPassword(c, desk));
  routes.post('/account/password', own, freshly(desk), (c) => changePassword(c, desk));
  routes.get('/account/codes', own, freshly(desk), (c) => askNewCodes(c, desk));
  routes.post('/account/codes', own, freshly(desk), (c) => renewCodes(c, desk));
  return routes;
}
